"""What is compared: labelled and found entities as items with the places of their evidence."""

from dataclasses import dataclass, field
from typing import NamedTuple

from intelligence_capture.records import Entity, Value


class Span(NamedTuple):
    """A stretch of an answer, in code points, end exclusive."""

    question_index: int
    start: int
    end: int


@dataclass(frozen=True)
class Item:
    """One entity, labelled or found, as far as it is compared; without a span it matches nothing."""

    type: str
    label: str
    spans: tuple[Span, ...]
    quotes: tuple[str, ...] = ()
    fields: dict[str, Value] = field(default_factory=dict)
    confidence: float = 1.0
    needs_review: bool = False


def found_item(entity: Entity) -> Item:
    """A found entity; evidence that was not verified is no evidence."""
    spans = [
        Span(e.question_index, e.start, e.end)
        for e in entity.evidence
        if e.verified and e.question_index is not None and e.start is not None and e.end is not None
    ]
    return Item(
        type=entity.type,
        label=entity.label,
        spans=tuple(spans),
        quotes=tuple(e.quote for e in entity.evidence),
        fields=entity.fields,
        confidence=entity.confidence,
        needs_review=entity.needs_review,
    )
