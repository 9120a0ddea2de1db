"""Each export read back by a library that is not ours."""

import xml.etree.ElementTree as ElementTree

import networkx as nx
import pandas as pd
import rdflib

from intelligence_capture.graph.graphml import write_graphml
from intelligence_capture.graph.jsonld import BASE, write_jsonld
from intelligence_capture.graph.neo4j import write_neo4j

HOSTILE = 'Opera <script>alert("1")</script> & =cmd,\x0b\n"x"'


def small(group):
    """Two processes that use one hostile system."""
    for who in ("ana", "luz"):
        text = f"Concilio con {HOSTILE} a diario."
        group.says(who, text, ("processes", "Concilio", {"systems": [HOSTILE]}), ("systems", HOSTILE))
    return group.graph()


def test_graphml_opens_in_networkx_and_is_sound_xml(group, tmp_path):
    graph = small(group)
    write_graphml(graph, tmp_path / "g.graphml")

    read = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)

    assert set(read.nodes) == {one.id for one in graph.canonicals}
    assert [(a, b, data["relation"], data["ground"]) for a, b, data in read.edges(data=True)] == [
        (r.source_id, r.target_id, r.relation, r.ground) for r in graph.relations
    ]
    label = next(one for one in read.nodes.values() if one["type"] == "systems")["label"]
    assert label == HOSTILE.replace("\x0b", "\ufffd")
    assert ElementTree.parse(tmp_path / "g.graphml").getroot().tag.endswith("graphml")  # noqa: S314 - our own file


def test_neo4j_files_are_read_by_pandas_with_every_edge_between_known_nodes(group, tmp_path):
    graph = small(group)
    write_neo4j(graph, tmp_path)

    nodes = pd.read_csv(tmp_path / "nodes.csv")
    edges = pd.read_csv(tmp_path / "relationships.csv")

    assert list(nodes["id:ID"]) == [one.id for one in graph.canonicals]
    assert list(edges[":TYPE"]) == ["USES"]
    assert set(edges[":START_ID"]) | set(edges[":END_ID"]) <= set(nodes["id:ID"])


def test_json_ld_is_read_by_rdflib_as_the_same_relations(group, tmp_path):
    graph = small(group)
    write_jsonld(graph, tmp_path / "g.jsonld")

    read = rdflib.Graph().parse(tmp_path / "g.jsonld", format="json-ld")

    word = rdflib.Namespace(BASE + "vocabulary:")
    (relation,) = read.subjects(rdflib.RDF.type, word.Relation)
    (stated,) = graph.relations
    assert read.value(relation, word.source) == rdflib.URIRef(BASE + stated.source_id)
    assert read.value(relation, word.relation) == word.uses
    assert {str(quote) for quote in read.objects(relation, word.quotes)} == {
        p.quote for _, p in stated.proofs
    }
