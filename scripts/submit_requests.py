"""Submit all open requests in batches: rules/half_price.smk."""

from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.half_price import run_submit
from intelligence_capture.settings import load_settings
from intelligence_capture.state import write_whole

with job_log(snakemake.log[0]):
    write_whole(Path(snakemake.output.submitted), run_submit(load_settings(snakemake.config)))
