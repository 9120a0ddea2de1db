"""Remove what runs have produced, never backups, reviews or paid responses: rules/keep.smk."""

from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.keep import clean_results
from intelligence_capture.settings import load_settings

with job_log(snakemake.log[0]):
    results = Path(load_settings(snakemake.config).results)
    print(f"Removed {clean_results(results)} files from {results}; backups, reviews and responses stay.")
