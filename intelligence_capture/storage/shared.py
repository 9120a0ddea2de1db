"""The database that reports and exports are made from: with names, or a copy of it in which nobody is named."""

import json
import re
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from intelligence_capture.names import Edited
from intelligence_capture.respondents import Person, Respondents, Shown, WordCounts, project_respondents
from intelligence_capture.settings import Settings
from intelligence_capture.state import FOLDER
from intelligence_capture.storage.connect import reading
from intelligence_capture.texts import one_line

_SPANS = (
    ("interview_id", "question_index", "start", "end", "quote"),
    ("interview_a", "question_a", "start_a", "end_a", "quote_a"),
    ("interview_b", "question_b", "start_b", "end_b", "quote_b"),
)
"""Columns that say where in an answer words stand, and the words."""
_INTERVIEWS = ("interview_id", "interview", "interview_a", "interview_b")
_JSON = re.compile(r'json_valid\("?(\w+)"?\)')
_RESPONDENTS = {"respondent_a": "interview_a", "respondent_b": "interview_b"}

Row = dict[str, object]


def respondents_of(database: Path, shown: Shown) -> Respondents:
    """What is shown of the people in this database."""
    with reading(database) as connection:
        people = [
            Person(interview=ident, respondent=respondent, role=role, company=company)
            for ident, respondent, role, company in connection.execute(
                "select id, respondent, role, company from interviews order by id"
            )
        ]
        counts = WordCounts(people)
        if shown != "name":
            for (answer,) in connection.execute("select answer from answers"):
                counts.read(answer)
    return project_respondents(shown, people, counts.common)


def who_is_who(database: Path, shown: Shown) -> str:
    """A line on each interview: what stands for it and for its respondent, and what they are."""
    respondents = respondents_of(database, shown)
    with reading(database) as connection:
        rows = connection.execute("select id, respondent from interviews order by id").fetchall()
    return "\n".join(
        one_line(f"{respondents.interview(ident)} | {respondents.name(ident)} | {ident} | {respondent}")
        for ident, respondent in rows
    )


@contextmanager
def shared_database(database: Path, settings: Settings) -> Iterator[Path]:
    """The database itself where names are shown, else a copy that goes with the block.

    In the copy what stands for people is in the place of ids and names, and quotes stand where it says.
    """
    if settings.respondents == "name":
        yield database
        return
    respondents = respondents_of(database, settings.respondents)
    scratch = Path(settings.results) / FOLDER
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="shared-") as folder:
        copy = Path(folder) / database.name
        with reading(database) as source, closing(sqlite3.connect(copy)) as target:
            _Copy(source, target, respondents).make()
        yield copy


class _Copy:
    """All tables but those of the full-text search, without constraints: two names may become one."""

    def __init__(
        self, source: sqlite3.Connection, target: sqlite3.Connection, respondents: Respondents
    ) -> None:
        self._source, self._target, self._respondents = source, target, respondents
        self._interview_of = dict(source.execute("select id, interview_id from entities"))
        self._answers = self._edited_answers()

    def make(self) -> None:
        """Fill the target."""
        made = self._source.execute(
            "select type, name, sql from sqlite_master where sql is not null"
        ).fetchall()
        for kind, name, sql in made:
            if kind == "table" and "_fts" not in name and not name.startswith("sqlite_"):
                self._table(name, {*_JSON.findall(sql), "machine"})
        for kind in ("view", "index"):
            for one, name, script in made:
                if one == kind and "_fts" not in name:
                    self._target.execute(script)
        self._target.commit()

    def _edited_answers(self) -> dict[tuple[str, int], Edited]:
        """The answers in which something is replaced."""
        rows = self._source.execute("select interview_id, question_index, answer from answers")
        found = ((interview, index, self._respondents.edited(answer)) for interview, index, answer in rows)
        return {(interview, index): answer for interview, index, answer in found if answer.edits}

    def _table(self, table: str, structured: set[str]) -> None:
        """Copy a table; the columns that are `structured` hold JSON."""
        columns = self._source.execute(f'pragma table_info("{table}")').fetchall()
        names = [column[1] for column in columns]
        declared = ", ".join(f'"{name}" {kind}' for _, name, kind, *_ in columns)
        self._target.execute(f'create table "{table}" ({declared})')
        rows = self._source.execute(f'select * from "{table}"')
        named = (dict(zip(names, row, strict=True)) for row in rows)
        shown = (tuple(self._row(table, row, structured).values()) for row in named)
        self._target.executemany(f'insert into "{table}" values ({", ".join("?" * len(names))})', shown)

    def _row(self, table: str, row: Row, structured: set[str]) -> Row:
        respondents = self._respondents
        shown: Row = {name: self._cell(value, name in structured) for name, value in row.items()}
        shown |= {name: respondents.interview(str(row[name])) for name in _INTERVIEWS if name in row}
        shown |= {name: respondents.name(str(row[of])) for name, of in _RESPONDENTS.items() if name in row}
        if table == "interviews":
            ident = str(row["id"])
            stands = respondents.interview(ident)
            shown |= {"id": stands, "source": stands, "respondent": respondents.name(ident)}
        for columns in _SPANS:
            shown |= self._span(row, columns)
        return shown

    def _cell(self, value: object, structured: bool) -> object:
        if not isinstance(value, str) or not value:
            return value
        if structured:
            return json.dumps(self._respondents.of(json.loads(value)), ensure_ascii=False)
        return self._respondents.text(value)

    def _span(self, row: Row, columns: Sequence[str]) -> Row:
        """Where these words stand in the answer as it is shown, and the words; nothing where they stand nowhere."""
        of, question, start, end, quote = columns
        if start not in row or row[start] is None:
            return {}
        interview = row[of] if of in row else self._interview_of.get(str(row.get("entity_id")))
        answer = self._answers.get((str(interview), int(str(row[question]))))
        if answer is None:
            return {quote: row[quote]} if quote in row else {}
        first, last = answer.place(int(str(row[start])), int(str(row.get(end, row[start]))))
        there = {start: first, end: last, quote: answer.text[first:last]}
        return {name: value for name, value in there.items() if name in row}
