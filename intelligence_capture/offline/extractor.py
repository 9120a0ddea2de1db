"""The offline extractor: an interview in, candidates with verified evidence out; no key, no network."""

from pathlib import Path

from intelligence_capture.catalogue import Catalogue
from intelligence_capture.embedding import SentenceEncoder
from intelligence_capture.grounding import spoken
from intelligence_capture.offline.choosing import Chosen, choose, said_once
from intelligence_capture.offline.features import Answered, FeatureMaker
from intelligence_capture.offline.fields import fields_of
from intelligence_capture.offline.fragments import is_fragment
from intelligence_capture.offline.gazetteer import Gazetteer, load_gazetteer
from intelligence_capture.offline.judging import sparseness
from intelligence_capture.offline.labels import description, label_of, short_label
from intelligence_capture.offline.mentions import MENTION_TYPES
from intelligence_capture.offline.named import Group, group_features, groups_in, linear
from intelligence_capture.offline.reading import read_answers
from intelligence_capture.offline.scorer import Scorer, Weights, load_weights, logistic
from intelligence_capture.offline.surrounding import Placed, Surrounding
from intelligence_capture.records import Candidate, Evidence, Extracted, Interview
from intelligence_capture.settings import OfflineSettings

MODEL = "offline"


class OfflineExtractor:
    """Finds candidates by names, cues, questions and meaning; the same text gives the same result."""

    name = MODEL

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        gazetteer: Gazetteer,
        weights: Weights,
        features: FeatureMaker,
        minimum_confidence: float = 0.0,
    ) -> None:
        self._catalogue = catalogue
        self._gazetteer = gazetteer
        self._weights = weights
        self._features = features
        told = tuple(table for table in catalogue.tables if table not in MENTION_TYPES)
        self._scorer = Scorer(weights, features.names, told)
        self._minimum = minimum_confidence

    def __call__(self, interview: Interview) -> Extracted:
        """Everything that was found, each with at least one verified quote."""
        answers = read_answers(interview, self._gazetteer)
        kept = [
            (group, likely) for group in groups_in(answers) if (likely := self._likelihood(group, interview))
        ]
        named = [self._named(interview, answers, group, likely) for group, likely in kept]
        systems = {
            (place.answer, place.mention.start, place.mention.end): _name_label(group)
            for group, _ in kept
            if group.type == "systems"
            for place in group.places
        }
        chosen = self._kept(
            [self._chosen(index, answered) for index, answered in enumerate(answers)], answers
        )
        told = [
            self._told(interview, answers, said_again, systems)
            for said_again in self._gathered(chosen, answers)
        ]
        return Extracted(candidates=tuple(c for c in (*named, *told) if c.confidence >= self._minimum))

    def _likelihood(self, group: Group, interview: Interview) -> float:
        """How likely the group is an entity; 0 where it is too unlikely to be kept."""
        weights = self._weights.named.get(group.type)
        if weights is None or group.type not in self._catalogue:
            return 0.0
        likely = logistic(linear(weights, group_features(group, english=interview.language == "en")))
        return likely if likely >= self._weights.named_thresholds.get(group.type, 0.5) else 0.0

    def _chosen(self, index: int, answered: Answered) -> list[Chosen]:
        if not answered.units:
            return []
        scores = self._scorer.scores(self._features.rows(answered))
        chosen = choose(
            index,
            answered.units,
            scores,
            self._scorer.tables,
            folded=answered.text.folded,
        )
        return [
            one
            for one in chosen
            if not is_fragment(one.table, answered.text.folded[one.unit.start : one.unit.end])
        ]

    def _kept(self, chosen: list[list[Chosen]], answers: list[Answered]) -> list[Chosen]:
        """What is likely enough right of what was chosen in each answer."""
        everything = [one for of_answer in chosen for one in of_answer]
        sparse = sparseness(everything, characters=sum(len(answered.text) for answered in answers))
        return [
            one
            for of_answer, answered in zip(chosen, answers, strict=True)
            for one in self._scorer.kept(
                of_answer, characters=len(answered.text), sparse=sparse, english=answered.english
            )
        ]

    def _gathered(self, chosen: list[Chosen], answers: list[Answered]) -> list[tuple[Chosen, ...]]:
        """What was chosen, with what says the same thing again in another answer beside the first of it."""
        texts = [answers[one.answer].text.words(one.unit.start, one.unit.end) for one in chosen]
        return said_once(chosen, self._features.meanings(texts))

    def _named(self, interview: Interview, answers: list[Answered], group: Group, likely: float) -> Candidate:
        first = group.places[0]
        answered = answers[first.answer]
        evidence = tuple(
            _quote(interview, answers[place.answer], place.answer, place.mention.start, place.mention.end)
            for place in group.places
        )
        label = _name_label(group)
        if group.type == "external_dependencies":
            label = label_of(group.type, label)
        where = _surrounding(answered, first.mention.start, first.mention.end, (), label, interview.meta.role)
        fields = fields_of(group.type, frozenset(self._catalogue[group.type].fields), where)
        if group.type == "systems" and (entry := self._gazetteer.systems.get(group.name)):
            fields |= {k: v for k, v in (("vendor", entry.vendor), ("category", entry.category)) if v}
        sentence = answered.text.words(where.sentence_start, where.sentence_end)
        return Candidate(
            type=group.type,
            label=label,
            description=description(sentence),
            confidence=round(likely, 4),
            evidence=evidence,
            fields=fields,
        )

    def _told(
        self,
        interview: Interview,
        answers: list[Answered],
        same: tuple[Chosen, ...],
        systems: dict[tuple[int, int, int], str],
    ) -> Candidate:
        chosen = max(same, key=lambda one: one.score)
        answered = answers[chosen.answer]
        unit = chosen.unit
        said = answered.text.words(unit.start, unit.end)
        label = label_of(chosen.table, said)
        inside = tuple(
            Placed(start, end, label)
            for (answer, start, end), label in sorted(systems.items())
            if answer == chosen.answer and unit.start <= start and end <= unit.end
        )
        where = _surrounding(answered, unit.start, unit.end, inside, label, interview.meta.role)
        return Candidate(
            type=chosen.table,
            label=label,
            description=description(answered.text.words(where.sentence_start, where.sentence_end)),
            confidence=round(chosen.score, 4),
            evidence=tuple(
                _quote(interview, answers[one.answer], one.answer, one.unit.start, one.unit.end)
                for one in same
            ),
            fields=fields_of(chosen.table, frozenset(self._catalogue[chosen.table].fields), where),
        )


