"""Bring a backup back: rules/keep.smk."""

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.keep import run_restore
from intelligence_capture.settings import load_settings

with job_log(snakemake.log[0]):
    print(
        run_restore(
            load_settings(snakemake.config),
            made_of=snakemake.params.made_of,
        )
    )
