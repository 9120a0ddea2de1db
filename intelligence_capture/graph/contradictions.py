"""Claims about the same thing that cannot both hold: both are kept, neither is preferred."""

from collections.abc import Iterable, Mapping

from intelligence_capture.graph.records import Canonical, Contradiction, Source
from intelligence_capture.graph.resolve import Resolver


def find_contradictions(
    source: Source, canonicals: Iterable[Canonical], owners: Mapping[str, tuple[str, ...]], resolver: Resolver
) -> tuple[Contradiction, ...]:
    """All contradictions, sorted."""
    return ()
