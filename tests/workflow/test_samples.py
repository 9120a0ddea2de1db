"""The 44 sample interviews as a newcomer runs them, and 40 real ones that nobody here wrote."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from defusedxml.ElementTree import fromstring

from docs.answers import answered
from intelligence_capture.jobs.qda import run_qda
from intelligence_capture.reports.wording import wording
from intelligence_capture.settings import load_settings
from tests.conftest import ROOT
from tests.unit.qda.readers import quotes_of, read_by_another_program, schema_errors
from tests.unit.reports.agreement import (
    differences,
    of_json,
    of_page,
    of_page_data,
    of_workbook,
    two_answers,
)
from tests.unit.reports.chromium import PROGRAM, Page
from tests.unit.reports.counted import of_sql
from tests.workflow.conftest import Project

SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="module")
def sample_run(tmp_path_factory):
    """A finished run on the samples with the configuration that is committed, and what it said."""
    project = Project(tmp_path_factory.mktemp("samples") / "project")
    (project.folder / "config.yaml").write_text((ROOT / "config.yaml").read_text("utf-8"), "utf-8")
    for path in (project.folder / "data" / "interviews").iterdir():
        path.unlink()
    (project.folder / "data" / "interviews").rmdir()
    for name in ("interviews", "organisation.yaml"):
        (project.folder / "data" / name).symlink_to(ROOT / "data" / name)
    run = project.run()
    assert run.status == 0, run.output[-3000:]
    return project, run


@pytest.fixture(scope="module")
def samples(sample_run):
    """The project of the finished run."""
    return sample_run[0]


def checked(project, interviews, *options):
    script = SHARED / "check_results.py"
    if not script.exists():
        pytest.skip("../shared is absent")
    command = [sys.executable, script, project.folder / "results", "--interviews", interviews, *options]
    return subprocess.run(command, capture_output=True, text=True)


def test_a_run_of_44_interviews_says_at_most_60_lines(sample_run):
    lines = sample_run[1].output.splitlines()

    assert len(lines) <= 60
    assert sum("  ok  " in line for line in lines) == 44


def test_snakemakes_own_report_holds_the_pages_under_their_captions(samples):
    run = samples.run("--report", "report.html")

    assert run.status == 0, run.output[-3000:]
    page = (samples.folder / "report.html").read_text("utf-8")
    for category in ("Findings", "Methods", "Quality"):
        assert f'"{category}"' in page
    for caption in sorted((ROOT / "report").glob("*.rst")):
        if caption.name != "evaluation.rst":  # of a rule that this run did not ask for
            words = caption.read_text("utf-8").split(".")[0].split("*")[0]
            assert words[:60] in page, caption.name


def test_every_sample_is_extracted_and_every_type_has_data(samples):
    assert "44 of 44 interviews, 17 of 17 types" in (samples.folder / "results/validation.md").read_text(
        "utf-8"
    )


def test_the_results_keep_to_the_interface(samples):
    result = checked(samples, ROOT / "data" / "interviews")

    assert result.returncode == 0, result.stdout


def test_nothing_is_left_to_do(samples):
    assert samples.nothing_to_do()


def test_the_pages_say_what_the_database_answers(samples):
    for page in sorted((ROOT / "docs").glob("*.md")):
        text = page.read_text("utf-8")
        assert answered(text, samples.folder / "results") == text, f"{page.name}: run `make docs`"


def test_the_excerpt_of_the_readme_is_in_the_database(samples):
    readme = (ROOT / "README.md").read_text("utf-8")
    row = next(line for line in readme.splitlines() if line.startswith("| `data_flows`"))
    _, source, target, method, frequency, quote, place = (cell.strip() for cell in row.strip("|").split("|"))
    with closing(sqlite3.connect(samples.folder / "results" / "intelligence.db")) as db:
        found = db.execute(
            "select source, target, method, frequency, question_index || ', ' || start || ', ' || end "
            "from data_flows d join evidence e on e.entity_id = d.id where quote = ?",
            (quote,),
        ).fetchall()

    assert (source, target, method, frequency, place) in found


def test_every_figure_of_every_report_is_what_sql_counts(samples, catalogue):
    results = samples.folder / "results"
    titles = {entity_type.table: entity_type.title.es for entity_type in catalogue.types}
    counted = of_sql(results / "intelligence.db", results / "graph" / "knowledge_graph.db", list(titles))
    reports = results / "reports"

    assert differences(of_json(reports / "report.json"), counted) == {}
    assert differences(of_page_data(reports / "dashboard.html"), counted) == {}
    assert differences(of_workbook(reports / "report.xlsx", wording("es"), titles), counted) == {}


def test_every_verified_quote_is_a_coding_of_the_project_for_other_programs(samples, catalogue, tmp_path):
    project, database = tmp_path / "project.qdpx", samples.folder / "results" / "intelligence.db"
    settings = load_settings({"ontology": str(ROOT / "ontology")})

    run_qda(settings, database=database, project=project, codebook=tmp_path / "codebook.qdc")

    assert read_by_another_program(project, tmp_path / "unpacked") == quotes_of(
        database, catalogue.types, "es"
    )
    assert (
        schema_errors(fromstring((tmp_path / "unpacked" / "project.qde").read_bytes()), "Project.xsd") == []
    )


@pytest.mark.skipif(PROGRAM is None, reason="chromium is absent")
def test_every_figure_that_stands_on_the_page_is_what_sql_counts(samples, catalogue, tmp_path):
    results = samples.folder / "results"
    types = [entity_type.table for entity_type in catalogue.types]
    counted = of_sql(results / "intelligence.db", results / "graph" / "knowledge_graph.db", types)
    report = json.loads((results / "reports" / "report.json").read_text("utf-8"))
    companies = [one["company"] for one in report["companies"]]
    units = sorted(key[1] for key in counted if key[0] == "unit")
    page = Page(tmp_path)
    page.open(results / "reports" / "dashboard.html")

    shown = of_page(page, types, companies, units)
    disagreeing = two_answers(page, companies)
    noise, requests = page.console, {one for one in page.requests if not one.startswith("file:")}

    page.close()
    assert (noise, requests) == ([], set())
    assert disagreeing == {}
    assert differences(shown, counted) == {} and len(shown) > 100


def test_forty_real_interviews_leave_at_most_four_types_empty(tmp_path):
    bundle = SHARED / "real-interviews" / "english-40.json"
    if not bundle.exists():
        pytest.skip("../shared is absent")
    project = Project(tmp_path / "project")
    project.configure(interviews=str(bundle), interviews_per_job="10")

    run = project.run()

    assert run.status == 0, run.output[-3000:]
    validation = (project.folder / "results/validation.json").read_text("utf-8")
    assert "40 of 40 interviews" in validation
    empty = [t for t in TYPES if f"intelligence.db {t} " not in "\n".join(project.dump())]
    assert len(empty) <= 4, empty
    assert checked(project, bundle, "--allow-empty", *empty).returncode == 0


TYPES = sorted(path.stem for path in (ROOT / "ontology").glob("[a-z]*.yaml"))
