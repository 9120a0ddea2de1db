"""Long answers cut down to what stands around their quotes."""

from collections.abc import Iterable

Span = tuple[int, int]
"""Start and end in code points, the end exclusive."""

AROUND = 240
"""Characters kept on each side of a quote."""
GAP = " […] "


def excerpt(text: str, spans: Iterable[Span]) -> tuple[str, dict[Span, Span]]:
    """The text around these spans, and where each of them stands in it; all of it where little would go."""
    wanted = sorted(set(spans))
    windows = _windows(text, wanted)
    if sum(end - start for start, end in windows) + len(GAP) * (len(windows) + 1) >= len(text):
        return text, {span: span for span in wanted}
    shown = GAP.lstrip() if windows and windows[0][0] > 0 else ""
    moved: dict[Span, Span] = {}
    for number, (first, last) in enumerate(windows):
        shown += GAP if number else ""
        shift = len(shown) - first
        moved.update({(s, e): (s + shift, e + shift) for s, e in wanted if first <= s and e <= last})
        shown += text[first:last]
    return shown + ("" if windows and windows[-1][1] == len(text) else GAP.rstrip()), moved


def _windows(text: str, spans: list[Span]) -> list[Span]:
    windows: list[Span] = []
    for start, end in spans:
        first, last = max(0, start - AROUND), min(len(text), end + AROUND)
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(windows[-1][1], last))
        else:
            windows.append((first, last))
    return windows
