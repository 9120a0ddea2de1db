"""Extract one interview that a gold folder brings itself: rules/evaluate.smk."""

from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.extract import run_extraction
from intelligence_capture.settings import load_settings

with job_log(snakemake.log[0]):
    run_extraction(
        load_settings(snakemake.config),
        snakemake.wildcards.interview,
        folder=Path(snakemake.params.folder),
        file=next(map(Path, snakemake.input.interview), None),
        version=snakemake.params.version,
        calls=snakemake.resources.api_calls,
        output=Path(snakemake.output.extraction),
    )
