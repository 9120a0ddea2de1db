"""Extract one interview: rules/extract.smk."""

from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.extract import run_extraction
from intelligence_capture.settings import load_settings
from intelligence_capture.written import noting

with job_log(snakemake.log[0]):
    settings = load_settings(snakemake.config)
    with noting(Path(settings.results), snakemake.output):
        run_extraction(
            settings,
            snakemake.wildcards.interview,
            file=next(map(Path, snakemake.input.interview), None),
            version=snakemake.params.version,
            calls=snakemake.resources.api_calls,
            output=Path(snakemake.output.extraction),
        )
