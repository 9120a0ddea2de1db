"""Building the knowledge graph of a database."""

from pathlib import Path

from intelligence_capture.catalogue import Catalogue, load_catalogue
from intelligence_capture.embedding import SentenceEncoder
from intelligence_capture.graph import reviews
from intelligence_capture.graph.build import Rules, build_graph
from intelligence_capture.graph.concepts import load_concepts
from intelligence_capture.graph.naming import load_names
from intelligence_capture.graph.records import KnowledgeGraph
from intelligence_capture.graph.relation_table import load_relations
from intelligence_capture.graph.reviews import load_reviews
from intelligence_capture.offline.gazetteer import load_gazetteer
from intelligence_capture.organisation import load_organisation
from intelligence_capture.settings import Settings
from intelligence_capture.state import FOLDER
from intelligence_capture.storage.graph import read_source, write_graph


def run_graph(
    settings: Settings, *, database: Path, organisation: Path | None, output: Path
) -> KnowledgeGraph:
    """Build the knowledge graph of `database` into `output`; the graph for what else is written of it."""
    catalogue = load_catalogue(Path(settings.ontology))
    graph = build_graph(
        read_source(database, catalogue),
        graph_rules(settings, catalogue, organisation),
        settings=settings.graph,
        embed=encoder(settings),
    )
    write_graph(graph, source=database, database=output)
    return graph


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
        shared=frozenset(places.shared_across_companies),
        companies=tuple(name for one in places.companies for name in (one.name, *one.aliases)),
    )


def encoder(settings: Settings) -> SentenceEncoder:
    """The sentence encoder with what this results folder keeps of it."""
    return SentenceEncoder(Path(settings.results) / FOLDER / "embeddings")
