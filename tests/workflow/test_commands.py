"""The commands that people give by name."""

import shutil
import subprocess

import pytest

DOT = shutil.which("dot")


@pytest.mark.skipif(DOT is None, reason="dot is not installed: apt-get install graphviz")
def test_the_graph_is_all_that_goes_to_stdout(project):
    process = subprocess.run(
        project.command("--dag"),
        cwd=project.folder,
        env=project.environment(),
        capture_output=True,
        text=True,
    )

    drawn = subprocess.run([DOT, "-Tsvg"], input=process.stdout, capture_output=True, text=True)

    assert process.stdout.startswith("digraph") and drawn.returncode == 0
    assert drawn.stdout.rstrip().endswith("</svg>")


def test_validate_shows_the_gate_by_itself(project):
    run = project.run("validate")

    assert run.status == 0 and "Quality gate open: 3 of 3 interviews" in run.output
    assert not run.did("write_report")


def test_a_closed_gate_fails_the_run_after_the_reports(project):
    project.configure(validation="{required_types: all}")

    run = project.run()

    assert run.status != 0 and "Quality gate CLOSED" in run.output and "types_with_data" in run.output
    assert (project.folder / "results/reports/report.xlsx").exists()
    assert (project.folder / "results/validation.md").exists()


def test_another_folder_gives_the_same_content(finished, tmp_path):
    here = finished.dump()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    snakefile, config = finished.folder / "Snakefile", finished.folder / "config.yaml"

    run = subprocess.run(
        finished.command("-j", "2", "-s", str(snakefile), "--configfile", str(config)),
        cwd=elsewhere,
        env=finished.environment(),
        capture_output=True,
        text=True,
    )

    assert run.returncode == 0, run.stderr[-2000:]
    finished.folder = elsewhere
    assert finished.dump() == here
