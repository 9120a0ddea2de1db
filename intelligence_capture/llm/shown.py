"""What is shown to a model, an interview or a pair of texts, and the way back from what the model says of it."""

from intelligence_capture.graph.judging import Judgement, Question
from intelligence_capture.grounding import ground, spoken
from intelligence_capture.pseudonyms.names import KnownNames, respondent_name
from intelligence_capture.pseudonyms.pseudonyms import Pseudonyms, Span
from intelligence_capture.records import Answer, Candidate, Evidence, Interview, Meta, Value

LEFT_OVER = "a placeholder of a name could not be put back"


class ShownInterview:
    """`interview` is what may be sent: with placeholders in its answers, questions and meta data."""

    def __init__(self, original: Interview, pseudonyms: Pseudonyms) -> None:
        meta = original.meta.model_dump()
        answers = [one.answer for one in original.answers]
        texts = [*answers, *(one.question for one in original.answers), *meta.values()]
        self._original = original
        # An interview of a gold folder is none of the run's, whose respondents are known.
        own = KnownNames((), [respondent_name(original.meta)])
        self._hidden = pseudonyms.besides(own).hide(texts)
        shown = [text.shown for text in self._hidden.texts]
        count = len(answers)
        self.interview = original.model_copy(
            update={
                "meta": Meta(**dict(zip(meta, shown[2 * count :], strict=True))),
                "answers": tuple(
                    Answer(question=question, answer=answer)
                    for answer, question in zip(shown[:count], shown[count : 2 * count], strict=True)
                ),
            }
        )

    def in_own_words(self, candidate: Candidate) -> Candidate:
        """What was found in `interview`, with the real names and at the places in the original answers."""
        near = [
            Span(one.question_index, one.start, one.end)
            for one in candidate.evidence
            if one.question_index is not None and one.start is not None and one.end is not None
        ]
        texts = {
            "label": self._hidden.restored(candidate.label, near),
            "description": self._hidden.restored(candidate.description, near),
        }
        fields = {name: self._value(value, near) for name, value in candidate.fields.items()}
        evidence = tuple(self._evidence(one) for one in candidate.evidence)
        reasons = candidate.review_reasons
        if any(map(self._hidden.strange, [*texts.values(), *map(str, fields.values())])):
            reasons = (*reasons, LEFT_OVER)
        return candidate.model_copy(
            update=texts | {"fields": fields, "evidence": evidence, "review_reasons": reasons}
        )

    def _evidence(self, evidence: Evidence) -> Evidence:
        index, start, end = evidence.question_index, evidence.start, evidence.end
        if index is None or start is None or end is None:
            return evidence.model_copy(update={"quote": self._hidden.restored(evidence.quote)})
        return spoken(self._original.answers, index, *self._hidden.texts[index].back(start, end))

    def _value(self, value: Value, near: list[Span]) -> Value:
        if isinstance(value, list):
            return [self._hidden.restored(item, near) for item in value]
        return self._hidden.restored(value, near) if isinstance(value, str) else value


class ShownPair:
    """`question` is what may be sent: a pair with placeholders in its texts."""

    def __init__(self, original: Question, pseudonyms: Pseudonyms) -> None:
        self._hidden = pseudonyms.hide((original.a, original.b))
        a, b = (text.shown for text in self._hidden.texts)
        self.question = original._replace(a=a, b=b)

    def in_own_words(self, judgement: Judgement) -> Judgement:
        """What was judged, with the real names and quotes."""
        return judgement._replace(
            reason=self._hidden.restored(judgement.reason),
            quote_a=self._quote(0, judgement.quote_a),
            quote_b=self._quote(1, judgement.quote_b),
        )

    def _quote(self, index: int, quote: str) -> str:
        text = self._hidden.texts[index]
        if not text.replaced:
            return quote
        found = ground(quote, (Answer(question="", answer=text.shown),))
        if found.start is None or found.end is None:
            return self._hidden.restored(quote)
        return text.said(found.start, found.end)
