"""Turn a codebook of another program into an entity catalogue: rules/qda.smk."""

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.qda import run_import_codebook
from intelligence_capture.settings import load_settings

with job_log(snakemake.log[0]):
    print(run_import_codebook(load_settings(snakemake.config)))
