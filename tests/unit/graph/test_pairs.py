"""Invented pairs of claims in both languages: those that clash are flagged, and the traps are not."""

from pathlib import Path

import pytest
import yaml

from intelligence_capture.embedding import SentenceEncoder

PAIRS = yaml.safe_load(Path(__file__).with_name("pairs.yaml").read_text("utf-8"))
ROWS = [row for rows in PAIRS.values() for row in rows]
SYSTEMS = ("Excel", "Buk", "CRM", "ERP")
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


def _cases():
    for number, row in enumerate(ROWS):
        marks = [pytest.mark.xfail(strict=True, reason="beyond the rules")] if row.get("beyond") else []
        yield pytest.param(number, row["clash"], id=f"{number}-{row['kind']}", marks=marks)


@pytest.mark.parametrize(("number", "clash"), _cases())
def test_what_clashes_is_flagged_and_traps_are_not(flagged, number, clash):
    assert (number in flagged) == clash


def test_few_pairs_are_beyond_the_rules():
    assert sum(row.get("beyond", False) for row in ROWS) < len(ROWS) / 10
