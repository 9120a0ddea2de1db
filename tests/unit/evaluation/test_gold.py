"""Gold folders as users make them."""

import json

import pytest

from intelligence_capture.errors import GoldError
from intelligence_capture.evaluation.gold import Gold, gold_folders, gold_items
from intelligence_capture.spans import Span
from tests.conftest import interview, write_interview

SAID = interview("Excel y más Excel.", "Opera falla.", name="ana")
EXCEL = {"type": "systems", "label": "Excel", "evidence": [{"question_index": 0, "quote": "Excel"}]}


def write_labels(path, *labels, name="ana"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"interview": name, "labels": labels}), "utf-8")
    return path


def quoting(quote, **where):
    return {"type": "systems", "label": "x", "evidence": [{"question_index": 0, "quote": quote} | where]}


@pytest.fixture
def gold(tmp_path):
    """A gold folder that brings one of its two interviews."""
    folder = tmp_path / "mine"
    write_labels(folder / "labels/ana.json", EXCEL)
    write_labels(folder / "labels/luis.json", name="luis")
    write_interview(folder / "interviews/ana.json", {"¿Qué usas?": "Excel"})
    return folder


def test_a_quote_stands_where_it_is_said_first(tmp_path, catalogue):
    (item,) = gold_items(write_labels(tmp_path / "ana.json", EXCEL), SAID, catalogue)

    assert (item.type, item.spans) == ("systems", (Span(0, 0, 5),))


def test_occurrence_says_which_one_is_meant(tmp_path, catalogue):
    file = write_labels(tmp_path / "ana.json", quoting("Excel", occurrence=1))

    assert gold_items(file, SAID, catalogue)[0].spans == (Span(0, 12, 17),)


@pytest.mark.parametrize(
    ("label", "problem"),
    [
        (quoting("Word"), r"label 1 \(x\): answer 0 does not say 'Word'"),
        (quoting("Excel", occurrence=2), "occurrence 2"),
        (quoting("Excel", question_index=2), "there is no answer 2; they count from 0"),
        (EXCEL | {"type": "system"}, "no type 'system' in the catalogue"),
        (EXCEL | {"fields": {"seller": "MS"}}, "systems have no field 'seller'"),
        (EXCEL | {"evidence": []}, r"labels\.0\.evidence"),
        (EXCEL | {"sure": True}, r"labels\.0\.sure"),
    ],
)
def test_a_label_that_does_not_fit_is_named_with_its_file(label, problem, tmp_path, catalogue):
    file = write_labels(tmp_path / "ana.json", label)

    with pytest.raises(GoldError, match=rf"(?s)ana\.json:.*{problem}"):
        gold_items(file, SAID, catalogue)


def test_all_labels_that_do_not_fit_are_named_at_once(tmp_path, catalogue):
    file = write_labels(tmp_path / "ana.json", quoting("Word"), EXCEL, quoting("SAP"))

    with pytest.raises(GoldError, match=r"(?s)'Word'.*label 3 .*'SAP'"):
        gold_items(file, SAID, catalogue)


def test_labels_of_another_interview_are_refused(tmp_path, catalogue):
    with pytest.raises(GoldError, match="belongs to interview 'rosa'"):
        gold_items(write_labels(tmp_path / "ana.json", name="rosa"), SAID, catalogue)


def test_own_interviews_are_extracted_apart_and_those_of_the_run_are_not(gold):
    assert Gold([str(gold)]).extractions("results", ["luis"]) == [
        "results/evaluation/mine/ana.json",
        "results/extracted/luis.json",
    ]


def test_an_interview_that_is_nowhere_is_named(gold):
    with pytest.raises(GoldError, match=r"luis\.json: no interview luis in .*evaluation\.gold"):
        Gold([str(gold)]).extractions("results", ["rosa"])


def test_another_run_must_have_been_evaluated(gold, tmp_path):
    with pytest.raises(GoldError, match=r"other/evaluation/mine/ana\.json: no such extraction"):
        Gold([str(gold)]).compared(str(tmp_path / "other"))


def test_no_run_to_compare_with_is_fine(gold):
    assert Gold([str(gold)]).compared(None) == []


def test_a_name_that_snakemake_takes_for_a_pattern_is_not_shown_to_it(gold):
    write_interview(gold / "interviews/{x}.json", {"¿Qué usas?": "SAP"})
    write_labels(gold / "labels/{x}.json", name="x")
    labels = Gold([str(gold)])

    assert labels.source_files("mine", "ana") == [str(gold / "interviews/ana.json")]
    assert labels.source_files("mine", "x") == []
    assert sorted(labels.folders[0].labels) == ["ana", "luis", "x"] and len(labels.label_files()) == 2


def test_nothing_is_read_before_it_is_needed():
    assert Gold(["nowhere"]).paths == ["nowhere"]


def test_a_folder_without_labels_is_refused(tmp_path):
    with pytest.raises(GoldError, match=r"no labels/\*\.json in it"):
        gold_folders([tmp_path])


def test_two_folders_of_one_name_are_refused(gold, tmp_path):
    write_labels(tmp_path / "other/mine/labels/ana.json")

    with pytest.raises(GoldError, match="two gold folders are called mine"):
        gold_folders([gold, tmp_path / "other/mine"])
