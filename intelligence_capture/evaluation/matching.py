"""Which found entity is which gold one, by where their evidence stands: decision 040."""

from collections.abc import Sequence

from intelligence_capture.evaluation.items import Item
from intelligence_capture.pairing import Pair, assign
from intelligence_capture.spans import closest_overlap, shared


def match(gold: Sequence[Item], found: Sequence[Item]) -> list[Pair]:
    """Which gold item is which found one within one interview: one to one, at the best total overlap."""
    return assign(gold, found, lambda g, f: overlap(g, f) if g.type == f.type else 0)


def overlap(gold: Item, found: Item) -> int:
    """The characters that the best pair of spans shares, of those pairs that are close enough; else 0."""
    return closest_overlap(gold.spans, found.spans)


def touches(gold: Item, found: Item) -> int:
    """The characters that the best pair of spans shares, however far they differ."""
    return max((shared(a, b) for a in gold.spans for b in found.spans), default=0)
