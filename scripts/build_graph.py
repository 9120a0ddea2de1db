"""Build the knowledge graph and its exports: rules/graph.smk."""

from pathlib import Path

from intelligence_capture.graph.graphml import write_graphml
from intelligence_capture.graph.jsonld import write_jsonld
from intelligence_capture.graph.neo4j import write_neo4j
from intelligence_capture.joblog import job_log
from intelligence_capture.jobs.graph import run_graph
from intelligence_capture.settings import load_settings
from intelligence_capture.written import noting

with job_log(snakemake.log[0]):
    settings = load_settings(snakemake.config)
    with noting(Path(settings.results), snakemake.output):
        graph = run_graph(
            settings,
            database=Path(snakemake.input.database),
            organisation=next(map(Path, snakemake.input.organisation), None),
            output=Path(snakemake.output.database),
            calls=snakemake.resources.api_calls,
        )
        write_graphml(graph, Path(snakemake.output.graphml))
        write_neo4j(graph, Path(snakemake.output.neo4j))
        write_jsonld(graph, Path(snakemake.output.jsonld))
