"""The workflow with a second reader: who found what is in the database, and nothing is paid for twice."""

import sqlite3
from contextlib import closing

from tests.conftest import ROOT
from tests.loopback import LoopbackServer

CALLS = 4
MERGED = ("results/intelligence.db",)
PEOPLE = 3


def rows(project, query):
    with closing(sqlite3.connect(project.folder / "results/intelligence.db")) as db:
        return db.execute(query).fetchall()


def test_both_readers_are_in_the_database_and_another_prompt_pays_for_the_second_alone(project, tmp_path):
    prompt = project.folder / "second.md"
    given = (ROOT / "prompts" / "extract.md").read_text("utf-8")
    prompt.write_text("Read it once more.\n" + given, "utf-8")
    project.configure(
        extractor="openai",
        second_reader="{extractor: openai, prompt: second.md}",
        openai="{requests_per_minute: 100000}",
    )
    with LoopbackServer(heeds_prompt=True) as server:
        variables = {
            "OPENAI_API_KEY": "sk-canary-4f1c2b7e9d",
            "OPENAI_BASE_URL": server.url,
            "XDG_STATE_HOME": str(tmp_path / "state"),
        }
        estimated = project.run("-j", "1", "estimate", **variables)
        first = project.run(*MERGED, **variables)
        paid = len(server.accepted)
        found = project.dump()
        idle = project.run(*MERGED, **variables)
        again = len(server.calls)
        prompt.write_text("Read it a second time.\n" + given, "utf-8")
        changed = project.run(*MERGED, **variables)

    assert "second reader  12 calls more (0 in the store)" in estimated.output
    assert first.status == 0, first.output[-2000:]
    assert paid == again == 2 * PEOPLE * CALLS and idle.jobs == {}
    assert changed.status == 0 and changed.did("extract_interview") == {"extract_interview": PEOPLE}
    assert len(server.accepted) == 3 * PEOPLE * CALLS
    assert project.dump() != found
    by = dict(rows(project, "select extractor, count(*) from all_entities group by 1"))
    one, two = "gpt-4o-mini", "gpt-4o-mini (second)"
    assert by.keys() <= {one, two, f"{one} + {two}"} and by.get(f"{one} + {two}") and len(by) > 1
    alone = rows(project, "select count(*) from all_entities where extractor not like '% + %'")
    reasons = rows(
        project,
        "select count(distinct id) from up_for_review"
        " where reason like '%reader sees another type%' or reason like 'only one of two readers%'",
    )
    assert alone == reasons
