"""Write the reports from one record, and what made the data: rules/report.smk."""

from pathlib import Path

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.methods import methods_of
from intelligence_capture.reports.dashboard import write_dashboard
from intelligence_capture.reports.json_report import write_json
from intelligence_capture.reports.methods import write_methods
from intelligence_capture.reports.workbook import write_workbook
from intelligence_capture.settings import load_settings
from intelligence_capture.storage.report_data import report_data
from intelligence_capture.storage.shared import shared_database
from intelligence_capture.written import noting

with job_log(snakemake.log[0]):
    settings = load_settings(snakemake.config)
    with (
        noting(Path(settings.results), snakemake.output),
        shared_database(Path(snakemake.input.database), settings) as database,
        shared_database(Path(snakemake.input.graph), settings) as graph,
    ):
        data = report_data(
            database,
            catalogue=load_catalogue(Path(settings.ontology)),
            graph=graph,
            validation=Path(snakemake.input.validation),
            language=settings.language,
        )
        write_json(data, Path(snakemake.output.json))
        write_workbook(data, Path(snakemake.output.workbook))
        write_dashboard(data, Path(snakemake.output.dashboard))
        write_methods(methods_of(settings, database), Path(snakemake.output.methods))
