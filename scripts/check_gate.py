"""Fail the run where validation closes the gate: rules/gate.smk and rules/validate.smk."""

from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.gate import check_gate

with job_log(snakemake.log[0]):
    print(check_gate(Path(snakemake.input.validation)))
