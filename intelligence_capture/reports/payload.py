"""What the dashboard carries: the report's figures, and as many entities and answers as a page can hold."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from intelligence_capture.catalogue import EntityType
from intelligence_capture.reports.excerpts import Span, excerpt
from intelligence_capture.reports.network import most_connected, picture
from intelligence_capture.reports.rankings import SEVERITY_WEIGHT
from intelligence_capture.reports.records import Finding, ReportData, Subject, Told
from intelligence_capture.reports.rows import Contradiction, Item, Place, Talk, Validation
from intelligence_capture.reports.wording import (
    LANGUAGES,
    check_message,
    field_title,
    first_lines,
    wording,
)

ENTITY_LIMIT = 5_000
"""Entities that the page holds; figures are always those of all."""
ANSWER_BUDGET = 600_000
"""Characters of answers that the page holds whole; above, it holds what stands around the quotes."""

Spans = dict[tuple[str, int], list[Span]]


def payload(data: ReportData, *, limit: int = ENTITY_LIMIT) -> dict[str, Any]:
    """The data of the page; entities refer to interviews, and figures to entities, by their position."""
    kept = most_telling(data, limit)
    place = {item.id: position for position, item in enumerate(kept)}
    talks = {talk.id: position for position, talk in enumerate(data.interviews)}
    reader = _Reader(data, kept)
    return {
        "language": data.language,
        "words": {language: wording(language) for language in LANGUAGES},
        "first": {language: first_lines(data, language) for language in LANGUAGES},
        "types": [_type(entity_type) for entity_type in data.catalogue],
        "talks": [reader.talk(talk) for talk in data.interviews],
        "questions": reader.questions,
        "items": [reader.item(item, talks) for item in kept],
        "total": len(data.entities),
        "shortened": reader.shortened,
        "progress": data.progress.model_dump(),
        "validation": _validation(data.validation),
        "counts": [one.model_dump(exclude={"name_es", "name_en"}) for one in data.types],
        "companies": [
            one.model_dump(exclude=set(Told.model_fields)) | _told(one, place) for one in data.companies
        ],
        **_told(data, place),
        **_graph(data, place, talks, reader),
    }


def _told(told: Told, place: dict[str, int]) -> dict[str, Any]:
    """What the interviews of all or of one company tell: the page forms no figure of its own.

    A subject of which the page holds no entity could not be opened, and is left out.
    """

    def held(subjects: Iterable[Subject]) -> list[dict[str, Any]]:
        return [_subject(one, place) for one in subjects if any(item in place for item in one.items)]

    return {
        "quality": told.quality.model_dump(),
        "severities": told.severities,
        "quadrants": told.quadrants,
        "findings": [_subject(one, place) for one in told.findings],
        "pains": held(told.pain_points),
        "automation": held(told.automation),
        "systems": held(told.systems),
    }


def _validation(validation: Validation | None) -> dict[str, Any] | None:
    if validation is None:
        return None
    checks = [
        one.model_dump() | {"message": {language: check_message(one, language) for language in LANGUAGES}}
        for one in validation.checks
    ]
    return validation.model_dump() | {"checks": checks}


def most_telling(data: ReportData, limit: int) -> list[Item]:
    """At most `limit` entities in the report's order: what findings rest on, then the best supported."""
    if len(data.entities) <= limit:
        return list(data.entities)
    found = {item for finding in data.findings for item in finding.items}
    said: dict[str, int] = {}
    for subject in (*data.pain_points, *data.automation, *data.systems):
        for item in subject.items:
            said[item] = max(subject.interviews, said.get(item, 0))
    best = sorted(
        data.entities,
        key=lambda item: (
            item.id not in found,
            -said.get(item.id, 0),
            not item.verified,
            -SEVERITY_WEIGHT.get(str(item.fields.get("severity")), 2),
            -item.confidence,
            item.id,
        ),
    )
    chosen = {item.id for item in best[:limit]}
    return [item for item in data.entities if item.id in chosen]


