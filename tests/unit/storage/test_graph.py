"""knowledge_graph.db: all of the source, the graph beside it, every quote where it says."""

import sqlite3
from contextlib import closing

import pytest

from intelligence_capture.extraction import extract_interview
from intelligence_capture.graph.build import Rules, build_graph
from intelligence_capture.graph.naming import load_names
from intelligence_capture.graph.relation_table import load_relations
from intelligence_capture.interviews import find_interviews
from intelligence_capture.organisation import Organisation
from intelligence_capture.settings import GraphSettings
from intelligence_capture.storage.graph import read_source, write_graph
from intelligence_capture.storage.merge import merge_database
from tests.conftest import ROOT, QuoteExtractor, write_interview
from tests.unit.graph.conftest import embed

SAID = {
    "ana": "El stock no cuadra por culpa de Opera. Reviso pedidos con Opera.",
    "luz": "Nunca: el stock no cuadra. Uso OPERA PMS y Excel, y Reviso pedidos.",
}


@pytest.fixture
def database(tmp_path, catalogue):
    """intelligence.db of two people who complain of the same."""
    for who, text in SAID.items():
        write_interview(tmp_path / f"in/{who}.json", {"a": text}, company="Sol")
    extract = QuoteExtractor(
        {
            "systems": ["Opera", "OPERA PMS", "Excel"],
            "pain_points": ["stock no cuadra"],
            "processes": ["Reviso pedidos"],
        }
    )
    paths = []
    for source in find_interviews(tmp_path / "in"):
        paths.append(tmp_path / f"{source.id}.json")
        paths[-1].write_text(extract_interview(source, extract, catalogue).model_dump_json(), "utf-8")
    merge_database(paths, tmp_path / "intelligence.db", catalogue=catalogue, organisation=Organisation())
    return tmp_path / "intelligence.db"


def built(database, catalogue, target):
    rules = Rules(load_names(ROOT / "ontology"), load_relations(ROOT / "ontology", catalogue))
    graph = build_graph(read_source(database, catalogue), rules, settings=GraphSettings(), embed=embed)
    write_graph(graph, source=database, database=target)
    return target


def dump(path):
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def test_holds_all_tables_of_the_source_and_its_search(tmp_path, catalogue, database):
    with closing(sqlite3.connect(built(database, catalogue, tmp_path / "graph.db"))) as db:
        db.execute("attach ? as source", (str(database),))
        tables = "select name from {}.sqlite_master where type in ('table', 'view')"
        missing = db.execute(f"{tables.format('source')} except {tables.format('main')}").fetchall()
        found = db.execute("select count(*) from answers_fts where answers_fts match 'stock'").fetchone()

    assert (missing, found) == ([], (2,))


def test_every_quote_stands_at_its_offsets(tmp_path, catalogue, database):
    with closing(sqlite3.connect(built(database, catalogue, tmp_path / "graph.db"))) as db:
        quotes = db.execute(
            "select e.quote, substr(a.answer, e.start + 1, e.end - e.start) from "
            "(select * from relation_evidence union all select pattern_id, '', interview_id, entity_id, "
            "question_index, start, end, quote from pattern_evidence) e "
            "join answers a using (interview_id, question_index)"
        ).fetchall()

    assert quotes
    assert all(quote == there for quote, there in quotes)


def test_mentions_merges_and_counts_add_up(tmp_path, catalogue, database):
    with closing(sqlite3.connect(built(database, catalogue, tmp_path / "graph.db"))) as db:
        things = db.execute(
            "select type, label, mention_count, interview_count, confidence from canonical_entities order by 1, 2"
        ).fetchall()
        (merges,) = db.execute("select count(*) from merges").fetchone()
        (mentions,) = db.execute("select count(*) from mentions").fetchone()

    assert things == [
        ("pain_points", "stock no cuadra", 2, 2, 0.99),
        ("processes", "Reviso pedidos", 2, 2, 0.99),
        ("systems", "Excel", 2, 2, 0.99),
        ("systems", "Opera", 4, 2, 0.99),
    ]
    assert merges == mentions - len(things)


def test_a_second_build_is_the_same_to_the_byte_of_its_dump(tmp_path, catalogue, database):
    first = dump(built(database, catalogue, tmp_path / "one.db"))

    assert dump(built(database, catalogue, tmp_path / "two.db")) == first
