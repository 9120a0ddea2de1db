"""What a run says while it goes on, when a job fails, and at its end."""

import json
from pathlib import Path

import pytest

from intelligence_capture.llm.ledger import Ledger
from intelligence_capture.llm.request import About
from intelligence_capture.llm.run import begin_run
from intelligence_capture.records import Extraction
from intelligence_capture.settings import Settings
from intelligence_capture.watching.lines import places
from intelligence_capture.watching.progress import Job
from intelligence_capture.watching.watch import Watch
from tests.conftest import interview


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Settings()


def extraction(tmp_path, name, **facts):
    record = Extraction(
        id=name, sha256="0" * 64, extractor="offline", interview=interview("Sí."), **{"status": "ok"} | facts
    )
    path = tmp_path / "results" / "extracted" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(record.model_dump_json(), "utf-8")
    return f"results/extracted/{name}.json"


def test_a_finished_interview_is_one_line_with_its_name_entities_seconds_and_cost(tmp_path, settings):
    watch = Watch(settings, 0.0)
    watch.planned({"extract_interview": 2, "total": 2})
    output = extraction(tmp_path, "ana", duration_seconds=12.34, cost_usd=0.0123)
    watch.started(1, Job("extract_interview", 0.0, (output,)))

    (line,) = watch.finished(1, 13.0)

    assert line.split() == ["1/2", "ok", "ana", "0", "entities", "12.3", "s", "$0.0123"]


def test_an_unknown_cost_is_not_nothing(tmp_path, settings):
    watch = Watch(settings, 0.0)
    output = extraction(tmp_path, "ana", cost_usd=None)
    watch.started(1, Job("extract_interview", 0.0, (output,)))

    assert watch.finished(1, 1.0)[0].endswith("cost unknown")


def test_interviews_that_share_a_job_have_a_line_each_and_their_rules_are_one(tmp_path, settings):
    watch = Watch(settings, 0.0)
    said = watch.planned({"extract_batch_ana_and_1_more": 1, "extract_batch_tito": 1, "all": 1, "total": 3})
    outputs = tuple(extraction(tmp_path, name) for name in ("ana", "luz"))
    watch.started(1, Job("extract_batch_ana_and_1_more", 0.0, outputs))

    assert said == ["3 jobs: 2 extract_batch"]
    assert [line.split()[:3] for line in watch.finished(1, 8.0)] == [
        ["1/2", "ok", "ana"],
        ["1/2", "ok", "luz"],
    ]


def test_a_failed_interview_says_why_on_one_line(tmp_path, settings):
    watch = Watch(settings, 0.0)
    watch.planned({"extract_interview": 1})
    output = extraction(tmp_path, "ana", status="failed", error="ana.json: line 1:\n\x1b[31mbroken")
    watch.started(1, Job("extract_interview", 0.0, (output,)))

    assert watch.finished(1, 1.0) == ["1/1  failed   ana: ana.json: line 1: [31mbroken"]


def test_a_whole_run_of_44_interviews_has_less_than_sixty_lines(tmp_path, settings):
    watch = Watch(settings, 0.0)
    rules = ["save_previous", "merge_database", "build_graph", "validate_records", "export_tables"]
    rules += ["write_report", "check_gate", "all"]
    said = watch.planned({"extract_interview": 44} | dict.fromkeys(rules, 1))
    for number in range(44):
        output = extraction(tmp_path, f"p{number}")
        watch.started(number, Job("extract_interview", 0.0, (output,)))
        said += watch.finished(number, 1.0)
    made = {
        "save_previous": ("results/.state/saved",),
        "check_gate": ("results/.state/gate",),
        "all": (),
        "validate_records": ("results/validation.json", "results/validation.md"),
        "write_report": ("results/reports/report.xlsx", "results/reports/dashboard.html"),
    }
    for number, rule in enumerate(rules, start=44):
        outputs = made.get(rule, ("results/intelligence.db",))
        for output in outputs:
            (tmp_path / output).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / output).touch()
        watch.started(number, Job(rule, 0.0, outputs))
        said += watch.finished(number, 1.0)
    said += watch.ended(75.0)

    assert len(said) <= 57  # Snakemake names its profile, two jobs speak for themselves
    assert "Done after 1:15: 52 of 52 jobs, 44 of 44 interviews extracted." in said
    assert said[-1].split()[0] == "results/validation.md"


