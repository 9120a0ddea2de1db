"""The list of errors that a person works through: missed, invented, wrong type, wrong span."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Literal

from intelligence_capture.evaluation.items import Item
from intelligence_capture.evaluation.matching import match, overlap, touches
from intelligence_capture.pairing import Pair, assign
from intelligence_capture.records import Interview, Record
from intelligence_capture.spans import Span
from intelligence_capture.texts import inert_cell

AROUND = 80
"""Characters of the answer shown on each side of a quote."""


NOWHERE = Span(10**9, 0, 0)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

Kind = Literal["missed", "invented", "wrong type", "wrong span"]


class Mistake(Record):
    """One row of errors.csv; what belongs to the other side stays empty."""

    gold_folder: str
    interview: str
    kind: Kind
    question_index: int | None
    gold_type: str = ""
    gold_label: str = ""
    gold_quote: str = ""
    found_type: str = ""
    found_label: str = ""
    found_quote: str = ""
    confidence: float | None = None
    note: str = ""
    context: str


def find_mistakes(
    gold: Sequence[Item], found: Sequence[Item], *, interview: Interview, gold_folder: str
) -> list[Mistake]:
    """What does not match in one interview, in the order of the answers.

    What is left after matching is paired again: the same type with other words of the same place is a wrong
    span, the same words under another type a wrong type; each entity stands in one row at most.
    """
    matched = match(gold, found)
    near, missed, invented = _paired(*_left(gold, found, matched), _same_type_touches)
    other, missed, invented = _paired(missed, invented, overlap)
    taken = [gold[g] for g, _ in matched]
    rows: list[tuple[Kind, Item | None, Item | None]] = [
        *(("wrong span", *pair) for pair in near),
        *(("wrong type", *pair) for pair in other),
        *(("missed", item, None) for item in missed),
        *(("invented", None, item) for item in invented),
    ]
    rows.sort(key=lambda row: _first_span(row[1] or row[2]) or NOWHERE)
    return [
        _mistake(kind, wanted, given, taken, interview=interview, gold_folder=gold_folder)
        for kind, wanted, given in rows
    ]


def as_csv(mistakes: Sequence[Mistake]) -> str:
    """errors.csv; no cell begins as a formula of a spreadsheet does."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Mistake.model_fields)
    for mistake in mistakes:
        writer.writerow(inert_cell(value) for value in mistake.model_dump().values())
    return text.getvalue()


def _left(
    gold: Sequence[Item], found: Sequence[Item], pairs: Sequence[Pair]
) -> tuple[list[Item], list[Item]]:
    used_gold, used_found = {g for g, _ in pairs}, {f for _, f in pairs}
    return (
        [item for n, item in enumerate(gold) if n not in used_gold],
        [item for n, item in enumerate(found) if n not in used_found],
    )


def _paired(
    gold: list[Item], found: list[Item], weight: Callable[[Item, Item], int]
) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """The pairs that belong together by `weight`, and what is left of both."""
    pairs = assign(gold, found, weight)
    return [(gold[g], found[f]) for g, f in pairs], *_left(gold, found, pairs)


def _same_type_touches(gold: Item, found: Item) -> int:
    return touches(gold, found) if gold.type == found.type else 0


def _first_span(item: Item | None) -> Span | None:
    return min(item.spans, default=None) if item else None


def _mistake(
    kind: Kind,
    gold: Item | None,
    found: Item | None,
    taken: Sequence[Item],
    *,
    interview: Interview,
    gold_folder: str,
) -> Mistake:
    span = _first_span(gold or found)
    return Mistake(
        gold_folder=gold_folder,
        interview=interview.id,
        kind=kind,
        question_index=span.question_index if span else None,
        gold_type=gold.type if gold else "",
        gold_label=gold.label if gold else "",
        gold_quote=" | ".join(gold.quotes) if gold else "",
        found_type=found.type if found else "",
        found_label=found.label if found else "",
        found_quote=" | ".join(found.quotes) if found else "",
        confidence=found.confidence if found else None,
        note=_why(found, taken) if found and not gold else "",
        context=_context(span, interview) if span else "",
    )


def _why(found: Item, taken: Sequence[Item]) -> str:
    """What a reader of an invented entity should know."""
    if not found.spans:
        return "no verified evidence"
    same = next((item for item in taken if item.type == found.type and overlap(item, found)), None)
    return f"a second time: another found entity is already {same.label!r}" if same else ""


def _context(span: Span, interview: Interview) -> str:
    answer = interview.answer(span.question_index)
    start, end = max(0, span.start - AROUND), span.end + AROUND
    words = " ".join(answer[start:end].split())
    return ("…" if start else "") + words + ("…" if end < len(answer) else "")
