"""Write reviewed interviews as gold labels: rules/review.smk."""

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.reviews import run_reviewed_gold
from intelligence_capture.settings import load_settings

with job_log(snakemake.log[0]):
    print(run_reviewed_gold(load_settings(snakemake.config)))
