"""Again: what a run repeats or reports though Snakemake sees no reason to; it knows results by their time stamps.

IN   what the results say of themselves, and results/.state/written, the checksums of what jobs wrote
OUT  results/.state/extract_again, merge_again, graph_again: inputs of jobs, renewed where something is to be repeated
"""

import atexit
from functools import partial

from intelligence_capture.seen import Seen
from intelligence_capture.storage.backup import damaged_databases
from intelligence_capture.written import changed_by_hand, rebuild_message

SEEN = Seen(Path(RESULTS))
DAMAGED = damaged_databases(Path(RESULTS), SEEN.checksum) if workflow.is_main_process else []
if workflow.is_main_process:
    atexit.register(SEEN.save)
    for path in DAMAGED:
        print(f"{path} is damaged: it is moved to {SETTINGS.backups}/ and built anew", file=sys.stderr)
    if changed := [path for path in changed_by_hand(Path(RESULTS), SEEN.checksum) if path not in DAMAGED]:
        print(rebuild_message(changed), file=sys.stderr)


def run_again(name, where):
    """A mark as an input that makes a job run again `where` this holds, and otherwise does nothing.

    It is an input in both cases: a set of inputs that changes makes a job run too.
    """
    renew = workflow.is_main_process and where
    mark = local(str(or_stop(partial(STATE.mark, name, renew=renew))))
    return mark if renew else ancient(mark)


def are_extracted(sources):
    """Whether these extraction files, each with what it is made of, are what a run would make now.

    What counts is what the records say: a failed one is up to date for Snakemake, and its memory of what a
    job was made from is lost with a full disk or a deleted .snakemake.
    """
    return all(
        SEEN.holds(on_disk(file), status="ok", sha256=source.sha256, fingerprint=FINGERPRINTS.of(source))
        for file, source in sources.items()
    )


def unless_extracted(sources):
    """An input that makes a job run again, unless its results (`sources`, by file) are what a run would make now."""
    return run_again("extract_again", where=not are_extracted(sources))


def of_run(*interviews):
    """What these interviews of the run are extracted from, by extraction file."""
    return {extraction_file(interview): INTERVIEWS[interview] for interview in interviews}


def again(*interviews):
    """The input by which these interviews of the run are extracted again."""
    return unless_extracted(of_run(*interviews))


def answers_at_half_price(*interviews):
    """What the extraction of these interviews waits for where answers come in batches: that they were collected.

    For what is extracted it is ancient: Snakemake then leaves the job alone, also where batches are collected.
    """
    if not SETTINGS.models_reading or SETTINGS.openai.mode == "live":
        return []
    collected = f"{RESULTS}/.state/answers_collected"
    return ancient(collected) if are_extracted(of_run(*interviews)) else collected


def merge_again(wildcards):
    """The input by which databases are built anew: damaged ones, and those of other interviews or code."""
    saved = on_disk(f"{RESULTS}/.state/saved_before_merge.json")
    return run_again("merge_again", where=bool(DAMAGED) or not SEEN.holds(saved, merged_from=MERGED_FROM))


def unless_judged(wildcards):
    """An input that makes the graph again where the last one lacks judgements of a model; nothing by rules."""
    if SETTINGS.graph.judge == "rules":
        return []
    return run_again("graph_again", where=STATE.lacks_judgements())
