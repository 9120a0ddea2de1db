"""Hold the extractions of gold interviews against their labels: rules/evaluate.smk."""

from pathlib import Path

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.evaluation.evaluate import evaluate
from intelligence_capture.evaluation.gold import Gold
from intelligence_capture.evaluation.mistakes import as_csv
from intelligence_capture.evaluation.report import as_markdown
from intelligence_capture.joblog import job_log
from intelligence_capture.settings import load_settings

with job_log(snakemake.log[0]):
    settings = load_settings(snakemake.config)
    evaluation, mistakes = evaluate(
        Gold(snakemake.params.gold, snakemake.params.second).folders,
        Path(settings.results),
        load_catalogue(Path(settings.ontology)),
        compare=snakemake.params.compare and Path(snakemake.params.compare),
    )
    Path(snakemake.output.json).write_text(evaluation.model_dump_json(indent=1) + "\n", "utf-8")
    Path(snakemake.output.markdown).write_text(as_markdown(evaluation), "utf-8")
    Path(snakemake.output.errors).write_text(as_csv(mistakes), "utf-8")
