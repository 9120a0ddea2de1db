"""The picture of the knowledge graph: the top entities with their neighbours, laid out beforehand."""

from collections import defaultdict
from itertools import combinations

import networkx as nx

from intelligence_capture.records import Record
from intelligence_capture.reports.rows import Canonical, Graph

NODE_LIMIT = 2_000
"""Entities that the page holds; all are in knowledge_graph.db."""
TOP, SHOWN = 10, 28
"""Entities that the picture starts from, and how many it shows with their neighbours."""
WIDTH, HEIGHT = 1000, 720
"""The picture; graph.js draws into the same room."""
LABEL_WIDTH, LABEL_HEIGHT = 160, 72
"""The room that an entity with the two lines of its label takes; no two may share it."""
ABOVE = 26
"""Of that room what lies above the middle of the entity; its label stands below."""
TIE = 0.3
"""How much what no relation ties is held to the rest, against 1 for a relation: else it drifts to the rim."""
_ROOM = ((LABEL_WIDTH / 2, WIDTH - LABEL_WIDTH / 2), (ABOVE, HEIGHT - LABEL_HEIGHT + ABOVE))
"""Where the middle of an entity may lie, across and down, so that all of it is in the picture."""


class Place(Record):
    """Where an entity stands in the picture."""

    id: str
    x: int
    y: int


def most_connected(graph: Graph) -> tuple[Canonical, ...]:
    """At most NODE_LIMIT entities that a relation ties to another, the most spoken of first."""
    tied = {end for relation in graph.relations for end in (relation.source_id, relation.target_id)}
    known = [entity for entity in graph.entities if entity.id in tied]
    return tuple(sorted(known, key=lambda e: (-e.interview_count, -e.mention_count, e.id))[:NODE_LIMIT])


def picture(graph: Graph) -> tuple[Place, ...]:
    """The places of the top entities and their strongest neighbours; the same graph, the same picture."""
    shown = _shown(graph)
    net: nx.Graph[str] = nx.Graph()
    net.add_nodes_from(shown)
    net.add_edges_from(
        (r.source_id, r.target_id) for r in graph.relations if r.source_id in shown and r.target_id in shown
    )
    if not net:
        return ()
    first, *others = (min(part, key=shown.index) for part in nx.connected_components(net))
    net.add_edges_from(((first, other) for other in others), weight=TIE)
    spread = nx.spring_layout(net, seed=7, k=2.2 / len(net) ** 0.5, iterations=120)
    places = {node: [float(x), float(y)] for node, (x, y) in spread.items()}
    _scale(places)
    if not _part(places):
        _seat(places)
    return tuple(Place(id=node, x=round(places[node][0]), y=round(places[node][1])) for node in shown)


def _shown(graph: Graph) -> list[str]:
    """From each of the top entities in turn its next strongest neighbour, until there are enough."""
    neighbours: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for relation in graph.relations:
        strength = -(relation.strength or 0.0)
        neighbours[relation.source_id].append((strength, relation.target_id))
        neighbours[relation.target_id].append((strength, relation.source_id))
    shown = [entity.id for entity in most_connected(graph)[:TOP]]
    queues = [[node for _, node in sorted(neighbours[top])] for top in shown]
    while any(queues) and len(shown) < SHOWN:
        for queue in queues:
            new = next((node for node in queue if node not in shown), None)
            queue[:] = queue[queue.index(new) + 1 :] if new else []
            if new and len(shown) < SHOWN:
                shown.append(new)
    return shown


def _scale(places: dict[str, list[float]]) -> None:
    """Stretch the picture over its whole room."""
    for axis, (least, most) in enumerate(_ROOM):
        values = [place[axis] for place in places.values()]
        low, span = min(values), max(values) - min(values) or 1.0
        for place in places.values():
            place[axis] = least + (most - least) * (place[axis] - low) / span


def _part(places: dict[str, list[float]]) -> bool:
    """Push apart whatever shares the room of a label, along the way that is shorter; whether it came to rest."""
    for _ in range(600):
        moved = False
        for one, two in combinations(places.values(), 2):
            across = LABEL_WIDTH - abs(one[0] - two[0])
            down = LABEL_HEIGHT - abs(one[1] - two[1])
            if across > 0 and down > 0:
                moved = True
                axis, overlap = (0, across) if across / LABEL_WIDTH < down / LABEL_HEIGHT else (1, down)
                push = (overlap / 2 + 1) * (1 if one[axis] >= two[axis] else -1)
                one[axis] += push
                two[axis] -= push
        for place in places.values():
            for axis, (least, most) in enumerate(_ROOM):
                place[axis] = min(max(place[axis], least), most)
        if not moved:
            return True
    return False


def _seat(places: dict[str, list[float]]) -> None:
    """Give each the nearest free seat of rows and columns: where pushing ends in a jam, seats never overlap."""
    seats = [
        (x, y)
        for x in range(LABEL_WIDTH // 2, WIDTH - LABEL_WIDTH // 2 + 1, LABEL_WIDTH)
        for y in range(ABOVE, HEIGHT - LABEL_HEIGHT + ABOVE + 1, LABEL_HEIGHT)
    ]
    for place in places.values():
        nearest = min(seats, key=lambda seat: (seat[0] - place[0]) ** 2 + (seat[1] - place[1]) ** 2)
        seats.remove(nearest)
        place[:] = nearest
