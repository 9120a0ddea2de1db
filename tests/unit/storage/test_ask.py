"""Asking by words: accents folded, whatever was typed, and nothing of what was removed."""

import signal
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intelligence_capture.errors import QuestionError
from intelligence_capture.extraction import extract_interview
from intelligence_capture.interviews import find_interviews
from intelligence_capture.organisation import Organisation
from intelligence_capture.storage.ask import Filters, as_text, ask, terms_of
from intelligence_capture.storage.merge import merge_database
from tests.conftest import ROOT, QuoteExtractor, write_interview

PEOPLE = {
    "ana": ("Clínica Sol", "Jefa de admisión", "La conciliación bancaria me toma tres días. Uso Starsoft."),
    "luz": (
        "Luna",
        "Analista",
        "El cierre mensual termina tarde. The monthly closing is late, says the café.",
    ),
    "eva": ("Luna", "Jefa de costos", "Cierro cada mes a mano; la conciliacion es un PELIGRO\x1b[31m."),
}


@pytest.fixture(scope="module")
def merge(tmp_path_factory, catalogue):
    """Merges the interviews of these people and returns the database."""

    def merged(*names):
        folder = tmp_path_factory.mktemp("ask")
        for name in names:
            company, role, answer = PEOPLE[name]
            path = write_interview(
                folder / "in" / f"{name}.json", {"¿Qué es lo peor?": answer}, company=company, role=role
            )
            if name == "luz":
                text = path.read_text("utf-8").replace(
                    '"qa_pairs"', '"times": [[[0, 5], [33, 3671.5]]], "qa_pairs"'
                )
                path.write_text(text, "utf-8")
        extract = QuoteExtractor(
            {"pain_points": ["cierre mensual", "conciliación bancaria", "monthly closing"]}
        )
        paths = []
        for source in find_interviews(folder / "in"):
            paths.append(folder / f"{source.id}.json")
            paths[-1].write_text(extract_interview(source, extract, catalogue).model_dump_json(), "utf-8")
        merge_database(paths, folder / "intelligence.db", catalogue=catalogue, organisation=Organisation())
        return folder / "intelligence.db"

    return merged


@pytest.fixture(scope="module")
def database(merge):
    return merge(*PEOPLE)


def asked(database, question, limit=10, **filters):
    return ask(database, question, filters=Filters(**filters), limit=limit)


def places(found):
    return sorted((hit.interview_id, hit.type) for hit in found.hits)


@pytest.mark.parametrize("question", ["conciliación", "CONCILIACION", "concilia", "conciliacio\u0301n"])
def test_accents_case_and_endings_do_not_matter(database, question):
    assert {hit.interview_id for hit in asked(database, question).hits if not hit.type} == {"ana", "eva"}


def test_entities_are_found_by_label_and_quote(database):
    found = asked(database, "cierre mensual")

    assert ("luz", "pain_points") in places(found) and ("luz", "") in places(found) and found.all_words


def test_words_in_quotation_marks_stand_together(database):
    assert ("luz", "") in places(asked(database, '"cierre mensual"'))
    assert asked(database, '"mensual cierre"').hits == ()


def test_where_nothing_holds_all_words_some_will_do_and_it_is_said(database):
    found = asked(database, "cierre bancaria")

    assert not found.all_words and {"ana", "luz"} <= {hit.interview_id for hit in found.hits}
    assert "none holds all" in as_text(found, "cierre bancaria")


def test_company_role_and_type_narrow_down(database):
    assert {hit.interview_id for hit in asked(database, "conciliacion", company="clinica").hits} == {"ana"}
    assert {hit.interview_id for hit in asked(database, "conciliacion", role="COSTOS").hits} == {"eva"}
    types = {hit.type for hit in asked(database, "cierre", type="puntos de dolor").hits}
    assert (
        types == {"pain_points"} == {hit.type for hit in asked(database, "cierre", type="pain_points").hits}
    )


@pytest.mark.parametrize("name", ["company", "role", "type"])
def test_what_does_not_exist_is_named_with_what_does(database, name):
    with pytest.raises(QuestionError, match=f"no {name} like 'zzz'; there are: .+"):
        asked(database, "cierre", **{name: "zzz"})


def test_a_question_without_a_word_is_an_error():
    with pytest.raises(QuestionError, match="holds no word"):
        terms_of('"" * _ -- 🙂')


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet=st.sampled_from("abñ \"'*()^:{}+-.,;%_\x00\u0301“«ß漢ANDORNEAR"), max_size=25))
def test_nothing_that_is_typed_is_an_error_of_sqlite(database, question):
    try:
        asked(database, question)
    except QuestionError:
        assert not any(char.isalnum() for char in question)


def test_a_recording_says_where_to_listen(database):
    text = as_text(asked(database, "monthly closing", type="pain"), "monthly closing")

    assert "at 1:01:11 of the recording" in text


def test_a_terminal_obeys_nothing_that_was_said(database):
    assert "\x1b" not in as_text(asked(database, "peligro"), "\x1b[2J")


def test_what_was_removed_is_in_no_index(merge):
    kept = merge("ana", "eva")

    assert asked(kept, "cierre mensual termina").all_words is False
    assert b"termina" not in kept.read_bytes() and b"Starsoft" in kept.read_bytes()


def test_the_same_interviews_give_the_same_answer(merge, database):
    assert asked(merge(*PEOPLE), "conciliacion") == asked(database, "conciliacion")


def test_the_command_ends_quietly_where_nobody_reads_on(database):
    command = [sys.executable, ROOT / "scripts" / "ask.py", "cierre", "--database", database]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdout.close()

    assert process.stderr.read() == ""
    assert process.wait() == -signal.SIGPIPE
    process.stderr.close()
