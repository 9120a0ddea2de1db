"""Write the reports from one record, and what made the data: rules/report.smk."""

from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.methods import methods_of
from intelligence_capture.jobs.report import shared_report
from intelligence_capture.reports.dashboard import write_dashboard
from intelligence_capture.reports.json_report import write_json
from intelligence_capture.reports.methods import write_methods
from intelligence_capture.reports.workbook import write_workbook
from intelligence_capture.settings import load_settings
from intelligence_capture.written import noting

with job_log(snakemake.log[0]):
    settings = load_settings(snakemake.config)
    database = Path(snakemake.input.database)
    with noting(Path(settings.results), snakemake.output):
        data = shared_report(
            settings,
            database=database,
            graph=Path(snakemake.input.graph),
            validation=Path(snakemake.input.validation),
        )
        write_json(data, Path(snakemake.output.json))
        write_workbook(data, Path(snakemake.output.workbook))
        write_dashboard(data, Path(snakemake.output.dashboard))
        write_methods(methods_of(settings, database), Path(snakemake.output.methods))
