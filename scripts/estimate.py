"""Say what a run would pay for: rules/extract.smk."""

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.extract import run_estimate
from intelligence_capture.settings import load_settings

with job_log(snakemake.log[0]):
    print(run_estimate(load_settings(snakemake.config)))
