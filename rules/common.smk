"""What every stage shares: settings, paths, the interviews of this run, and the run itself.

IN   config.yaml and --config, the catalogue, the interviews
"""

import sys
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.logging import logger

from intelligence_capture.batches import batches
from intelligence_capture.catalogue import catalogue_files, load_catalogue
from intelligence_capture.errors import IntelligenceCaptureError
from intelligence_capture.interviews import find_interviews
from intelligence_capture.interrupts import GO_ON, end_at_second_interrupt
from intelligence_capture.jobs.versions import extraction_version, judgement_version
from intelligence_capture.llm.run import begin_run
from intelligence_capture.organisation import load_organisation
from intelligence_capture.reviews import decisions
from intelligence_capture.settings import check_places, load_settings
from intelligence_capture.state import RunState, code_version, fingerprint


def or_stop(function, *arguments):
    """What `function` returns; its error as one message instead of a traceback."""
    try:
        return function(*arguments)
    except IntelligenceCaptureError as error:
        raise WorkflowError(str(error)) from None


def beside_snakefile(path):
    """The path as it is, or where it is not there, beside the Snakefile: for runs in another folder."""
    return path if Path(path).exists() else str(Path(workflow.basedir) / path)


SETTINGS = or_stop(load_settings, config)
for key in ("interviews", "ontology", "organisation", "prompt"):
    if path := getattr(SETTINGS, key):
        config[key] = beside_snakefile(path)
config["graph"] = {**(config.get("graph") or {}), "prompts": beside_snakefile(SETTINGS.graph.prompts)}
SETTINGS = load_settings(config)
RESULTS = SETTINGS.results
CATALOGUE = or_stop(load_catalogue, Path(SETTINGS.ontology))
INTERVIEWS = {source.id: source for source in or_stop(find_interviews, Path(SETTINGS.interviews))}
or_stop(load_organisation, SETTINGS.organisation and Path(SETTINGS.organisation))
or_stop(decisions.load_decisions, Path(SETTINGS.reviews) / decisions.FILE_NAME, CATALOGUE)
or_stop(check_places, SETTINGS)
STATE = RunState(Path(RESULTS))
logger.info(None, extra={"settings": SETTINGS})  # no text: for the logger plugin, which watches the run


wildcard_constraints:
    interview="[a-z0-9][a-z0-9-]*",


def extraction_file(interview):
    """The file of an interview's extraction."""
    return f"{RESULTS}/extracted/{interview}.json"


def extraction_files():
    """The extraction file of every interview of this run."""
    return [extraction_file(interview) for interview in INTERVIEWS]


def final_outputs():
    """What a whole run leaves behind."""
    return [
        f"{RESULTS}/intelligence.db",
        f"{RESULTS}/validation.json",
        f"{RESULTS}/validation.md",
        f"{RESULTS}/graph/knowledge_graph.db",
        f"{RESULTS}/graph/graph.graphml",
        f"{RESULTS}/graph/graph.jsonld",
        f"{RESULTS}/graph/neo4j",
        f"{RESULTS}/reports/report.json",
        f"{RESULTS}/reports/report.xlsx",
        f"{RESULTS}/reports/dashboard.html",
        f"{RESULTS}/tables",
        f"{RESULTS}/.state/gate",
    ]


def organisation_file(wildcards):
    """The organisation file as a list, empty where there is none."""
    return [SETTINGS.organisation] if SETTINGS.organisation else []


def decisions_file(wildcards):
    """What people decided about entities as a list, empty where nobody has."""
    path = Path(SETTINGS.reviews) / decisions.FILE_NAME
    return [str(path)] if path.is_file() else []


def graph_rules(wildcards):
    """The files by which people steer the graph: names, relations, reviews, a gazetteer of their own."""
    files = [Path(SETTINGS.ontology) / name for name in ("_concepts.yaml", "_names.yaml", "_relations.yaml")]
    files.append(Path(SETTINGS.reviews) / "merges.csv")
    if SETTINGS.offline.gazetteer:
        files.append(Path(SETTINGS.offline.gazetteer))
    return [file for file in files if file.is_file()]


def sources_of(*interviews):
    """The files of these interviews, for Snakemake to see.

    Nothing for one that must not be opened (a link out of the folder, a pipe), and for a name that Snakemake
    would take for a pattern: the job then finds it by its id.
    """
    sources = [INTERVIEWS[interview] for interview in interviews]
    return [
        ancient(str(source.path))
        for source in sources
        if source.openable and not set(str(source.path)) & set("{}*?[]\n\r")
    ]


onstart:
    if workflow.is_main_process:
        or_stop(STATE.lock)
        end_at_second_interrupt()
        begin_run(STATE.folder)


onerror:
    if workflow.is_main_process:
        print(GO_ON, file=sys.stderr)
