"""What is compared: labelled and found entities as items with the places of their evidence."""

from dataclasses import dataclass, field

from intelligence_capture.records import Entity, Value
from intelligence_capture.spans import Span, spans_of


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
    return Item(
        type=entity.type,
        label=entity.label,
        spans=spans_of(entity.evidence),
        quotes=tuple(e.quote for e in entity.evidence),
        fields=entity.fields,
        confidence=entity.confidence,
        needs_review=entity.needs_review,
    )
