"""Reviewed interviews as gold labels: what people accepted, corrected and added, for `snakemake evaluate`."""

from collections.abc import Sequence
from typing import Protocol

from intelligence_capture.records import Answer, Evidence, Value


class Labelled(Protocol):
    """An entity as far as a label says it."""

    @property
    def type(self) -> str: ...  # noqa: D102 - the class says it
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def evidence(self) -> tuple[Evidence, ...]: ...  # noqa: D102
    @property
    def fields(self) -> dict[str, Value]: ...  # noqa: D102


def gold_labels(interview: str, entities: Sequence[Labelled], answers: Sequence[Answer]) -> dict[str, object]:
    """A file of labels (docs/labelling.md) that says what the entities say; only fields that hold something."""
    return {
        "interview": interview,
        "labels": [
            {
                "type": entity.type,
                "label": entity.label,
                "evidence": [_quote(evidence, answers) for evidence in entity.evidence if evidence.verified],
                "fields": {
                    name: value for name, value in entity.fields.items() if value not in (None, "", [])
                },
            }
            for entity in entities
            if any(evidence.verified for evidence in entity.evidence)
        ],
    }


def _quote(evidence: Evidence, answers: Sequence[Answer]) -> dict[str, object]:
    index, start = evidence.question_index or 0, evidence.start or 0
    answer, before, place = answers[index].answer, 0, -1
    while (place := answer.find(evidence.quote, place + 1)) != start:
        before += 1
    return {"question_index": index, "quote": evidence.quote, "occurrence": before}