class _Reader:
    """Interviews and entities as the page holds them, with offsets into the answers as they stand there."""

    def __init__(self, data: ReportData, kept: list[Item]) -> None:
        self.questions: list[str] = []
        self.shortened = sum(len(a.answer) for t in data.interviews for a in t.answers) > ANSWER_BUDGET
        self._question_places: dict[str, int] = {}
        self._spans = _spans(kept, data.graph.contradictions)
        self._moved: dict[tuple[str, int], dict[Span, Span]] = {}

    def talk(self, talk: Talk) -> dict[str, Any]:
        content = talk.model_dump(exclude={"answers", "warnings"}) | {"warnings": list(talk.warnings)}
        return content | {"answers": [self._answer(talk, index) for index in range(len(talk.answers))]}

    def item(self, item: Item, talks: dict[str, int]) -> dict[str, Any]:
        """Short keys and no empty values: there are thousands of these."""
        fields = {name: value for name, value in item.fields.items() if value not in (None, "", [])}
        content: dict[str, Any] = {
            "id": item.id,
            "t": item.type,
            "v": talks[item.interview_id],
            "l": item.label,
            "c": item.confidence,
            "e": [self._quote(item, position) for position in range(len(item.evidence))],
        }
        optional = {"d": item.description, "f": fields, "x": item.extractor, "r": list(item.review_reasons)}
        if item.decided:
            optional["k"] = [item.decided, item.decided_by]
        return (
            content | {key: value for key, value in optional.items() if value} | {"n": int(item.needs_review)}
        )

    def place(self, interview: str, place: Place | None) -> list[int] | None:
        """These words of an answer as it stands on the page."""
        if place is None:
            return None
        question, span = place[0], (place[1], place[2])
        return [question, *self._moved.get((interview, question), {}).get(span, span)]

    def _answer(self, talk: Talk, index: int) -> list[Any]:
        said = talk.answers[index]
        text = said.answer
        if self.shortened:
            text, self._moved[talk.id, index] = excerpt(text, self._spans[talk.id, index])
        if said.question not in self._question_places:
            self._question_places[said.question] = len(self.questions)
            self.questions.append(said.question)
        return [self._question_places[said.question], text]

    def _quote(self, item: Item, position: int) -> list[Any] | None:
        quote = item.evidence[position]
        if not quote.verified or quote.question_index is None:
            return [quote.question_index, None, None, quote.quote]
        return self.place(item.interview_id, (quote.question_index, quote.start or 0, quote.end or 0))


def _spans(items: list[Item], clashes: Iterable[Contradiction]) -> Spans:
    spans: Spans = defaultdict(list)
    for one in clashes:
        for interview, place in ((one.interview_a, one.place_a), (one.interview_b, one.place_b)):
            if place:
                spans[interview, place[0]].append((place[1], place[2]))
    for item in items:
        for quote in item.evidence:
            if quote.verified and quote.question_index is not None:
                spans[item.interview_id, quote.question_index].append((quote.start or 0, quote.end or 0))
    return spans


def _type(entity_type: EntityType) -> dict[str, Any]:
    return {
        "table": entity_type.table,
        "title": entity_type.title.model_dump(),
        "fields": {
            name: {
                "kind": spec.kind,
                "title": {language: field_title(entity_type, name, language) for language in LANGUAGES},
            }
            for name, spec in entity_type.fields.items()
        },
    }


def _subject(subject: Subject | Finding, place: dict[str, int]) -> dict[str, Any]:
    content = subject.model_dump(exclude={"items", "companies", "type", "problem_items", "confidence"})
    content = {key: value for key, value in content.items() if value not in (None, "", ())}
    content["items"] = _places(subject.items, place)
    problems = getattr(subject, "problem_items", ())
    return content | ({"problems": _places(problems, place)} if problems else {})


def _places(items: tuple[str, ...], place: dict[str, int]) -> list[int]:
    return [place[item] for item in items if item in place]


def _graph(data: ReportData, place: dict[str, int], talks: dict[str, int], reader: _Reader) -> dict[str, Any]:
    """Patterns, contradictions, and the entities with their relations; all empty without a graph."""
    return {
        "patterns": [
            one.model_dump(exclude={"items"}) | {"items": _places(one.items, place)}
            for one in data.graph.patterns
        ],
        "contradictions": [
            one.model_dump(exclude={"interview_a", "interview_b"})
            | {"a": talks.get(one.interview_a), "items_a": _places(one.items_a, place)}
            | {"b": talks.get(one.interview_b), "items_b": _places(one.items_b, place)}
            | {"place_a": reader.place(one.interview_a, one.place_a)}
            | {"place_b": reader.place(one.interview_b, one.place_b)}
            for one in data.graph.contradictions
        ],
        "graph": _network(data, place),
    }


def _network(data: ReportData, place: dict[str, int]) -> dict[str, Any]:
    nodes = most_connected(data.graph)
    position = {node.id: index for index, node in enumerate(nodes)}
    relations = sorted({relation.relation for relation in data.graph.relations})
    return {
        "nodes": [[one.label, one.type, one.interview_count, _places(one.items, place)] for one in nodes],
        "relations": relations,
        # [source, relation, target, whether it was stated, strength, who confirmed it]
        "edges": [
            [
                position[one.source_id],
                relations.index(one.relation),
                position[one.target_id],
                int(one.said),
                one.strength,
                one.decided_by,
            ]
            for one in data.graph.relations
            if one.source_id in position and one.target_id in position
        ],
        "picture": [[position[one.id], one.x, one.y] for one in picture(data.graph) if one.id in position],
        "total": len(data.graph.entities),
    }
