"""Merge all extractions into one database: rules/merge.smk."""

from pathlib import Path

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.joblog import job_log
from intelligence_capture.organisation import load_organisation
from intelligence_capture.reviews.decisions import FILE_NAME, load_decisions
from intelligence_capture.settings import load_settings
from intelligence_capture.storage.merge import merge_database
from intelligence_capture.written import noting

with job_log(snakemake.log[0]):
    settings = load_settings(snakemake.config)
    catalogue = load_catalogue(Path(settings.ontology))
    with noting(Path(settings.results), snakemake.output):
        merge_database(
            map(Path, snakemake.input.extractions),
            Path(snakemake.output.database),
            catalogue=catalogue,
            organisation=load_organisation(next(map(Path, snakemake.input.organisation), None)),
            decisions=load_decisions(Path(settings.reviews) / FILE_NAME, catalogue),
        )
