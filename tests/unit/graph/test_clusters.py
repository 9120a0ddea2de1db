"""Disjoint sets against an independent solver."""

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture.graph.clusters import Clusters

EDGES = st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=40)


@given(EDGES)
def test_sets_are_the_connected_components(edges):
    clusters = Clusters(20)
    for a, b in edges:
        clusters.join(a, b)
    graph = nx.Graph(edges)
    graph.add_nodes_from(range(20))

    assert sorted(clusters.sets()) == sorted(sorted(part) for part in nx.connected_components(graph))


@given(EDGES, EDGES)
def test_a_forbidden_pair_never_comes_together(edges, forbidden):
    clusters = Clusters(20)
    forbidden = [(a, b) for a, b in forbidden if a != b]
    for pair in forbidden:
        clusters.forbid(*pair)
    for a, b in edges:
        clusters.join(a, b)

    assert all(clusters.root(a) != clusters.root(b) for a, b in forbidden)
