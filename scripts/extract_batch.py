"""Extract the interviews that share a job: rules/extract.smk."""

import signal
from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.extract import run_batch
from intelligence_capture.settings import load_settings
from intelligence_capture.written import noting

# Ctrl-C ends the job at once, as a kill does: its threads would go on asking. What was answered is on disk.
signal.signal(signal.SIGINT, signal.SIG_DFL)

with job_log(snakemake.log[0]):
    settings = load_settings(snakemake.config)
    with noting(Path(settings.results), snakemake.output):
        run_batch(
            settings,
            map(Path, snakemake.output),
            files=map(Path, snakemake.input.interviews),
            version=snakemake.params.version,
            calls=snakemake.resources.api_calls,
        )
