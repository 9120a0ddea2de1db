"""Holding knowledge graphs against graph gold: one over the labels themselves, one over what was extracted.

The first shows what the graph's own rules are worth, the second what a user gets.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from intelligence_capture.evaluation.graph_gold import GraphGold, Label
from intelligence_capture.evaluation.graph_pairs import (
    Names,
    PairMistake,
    PairScore,
    pair_mistakes,
    pair_scores,
)
from intelligence_capture.evaluation.graph_scores import (
    Answers,
    ClashScore,
    FoundClash,
    FoundRelation,
    GraphMistake,
    Share,
    clash_mistakes,
    clash_scores,
    relation_mistakes,
    relation_scores,
)
from intelligence_capture.records import Record
from intelligence_capture.texts import inert_cell

Basis = Literal["labels", "extraction"]
"""What a graph was built from: the gold labels, or what was extracted."""


class GraphView(NamedTuple):
    """A knowledge graph as gold looks at it.

    `names` has a label at the entity that is matched with it, one to one; `ends` at all entities that stand
    on its words, since a relation may go by any of them.
    """

    names: Names
    ends: Mapping[Label, frozenset[str]]
    clashes: tuple[FoundClash, ...]
    relations: tuple[FoundRelation, ...]
    labels: Mapping[str, str]


class GraphScores(Record):
    """One graph against gold."""

    clusters: dict[str, dict[str, PairScore]]
    contradictions: dict[str, ClashScore]
    relations: dict[str, Share]


class GraphEvaluation(Record):
    """graph.json."""

    gold: str
    interviews: int
    not_extracted: tuple[str, ...]
    scores: dict[Basis, GraphScores]


class ListedMistake(Record):
    """One row of graph_errors.csv."""

    basis: Basis
    kind: str
    about: str
    a: str
    b: str


def evaluate_graphs(
    gold: GraphGold, views: Mapping[Basis, GraphView], answers: Answers, companies: Mapping[str, str]
) -> tuple[GraphEvaluation, list[ListedMistake]]:
    """The scores of each graph, and the mistakes in the open half of gold."""
    clashes = [one for one in gold.clashes if all(side.interview in answers for side in (one.a, one.b))]
    scores: dict[Basis, GraphScores] = {}
    mistakes: list[ListedMistake] = []
    for basis, view in views.items():
        scores[basis] = GraphScores(
            clusters={
                kind: pair_scores(kind, group, view.names, companies) for kind, group in gold.clusters.items()
            },
            contradictions=clash_scores(clashes, view.clashes, answers),
            relations=relation_scores(gold.relations, view.relations, view.ends),
        )
        pairs = [
            one for kind, group in gold.clusters.items() for one in pair_mistakes(kind, group, view.names)
        ]
        mistakes += [_of_pair(basis, one) for one in pairs if one.half == "open"]
        others = [
            *clash_mistakes(clashes, view.clashes, answers),
            *relation_mistakes(gold.relations, view.relations, view.ends, view.labels),
        ]
        mistakes += [_of_other(basis, one) for one in others if one.half == "open"]
    evaluation = GraphEvaluation(
        gold=gold.folder.name,
        interviews=len(gold.interviews),
        not_extracted=tuple(sorted(gold.interviews - answers.keys())),
        scores=scores,
    )
    return evaluation, sorted(mistakes, key=lambda one: tuple(one.model_dump().values()))


def mistakes_as_csv(mistakes: Iterable[ListedMistake]) -> str:
    """graph_errors.csv; no cell begins as a formula of a spreadsheet does."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(ListedMistake.model_fields)
    for one in mistakes:
        writer.writerow(inert_cell(value) for value in one.model_dump().values())
    return text.getvalue()


def _of_pair(basis: Basis, one: PairMistake) -> ListedMistake:
    return ListedMistake(basis=basis, kind=one.kind, about=one.type, a=one.a, b=one.b)


def _of_other(basis: Basis, one: GraphMistake) -> ListedMistake:
    return ListedMistake(basis=basis, kind=one.kind, about=one.about, a=one.a, b=one.b)
