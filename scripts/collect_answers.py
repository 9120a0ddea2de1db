"""Wait for the batches and take their answers: rules/half_price.smk."""

from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.half_price import run_collect
from intelligence_capture.settings import load_settings
from intelligence_capture.state import write_whole

with job_log(snakemake.log[0]):
    write_whole(Path(snakemake.output.collected), run_collect(load_settings(snakemake.config)))
