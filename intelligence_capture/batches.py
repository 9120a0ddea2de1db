"""Which interviews share a job: by a hash of the id, so that a new interview moves no other batch's."""

import hashlib
from collections.abc import Iterable


def batches(interviews: Iterable[str], most: int) -> dict[str, tuple[str, ...]]:
    """At most so many ids a batch, sorted, by the beginning of their hashes in bits that they share.

    A batch that outgrows `most` becomes two, and no other changes: those in it are written again anyway.
    """
    return dict(_split("", sorted(interviews), most))


def _split(prefix: str, ids: list[str], most: int) -> Iterable[tuple[str, tuple[str, ...]]]:
    if not ids:
        return
    if len(ids) <= most:
        yield prefix or "all", tuple(ids)
        return
    for bit in "01":
        longer = prefix + bit
        yield from _split(longer, [one for one in ids if _bits(one).startswith(longer)], most)


def _bits(interview: str) -> str:
    return f"{int(hashlib.sha256(interview.encode()).hexdigest(), 16):0256b}"
