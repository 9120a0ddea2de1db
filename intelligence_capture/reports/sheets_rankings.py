"""The sheets that rank: what hurts, what to automate, systems, patterns, contradictions."""

from collections.abc import Sequence

from intelligence_capture.reports.records import Subject
from intelligence_capture.reports.sheets import Book, Column, Link
from intelligence_capture.reports.sheets_charts import HURTS, MOST, Series, bar_chart, cell_bars

TOP_AUTOMATION = 50
"""Rows of the sheet of candidates; all of them are on the sheet of their type."""


def ranking_sheets(book: Book) -> None:
    """What to look at first; the graph's sheets only where there is a graph."""
    _pains(book)
    _automation(book)
    _systems(book)
    _patterns(book)
    _contradictions(book)


def _pains(book: Book) -> None:
    """What hurts, in the order of the page; filter the severity to see what somebody called critical."""
    say = book.say
    columns = [
        Column(title=say["what_hurts"], width=60),
        Column(title=say["kind"], width=16),
        Column(title=say["severity"], width=11),
        Column(title=say["frequency"], width=20),
        *_said_columns(book),
        Column(title=say["mentioned"], width=14, style="number"),
    ]
    rows = [
        (
            _linked(book, pain, book.finding(pain.kind, pain.label)),
            book.word(f"kind_{pain.kind}"),
            book.word(pain.severity),
            pain.frequency,
            *_said(book, pain),
            pain.mentioned,
        )
        for pain in book.data.pain_points
    ]
    name = book.sheet_name(say["what_hurts"])
    sheet = book.sheet(name)
    book.table(sheet, columns, rows)
    if rows:
        book.colour(sheet, (1, 2, len(rows), 2), ("critical", "high"))
        cell_bars(sheet, (1, 4, len(rows), 4))
        series = Series(sheet=name, first=1, last=min(MOST, len(rows)), names=0, values=4)
        bar_chart(
            book, book.summary, series, title=f"{say['what_hurts']}: {say['asks']}", at="E5", colour=HURTS
        )


def _automation(book: Book) -> None:
    say = book.say
    top = book.data.automation[:TOP_AUTOMATION]
    columns = [
        Column(title=say["top_automation"], width=60),
        Column(title=say["quadrant"], width=18),
        Column(title=say["impact"], width=10, style="number"),
        Column(title=say["effort"], width=10, style="number"),
        Column(title=say["systems"], width=26),
        Column(title=say["problems_in_systems"], width=18, style="number"),
        *_said_columns(book),
        Column(title=say["addresses"], width=40),
    ]
    rows = [
        (
            *_labelled(book, one),
            book.word(one.quadrant),
            one.impact,
            one.effort,
            "; ".join(one.systems),
            one.problem_interviews,
            *_said(book, one),
            "; ".join(one.addresses),
        )
        for one in top
    ]
    sheet = book.sheet(book.sheet_name(say["top_automation"]))
    book.table(sheet, columns, rows)
    if rows:
        cell_bars(sheet, (1, 6, len(rows), 6))
    else:
        book.text(sheet, 1, 0, say["no_candidates"])


def _systems(book: Book) -> None:
    say = book.say
    if not book.data.systems:
        return
    columns = [
        Column(title=say["systems_and_problems"], width=40),
        Column(title=say["problem_interviews"], width=16, style="number"),
        Column(title=say["satisfaction"], width=13, style="decimal"),
        *_said_columns(book),
    ]
    rows = [
        (*_labelled(book, one), one.problem_interviews, one.satisfaction, *_said(book, one))
        for one in book.data.systems
    ]
    name = book.sheet_name(say["systems_and_problems"])
    sheet = book.sheet(name)
    book.table(sheet, columns, rows)
    for place in (1, 3):
        cell_bars(sheet, (1, place, len(rows), place))
    if hurting := sum(one.problem_interviews > 0 for one in book.data.systems[:MOST]):
        title = f"{say['systems']}: {say['problem_interviews']}"
        series = Series(sheet=name, first=1, last=hurting, names=0, values=1)
        bar_chart(book, book.summary, series, title=title, at="C5", colour=HURTS, width=365)


def _patterns(book: Book) -> None:
    say, patterns = book.say, book.data.graph.patterns
    if not patterns:
        return
    columns = [
        Column(title=say["label"], width=60),
        Column(title=say["kind"], width=26),
        Column(title=say["type"], width=26),
        Column(title=say["asks"], width=14, style="number"),
        Column(title=say["share"], width=12, style="percent"),
        Column(title=say["respondent"], width=60),
    ]
    rows = [
        (
            one.label,
            book.word(one.kind),
            book.types.get(one.type, one.type),
            one.interview_count,
            one.share,
            book.people(one.items),
        )
        for one in patterns
    ]
    sheet = book.sheet(book.sheet_name(say["patterns"]))
    book.table(sheet, columns, rows)
    cell_bars(sheet, (1, 3, len(rows), 3))


def _contradictions(book: Book) -> None:
    say, clashes = book.say, book.data.graph.contradictions
    if not clashes:
        return
    columns = [
        Column(title=say["label"], width=40),
        Column(title=say["field"], width=20),
        Column(title=say["claim_a"], width=50),
        Column(title=say["voice_a"], width=28),
        Column(title=say["claim_b"], width=50),
        Column(title=say["voice_b"], width=28),
        Column(title=f"{say['quote']}: {say['claim_a']}", width=60),
        Column(title=f"{say['quote']}: {say['claim_b']}", width=60),
    ]
    rows = [
        (
            one.label,
            book.word(one.field),
            book.word(one.claim_a),
            _voice(book, one.interview_a),
            book.word(one.claim_b),
            _voice(book, one.interview_b),
            one.quote_a,
            one.quote_b,
        )
        for one in clashes
    ]
    book.table(book.sheet(book.sheet_name(say["contradictions"])), columns, rows)


def _voice(book: Book, interview: str) -> str:
    talk = book.talks.get(interview)
    return interview if talk is None else " · ".join(filter(None, (talk.respondent or talk.id, talk.company)))


def _said_columns(book: Book) -> Sequence[Column]:
    say = book.say
    return (
        Column(title=say["asks"], width=14, style="number"),
        Column(title=say["companies"], width=36),
        Column(title=say["respondent"], width=50),
    )


def _said(book: Book, subject: Subject) -> tuple[object, ...]:
    companies = ", ".join(map(book.company, subject.companies))
    return (subject.interviews, companies, book.people(subject.items))


def _labelled(book: Book, subject: Subject) -> tuple[object]:
    return (_linked(book, subject, subject.label),)


def _linked(book: Book, subject: Subject, text: str) -> Link:
    """The text with a link to the row of the subject's first entity."""
    first = book.items[subject.items[0]]
    return Link(sheet=book.entity_sheets[first.type], row=book.entity_rows[first.id], text=text)
