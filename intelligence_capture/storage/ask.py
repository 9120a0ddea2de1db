"""Full-text search in what was said and what was found, in the words of whoever asks."""

import re
import sqlite3
from pathlib import Path

from intelligence_capture.errors import QuestionError
from intelligence_capture.records import Record
from intelligence_capture.respondents import Shown
from intelligence_capture.storage.connect import reading
from intelligence_capture.storage.shared import respondents_of
from intelligence_capture.texts import fold, one_line

MARKS = ("«", "»")
_WORDS_SHOWN = 24


class Hit(Record):
    """An answer or an entity that holds the words; `type` is '' for an answer, `seconds` None without a recording."""

    type: str
    label: str
    company: str
    respondent: str
    role: str
    interview_id: str
    question_index: int | None
    words: str
    seconds: float | None


class Found(Record):
    """What a question found, best first; `all_words` is False where nothing holds all of them."""

    hits: tuple[Hit, ...]
    total: int
    all_words: bool = True


class Filters(Record):
    """What hits are narrowed down to; '' for no limit. Names are compared without case and accents, in part."""

    company: str = ""
    type: str = ""
    role: str = ""


def ask(database: Path, question: str, *, filters: Filters, limit: int) -> Found:
    """The answers and entities that hold all words of `question`, or else some of them.

    Words may be the beginning of longer ones; words in quotation marks stand together. QuestionError where
    there is no word in it, or where the company, type or role does not exist.
    """
    terms = terms_of(question)
    with reading(database) as connection:
        connection.create_function("folded", 1, fold, deterministic=True)
        chosen = _chosen(connection, filters)
        for join in (" AND ", " OR "):
            hits = _hits(connection, join.join(terms), chosen)
            if hits or len(terms) == 1:
                break
    return Found(hits=tuple(hits[:limit]), total=len(hits), all_words=join == " AND " or len(terms) == 1)


def terms_of(question: str) -> list[str]:
    """The question as terms of FTS5: whatever was typed, each is a quoted string and nothing is an operator."""
    terms = []
    for number, part in enumerate(re.split('["“”«»]', question)):
        words = re.findall(r"[^\W_]+", part)
        if number % 2 and words:
            terms.append(f'"{" ".join(words)}"')
        else:
            terms += [f'"{word}"*' for word in words]
    if not terms:
        raise QuestionError(f"{question!r} holds no word to look for")
    return terms


def shared(found: Found, database: Path, shown: Shown) -> Found:
    """The hits as others may read them: with what stands for people."""
    if shown == "name":
        return found
    respondents = respondents_of(database, shown)
    hits = tuple(
        respondents.of(hit).model_copy(
            update={
                "interview_id": respondents.interview(hit.interview_id),
                "respondent": respondents.name(hit.interview_id),
            }
        )
        for hit in found.hits
    )
    return found.model_copy(update={"hits": hits})


def as_text(found: Found, question: str) -> str:
    """The hits as a terminal shows them."""
    if not found.hits:
        return f"Nothing that was asked for holds any word of {one_line(question)!r}."
    holds = "hold all the words" if found.all_words else "hold some of the words, none holds all"
    lines = [f"{found.total} answers and findings {holds}; the best {len(found.hits)}:"]
    for hit in found.hits:
        who = ", ".join(filter(None, (hit.respondent or hit.interview_id, hit.role, hit.company)))
        what = f"{hit.type}: {hit.label}" if hit.type else "answer"
        where = "" if hit.question_index is None else f", answer {hit.question_index}"
        at = f", at {_clock(hit.seconds)} of the recording" if hit.seconds is not None else ""
        lines += [
            "",
            one_line(f"{what} — {who} ({hit.interview_id}{where}{at})"),
            f"    {one_line(hit.words)}",
        ]
    return "\n".join(lines)


def _chosen(connection: sqlite3.Connection, filters: Filters) -> tuple[str, list[str]]:
    """The condition on interviews and types as SQL with its values."""
    columns = {
        "company": ("select distinct company from interviews", "folded(i.company)", filters.company),
        "role": ("select distinct role from interviews", "folded(i.role)", filters.role),
        "type": (
            "select type from entity_types",
            "folded(coalesce((select type || ' ' || name || ' ' || title_es || ' ' || title_en "
            "from entity_types t where t.type = h.type), ''))",
            filters.type,
        ),
    }
    conditions, values = ["true"], []
    for name, (there, expression, wanted) in columns.items():
        if not wanted:
            continue
        conditions.append(f"instr({expression}, ?) > 0")
        values.append(fold(wanted))
        _check_exists(connection, name, wanted, there)
    return " and ".join(conditions), values


def _check_exists(connection: sqlite3.Connection, name: str, wanted: str, there: str) -> None:
    known = [value for (value,) in connection.execute(f"{there} order by 1") if value]
    if name == "type":
        names = [
            " ".join(row)
            for row in connection.execute("select type, name, title_es, title_en from entity_types")
        ]
    else:
        names = known
    if not any(fold(wanted) in fold(value) for value in names):
        raise QuestionError(f"no {name} like {wanted!r}; there are: {', '.join(known[:20])}")


_ANSWERS = f"""
select '' as type, '' as label, a.interview_id, a.question_index,
       snippet(answers_fts, 1, '{MARKS[0]}', '{MARKS[1]}', '…', {_WORDS_SHOWN}) as words,
       (select min(seconds) from answer_times t
        where t.interview_id = a.interview_id and t.question_index = a.question_index) as seconds,
       answers_fts.rank as rank
from answers_fts join answers a on a.rowid = answers_fts.rowid
where answers_fts match '{{answer}} : (' || ? || ')'
"""
_ENTITIES = f"""
select f.type, f.label, e.interview_id,
       (select min(question_index) from evidence v
        where v.entity_type = f.type and v.entity_id = f.id) as question_index,
       snippet(entities_fts, -1, '{MARKS[0]}', '{MARKS[1]}', '…', {_WORDS_SHOWN}) as words,
       (select min(seconds) from evidence_times t where t.entity_type = f.type and t.entity_id = f.id) as seconds,
       f.rank as rank
from entities_fts f join entities e on e.type = f.type and e.id = f.id
where entities_fts match ?
"""


def _hits(connection: sqlite3.Connection, match: str, chosen: tuple[str, list[str]]) -> list[Hit]:
    condition, values = chosen
    rows = connection.execute(
        f"with h as materialized (select * from ({_ANSWERS}) union all select * from ({_ENTITIES})) "
        "select h.type, h.label, i.company, i.respondent, i.role, h.interview_id, h.question_index, h.words, h.seconds "
        f"from h join interviews i on i.id = h.interview_id where {condition} "
        "order by h.rank, h.type, h.interview_id, h.question_index, h.label, h.words",
        [match, match, *values],
    )
    return [Hit(**dict(zip(Hit.model_fields, row, strict=True))) for row in rows]


def _clock(seconds: float) -> str:
    minutes, second = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{second:02}"
