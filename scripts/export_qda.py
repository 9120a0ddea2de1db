"""Write the interviews and their codings for programs of qualitative analysis: rules/qda.smk."""

from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.qda import run_qda
from intelligence_capture.settings import load_settings
from intelligence_capture.written import noting

with job_log(snakemake.log[0]):
    settings = load_settings(snakemake.config)
    with noting(Path(settings.results), snakemake.output):
        told = run_qda(
            settings,
            database=Path(snakemake.input.database),
            project=Path(snakemake.output.project),
            codebook=Path(snakemake.output.codebook),
        )
    print(told)
