"""The sheets with every row: one a type, the evidence, the interviews."""

from intelligence_capture.catalogue import EntityType
from intelligence_capture.records import Value
from intelligence_capture.reports.rows import Item
from intelligence_capture.reports.sheets import Book, Column, Link, Sheet
from intelligence_capture.reports.sheets_charts import cell_bars
from intelligence_capture.reports.wording import field_title, reasons_text


def entity_sheets(book: Book) -> None:
    """One sheet per type of the catalogue, also where nobody mentioned it."""
    for entity_type in book.data.catalogue:
        _entity_sheet(book, entity_type)


def evidence_sheet(book: Book) -> None:
    """One row per quote, with a way back to what it proves."""
    say = book.say
    columns = [
        Column(title=say["entity"], width=40),
        Column(title=say["type"], width=22),
        Column(title=say["company"], width=22),
        Column(title=say["respondent"], width=22),
        Column(title=say["question"], width=40),
        Column(title=say["quote"], width=80),
        Column(title=say["verified"], width=11),
        Column(title=say["id"], width=30),
    ]
    rows = (
        (
            Link(sheet=book.entity_sheets[item.type], row=book.entity_rows[item.id], text=item.label),
            book.types[item.type],
            book.company(item.company),
            book.talks[item.interview_id].respondent,
            _question(book, item, quote.question_index),
            quote.quote,
            quote.verified,
            item.id,
        )
        for item in book.data.entities
        for quote in item.evidence
    )
    book.table(book.sheet(book.evidence_name, in_order=True), columns, rows)


def interview_sheet(book: Book) -> None:
    """One row per interview, with what became of it."""
    say = book.say
    columns = [
        Column(title=say["id"], width=32),
        Column(title=say["status"], width=12),
        Column(title=say["company"], width=26),
        Column(title=say["business_unit"], width=18),
        Column(title=say["department"], width=18),
        Column(title=say["respondent"], width=24),
        Column(title=say["role"], width=30),
        Column(title=say["date"], width=12),
        Column(title=say["language"], width=9),
        Column(title=say["entities"], width=11, style="number"),
        Column(title=say["error"], width=60),
        Column(title=say["source"], width=40),
        Column(title=say["extractor"], width=12),
        Column(title=say["model"], width=16),
        Column(title=say["calls"], width=9, style="number"),
        Column(title=say["tokens_in"], width=12, style="number"),
        Column(title=say["tokens_out"], width=12, style="number"),
        Column(title=say["cost"], width=12, style="number"),
    ]
    counts = dict.fromkeys(book.talks, 0)
    for item in book.data.entities:
        counts[item.interview_id] += 1
    rows = [
        (
            talk.id,
            say[talk.status],
            book.company(talk.company),
            talk.business_unit,
            talk.department,
            talk.respondent,
            talk.role,
            talk.date,
            talk.language,
            counts[talk.id],
            talk.error,
            talk.source,
            talk.spent.extractor,
            talk.spent.model,
            talk.spent.calls,
            *(
                say["unknown"] if value is None else value
                for value in (talk.spent.prompt_tokens, talk.spent.completion_tokens, talk.spent.cost_usd)
            ),
        )
        for talk in book.data.interviews
    ]
    book.table(book.sheet(book.sheet_name(say["interviews"])), columns, rows)


def _entity_sheet(book: Book, entity_type: EntityType) -> None:
    say, language = book.say, book.data.language
    columns = [
        Column(title=say["label"], width=44),
        Column(title=say["evidence"], width=11),
        Column(title=say["company"], width=24),
        Column(title=say["business_unit"], width=16),
        Column(title=say["department"], width=16),
        Column(title=say["respondent"], width=22),
        Column(title=say["description"], width=50),
        *(
            Column(
                title=field_title(entity_type, name, language),
                width=20 if spec.kind in ("text", "list") else 12,
            )
            for name, spec in entity_type.fields.items()
        ),
        Column(title=say["confidence"], width=11, style="percent"),
        Column(title=say["needs_review"], width=11),
        Column(title=say["review_reasons"], width=26),
        Column(title=say["confirmed"], width=26),
        Column(title=say["extractor"], width=14),
        Column(title=say["id"], width=30),
    ]
    rows = (
        _entity_row(book, item, entity_type) for item in book.data.entities if item.type == entity_type.table
    )
    sheet = book.sheet(book.entity_sheets[entity_type.table], in_order=True)
    written = book.table(sheet, columns, rows)
    if written:
        _highlight(book, sheet, columns, written)


def _entity_row(book: Book, item: Item, entity_type: EntityType) -> tuple[object, ...]:
    first = book.evidence_rows.get(item.id)
    proof = book.say["to_evidence"]
    return (
        item.label,
        ""
        if first is None
        else Link(sheet=book.evidence_name, row=first, text=f"{proof} ({len(item.evidence)})"),
        book.company(item.company),
        item.business_unit,
        item.department,
        book.talks[item.interview_id].respondent,
        item.description,
        *(_shown(book, item.fields[name], spec.kind) for name, spec in entity_type.fields.items()),
        item.confidence,
        item.needs_review,
        reasons_text(item.review_reasons, book.data.language),
        item.confirmation(book.say),
        item.extractor,
        item.id,
    )


def _shown(book: Book, value: Value, kind: str) -> object:
    if isinstance(value, list):
        return "; ".join(value)
    return book.word(value) if kind == "enum" else value


def _highlight(book: Book, sheet: Sheet, columns: list[Column], rows: int) -> None:
    """Bars for confidence, colours for severity and for what is up for review."""
    places = {column.title: place for place, column in enumerate(columns)}
    say = book.say
    confidence, review = places[say["confidence"]], places[say["needs_review"]]
    cell_bars(sheet, (1, confidence, rows, confidence), most=1)
    book.colour(sheet, (1, review, rows, review), ("yes",))
    for place, column in enumerate(columns):
        if column.title == say["severity"]:
            book.colour(sheet, (1, place, rows, place), ("critical", "high"))


def _question(book: Book, item: Item, index: int | None) -> str:
    answers = book.talks[item.interview_id].answers
    return answers[index].question if index is not None and index < len(answers) else ""
