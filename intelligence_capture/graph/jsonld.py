"""JSON-LD: the graph as linked data, with the words that each relation stands on."""

import json
from pathlib import Path

from intelligence_capture.graph.graphml import grounded
from intelligence_capture.graph.records import KnowledgeGraph, Relation

BASE = "urn:intelligence-capture:"


def write_jsonld(graph: KnowledgeGraph, path: Path) -> None:
    """Write one document with an object for each entity and each relation."""
    document = {
        "@context": {
            "@vocab": BASE + "vocabulary:",
            "id": "@id",
            "type": "@type",
            "label": "http://www.w3.org/2000/01/rdf-schema#label",
            "source": {"@type": "@id"},
            "target": {"@type": "@id"},
            "relation": {"@type": "@vocab"},
        },
        "@graph": [
            *(
                {
                    "id": _name(one.id),
                    "type": one.type,
                    "label": one.label,
                    "company": one.scope,
                    "mentions": len(one.mentions),
                    "interviews": len(one.interviews),
                    "confidence": one.confidence,
                }
                for one in graph.canonicals
            ),
            *(_relation(number, relation) for number, relation in enumerate(grounded(graph), start=1)),
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _relation(number: int, relation: Relation) -> dict[str, object]:
    return {
        "id": _name(f"relation-{number}"),
        "type": "Relation",
        "relation": relation.relation,
        "source": _name(relation.source_id),
        "target": _name(relation.target_id),
        "ground": relation.ground,
        "strength": relation.strength,
        "interviews": relation.interview_count,
        "quotes": [where.quote for _, where in relation.proofs],
    }


def _name(ident: str) -> str:
    return BASE + ident
