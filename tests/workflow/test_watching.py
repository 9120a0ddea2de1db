"""What a run prints: a line an interview, every error whole, and nothing twice."""

import re


def test_a_run_can_be_watched_and_loses_no_error(project):
    (project.folder / "data" / "interviews" / "vacio.json").write_text("", "utf-8")

    run = project.run()

    lines = run.output.splitlines()
    interviews = [line.split()[1:3] for line in lines if re.match(r"\d/4 ", line)]
    assert sorted(interviews) == [["failed", "vacio:"], ["ok", "ana"], ["ok", "luz"], ["ok", "tito"]]
    assert len(lines) < 50 and "localrule" not in run.output
    for kept in (
        "RuleException:\nCalledProcessError in file",
        "Error in rule check_gate:",
        "log: logs/check_gate.log (check log file(s) for error details)",
        "At least one job did not complete successfully.",
        "Complete log(s):",
    ):
        assert kept in run.output
    for added in (
        "The end of logs/check_gate.log:",
        "Next: read results/validation.md",
        "Failed in check_gate after",
        "results/reports/dashboard.html",
    ):
        assert added in run.output
    assert run.did("extract_interview", "write_report") == {"extract_interview": 4, "write_report": 1}


def test_what_is_not_a_run_looks_as_snakemake_makes_it(project):
    dry = project.run("-n")
    rules = project.run("--list")
    spending = project.run("spending")
    job = project.run("--mode", "remote", "--nolock", "-j", "1", "results/extracted/ana.json")

    assert "rule extract_interview:" in dry.output and "This was a dry-run" in dry.output
    assert "merge_database" in rules.output.splitlines()
    assert spending.output.splitlines()[1:] == ["No call was made so far.", ""]
    assert job.status == 0 and "entities" not in job.output  # the run that started it says so, once
