"""What every stage shares: the files of the interviews, what answers depend on, and the run itself.

IN   rules/settings.smk
"""

import sys
from pathlib import Path

from intelligence_capture.batches import batches
from intelligence_capture.interrupts import GO_ON, end_at_second_interrupt
from intelligence_capture.jobs.versions import Fingerprints, extraction_version, judgement_version
from intelligence_capture.llm.run import begin_run
from intelligence_capture.reviews import decisions
from intelligence_capture.reviews.copies import keep_edited_workbook
from intelligence_capture.state import code_version, fingerprint

SHARED_CODE = ("names.py", "respondents.py", "storage/shared.py", "jobs/report.py")


wildcard_constraints:
    interview="[a-z0-9][a-z0-9-]*",


def extraction_file(interview):
    """The file of an interview's extraction."""
    return f"{RESULTS}/extracted/{interview}.json"


def extraction_files(wildcards):
    """The extraction file of every interview of this run; without one the run ends here."""
    return [extraction_file(one) for one in INTERVIEWS or or_stop(find_interviews, Path(SETTINGS.interviews))]


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
    return never_stored([SETTINGS.organisation] if SETTINGS.organisation else [])


def decisions_file(wildcards):
    """What people decided about entities as a list, empty where nobody has."""
    path = Path(SETTINGS.reviews) / decisions.FILE_NAME
    return never_stored([path] if path.is_file() else [])


def graph_rules(wildcards):
    """The files by which people steer the graph: names, relations, reviews, a gazetteer of their own."""
    files = [Path(SETTINGS.ontology) / name for name in ("_concepts.yaml", "_names.yaml", "_relations.yaml")]
    files += [Path(SETTINGS.reviews) / name for name in ("merges.csv", "relations.csv")]
    if SETTINGS.offline.gazetteer:
        files.append(Path(SETTINGS.offline.gazetteer))
    return never_stored(file for file in files if file.is_file())


def sources_of(*interviews):
    """The files of these interviews, for Snakemake to see.

    Nothing for one that must not be opened (a link out of the folder, a pipe), and for a name that Snakemake
    would take for a pattern: the job then finds it by its id.
    """
    sources = [INTERVIEWS[interview] for interview in interviews]
    return [
        ancient(local(str(source.path)))
        for source in sources
        if source.openable and not set(str(source.path)) & set("{}*?[]\n\r")
    ]


def graph_scores(wildcards):
    """The scores of the graph, where its gold is of interviews that all are in this run."""
    return rules.score_graph.output.markdown if or_stop(GRAPH_GOLD.fits, INTERVIEWS) else []


def drop_default_rate(scheduler):
    """Drop Snakemake's default limit of 100 new jobs a second, which binds nobody; one that a user gives stays.

    For it each job that has ended makes Snakemake look at all ready jobs once more in every second until the
    run ends: docs/decisions/073-no-rate-of-new-jobs.md.
    """
    limit = workflow.scheduling_settings.max_jobs_per_timespan
    if limit and (limit.max_jobs, limit.timespan) == (100, 1):
        scheduler.job_rate_limiter = None


onstart:
    if workflow.is_main_process:
        or_stop(STATE.lock)
        drop_default_rate(workflow.scheduler)
        end_at_second_interrupt()
        if told := or_stop(keep_edited_workbook, SETTINGS):
            logger.warning(told)
        begin_run(STATE.folder)
        say_where_things_lie()


onerror:
    if workflow.is_main_process:
        print(GO_ON, file=sys.stderr)
