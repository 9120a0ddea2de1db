"""Save databases, extractions, reviews and reports: rules/keep.smk."""

from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.settings import load_settings
from intelligence_capture.storage.backup import save, timestamp_now

with job_log(snakemake.log[0]):
    settings = load_settings(snakemake.config)
    saved = save(
        Path(settings.results),
        Path(settings.reviews),
        Path(settings.backups),
        reason="asked for",
        timestamp=timestamp_now(),
    )
    print(f"Saved in {saved}." if saved else f"There is nothing in {settings.results} to save yet.")
