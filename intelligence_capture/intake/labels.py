"""`Entrevistador: …`, `**P:** …`, `[00:01:02] Ana Ruiz: …`: labels at the beginning of a line."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from intelligence_capture.intake.mapping import FileMapping
from intelligence_capture.texts import fold

_BOLD = r"(?:\*\*|__)?"
_LABEL = re.compile(
    rf"(?:[-*+]\s+)?(?:[\[(]?(?P<time>(?:\d{{1,2}}:)?\d{{1,2}}:\d{{2}})(?:[.,]\d+)?[\])]?\s+(?:-\s+)?)?"
    rf"{_BOLD}(?P<label>[^\W\d_][^:*?!;¿¡\n]{{0,59}}?){_BOLD}\s?:(?!\d|//){_BOLD}\s*(?P<text>.*)",
    re.DOTALL,
)
LONGEST = 6
"""Words of a label; what is longer is a sentence with a colon."""


@dataclass(frozen=True)
class Labelled:
    """The label of a line, the text behind it, and the time before it where there is one."""

    label: str
    text: str
    seconds: float | None = None


def labelled(line: str) -> Labelled | None:
    """The line taken apart, None where it begins with nothing like a label."""
    match = _LABEL.fullmatch(line.strip())
    if not match or len(match["label"].split()) > LONGEST:
        return None
    time = seconds(match["time"]) if match["time"] else None
    return Labelled(match["label"].strip(), match["text"].strip(), time)


def seconds(time: str) -> float:
    """`1:02:07`, `0:03` or `0:0:5.100` in seconds."""
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def speakers_among(texts: Iterable[str], mapping: FileMapping) -> tuple[frozenset[str], tuple[str, ...]]:
    """The labels that name speakers, folded, and those that may or may not, as written.

    A label names a speaker where the label itself or import.yaml says so, or where it occurs again.
    """
    found = [found.label for text in texts if (found := labelled(text))]
    counts = Counter(map(fold, found))
    uses = {label: mapping.speaker(label) for label in found}
    speakers = frozenset(
        fold(label) for label, use in uses.items() if use != "text" and (use or counts[fold(label)] > 1)
    )
    doubtful = [label for label in uses if uses[label] is None and fold(label) not in speakers]
    return speakers, tuple(doubtful)
