"""Hold the knowledge graph against gold: rules/evaluate.smk."""

from pathlib import Path

from intelligence_capture.evaluation.graph import mistakes_as_csv
from intelligence_capture.evaluation.graph_report import graph_as_markdown
from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.evaluate_graph import run_graph_evaluation
from intelligence_capture.settings import load_settings

with job_log(snakemake.log[0]):
    evaluation, mistakes = run_graph_evaluation(
        load_settings(snakemake.config),
        database=Path(snakemake.input.database),
        organisation=next(map(Path, snakemake.input.organisation), None),
        gold=Path(snakemake.input.gold[0]).parent,
        labels=map(Path, snakemake.params.labels),
        calls=snakemake.resources.api_calls,
    )
    Path(snakemake.output.json).write_text(evaluation.model_dump_json(indent=1) + "\n", "utf-8")
    Path(snakemake.output.markdown).write_text(graph_as_markdown(evaluation), "utf-8")
    Path(snakemake.output.errors).write_text(mistakes_as_csv(mistakes), "utf-8")
