"""Invented pairs of claims in both languages: those that clash are flagged, and the traps are not."""

import hashlib
from pathlib import Path

import pytest
import yaml

from intelligence_capture.embedding import SentenceEncoder

PAIRS = yaml.safe_load(Path(__file__).with_name("pairs.yaml").read_text("utf-8"))
ROWS = [row for rows in PAIRS.values() for row in rows]
COUNTED = {"aside": (29, 1), "fourth": (24, 0), "eighth": (13, 0)}
"""Sets of which only totals are looked at: how many that clash are found, how many traps flagged (docs/graph.md)."""
READ = sum(len(rows) for name, rows in PAIRS.items() if name not in COUNTED)
SYSTEMS = ("Excel", "Buk", "CRM", "ERP", "Moodle", "Jira")
ROLES = {"a": "Gerente General", "b": "Asistente"}


@pytest.fixture(scope="module")
def flagged(pairs_group):
    """The numbers of the pairs of which the graph says that they clash, each in a company of its own."""
    for number, row in enumerate(ROWS):
        for side in "ab":
            text = row[side]
            systems = [("systems", name) for name in SYSTEMS if name in text]
            pairs_group.says(
                f"{number:03}{side}",
                text,
                ("processes", text.rstrip(".")),
                *systems,
                company=f"{number} {row.get('company_' + side, '')}",
                unit=row.get("unit_" + side, ""),
                role=row.get("role_" + side, ROLES[side]),
            )
    return {
        int(one.a.proof.interview_id[:3])
        for one in pairs_group.graph(encode=SentenceEncoder(None)).contradictions
    }


def _case(number, row):
    marks = [pytest.mark.xfail(strict=True, reason="beyond the rules")] if row.get("beyond") else []
    return pytest.param(number, row["clash"], id=f"{number}-{row['kind']}", marks=marks)


@pytest.mark.parametrize(("number", "clash"), [_case(*row) for row in enumerate(ROWS[:READ])])
def test_what_clashes_is_flagged_and_traps_are_not(flagged, number, clash):
    assert (number in flagged) == clash


def test_few_pairs_are_beyond_the_rules():
    assert sum(row.get("beyond", False) for row in ROWS[:READ]) < READ / 10


@pytest.mark.parametrize("name", COUNTED)
def test_of_the_pairs_set_aside_so_many_are_right(flagged, name):
    first = sum(len(rows) for rows in list(PAIRS.values())[: list(PAIRS).index(name)])
    found = [row["clash"] for number, row in enumerate(PAIRS[name], start=first) if number in flagged]

    assert (found.count(True), found.count(False)) == COUNTED[name]


def test_the_pairs_set_aside_are_those_that_a_hash_says():
    for name, even in (("third", False), ("aside", True), ("seventh", False), ("eighth", True)):
        for row in PAIRS[name]:
            byte = hashlib.sha256(f"{row['a']}|{row['b']}".encode()).digest()[0]
            assert (byte % 2 == 0) == even, row["a"]
