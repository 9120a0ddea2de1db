"""CSV files as `neo4j-admin database import` reads them."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from intelligence_capture.graph.graphml import grounded
from intelligence_capture.graph.records import KnowledgeGraph
from intelligence_capture.texts import inert_cell

NODES = ("id:ID", "label", "company", "mentions:int", "interviews:int", "confidence:double", ":LABEL")
EDGES = (":START_ID", ":END_ID", "ground", "strength:double", "interviews:int", "quote", ":TYPE")


def write_neo4j(graph: KnowledgeGraph, folder: Path) -> None:
    """Write nodes.csv and relationships.csv; docs/graph.md has the command that imports them."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(
        folder / "nodes.csv",
        NODES,
        (
            (one.id, one.label, one.scope, len(one.mentions), len(one.interviews), one.confidence, one.type)
            for one in graph.canonicals
        ),
    )
    _write(
        folder / "relationships.csv",
        EDGES,
        (
            (
                r.source_id,
                r.target_id,
                r.ground,
                r.strength,
                r.interview_count,
                r.quote,
                r.relation.upper(),
            )
            for r in grounded(graph)
        ),
    )


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        # All text in quotes: a line break or a comma in a label is data to every reader of CSV.
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(
                [inert_cell(_one_line(value)) if isinstance(value, str) else value for value in row]
            )


def _one_line(text: str) -> str:
    """The text on one line: the importer takes several only with an option that is easily forgotten."""
    return " ".join(text.replace("\0", " ").split())
