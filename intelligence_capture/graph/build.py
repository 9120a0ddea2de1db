"""From the entities of all interviews to the knowledge graph."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from intelligence_capture.embedding import Embedder
from intelligence_capture.graph.canonical import Node
from intelligence_capture.graph.complaints import Complaints
from intelligence_capture.graph.concepts import Concepts
from intelligence_capture.graph.contradictions import find_contradictions, in_order
from intelligence_capture.graph.disputes import find_disputes
from intelligence_capture.graph.free_text import Told, consolidate_texts, text_vectors
from intelligence_capture.graph.judging import PairJudge
from intelligence_capture.graph.keys import KeyReader
from intelligence_capture.graph.names import NameBook, consolidate_names
from intelligence_capture.graph.naming import Names
from intelligence_capture.graph.patterns import PAINS, find_patterns
from intelligence_capture.graph.records import Consolidated, KnowledgeGraph, Mention, Source
from intelligence_capture.graph.relation_reviews import Numbered, decide_relations
from intelligence_capture.graph.relation_table import RelationType
from intelligence_capture.graph.relations import find_relations
from intelligence_capture.graph.resolve import Resolver
from intelligence_capture.graph.reviews import Review
from intelligence_capture.graph.wording import NO_CONCEPTS, Wording, stems_of, wording
from intelligence_capture.graph.workbooks import made_of
from intelligence_capture.settings import GraphSettings
from intelligence_capture.texts import fold

THINGS = ("systems", "external_dependencies")
"""Types whose names tell two free texts apart: a complaint about one supplier is none about another."""

SUBJECTS = {"team_structures": "role"}
"""The field that says whom an entity is about: "I report to finance" said by two people is two things."""


class Rules(NamedTuple):
    """What people wrote down for the graph."""

    names: Names
    relations: tuple[RelationType, ...]
    reviews: tuple[Review, ...] = ()
    companies: tuple[str, ...] = ()
    shared: frozenset[str] = frozenset()
    """Further types whose things companies share, as the organisation file says."""
    concepts: Concepts = NO_CONCEPTS
    relation_reviews: tuple[Numbered, ...] = ()


def build_graph(
    source: Source,
    rules: Rules,
    *,
    settings: GraphSettings,
    embed: Embedder,
    judge: PairJudge | None = None,
) -> KnowledgeGraph:
    """The whole graph; the order of interviews and entities does not matter."""
    mentions = _mentions(source, rules)
    tables = [entity_type.table for entity_type in source.types]
    books = name_books(rules, [*rules.companies, *(talk.company for talk in source.talks)])
    found: dict[str, Consolidated] = {}
    for table in tables:
        if table in books:
            reviews = [review for review in rules.reviews if review.type == table]
            found[table] = consolidate_names(mentions[table], books[table], reviews)
    told = _consolidate_told(source, mentions, found, books, rules, settings, embed, judge)
    found |= {table: one.consolidated for table, one in told.items()}
    canonicals = tuple(sorted(c for table in tables for c in found[table].canonicals))
    owners: dict[str, list[str]] = defaultdict(list)
    for canonical in canonicals:
        for entity in sorted({mention.entity_id for mention in canonical.mentions}):
            owners[entity].append(canonical.id)
    owned = {entity: tuple(ids) for entity, ids in owners.items()}
    resolver = Resolver(canonicals, books)
    relations, outcomes = decide_relations(
        find_relations(rules.relations, source.talks, source.items, owned, resolver),
        rules.relation_reviews,
        table=rules.relations,
        talks=source.talks,
        canonicals=canonicals,
        resolver=resolver,
    )
    alike = [pair for table in tables if table in told for pair in told[table].alike]
    contradictions = find_contradictions(source, canonicals, owned, resolver, embed)
    judged = [row for one in told.values() for row in one.judgements]
    disputes = find_disputes(source, owned, contradictions, judge)
    return KnowledgeGraph(
        canonicals=canonicals,
        merges=tuple(sorted(merge for table in tables for merge in found[table].merges)),
        doubts=tuple(sorted(doubt for table in tables for doubt in found[table].doubts)),
        relations=relations,
        patterns=find_patterns(source, canonicals, relations, alike, settings=settings),
        contradictions=tuple(sorted((*contradictions, *disputes.contradictions), key=in_order)),
        judgements=tuple(sorted((*judged, *disputes.judgements))),
        relation_outcomes=outcomes,
    )


def name_books(rules: Rules, companies: Iterable[str]) -> dict[str, NameBook]:
    """The book of names of each type that has named things."""
    companies = tuple(companies)
    return {
        table: NameBook(
            types,
            KeyReader(types, ends=rules.names.ends, companies=companies),
            rules.names.aliases.get(table, {}),
        )
        for table, types in rules.names.types.items()
    }


def _mentions(source: Source, rules: Rules) -> dict[str, list[Mention]]:
    mentions: dict[str, list[Mention]] = defaultdict(list)
    talks = {talk.id: talk for talk in source.talks}
    for item in source.items:
        named = rules.names.types.get(item.type)
        label = made_of(item, talks[item.interview_id], named) if named else item.label
        for text in rules.concepts.parts(label) if item.type in PAINS else (label,):
            mentions[item.type].append(
                Mention(item.type, item.company, text, item.id, item.interview_id, item.confidence)
            )
    return mentions


def _consolidate_told(
    source: Source,
    mentions: Mapping[str, list[Mention]],
    named: Mapping[str, Consolidated],
    books: Mapping[str, NameBook],
    rules: Rules,
    settings: GraphSettings,
    embed: Embedder,
    judge: PairJudge | None,
) -> dict[str, Told]:
    """The consolidation of each free-text type."""
    told = [entity_type.table for entity_type in source.types if entity_type.table not in books]
    subjects = {
        item.id: fold(str(item.fields.get(SUBJECTS[item.type]) or ""))
        for item in source.items
        if item.type in SUBJECTS
    }
    texts: dict[str, set[str]] = defaultdict(set)
    for table in told:
        for mention in mentions.get(table, ()):
            texts[mention.interview_id].add(mention.text)
    vectors = text_vectors(texts, embed)
    names = Resolver([c for one in named.values() for c in one.canonicals], books)
    complaints = Complaints(source.items, source.talks, rules.concepts)

    def things_in(words: str, company: str) -> frozenset[str]:
        return frozenset(one for kind in THINGS for one in names.named_in(kind, words, company=company))

    def wording_of(node: Node) -> Wording:
        mention = node.mentions[0]
        complains = mention.type in PAINS
        # The same words in two interviews are proved by two sentences.
        proof = complaints.words(mention) if complains and len(node.mentions) == 1 else node.text
        subject = subjects.get(mention.entity_id)
        things = frozenset([subject]) if subject else things_in(node.text, node.scope)
        concepts = rules.concepts if complains else NO_CONCEPTS
        return wording(node.text, things, concepts, proof=proof, about=things_in(proof, mention.scope))

    def scope_of(mention: Mention) -> str:
        """None for what companies may share: not "la demora", which says too little to be the same elsewhere."""
        read = rules.concepts.read(mention.text)
        says = stems_of(list(read.words)) | read.troubles | read.kinds
        if len(says) > 1 or read.whole:
            return ""
        proved = rules.concepts.read(complaints.words(mention)) if mention.type in PAINS else read
        return "" if proved.whole else mention.scope

    return {
        table: consolidate_texts(
            mentions.get(table, ()),
            wording_of=wording_of,
            vectors=vectors,
            settings=settings,
            scope_of=scope_of if table in rules.shared else lambda mention: mention.scope,
            reviews=[review for review in rules.reviews if review.type == table],
            ask=judge,
        )
        for table in told
    }
