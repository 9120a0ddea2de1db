"""The catalogue goes out as a codebook, and a codebook of another program comes in as a catalogue that runs."""

import sqlite3
from contextlib import closing

import pytest
import yaml
from defusedxml.ElementTree import fromstring

from intelligence_capture.catalogue import RESERVED, load_catalogue
from intelligence_capture.errors import CatalogueError
from intelligence_capture.jobs.qda import run_import_codebook
from intelligence_capture.qda.codebook import codebook_file
from intelligence_capture.qda.new_catalogue import as_files, read_codebook
from intelligence_capture.settings import load_settings
from intelligence_capture.storage.graph_schema import GRAPH_TABLES
from intelligence_capture.storage.schema import FULL_TEXT, database_script
from tests.unit.qda.readers import schema_errors

STANDARD = """<?xml version="1.0" encoding="UTF-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
<Code guid="{5215cc69-b628-4e02-afb9-9beeaee55808}" name="Topics" isCodable="false">
  <Code guid="{d7aa29da-519b-4946-9b90-253b6db8fd0a}" name="Economy" isCodable="true" color="#ffff00">
    <Description>Anything about jobs or taxes or business</Description></Code>
  <Code guid="{0dcef2f5-e55c-49da-8c33-9b0803c7aeb4}" name="Health care" isCodable="true"/></Code>
<Code guid="9fa9bcb7-5b59-47a9-8c3e-f65cffdc7520" name="Values" isCodable="true"/>
</Codes></CodeBook>"""


@pytest.fixture
def book(tmp_path):
    def written(text):
        path = tmp_path / "my codes.qdc"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


def codes(*names, inner=""):
    given = "".join(f"<Code guid='g' name='{name}'>{inner}</Code>" for name in names)
    return f"<CodeBook><Codes>{given}</Codes></CodeBook>"


def test_the_codebook_is_valid_and_defines_every_type(catalogue):
    root = fromstring(codebook_file(catalogue.types, "en"))
    found = {code.get("name"): code[0].text for code in root.iter("{urn:QDA-XML:codebook:1.0}Code")}

    assert schema_errors(root, "Codebook.xsd") == []
    assert list(found) == [one.title.en for one in catalogue.types]
    assert found["Systems"].startswith(catalogue["systems"].counts)


def test_every_code_that_can_be_applied_becomes_a_type(book):
    types = read_codebook(book(STANDARD))

    assert [(one.table, one.title.en, one.counts) for one in types] == [
        ("economy", "Economy", "Anything about jobs or taxes or business"),
        ("health_care", "Health care", "Topics > Health care"),
        ("values_code", "Values", "Values"),
    ]


def test_the_files_that_are_written_are_a_catalogue(book, tmp_path):
    types = read_codebook(book(STANDARD))
    for name, text in as_files(types).items():
        (tmp_path / name).write_text(text, "utf-8")

    loaded = load_catalogue(tmp_path)

    assert loaded.types == types
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(database_script(loaded))


def test_our_own_codebook_comes_back_with_its_names_and_definitions(book, catalogue):
    types = read_codebook(book(codebook_file(catalogue.types, "es")))

    assert [one.title.es for one in types] == [one.title.es for one in catalogue.types]
    assert types[0].table == "puntos_de_dolor" and types[0].counts.startswith(catalogue.types[0].counts)


@pytest.mark.parametrize("namespace", ["urn:QDA-XML:codebook:0:4", "urn:QDA-XML:codebook:1:0", ""])
def test_namespaces_that_programs_write_are_read(book, namespace):
    text = STANDARD.replace("urn:QDA-XML:codebook:1.0", namespace).replace(' xmlns=""', "")

    assert len(read_codebook(book(text))) == 3


def test_codes_of_one_name_are_told_apart_by_what_stands_above_them(book):
    inner = '<Code guid="h" name="Costs"/>'

    assert [one.table for one in read_codebook(book(codes("Food", "Staff", inner=inner)))] == [
        "food",
        "food_costs",
        "staff",
        "staff_costs",
    ]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("Ñandú &amp; más", "nandu_mas"),
        ("2025", "code_2025x"),
        ("Select", "select_code"),
        ("../../etc/passwd", "etc_passwd"),
        ("x; drop table systems", "x_drop_table_systems"),
        ("interviews", "interviews_code"),
    ],
)
def test_names_are_made_safe(book, name, table):
    (made,) = read_codebook(book(codes(name.replace("2025", "2025x"))))

    assert made.table == table


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not xml", "not XML"),
        (b"", "not XML"),
        ("<Project/>", "begins with CodeBook, this with Project"),
        ("<CodeBook><Codes/></CodeBook>", "no code in it can be applied"),
        (codes("漢字"), "code 漢字: no table can be named so"),
        (codes(""), "has no name"),
        (codes("A b", "a-B"), "A b, a-B: these codes would be one table, a_b"),
        (codes(*(f"code {n}" for n in range(201))), "201 codes, at most 200"),
        ("<Codes><Code name='x'>" * 60 + "</Code></Codes>" * 60, "begins with CodeBook"),
        (
            "<CodeBook><Codes>" + "<Code name='x'>" * 60 + "</Code>" * 60 + "</Codes></CodeBook>",
            "deeper than 50",
        ),
        (
            '<!DOCTYPE x [<!ENTITY a "aaaa">]><CodeBook><Codes><Code name="&a;"/></Codes></CodeBook>',
            "entities of its own",
        ),
        (
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><CodeBook>&a;</CodeBook>',
            "entities of its own",
        ),
    ],
)
def test_what_cannot_be_a_catalogue_is_refused_with_the_place(book, text, message):
    path = book(text)

    with pytest.raises(CatalogueError, match=r"my codes\.qdc") as refused:
        read_codebook(path)

    assert message in str(refused.value)


def test_the_import_writes_a_new_folder_and_never_into_one_that_is_there(book, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = load_settings({"codebook": str(book(STANDARD))})

    told = run_import_codebook(settings)

    assert "--config ontology=ontology_my_codes" in told
    assert (
        yaml.safe_load((tmp_path / "ontology_my_codes" / "economy.yaml").read_text("utf-8"))["fields"] == {}
    )
    with pytest.raises(CatalogueError, match="ontology_my_codes: it is there already"):
        run_import_codebook(settings)
    with pytest.raises(CatalogueError, match="--config codebook=FILE"):
        run_import_codebook(load_settings({}))
    with pytest.raises(CatalogueError, match=r"gone\.qdc: cannot be read"):
        run_import_codebook(load_settings({"codebook": "gone.qdc"}))


def test_no_type_can_take_the_name_of_a_table_or_a_word_of_sql(catalogue):
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(database_script(catalogue) + GRAPH_TABLES + FULL_TEXT)
        names = {
            name for (name,) in db.execute("select name from sqlite_master where type in ('table', 'view')")
        }

    taken = {name for name in names if not name.startswith(("sqlite_", "answers_fts_", "entities_fts_"))}

    assert taken - set(catalogue.tables) - RESERVED == set()
