"""From extraction files and labels to the report."""

import pytest

from intelligence_capture.errors import GoldError, InterviewError
from intelligence_capture.evaluation.evaluate import evaluate
from intelligence_capture.evaluation.gold import gold_folders
from intelligence_capture.evaluation.report import as_markdown
from intelligence_capture.extraction import extract_interview
from intelligence_capture.interviews import find_interviews
from tests.conftest import QuoteExtractor, write_interview
from tests.unit.evaluation.test_gold import write_labels

WORDS = "Uso Excel y Opera. Hablamos por radio."


def label(table, quote):
    return {"type": table, "label": quote, "evidence": [{"question_index": 0, "quote": quote}], "fields": {}}


class Refuses:
    name = "refuses"

    def __call__(self, given):
        raise InterviewError("the model refused")


@pytest.fixture
def gold(tmp_path):
    folder = tmp_path / "mine"
    write_interview(folder / "interviews/ana.json", {"¿Qué usas?": WORDS})
    labels = (label("systems", "Excel"), label("systems", "Opera"), label("communication_channels", "radio"))
    write_labels(folder / "labels/ana.json", *labels)
    return folder


@pytest.fixture
def run(gold, tmp_path, catalogue):
    """Extract the gold interviews into a results folder."""

    def into(results, extractor):
        for source in find_interviews(gold / "interviews"):
            path = tmp_path / results / "evaluation/mine" / f"{source.id}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(extract_interview(source, extractor, catalogue).model_dump_json(), "utf-8")
        return tmp_path / results

    return into


def evaluated(gold, results, catalogue, second=None, **more):
    evaluation, mistakes = evaluate(gold_folders([gold], second), results, catalogue, **more)
    return evaluation.gold[0], mistakes, as_markdown(evaluation)


def test_scores_a_run_and_lists_its_mistakes(gold, run, catalogue):
    results = run("one", QuoteExtractor({"systems": ["Excel", "Hablamos"]}))

    one, mistakes, report = evaluated(gold, results, catalogue)

    micro = one.run.scores.micro
    assert (micro.gold, micro.found, micro.right, micro.f1.value) == (3, 2, 1, 0.4)
    assert [(m.kind, m.gold_label or m.found_label) for m in mistakes] == [
        ("missed", "Opera"),
        ("invented", "Hablamos"),
        ("missed", "radio"),
    ]
    assert "| systems " in report and "0.40 (0.40 to 0.40)" in report
    assert "Agreement of two labellers: not known" in report


def test_a_failed_interview_counts_as_nothing_found_and_is_named(gold, run, catalogue):
    one, _, report = evaluated(gold, run("one", Refuses()), catalogue)

    assert (one.run.not_extracted, one.run.scores.micro.f1.value) == (("ana",), 0.0)
    assert "counted as nothing found: ana" in report


def test_the_labels_of_a_second_person_are_the_yardstick(gold, run, catalogue):
    second = write_labels(gold.parent / "second/labels/ana.json", label("systems", "Excel")).parent.parent
    write_labels(second / "labels/of-another-gold-folder.json")

    one, _, report = evaluated(gold, run("one", QuoteExtractor({})), catalogue, second=second)

    assert (one.agreement.interviews, one.agreement.scores.micro.f1.value) == (("ana",), 0.5)
    assert "Agreement of two labellers on 1 interviews: micro F1 0.50" in report


def test_two_runs_stand_side_by_side(gold, run, catalogue):
    one = run("one", QuoteExtractor({"systems": ["Excel", "Opera"], "communication_channels": ["radio"]}))
    two = run("two", QuoteExtractor({"systems": ["Excel"]}))

    result, _, report = evaluated(gold, one, catalogue, compare=two)

    assert result.comparison.f1_differences["micro"].value == 0.5
    assert result.comparison.other.scores.types["systems"].right == 1
    assert "this run is better" in report


def test_a_run_on_another_text_is_not_compared(gold, run, catalogue):
    two = run("two", QuoteExtractor({}))
    write_interview(gold / "interviews/ana.json", {"¿Qué usas?": WORDS + " Nada más."})

    with pytest.raises(GoldError, match="another one then"):
        evaluated(gold, run("one", QuoteExtractor({})), catalogue, compare=two)


def test_a_gold_interview_that_cannot_be_read_is_an_error(gold, run, catalogue):
    (gold / "interviews/ana.json").write_text("{", "utf-8")

    with pytest.raises(GoldError, match=r"cannot be read: .*not valid JSON"):
        evaluated(gold, run("one", QuoteExtractor({})), catalogue)


def test_a_model_name_acts_upon_nothing(gold, run, catalogue):
    extractor = QuoteExtractor({"systems": ["Excel"]})
    extractor.name = "gpt|`<b>\x1b[31m"

    _, _, report = evaluated(gold, run("one", extractor), catalogue)

    assert "gpt???b???31m" in report
