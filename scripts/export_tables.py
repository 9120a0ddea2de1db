"""Write every table as CSV and Parquet: rules/report.smk."""

from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.settings import load_settings
from intelligence_capture.storage.shared import shared_database
from intelligence_capture.storage.tables import export_tables
from intelligence_capture.written import noting

with job_log(snakemake.log[0]):
    settings = load_settings(snakemake.config)
    with (
        noting(Path(settings.results), snakemake.output),
        shared_database(Path(snakemake.input.database), settings) as database,
    ):
        export_tables(database, Path(snakemake.output.tables))