def offline_extractor(
    *, catalogue: Catalogue, settings: OfflineSettings, cache: Path | None
) -> OfflineExtractor:
    """The extractor for this catalogue; embeddings are kept in the folder `cache`, if there is one."""
    return OfflineExtractor(
        catalogue=catalogue,
        gazetteer=load_gazetteer(settings.gazetteer),
        weights=load_weights(),
        features=FeatureMaker(catalogue, SentenceEncoder(cache), catalogue.tables),
        minimum_confidence=settings.minimum_confidence,
    )


def _name_label(group: Group) -> str:
    return short_label(group.name) if " " in group.name else group.name


def _quote(interview: Interview, answered: Answered, index: int, start: int, end: int) -> Evidence:
    return spoken(interview.answers, index, *answered.text.raw_span(start, end))


def _surrounding(
    answered: Answered, start: int, end: int, systems: tuple[Placed, ...], label: str, role: str
) -> Surrounding:
    """The entity's words with the sentence that holds them."""
    sentences = [unit for unit in answered.units if unit.clause < 0 and unit.start < end and start < unit.end]
    first = min([start, *(unit.start for unit in sentences)])
    last = max([end, *(unit.end for unit in sentences)])
    return Surrounding(answered.text, start, end, first, last, systems, label, role, answered.english)
