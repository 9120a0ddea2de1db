"""Read people's decisions back from the workbook: rules/review.smk."""

from datetime import date

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.reviews import run_read_reviews
from intelligence_capture.settings import load_settings

with job_log(snakemake.log[0]):
    print(run_read_reviews(load_settings(snakemake.config), date=date.today().isoformat()))
