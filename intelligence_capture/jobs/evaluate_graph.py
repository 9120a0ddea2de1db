"""Holding the knowledge graph against gold, over the gold labels and over what was extracted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from intelligence_capture.catalogue import Catalogue, load_catalogue
from intelligence_capture.evaluation.gold import gold_items
from intelligence_capture.evaluation.graph import (
    Basis,
    GraphEvaluation,
    GraphView,
    ListedMistake,
    evaluate_graphs,
)
from intelligence_capture.evaluation.graph_gold import GraphGold, Label
from intelligence_capture.evaluation.graph_scores import FoundClash, FoundRelation, FoundSide
from intelligence_capture.evaluation.items import Item as Labelled
from intelligence_capture.evaluation.matching import match, overlap
from intelligence_capture.graph.build import build_graph
from intelligence_capture.graph.records import Claim, Item, KnowledgeGraph, Source, Talk
from intelligence_capture.graph.sentences import places
from intelligence_capture.grounding import spoken
from intelligence_capture.jobs.graph import encoder, graph_rules, pair_judge
from intelligence_capture.records import Interview
from intelligence_capture.settings import Settings
from intelligence_capture.spans import Span
from intelligence_capture.storage.graph import read_source

Entities = Mapping[Label, Sequence[str]]
"""The entities that a graph was built from for each gold label, by id."""


def run_graph_evaluation(
    settings: Settings,
    *,
    database: Path,
    organisation: Path | None,
    gold: Path,
    labels: Iterable[Path],
    calls: int | None = None,
) -> tuple[GraphEvaluation, list[ListedMistake]]:
    """The scores of both graphs, and the mistakes in the open half of gold.

    Where a model judges pairs, it judges those of the labels too; `calls` may be in flight.
    """
    catalogue = load_catalogue(Path(settings.ontology))
    source = read_source(database, catalogue)
    rules = graph_rules(settings, catalogue, organisation)
    labelled = _read_labels(labels, source.talks, catalogue)
    items = {_label(talk, item): _as_item(talk, item) for talk, group in labelled for item in group}
    given = source.model_copy(update={"items": tuple(items.values())})
    # Corrections by people are of extracted entities: the labels are measured without.
    bare = rules._replace(reviews=())
    embed, judge = encoder(settings), pair_judge(settings, calls)
    over_labels = build_graph(given, bare, settings=settings.graph, embed=embed, judge=judge)
    extracted = build_graph(source, rules, settings=settings.graph, embed=embed, judge=judge)
    own = {label: [item.id] for label, item in items.items()}
    views: dict[Basis, GraphView] = {
        "labels": _view(over_labels, own, own),
        "extraction": _view(extracted, *_matched(labelled, source)),
    }
    answers = {talk.id: tuple(answer.answer for answer in talk.answers) for talk in source.talks}
    companies = {talk.id: talk.company for talk in source.talks}
    return evaluate_graphs(GraphGold(gold), views, answers, companies)


def _read_labels(
    folders: Iterable[Path], talks: Iterable[Talk], catalogue: Catalogue
) -> list[tuple[Talk, list[Labelled]]]:
    """The gold labels of each interview that was extracted."""
    by_id = {talk.id: talk for talk in talks}
    found = []
    for folder in folders:
        for file in sorted((folder / "labels").glob("*.json")):
            if talk := by_id.get(file.stem):
                interview = Interview(id=talk.id, source="", sha256="", answers=talk.answers)
                found.append((talk, gold_items(file, interview, catalogue)))
    return found


def _label(talk: Talk, item: Labelled) -> Label:
    return Label(talk.id, item.type, item.label)


def _as_item(talk: Talk, item: Labelled) -> Item:
    """A label as the graph takes it: an entity that was found beyond doubt."""
    return Item(
        id="/".join(_label(talk, item)),
        type=item.type,
        interview_id=talk.id,
        label=item.label,
        company=talk.company,
        business_unit=talk.business_unit,
        confidence=1.0,
        fields=item.fields,
        evidence=tuple(spoken(talk.answers, *span) for span in item.spans),
    )


def _matched(labelled: Iterable[tuple[Talk, list[Labelled]]], source: Source) -> tuple[Entities, Entities]:
    """The extracted entities for each label: matched one to one, and all that stand on its words."""
    by_talk: dict[str, list[Item]] = defaultdict(list)
    for item in source.items:
        by_talk[item.interview_id].append(item)
    one_to_one: dict[Label, list[str]] = {}
    any_overlap: dict[Label, list[str]] = {}
    for talk, gold in labelled:
        items = by_talk[talk.id]
        found = [Labelled(type=item.type, label=item.label, spans=_spans(item)) for item in items]
        one_to_one |= {_label(talk, gold[g]): [items[f].id] for g, f in match(gold, found)}
        any_overlap |= {
            _label(talk, wanted): [
                item.id
                for item, one in zip(items, found, strict=True)
                if one.type == wanted.type and overlap(wanted, one)
            ]
            for wanted in gold
        }
    return one_to_one, any_overlap


def _spans(item: Item) -> tuple[Span, ...]:
    return tuple(Span(*place) for place in places(item))


def _view(graph: KnowledgeGraph, one_to_one: Entities, any_overlap: Entities) -> GraphView:
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for canonical in graph.canonicals:
        for mention in canonical.mentions:
            names[mention.entity_id].append((mention.text, canonical.id))
    found = {
        (proof.interview_id, one.source_id, one.relation, one.target_id, ground)
        for one in graph.relations
        for ground, proof in one.proofs
    }
    return GraphView(
        names={label: tuple(n for i in ids for n in names[i]) for label, ids in one_to_one.items()},
        ends={label: frozenset(n[1] for i in ids for n in names[i]) for label, ids in any_overlap.items()},
        clashes=tuple(FoundClash(one.field, _side(one.a), _side(one.b)) for one in graph.contradictions),
        relations=tuple(FoundRelation(*one) for one in sorted(found)),
        labels={canonical.id: canonical.label for canonical in graph.canonicals},
    )


def _side(claim: Claim) -> FoundSide:
    where = claim.proof
    return FoundSide(where.interview_id, Span(where.question_index, where.start, where.end), claim.value)
