"""graph.md: how the knowledge graph does against gold, as tables."""

from collections.abc import Iterator

from intelligence_capture.evaluation.graph import Basis, GraphEvaluation, GraphScores
from intelligence_capture.evaluation.graph_scores import Share
from intelligence_capture.evaluation.tables import number, table

_TITLES: dict[Basis, str] = {
    "labels": "Over the gold labels: what the graph's own rules are worth",
    "extraction": "From the extraction: what a run gives",
}


def graph_as_markdown(evaluation: GraphEvaluation) -> str:
    """Both graphs, each with its clusters, contradictions and relations."""
    lines = [f"# The knowledge graph against {evaluation.gold}: {evaluation.interviews} interviews", ""]
    if evaluation.not_extracted:
        names = ", ".join(evaluation.not_extracted)
        lines += [f"**Not extracted, so counted as nothing found: {names}.**", ""]
    for basis, scores in evaluation.scores.items():
        lines += [f"## {_TITLES[basis]}", "", *_clusters(scores), "", *_contradictions(scores), ""]
        lines += [*_relations(scores), ""]
    lines.append(
        "How to read this: docs/evaluation.md. The half that is held back has no rows in graph_errors.csv."
    )
    return "\n".join(lines) + "\n"


def _clusters(scores: GraphScores) -> Iterator[str]:
    head = ["pairs of mentions", "gold", "both found", "right", "false", "precision", "recall", "F1"]
    rows = []
    for kind, variants in scores.clusters.items():
        for variant, one in variants.items():
            if variant != "all" and not one.gold and not one.false:
                continue
            counts = [one.gold, one.both_found, one.right, one.false]
            rates = [one.precision, one.recall, one.f1]
            rows.append([f"{kind}, {variant}", *map(str, counts), *map(number, rates)])
    yield from table(head, rows)


def _contradictions(scores: GraphScores) -> Iterator[str]:
    head = ["contradictions", *_SHARE, "planted found", "arguable found", "traps flagged"]
    rows = [
        [
            name,
            *_share(one.clear),
            f"{one.planted_found} of {one.planted}",
            str(one.arguable_found),
            str(one.traps),
        ]
        for name, one in scores.contradictions.items()
    ]
    yield from table(head, rows)


def _relations(scores: GraphScores) -> Iterator[str]:
    yield from table(["relations", *_SHARE], [[name, *_share(one)] for name, one in scores.relations.items()])


_SHARE = ["found", "right", "precision", "required", "hit", "recall"]


def _share(one: Share) -> list[str]:
    return [
        str(one.found),
        str(one.right),
        number(one.precision),
        str(one.gold),
        str(one.hit),
        number(one.recall),
    ]