def test_a_failed_job_shows_the_end_of_its_log_and_the_next_step(tmp_path, settings):
    (tmp_path / "some.log").write_text("".join(f"line {n}\n" for n in range(50)), "utf-8")
    watch = Watch(settings, 0.0)
    watch.planned({"merge_database": 1})
    watch.started(1, Job("merge_database", 0.0, ("results/intelligence.db",)))

    said = watch.failed(1, "merge_database", "some.log", log_is_shown=False)

    assert said[0] == "The end of some.log:" and said[-2] == "  | line 49" and len(said) == 14
    assert said[-1].startswith("Next: mend what some.log says, then give the same command again")
    assert watch.ended(3.0) == ["Failed in merge_database after 0:03: 0 of 1 jobs."]


def test_a_job_without_a_log_points_at_what_stands_above(settings):
    watch = Watch(settings, 0.0)

    said = watch.failed(1, "merge_database", "none.log", log_is_shown=False)

    assert said == [
        "Next: mend what stands above, then give the same command again: what is done stays done."
    ]


def test_the_gate_points_at_the_checks(settings):
    assert "results/validation.md" in Watch(settings, 0.0).failed(1, "check_gate", "", log_is_shown=True)[0]


def test_an_interrupted_run_says_how_to_go_on(tmp_path, settings):
    watch = Watch(settings, 0.0)
    watch.planned({"extract_interview": 2})
    watch.started(1, Job("extract_interview", 0.0, (extraction(tmp_path, "ana"),)))
    watch.finished(1, 1.0)

    assert watch.ended(2.0) == [
        "Stopped after 0:02: 1 of 2 jobs, 1 of 1 interviews extracted. The same command goes on from here."
    ]


def test_a_command_that_makes_nothing_adds_nothing_to_what_it_prints(settings):
    watch = Watch(settings, 0.0)
    said = watch.planned({"estimate": 1})
    watch.started(1, Job("estimate", 0.0))

    assert watch.status(0.5) == ""
    assert [*said, *watch.finished(1, 1.0), *watch.ended(1.0)] == []


def test_the_status_line_has_the_time_left_and_the_budget(tmp_path, settings):
    paid = settings.model_copy(update={"extractor": "openai"})
    run = begin_run(tmp_path / "results" / ".state")
    ledger = Ledger(tmp_path / "responses" / "ledger", run=run, limit_usd=5.0)
    call = ledger.reserve(About(interview="ana", call="a", part="1/1"), key="k", model="m", worst_usd=1.0)
    ledger.settle(call, "answered", usd=0.25)
    watch = Watch(paid, 0.0)
    watch.planned({"extract_interview": 4})
    watch.started(1, Job("extract_interview", 0.0, (extraction(tmp_path, "ana"),)))
    watch.finished(1, 60.0)

    assert watch.status(60.0) == "█████░░░░░░░░░░░░░░░ 1 of 4 jobs · about 3:00 left · $0.2500 of $5.00"


def test_medians_are_kept_for_the_next_run(tmp_path, settings):
    first = Watch(settings, 0.0)
    first.planned({"merge_database": 1})
    first.started(1, Job("merge_database", 0.0, ("results/intelligence.db",)))
    first.finished(1, 7.0)
    first.ended(7.0)

    second = Watch(settings, 0.0)
    second.planned({"merge_database": 1})

    kept = json.loads((tmp_path / "results" / ".state" / "seconds.json").read_text("utf-8"))
    assert kept == {"merge_database": 7.0}
    assert "about 0:07 left" in second.status(0.0)


def test_medians_that_cannot_be_read_are_left_out(tmp_path, settings):
    (tmp_path / "results" / ".state").mkdir(parents=True)
    (tmp_path / "results" / ".state" / "seconds.json").write_text("[1", "utf-8")
    watch = Watch(settings, 0.0)
    watch.planned({"merge_database": 1})

    assert "left" not in watch.status(0.0)


def test_where_to_look_is_one_column_also_in_a_folder_with_a_long_name():
    results = Path("/srv/a/folder/with/a/long/name/results")

    said = places(results, [f"{results}/reports/dashboard.html", f"{results}/intelligence.db"])

    places_of_text = [
        line.index(say) for line, say in zip(said, ("what an executive", "SQLite"), strict=True)
    ]
    assert len(set(places_of_text)) == 1
