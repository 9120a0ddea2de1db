"""Turn the files of the inbox into interviews: rules/import.smk."""

from intelligence_capture.intake.report import check, summary
from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.intake import run_import
from intelligence_capture.settings import load_settings

with job_log(snakemake.log[0]):
    settings = load_settings(snakemake.config)
    report = run_import(settings)
    print(summary(report))
    print(f"Read      {settings.results}/import.md   what was understood of each file", flush=True)
    check(report)
