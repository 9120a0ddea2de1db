"""Every figure of the reports as SQL counts it; `agreement` reads what the reports show under the same keys."""

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

Figures = dict[tuple[str, ...], Any]
RANKED = ("pain_points", "automation_candidates", "systems")


def of_sql(database: Path, graph: Path | None, types: list[str]) -> Figures:
    """Every figure as SQL counts it."""
    with closing(sqlite3.connect(database)) as db:
        figures = _counts(db) | _groups(db, types) | _money(db)
    if graph:
        with closing(sqlite3.connect(graph)) as db:
            figures |= _graph(db)
    return figures


def _one(db: sqlite3.Connection, question: str, *values: str) -> Any:
    return db.execute(question, values).fetchone()[0]


def _counts(db: sqlite3.Connection) -> Figures:
    proven = "exists (select 1 from evidence v where v.entity_id = e.id and v.verified)"
    found: Figures = {
        ("interviews",): _one(db, "select count(*) from interviews"),
        ("companies",): _one(db, "select count(distinct company) from interviews where company != ''"),
        ("entities",): _one(db, "select count(*) from all_entities"),
        ("proven",): _one(db, f"select count(*) from all_entities e where {proven}"),
        ("quotes",): _one(db, "select count(*) from evidence"),
        ("unverified",): _one(db, "select count(*) from evidence where not verified"),
        ("review",): _one(db, "select count(*) from all_entities where needs_review"),
        ("homeless",): _one(db, "select count(*) from interviews where company = ''"),
        ("confidence",): _one(db, "select round(avg(confidence), 4) from all_entities"),
        ("silent",): _one(
            db,
            "select count(*) from interviews i where status = 'ok' "
            "and not exists (select 1 from entities e where e.interview_id = i.id)",
        ),
    }
    for status in ("ok", "failed", "pending"):
        found["status", status] = _one(db, "select count(*) from interviews where status = ?", status)
    for tenth in range(10):
        found["tenth", str(tenth)] = _one(
            db, f"select count(*) from all_entities where min(cast(confidence * 10 as int), 9) = {tenth}"
        )
    for reason, count in db.execute(
        "select substr(reason, 1, instr(reason || ': ', ': ') - 1), count(distinct entity_id)"
        " from review_reasons group by 1"
    ):
        found["reason", reason] = count
    found["confirmed",] = _one(db, "select count(*) from decided_entities")
    for who, count in db.execute("select decided_by, count(*) from decided_entities group by 1"):
        found["confirmed", who] = count
    for severity in ("critical", "high", "medium", "low"):
        found["severity", severity] = _one(
            db, "select count(*) from pain_points where severity = ?", severity
        )
    for quadrant in ("quick_win", "major_project", "fill_in", "thankless_task"):
        found["quadrant", quadrant] = _one(
            db, "select count(*) from automation_candidates where quadrant = ?", quadrant
        )
    return found


def _groups(db: sqlite3.Connection, types: list[str]) -> Figures:
    found: Figures = {}
    for table in types:
        found["type", table, "entities"], found["type", table, "interviews"] = db.execute(
            f"select count(*), count(distinct interview_id) from {table}"
        ).fetchone()
        found["type", table, "review"] = _one(db, f"select count(*) from {table} where needs_review")
        found["type", table, "unproven"] = _one(
            db,
            f"select count(*) from {table} t where not exists "
            "(select 1 from evidence v where v.entity_id = t.id and v.verified)",
        )
        found["type", table, "confidence"] = _one(db, f"select round(avg(confidence), 4) from {table}")
    for company, interviews, extracted in db.execute(
        "select company, count(*), sum(status = 'ok') from interviews group by 1"
    ):
        of = "from all_entities where company = ?"
        found["company", company, "interviews"] = interviews
        found["company", company, "extracted"] = extracted
        found["company", company, "entities"] = _one(db, f"select count(*) {of}", company)
        found["company", company, "review"] = _one(db, f"select count(*) {of} and needs_review", company)
        found["company", company, "confidence"] = _one(db, f"select round(avg(confidence), 4) {of}", company)
        found["company", company, "severe"] = _one(
            db,
            "select count(*) from pain_points where severity in ('critical', 'high') and company = ?",
            company,
        )
        for table in types:
            found["company", company, table] = _one(
                db, f"select count(*) from {table} where company = ?", company
            )
    for unit, count in db.execute("select business_unit, count(*) from all_entities group by 1"):
        found["unit", unit] = count
    for interview, count in db.execute(
        "select i.id, count(e.id) from interviews i left join entities e on e.interview_id = i.id group by 1"
    ):
        found["interview", interview] = count
    return found


def _money(db: sqlite3.Connection) -> Figures:
    sums = (
        "select sum(calls), iif(count(prompt_tokens) = count(*), sum(prompt_tokens), null), "
        "iif(count(completion_tokens) = count(*), sum(completion_tokens), null), "
        "round(sum(cost_usd), 6), sum(cost_usd is null) "
    )
    names = ("calls", "tokens_in", "tokens_out", "usd", "unknown")
    found = {
        ("cost", name): value
        for name, value in zip(names, db.execute(sums + "from provenance").fetchone(), strict=True)
    }
    for extractor, model, *values in db.execute(
        sums.replace("select ", "select extractor, model, ") + "from provenance group by 1, 2"
    ):
        found |= {("model", extractor, model, name): value for name, value in zip(names, values, strict=True)}
    for interview, usd in db.execute("select interview_id, cost_usd from provenance"):
        found["interview", interview, "usd"] = usd
    return found


def _graph(db: sqlite3.Connection) -> Figures:
    found: Figures = {
        ("graph", "entities"): _one(db, "select count(*) from canonical_entities"),
        ("graph", "relations"): _one(db, "select count(*) from relations where ground <> 'answer'"),
        ("patterns",): Counter(
            db.execute(
                "select kind, c.label || coalesce(' → ' || o.label, ''), p.interview_count, round(share, 4) "
                "from patterns p join canonical_entities c on c.id = canonical_id "
                "left join canonical_entities o on o.id = other_id"
            )
        ),
        ("contradictions",): Counter(
            db.execute("select claim_a, claim_b, interview_a, interview_b from contradictions")
        ),
    }
    # The workbook shows a part of these columns.
    patterns = found["patterns",].elements()
    found["patterns of the workbook",] = Counter((row[1], row[2], row[3]) for row in patterns)
    found["claims",] = Counter((row[0], row[1]) for row in found["contradictions",].elements())
    found["clashes",] = sum(found["contradictions",].values())
    for table in RANKED:
        found["ranked", table] = Counter(
            db.execute(
                "select label, count(distinct interview_id) from canonical_entities c "
                "join mentions on canonical_id = c.id where type = ? group by c.id",
                (table,),
            )
        )
        found["subjects", table] = sum(found["ranked", table].values())
    return found
