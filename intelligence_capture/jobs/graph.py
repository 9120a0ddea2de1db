"""Building the knowledge graph of a database."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from intelligence_capture.catalogue import Catalogue, load_catalogue
from intelligence_capture.embedding import SentenceEncoder
from intelligence_capture.graph import relation_reviews, reviews
from intelligence_capture.graph.build import Rules, build_graph
from intelligence_capture.graph.concepts import load_concepts
from intelligence_capture.graph.naming import load_names
from intelligence_capture.graph.records import KnowledgeGraph
from intelligence_capture.graph.relation_reviews import load_relation_reviews
from intelligence_capture.graph.relation_table import load_relations
from intelligence_capture.graph.reviews import load_reviews
from intelligence_capture.jobs.pseudonyms import run_pseudonyms
from intelligence_capture.offline.gazetteer import load_gazetteer
from intelligence_capture.organisation import load_organisation
from intelligence_capture.settings import Settings
from intelligence_capture.state import FOLDER, RunState
from intelligence_capture.storage.graph import read_source, write_graph
from intelligence_capture.storage.shared import respondents_of

if TYPE_CHECKING:
    from intelligence_capture.llm.judge import ModelJudge

IDLE = ("conflict", "not_found", "invalid")
"""Results of rows that a person has to look at again."""


def run_graph(
    settings: Settings, *, database: Path, organisation: Path | None, output: Path, calls: int | None = None
) -> KnowledgeGraph:
    """Build the knowledge graph of `database` into `output`; the graph as it is shared, for its exports.

    What a model should have judged and did not is noted, so that the next run goes on with it. `calls` is
    how many calls may be in flight.
    """
    catalogue = load_catalogue(Path(settings.ontology))
    judge = pair_judge(settings, calls)
    graph = build_graph(
        read_source(database, catalogue),
        graph_rules(settings, catalogue, organisation),
        settings=settings.graph,
        embed=encoder(settings),
        judge=judge,
    )
    write_graph(graph, source=database, database=output)
    unanswered = judge.unanswered if judge else {}
    RunState(Path(settings.results)).note_unjudged(unanswered)
    for why, count in unanswered.items():
        print(f"graph: {count} pairs were not judged by a model: {why}", file=sys.stderr)
    for row in graph.relation_outcomes:
        if row.result in IDLE:
            place = f"{settings.reviews}/{relation_reviews.FILE_NAME}, line {row.line}"
            print(f"{place}: {row.result}: {row.explanation}", file=sys.stderr)
    if settings.respondents == "name":
        return graph
    shared = respondents_of(database, settings.respondents)
    return graph._replace(canonicals=shared.of(graph.canonicals), relations=shared.of(graph.relations))


def graph_rules(settings: Settings, catalogue: Catalogue, organisation: Path | None) -> Rules:
    """What people wrote down for the graph, in the catalogue, the organisation file and reviews."""
    ontology = Path(settings.ontology)
    places = load_organisation(organisation)
    # What the extractor knows of systems holds for the graph: one gazetteer, a user's own included.
    gazetteer = load_gazetteer(settings.offline.gazetteer)
    known = {name: entry.aliases for name, entry in gazetteer.systems.items()}
    return Rules(
        names=load_names(ontology)
        .with_aliases({"systems": known})
        .shared_too(places.shared_across_companies),
        relations=load_relations(ontology, catalogue),
        concepts=load_concepts(ontology),
        reviews=load_reviews(Path(settings.reviews) / reviews.FILE_NAME),
        relation_reviews=load_relation_reviews(Path(settings.reviews) / relation_reviews.FILE_NAME),
        shared=frozenset(places.shared_across_companies),
        companies=tuple(name for one in places.companies for name in (one.name, *one.aliases)),
    )


def encoder(settings: Settings) -> SentenceEncoder:
    """The sentence encoder with what this results folder keeps of it."""
    return SentenceEncoder(Path(settings.results) / FOLDER / "embeddings")


def pair_judge(settings: Settings, calls: int | None) -> "ModelJudge | None":
    """The model that judges pairs, None where the settings ask for none; `calls` may be in flight."""
    if settings.graph.judge != "model":
        return None
    # Imported late: a graph by rules does not load what calls need.
    from intelligence_capture.llm.factory import model_judge

    return model_judge(
        settings=settings.openai.model_copy(update={"parallel_calls": calls} if calls else {}),
        prompts=settings.graph.prompt_texts(),
        calls=settings.graph.judge_calls,
        responses=Path(settings.responses),
        state=Path(settings.results) / FOLDER,
        pseudonyms=run_pseudonyms(settings),
    )
