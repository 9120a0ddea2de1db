"""The sheets with figures: summary, by type, by company, quality."""

from intelligence_capture.reports.rankings import SEVERITIES
from intelligence_capture.reports.records import CompanyFigures, Quality
from intelligence_capture.reports.sheets import Book, Column, Link, Share, Sheet, height
from intelligence_capture.reports.sheets_charts import Series, bar_chart
from intelligence_capture.reports.wording import check_message, first_lines


def figure_sheets(book: Book) -> None:
    """What an executive and a sceptic look at first."""
    _summary(book)
    _types(book)
    _companies(book)
    _quality(book)


def _summary(book: Book) -> None:
    data, say = book.data, book.say
    sheet = book.sheet(book.sheet_name(say["summary"]))
    book.text(sheet, 0, 0, say["report_title"], "title")
    style = "strong" if data.progress.complete else "alert"
    row = 1
    for line in (*first_lines(data, data.language), *_gate(book)):
        # Over the whole width: a list of names must not be lost in a narrow column.
        sheet.merge_range(row, 0, row, 4, "", book.formats[style])
        book.text(sheet, row, 0, line, style)
        sheet.set_row(row, 15 * (1 + len(line) // 110))
        row += 1
    figures = _summary_figures(book)
    for name, value in figures:
        row += 1
        book.text(sheet, row, 0, name)
        book.cell(sheet, row, 1, value, "number")
    if sum(data.quadrants.values()):
        # The last of the figures.
        first = row + 1 - len(data.quadrants)
        series = Series(sheet=sheet.get_name(), first=first, last=row, names=0, values=1)
        bar_chart(book, sheet, series, title=say["quadrant"], at="I5", width=365)
    columns = [
        Column(title=say["main_findings"], width=60),
        Column(title=say["asks"], width=16, style="number"),
        Column(title=say["share"], width=12, style="percent"),
        Column(title=say["companies"], width=40),
        Column(title=say["respondent"], width=60),
    ]
    rows = [
        (
            book.finding(finding.kind, finding.label),
            finding.interviews,
            finding.interviews / finding.of if finding.of else None,
            ", ".join(map(book.company, finding.companies)),
            book.people(finding.items),
        )
        for finding in data.findings
    ]
    book.table(sheet, columns, rows, top=row + 2)
    sheet.freeze_panes(0, 0)


def _gate(book: Book) -> list[str]:
    validation = book.data.validation
    if validation is None:
        return []
    text = book.say["gate_open" if validation.gate == "open" else "gate_closed"]
    return [f"{text}. {book.say['gate_note'].format(n=len(validation.checks))}"]


def _summary_figures(book: Book) -> list[tuple[str, object]]:
    data, say = book.data, book.say
    return [
        (say["interviews"], data.progress.interviews),
        (say["interviews_in"], data.progress.extracted),
        (say["failed"], data.progress.failed),
        (say["pending"], data.progress.pending),
        (say["companies"], sum(bool(one.company) for one in data.companies)),
        (say["entities"], data.quality.entities),
        (say["verified_entities"], data.quality.with_verified_quote),
        (say["needs_review"], data.quality.needs_review),
        (say["confirmed"], data.quality.confirmed),
        (say["mean_confidence"], _share(data.quality.mean_confidence)),
        (say["without_company"], len(data.quality.without_company)),
        *(
            (f"{say['severity']}: {say[severity]}", data.severities.get(severity, 0))
            for severity in SEVERITIES[:2]
        ),
        *((say[quadrant], count) for quadrant, count in data.quadrants.items()),
    ]


def _types(book: Book) -> None:
    say = book.say
    columns = [
        Column(title=say["type"], width=34),
        Column(title=say["entities"], width=12, style="number"),
        Column(title=say["interviews"], width=12, style="number"),
        Column(title=say["needs_review"], width=14, style="number"),
        Column(title=say["not_verified"], width=14, style="number"),
        Column(title=say["mean_confidence"], width=14, style="percent"),
    ]
    rows = [
        (
            Link(sheet=book.entity_sheets[one.type], row=0, text=book.types[one.type]),
            one.entities,
            one.interviews,
            one.needs_review,
            one.without_verified_quote,
            one.mean_confidence,
        )
        for one in book.data.types
    ]
    name = book.sheet_name(say["counts_by_type"])
    sheet = book.sheet(name)
    book.table(sheet, columns, rows)
    series = Series(sheet=name, first=1, last=len(rows), names=0, values=1)
    bar_chart(book, sheet, series, title=say["entities"], at="H2")


def _companies(book: Book) -> None:
    """Side by side: a column a company, a row a figure."""
    say, companies = book.say, book.data.companies
    columns = [Column(title=say["figure"], width=34)]
    columns += [Column(title=book.company(one.company), width=22, style="number") for one in companies]
    rows: list[tuple[object, ...]] = [
        (say["interviews"], *(one.interviews for one in companies)),
        (say["interviews_in"], *(one.extracted for one in companies)),
        (say["entities"], *(one.entities for one in companies)),
        (say["critical_or_high"], *(one.critical_or_high for one in companies)),
        (say["needs_review"], *(one.needs_review for one in companies)),
        (say["mean_confidence"], *(_share(one.mean_confidence) for one in companies)),
        *((title, *(_count(one, table) for one in companies)) for table, title in book.types.items()),
    ]
    book.table(book.sheet(book.sheet_name(say["by_company"])), columns, rows)


def _share(value: float | None) -> Share | None:
    return None if value is None else Share(value=value)


def _count(company: CompanyFigures, table: str) -> int:
    return company.by_type[table]


def _quality(book: Book) -> None:
    say = book.say
    sheet = book.sheet(book.sheet_name(say["quality"]))
    columns = [Column(title=say["figure"], width=46), Column(title=say["value"], width=30, style="number")]
    rows = _quality_rows(book, book.data.quality)
    book.table(sheet, columns, rows)
    tenths = [place for place, row in enumerate(rows, start=1) if str(row[0]).startswith(say["tenths"])]
    series = Series(sheet=sheet.get_name(), first=tenths[0], last=tenths[-1], names=0, values=1)
    bar_chart(book, sheet, series, title=say["confidence_findings"], at="D2")
    checks = book.data.validation.checks if book.data.validation else ()
    if checks:
        _checks(book, checks_top=len(rows) + 3, sheet=sheet)


def _quality_rows(book: Book, quality: Quality) -> list[tuple[object, ...]]:
    say, cost = book.say, quality.cost
    tokens = None if cost.prompt_tokens is None else f"{cost.prompt_tokens} / {cost.completion_tokens}"
    return [
        (say["entities"], quality.entities),
        (say["verified_entities"], quality.with_verified_quote),
        (say["all_quotes"], quality.quotes),
        (say["unverified_quotes"], quality.unverified_quotes),
        (say["needs_review"], quality.needs_review),
        (say["mean_confidence"], _share(quality.mean_confidence)),
        *(
            (f"{say['tenths']} {10 * tenth} % – {10 * (tenth + 1)} %", count)
            for tenth, count in enumerate(quality.confidence_tenths)
        ),
        (say["empty_types"], ", ".join(book.types[table] for table in quality.empty_types) or 0),
        (say["silent_interviews"], ", ".join(quality.silent_interviews) or 0),
        (say["without_company"], ", ".join(quality.without_company) or 0),
        (say["cost"], say["unknown"] if cost.cost_usd is None else cost.cost_usd),
        (say["cost_unknown"], cost.unknown_cost_interviews),
        (say["calls"], cost.calls),
        (say["tokens"], tokens or say["unknown"]),
        *(
            (
                f"{say['cost']}: {one.extractor} {one.model}".rstrip(),
                say["unknown"] if one.cost_usd is None else one.cost_usd,
            )
            for one in quality.cost_by_model
        ),
        *((f"{say['needs_review']}: {book.word(one.reason)}", one.entities) for one in quality.reasons),
        (say["confirmed"], quality.confirmed),
        *(
            (f"{say['confirmed']}: {one.by}".rstrip(": "), one.accepted + one.edited + one.added)
            for one in quality.confirmed_by
        ),
    ]


def _checks(book: Book, *, checks_top: int, sheet: Sheet) -> None:
    say = book.say
    validation = book.data.validation
    assert validation is not None  # noqa: S101 - the caller looked
    widths = {"checks": 46, "verdict": 30, "group": 40, "message": 40, "example": 40}
    columns = [Column(title=say[title], width=width) for title, width in widths.items()]
    for place, column in enumerate(columns):
        book.text(sheet, checks_top, place, column.title, "head")
    sheet.set_column(2, 4, 40)
    for row, check in enumerate(validation.checks, start=checks_top + 1):
        message = check_message(check, book.data.language)
        values = (
            book.word(check.name),
            book.word(check.verdict),
            book.word(check.group),
            message,
            check.example,
        )
        sheet.set_row(row, height(values, columns))
        for place, value in enumerate(values):
            book.cell(sheet, row, place, value, "text")
    cells = (checks_top + 1, 1, checks_top + len(validation.checks), 1)
    book.colour(sheet, cells, ("pass", "warn", "fail"))
