"""A second reader through the real client: agreeing, disagreeing, failing, and what it costs."""

from pathlib import Path

import pytest

from intelligence_capture.interviews import Source
from intelligence_capture.jobs.extract import run_batch, run_estimate, run_extraction
from intelligence_capture.jobs.half_price import run_collect, run_submit
from intelligence_capture.jobs.versions import extraction_version
from intelligence_capture.llm.estimate import estimate, estimate_text
from intelligence_capture.llm.run import begin_run
from intelligence_capture.records import Extraction
from intelligence_capture.second_reading import ALONE, extract_twice
from intelligence_capture.settings import load_settings
from tests.conftest import write_interview
from tests.loopback import Fault
from tests.loopback_batches import Batches

CALLS = 4
OTHER_PROMPT = "Read it once more.\n"


def of_second(body):
    return body["model"] == "gpt-4o"


def read_twice(bench, interview, *, other_prompt=False, **second):
    """The record of two models, or of one model with two prompts; a new run each time."""
    first = bench.extractor()
    bench.prompt = OTHER_PROMPT + bench.prompt if other_prompt else bench.prompt
    again = bench.extractor(new_run=False, **(second or {"models": ["gpt-4o"]}))
    bench.prompt = bench.prompt.removeprefix(OTHER_PROMPT)
    source = Source(interview.id, Path(f"{interview.id}.json"), None, interview.sha256, interview)
    return extract_twice(source, first, again, bench.catalogue)


def all_of(record):
    return [entity for entities in record.entities.values() for entity in entities]


def test_two_models_that_agree_are_surer_and_nothing_is_up_for_review(make_bench, interview):
    bench = make_bench()

    alone = bench.extractor()(interview)
    record = read_twice(bench, interview)

    entities = all_of(record)
    assert len(entities) == len(alone.candidates) and {c.confidence for c in alone.candidates} == {0.8}
    assert {(e.confidence, e.needs_review, e.extractor) for e in entities} == {
        (0.95, False, "gpt-4o-mini + gpt-4o (second)")
    }
    assert (record.usage.calls, record.usage.calls_from_store) == (2 * CALLS, CALLS)
    assert record.cost_usd == pytest.approx(sum(e["usd"] for e in bench.ledger("answered")))


def test_what_the_readers_see_differently_is_up_for_review(make_bench, interview):
    bench = make_bench(heeds_prompt=True)

    record = read_twice(bench, interview, other_prompt=True, models=["gpt-4o-mini"])

    by = {entity.extractor: [] for entity in all_of(record)}
    for entity in all_of(record):
        by[entity.extractor].append(entity)
    agreed = by.pop("gpt-4o-mini + gpt-4o-mini (second)")
    assert set(by) == {"gpt-4o-mini", "gpt-4o-mini (second)"}
    assert agreed and all(entity.confidence == 0.95 for entity in agreed)
    for entity in (entity for entities in by.values() for entity in entities):
        assert entity.needs_review and entity.confidence == 0.8
        assert entity.review_reasons == (ALONE,) or "reader sees another type" in entity.review_reasons[0]


def test_a_second_reader_that_fails_is_asked_again_alone(make_bench, interview):
    bench = make_bench(Fault("content_filter", times=1, when=of_second))

    failed = read_twice(bench, interview)
    before = len(bench.server.calls)
    again = read_twice(bench, interview)

    assert failed.status == "failed" and failed.error.startswith("second reader: ana-prueba.json: ")
    models = [call["model"] for call in bench.server.calls]
    assert models.count("gpt-4o-mini") == CALLS
    assert (again.status, set(models[before:])) == ("ok", {"gpt-4o"})


def test_a_second_reader_beyond_the_budget_leaves_the_interview_pending(make_bench, interview):
    bench = make_bench()

    record = read_twice(bench, interview, models=["gpt-4o"], max_cost_usd=0.01)

    assert record.status == "pending" and "max_cost_usd" in record.error
    assert {call["model"] for call in bench.server.calls} == {"gpt-4o-mini"}


def test_the_estimate_has_a_line_for_the_second_reader_and_both_in_the_budget(make_bench, interview):
    bench = make_bench()

    def estimated(**settings):
        return estimate(
            [interview],
            settings=bench.settings(**settings),
            catalogue=bench.catalogue,
            prompt=bench.prompt,
            responses=bench.responses,
        )

    first, second = estimated(), estimated(models=["gpt-4o"])
    between = bench.settings(max_cost_usd=first.usd + second.usd / 2)
    text = estimate_text(first, second, settings=between)
    read_twice(bench, interview)

    assert f"second reader  4 calls more (0 in the store), about ${second.usd:.4f} with gpt-4o" in text
    assert "would stop" in text and "is enough" in estimate_text(first, settings=between)
    assert second.worst_usd > second.usd > first.usd
    assert estimated().calls == estimated(models=["gpt-4o"]).calls == 0


