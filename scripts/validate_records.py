"""Check the database: rules/validate.smk."""

from pathlib import Path

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.joblog import job_log
from intelligence_capture.organisation import load_organisation
from intelligence_capture.settings import load_settings
from intelligence_capture.storage.facts import database_facts
from intelligence_capture.storage.shared import respondents_of
from intelligence_capture.validation import as_markdown, validate
from intelligence_capture.written import noting

with job_log(snakemake.log[0]):
    settings = load_settings(snakemake.config)
    with noting(Path(settings.results), snakemake.output):
        facts = database_facts(
            Path(snakemake.input.database),
            expected_interviews=snakemake.params.expected,
            catalogue=load_catalogue(Path(settings.ontology)),
            organisation=load_organisation(next(map(Path, snakemake.input.organisation), None)),
            max_label_words=settings.validation.max_label_words,
        )
        shown = respondents_of(Path(snakemake.input.database), settings.respondents)
        validation = shown.of(validate(facts, settings.validation))
        Path(snakemake.output.json).write_text(validation.model_dump_json(indent=2) + "\n", "utf-8")
        Path(snakemake.output.markdown).write_text(as_markdown(validation), "utf-8")
