"""Say who stands behind roles and codes: rules/report.smk."""

from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.settings import load_settings
from intelligence_capture.storage.shared import who_is_who

with job_log(snakemake.log[0]):
    print(who_is_who(Path(snakemake.input.database), load_settings(snakemake.config).respondents))
