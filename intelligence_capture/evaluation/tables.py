"""Markdown tables that read well in a terminal too."""

from collections.abc import Iterator, Sequence

NOTHING = "–"


def number(value: float | None) -> str:
    """Two decimals; a dash where there is no value."""
    return NOTHING if value is None else f"{value:.2f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A Markdown table padded to equal widths: the first column to the left, numbers to the right."""
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    yield _line(head, widths)
    yield (
        "| "
        + " | ".join("-" * width if n == 0 else "-" * (width - 1) + ":" for n, width in enumerate(widths))
        + " |"
    )
    yield from (_line(row, widths) for row in rows)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell.ljust(w) if n == 0 else cell.rjust(w)
        for n, (cell, w) in enumerate(zip(cells, widths, strict=True))
    ]
    return "| " + " | ".join(padded) + " |"
