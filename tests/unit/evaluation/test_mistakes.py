"""The list of errors that a person works through."""

import csv
import io
from dataclasses import replace

from intelligence_capture.evaluation.items import Item
from intelligence_capture.evaluation.mistakes import as_csv, find_mistakes
from tests.unit.evaluation.small_gold import BAKER, labelled, said

SYSTEMS = labelled(BAKER, (("systems", "Excel"), ("systems", "Contasol")))


def mistakes(gold, found):
    return find_mistakes(gold, found, interview=BAKER, gold_folder="small")


def kinds(gold, found):
    return [(row.kind, row.gold_type, row.found_type) for row in mistakes(gold, found)]


def test_what_matches_is_no_mistake():
    assert mistakes(SYSTEMS, SYSTEMS) == []


def test_what_was_not_found_is_missed_and_shown_in_its_context():
    (row,) = mistakes(SYSTEMS, SYSTEMS[:1])

    assert (row.kind, row.question_index, row.gold_quote, row.found_quote) == ("missed", 1, "Contasol", "")
    assert row.context.startswith("…") and row.context.endswith("mi hermana lo copia a Contasol.")


def test_what_nobody_labelled_is_invented():
    assert kinds([], SYSTEMS[:1]) == [("invented", "", "systems")]


def test_the_same_words_under_another_type_are_one_row():
    other = replace(SYSTEMS[0], type="kpis")

    assert kinds(SYSTEMS[:1], [other]) == [("wrong type", "systems", "kpis")]


def test_the_same_type_with_far_too_many_words_is_one_row():
    whole_answer = Item(type="systems", label="x", spans=(said(BAKER, BAKER.answer(1)),))

    assert kinds(SYSTEMS[:1], [whole_answer]) == [("wrong span", "systems", "systems")]


def test_a_second_time_is_said_to_be_one():
    (row,) = mistakes(SYSTEMS[:1], [SYSTEMS[0], SYSTEMS[0]])

    assert (row.kind, row.note) == ("invented", "a second time: another found entity is already 'Excel'")


def test_an_entity_without_verified_evidence_is_listed_with_what_it_claimed():
    (row,) = mistakes([], [Item(type="kpis", label="x", spans=(), quotes=("nunca dicho",))])

    assert (row.question_index, row.found_quote, row.note) == (None, "nunca dicho", "no verified evidence")


def test_the_rows_stand_in_the_order_of_the_answers():
    gold = labelled(BAKER, (("kpis", "merma"), ("systems", "Contasol"), ("roles", "jefe de panadería")))

    assert [row.question_index for row in mistakes(gold, [])] == [0, 1, 3]


def test_no_cell_of_the_list_is_a_formula():
    text = as_csv(mistakes([], [replace(SYSTEMS[0], label="=cmd|' /C calc'!A0", quotes=("+1",))]))

    (row,) = csv.DictReader(io.StringIO(text))

    assert (row["found_label"], row["found_quote"]) == ("'=cmd|' /C calc'!A0", "'+1")
