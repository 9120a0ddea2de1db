"""GraphML: the graph for Gephi, yEd and networkx."""

from collections.abc import Iterator
from pathlib import Path

import networkx as nx

from intelligence_capture.graph.records import KnowledgeGraph, Relation
from intelligence_capture.texts import xml_text


def write_graphml(graph: KnowledgeGraph, path: Path) -> None:
    """Write the canonical entities and their relations; what was only mentioned in one answer is left out."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for one in graph.canonicals:
        network.add_node(
            one.id,
            label=xml_text(one.label),
            type=one.type,
            company=xml_text(one.scope),
            mentions=len(one.mentions),
            interviews=len(one.interviews),
            confidence=one.confidence,
        )
    for relation in grounded(graph):
        network.add_edge(
            relation.source_id,
            relation.target_id,
            key=relation.relation,
            relation=relation.relation,
            label=relation.relation,
            ground=relation.ground,
            weight=relation.strength,
            interviews=relation.interview_count,
            quote=xml_text(relation.quote),
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    nx.write_graphml(network, path, encoding="utf-8")


def grounded(graph: KnowledgeGraph) -> Iterator[Relation]:
    """The relations that somebody stated; exports leave out what merely stands in the same answer."""
    return (relation for relation in graph.relations if relation.ground != "answer")
