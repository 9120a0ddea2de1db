"""Merge all extractions into one database: rules/merge.smk."""

from pathlib import Path

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.joblog import job_log
from intelligence_capture.organisation import load_organisation
from intelligence_capture.settings import load_settings
from intelligence_capture.storage.merge import merge_database

with job_log(snakemake.log[0]):
    settings = load_settings(snakemake.config)
    merge_database(
        map(Path, snakemake.input.extractions),
        Path(snakemake.output.database),
        catalogue=load_catalogue(Path(settings.ontology)),
        organisation=load_organisation(next(map(Path, snakemake.input.organisation), None)),
    )
