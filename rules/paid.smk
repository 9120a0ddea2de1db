"""What the Batch API means for other rules: which extractions wait for it, and when it is asked again.

IN   rules/settings.smk, rules/common.smk
"""


def answers_at_half_price(*interviews):
    """What the extraction of these interviews waits for where answers come in batches: that they were collected.

    Nothing for what is extracted: Snakemake does not run a job for an ancient input.
    """
    if SETTINGS.extractor == "offline" or SETTINGS.openai.mode == "live":
        return []
    collected = f"{RESULTS}/.state/answers_collected"
    return ancient(collected) if is_extracted(*interviews) else collected


def unless_all_extracted(wildcards):
    """An input that makes batches be submitted and collected again where an interview is to be extracted."""
    made = not workflow.is_main_process or is_extracted(*INTERVIEWS)
    mark = str(or_stop(partial(STATE.extract_again, renew=not made)))
    return ancient(mark) if made else mark


def is_extracted(*interviews):
    """Whether the records of these interviews are what a run would make."""
    return all(
        holds(
            Path(extraction_file(one)),
            status="ok",
            sha256=INTERVIEWS[one].sha256,
            fingerprint=EXTRACTION_VERSION,
        )
        for one in interviews
    )
