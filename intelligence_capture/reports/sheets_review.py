"""The sheet on which people decide about entities; `snakemake read_reviews` reads it back."""

from intelligence_capture.reports.rows import Item
from intelligence_capture.reports.sheets import Book, Column, Sheet
from intelligence_capture.reports.wording import reasons_text

REVIEW_KEYS = (
    "decision", "label", "type", "changes", "quote", "note", "why", "type_now", "label_now", "quote_now",
    "question", "company", "respondent", "confidence", "decided", "entity_id", "interview_id", "table_now",
)  # fmt: skip
"""The hidden first row names the columns, so that they can be moved and read in any language."""
INPUTS = 6
"""The columns in which people write."""
CHOICES = ("accept", "reject", "edit")
BY_ROW, HEAD_ROW = 1, 2
MOST_ROWS = 20_000
"""Entities on the sheet; those that need a person most come first."""


def review_sheet(book: Book) -> None:
    """Every entity with room for a decision, what needs one most first."""
    say = book.say
    name = book.sheet_name(say["review_sheet"])
    sheet = book.sheet(name)
    items = sorted(book.data.entities, key=_urgency)[:MOST_ROWS]
    columns = [
        Column(title=say[f"review_{key}"], width=width)
        for key, width in zip(REVIEW_KEYS, _WIDTHS, strict=True)
    ]
    book.table(sheet, columns, (_row(book, item) for item in items), top=HEAD_ROW)
    for place, key in enumerate(REVIEW_KEYS):
        book.text(sheet, 0, place, key)
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_column(len(REVIEW_KEYS) - 1, len(REVIEW_KEYS) - 1, 12, None, {"hidden": True})
    book.text(sheet, BY_ROW, 0, say["review_by"], "strong")
    sheet.write_blank(BY_ROW, 1, None, book.formats["review"])
    book.text(sheet, BY_ROW, 2, say["review_how"])
    sheet.set_row(BY_ROW, 60)
    if items:
        _drop_downs(book, sheet, len(items))


def _urgency(item: Item) -> tuple[bool, bool, bool, bool, float, str]:
    """Undecided and doubtful things first, of those what lacks proof or is in dispute, then the least sure."""
    disputed = any(reason.startswith("people disagree") for reason in item.review_reasons)
    return (bool(item.decided), not item.needs_review, not disputed, item.verified, item.confidence, item.id)


def _row(book: Book, item: Item) -> tuple[object, ...]:
    quote = item.evidence[0] if item.evidence else None
    talk = book.talks[item.interview_id]
    asked = quote is not None and quote.question_index is not None
    question = talk.answers[quote.question_index].question if asked and quote and talk.answers else ""  # type: ignore[index]
    return (
        *("",) * INPUTS,
        reasons_text(item.review_reasons, book.data.language),
        book.types[item.type],
        item.label,
        quote.quote if quote else "",
        question,
        book.company(item.company),
        talk.respondent,
        item.confidence,
        item.confirmation(book.say),
        item.id,
        item.interview_id,
        item.type,
    )


def _drop_downs(book: Book, sheet: Sheet, rows: int) -> None:
    first, last = HEAD_ROW + 1, HEAD_ROW + rows
    sheet.data_validation(first, 0, last, 0, {"validate": "list", "source": [book.say[c] for c in CHOICES]})
    lists = book.sheet(book.sheet_name(book.say["review_lists"]))
    for row, title in enumerate(book.types.values()):
        book.text(lists, row, 0, title)
    lists.hide()
    source = f"='{lists.get_name()}'!$A$1:$A${len(book.types)}"
    sheet.data_validation(first, 2, last, 2, {"validate": "list", "source": source})
    for row in range(first, last + 1):
        for place in range(INPUTS):
            sheet.write_blank(row, place, None, book.formats["review"])


_WIDTHS = (12, 28, 20, 26, 28, 20, 24, 20, 36, 60, 34, 20, 20, 11, 18, 24, 24, 12)
