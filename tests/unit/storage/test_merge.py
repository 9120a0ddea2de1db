"""The merge: the same content whatever the order, whole or not at all, inert text."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intelligence_capture.errors import DatabaseError
from intelligence_capture.extraction import extract_interview
from intelligence_capture.interviews import find_interviews
from intelligence_capture.organisation import Organisation
from intelligence_capture.reviews.decisions import Decision
from intelligence_capture.storage.merge import merge_database
from tests.conftest import QuoteExtractor, write_interview

HOSTILE = "Robert'); drop table interviews;-- <script>alert(1)</script> =cmd|' /C calc'!A0 {{7*7}}"


def dump(path):
    with closing(sqlite3.connect(path)) as db:
        tables = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
        return {
            table: sorted(map(repr, db.execute(f'select * from "{table}"')))
            for table in tables
            if "_fts" not in table and table != "provenance"
        }


@pytest.fixture
def extractions(tmp_path, catalogue):
    """Three extraction files: two sound ones and a failed one."""
    write_interview(tmp_path / "in/ana.json", {"a": "Uso Opera. Opera se cae."}, company="Sol")
    write_interview(tmp_path / "in/luz.json", {"a": HOSTILE, "b": "nulo\x00 y Opera"}, company="Luna")
    (tmp_path / "in/roto.json").write_text("{", "utf-8")
    extract = QuoteExtractor({"systems": ["Opera", "Navision"], "pain_points": ["se cae", HOSTILE]})
    paths = []
    for source in find_interviews(tmp_path / "in"):
        record = extract_interview(source, extract, catalogue)
        paths.append(tmp_path / f"{source.id}.json")
        paths[-1].write_text(record.model_dump_json(), "utf-8")
    return paths


def merged(tmp_path, catalogue, paths, *decisions):
    target = tmp_path / "db" / "intelligence.db"
    merge_database(paths, target, catalogue=catalogue, organisation=Organisation(), decisions=decisions)
    return target


def test_keeps_every_word_and_every_status(tmp_path, catalogue, extractions):
    with closing(sqlite3.connect(merged(tmp_path, catalogue, extractions))) as db:
        assert db.execute("select id, status from interviews order by id").fetchall() == [
            ("ana", "ok"), ("luz", "ok"), ("roto", "failed"),
        ]  # fmt: skip
        assert db.execute("select answer from answers where interview_id = 'luz'").fetchall() == [
            (HOSTILE,), ("nulo\x00 y Opera",),
        ]  # fmt: skip
        assert db.execute("select count(*) from pain_points where label like 'Robert%'").fetchone() == (2,)
        assert db.execute("select count(*), sum(needs_review) from systems").fetchone() == (4, 2)


def test_full_text_search_folds_accents(tmp_path, catalogue, extractions):
    with closing(sqlite3.connect(merged(tmp_path, catalogue, extractions))) as db:
        assert db.execute("select count(*) from answers_fts where answers_fts match 'ópera'").fetchone() == (
            2,
        )


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_the_order_does_not_matter_and_a_second_merge_changes_nothing(tmp_path, catalogue, extractions, data):
    first = dump(merged(tmp_path, catalogue, extractions))
    shuffled = data.draw(st.permutations(extractions))

    assert dump(merged(tmp_path, catalogue, shuffled)) == first


def test_a_removed_interview_is_gone(tmp_path, catalogue, extractions):
    merged(tmp_path, catalogue, extractions)

    rest = dump(merged(tmp_path, catalogue, extractions[1:]))

    assert not any("'ana'" in row for rows in rest.values() for row in rows)


def test_a_damaged_extraction_leaves_the_old_database_and_names_the_file(tmp_path, catalogue, extractions):
    before = dump(merged(tmp_path, catalogue, extractions))
    extractions[0].write_text('{"id": ', "utf-8")

    with pytest.raises(DatabaseError, match=r"ana\.json: not an extraction"):
        merged(tmp_path, catalogue, extractions)

    assert dump(tmp_path / "db" / "intelligence.db") == before
    assert [path.name for path in (tmp_path / "db").iterdir()] == ["intelligence.db"]


def test_a_type_with_another_field_makes_another_column(tmp_path, catalogue, extractions):
    systems = catalogue["systems"]
    spec = systems.fields["vendor"]
    wider = systems.model_copy(update={"fields": systems.fields | {"licence": spec}})
    changed = catalogue.model_copy(
        update={"types": tuple(wider if t.table == "systems" else t for t in catalogue.types)}
    )

    with closing(sqlite3.connect(merged(tmp_path, changed, extractions))) as db:
        assert db.execute("select distinct licence from systems").fetchall() == [("",)]


def test_a_reader_keeps_its_database_while_a_new_one_is_put_in_place(tmp_path, catalogue, extractions):
    target = merged(tmp_path, catalogue, extractions)
    with closing(sqlite3.connect(target)) as reader:
        reader.execute("begin")
        assert reader.execute("select count(*) from interviews").fetchone() == (3,)

        merged(tmp_path, catalogue, extractions[1:])

        assert reader.execute("select count(*) from interviews").fetchone() == (3,)
    with closing(sqlite3.connect(target)) as reader:
        assert reader.execute("select count(*) from interviews").fetchone() == (2,)


def test_what_people_decided_stands_in_the_database_with_what_became_of_it(tmp_path, catalogue, extractions):
    def decide(decision, interview, quote, **more):
        row = {"decision": decision, "interview": interview, "type": "systems", "quote": quote, "by": "Eva"}
        return Decision.model_validate(row | more)

    rows = [
        decide("reject", "ana", "Opera"),
        decide("accept", "gone", "Opera"),
        decide("add", "luz", "nulo", label="=Nulo"),
        decide("reject", "roto", "Opera"),
    ]

    with closing(sqlite3.connect(merged(tmp_path, catalogue, extractions, *rows))) as db:
        assert db.execute("select position, result, why from decisions order by position").fetchall() == [
            (0, "applied", ""),
            (1, "waiting", "there is no such interview"),
            (2, "applied", ""),
            (3, "waiting", "the interview is failed"),
        ]
        assert db.execute(
            "select count(*) from systems where interview_id = 'ana' and label = 'Opera'"
        ).fetchone() == (0,)
        assert db.execute(
            "select d.decided, s.label from decided_entities d join systems s using (id)"
        ).fetchall() == [("added", "=Nulo")]
        assert db.execute("select count(*) from answers_fts where answers_fts match 'opera'").fetchone() > (
            0,
        )
