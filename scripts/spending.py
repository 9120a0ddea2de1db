"""Show what was spent so far, by run and model, and write it by interview: rules/extract.smk."""

from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.extract import run_spending
from intelligence_capture.settings import load_settings

with job_log(snakemake.log[0]):
    print(run_spending(load_settings(snakemake.config), Path(snakemake.params.json)))
