"""Forget one interview, or say what that would remove: rules/keep.smk."""

import sys
from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.forget import run_forget
from intelligence_capture.settings import load_settings

with job_log(snakemake.log[0]):
    print(run_forget(load_settings(snakemake.config), leave=[Path(sys.argv[0]), Path(snakemake.log[0])]))