def test_the_version_changes_with_the_second_reader_and_its_prompt(catalogue, tmp_path):
    root = Path(__file__).parents[3]
    usual = {"ontology": str(root / "ontology"), "prompt": str(root / "prompts" / "extract.md")}
    other = tmp_path / "other.md"
    other.write_text(OTHER_PROMPT, "utf-8")

    def version(**config):
        return extraction_version(load_settings(usual | {"extractor": "openai"} | config), catalogue)

    seconds = [
        None,
        {"extractor": "offline"},
        {"extractor": "openai", "models": ["gpt-4o"]},
        {"extractor": "openai", "prompt": str(other)},
    ]
    versions = [version(second_reader=second) for second in seconds]
    other.write_text(OTHER_PROMPT * 2, "utf-8")
    versions.append(version(second_reader=seconds[-1]))

    assert len(set(versions)) == 5
    assert versions[0] == version()
    assert versions[2] == version(second_reader=seconds[2], openai={"requests_per_minute": 9})


@pytest.fixture
def settings_on(monkeypatch, tmp_path):
    """Settings of a run with two models against this bench, of these interviews."""
    root = Path(__file__).parents[3]
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "limits"))

    def make(bench, *names, **openai):
        for number, name in enumerate(names):
            said = {"¿Qué haces?": f"Reviso el turno {number} en Opera. El sistema se cae los lunes."}
            write_interview(tmp_path / "interviews" / f"{name}.json", said, respondent=name)
        begin_run(tmp_path / "results" / ".state")
        return load_settings(
            {
                "interviews": str(tmp_path / "interviews"),
                "ontology": str(root / "ontology"),
                "prompt": str(root / "prompts" / "extract.md"),
                "extractor": "openai",
                "openai": {"base_url": bench.server.url, "requests_per_minute": 6000, **openai},
                "second_reader": {"extractor": "openai", "models": ["gpt-4o"]},
            }
        )

    return make


def test_readers_of_a_job_share_the_calls_in_flight(make_bench, settings_on, tmp_path):
    bench = make_bench(latency=0.1)
    names = ("ana", "luz", "tito", "sol")
    settings = settings_on(bench, *names, parallel_calls=3)
    outputs = [tmp_path / "results" / "extracted" / f"{name}.json" for name in names]

    run_batch(settings, outputs, files=(tmp_path / "interviews").iterdir(), version="v")

    records = [Extraction.model_validate_json(path.read_bytes()) for path in outputs]
    assert [record.status for record in records] == ["ok"] * 4
    assert len(bench.server.accepted) == 2 * CALLS * 4
    assert bench.server.peak == 3


def test_batches_at_half_price_ask_for_both_readers(make_bench, settings_on, tmp_path):
    bench = make_bench(batches=Batches())
    settings = settings_on(bench, "ana", mode="batch", batch_poll_seconds=0.05)
    output = tmp_path / "results" / "extracted" / "ana.json"

    told = run_submit(settings)
    run_collect(settings)
    record = run_extraction(settings, "ana", file=None, version="v", output=output)

    assert told == "8 requests in 2 batches submitted, 0 were in open ones\n"
    assert (record.status, record.model) == ("ok", "gpt-4o-mini + gpt-4o (second)")
    assert bench.server.calls == []
    assert "second reader  0 calls more (4 in the store)" in run_estimate(settings)


def test_a_model_may_check_the_offline_reader(make_bench, settings_on, tmp_path):
    bench = make_bench()
    settings = settings_on(bench, "ana").model_copy(update={"extractor": "offline"})

    told = run_estimate(settings)
    record = run_extraction(settings, "ana", file=None, version="v", output=tmp_path / "ana.json")

    assert told.startswith("The first reader is offline and pays nothing; this is the second reader:\n")
    assert "about $" in told and "with gpt-4o," in told
    assert (record.extractor, record.model) == ("offline + openai", "offline + gpt-4o (second)")
    assert {call["model"] for call in bench.server.accepted} == {"gpt-4o"}
    opera = next(e for e in record.entities["systems"] if e.label == "Opera")
    assert opera.extractor.startswith("offline")
