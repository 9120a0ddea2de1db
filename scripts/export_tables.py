"""Write every table as CSV and Parquet: rules/report.smk."""

from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.storage.tables import export_tables

with job_log(snakemake.log[0]):
    export_tables(Path(snakemake.input.database), Path(snakemake.output.tables))
