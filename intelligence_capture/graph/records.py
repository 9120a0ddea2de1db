"""What the graph is built from, and what it consists of."""

from typing import Literal, NamedTuple

from intelligence_capture.catalogue import EntityType
from intelligence_capture.records import Answer, Evidence, Record, Value


class Talk(Record):
    """One interview that was extracted."""

    id: str
    company: str
    business_unit: str = ""
    department: str = ""
    respondent: str = ""
    role: str = ""
    language: str = "es"
    answers: tuple[Answer, ...] = ()


class Item(Record):
    """One entity as it was said in one interview."""

    id: str
    type: str
    interview_id: str
    label: str
    description: str = ""
    company: str = ""
    business_unit: str = ""
    confidence: float
    fields: dict[str, Value] = {}
    evidence: tuple[Evidence, ...] = ()


class Source(Record):
    """Everything that the graph is built from, but for settings, aliases and reviews."""

    types: tuple[EntityType, ...]
    talks: tuple[Talk, ...]
    items: tuple[Item, ...]


class Mention(NamedTuple):
    """One thing named by one entity; an entity that names several has a mention for each.

    A million of these have to fit into memory: hence no pydantic record.
    """

    type: str
    scope: str
    text: str
    entity_id: str
    interview_id: str
    confidence: float = 1.0


class Merge(NamedTuple):
    """Why the mention `b` is the same thing as the mention `a`."""

    canonical_id: str
    rule: str
    score: float
    text_a: str
    text_b: str
    entity_a: str
    entity_b: str
    interview_a: str
    interview_b: str


class Doubt(NamedTuple):
    """Two mentions that may be the same thing: for a person to say."""

    type: str
    scope: str
    reason: str
    score: float
    text_a: str
    text_b: str
    entity_a: str
    entity_b: str


class Canonical(NamedTuple):
    """One thing of the world; `scope` is the company it belongs to, '' for what companies share."""

    id: str
    type: str
    label: str
    scope: str
    mentions: tuple[Mention, ...]

    @property
    def interviews(self) -> tuple[str, ...]:
        """The interviews that speak of it, each once."""
        return tuple(sorted({mention.interview_id for mention in self.mentions}))

    @property
    def confidence(self) -> float:
        """How sure it is that this exists: grows with independent interviews, not with repetitions."""
        best: dict[str, float] = {}
        for mention in self.mentions:
            best[mention.interview_id] = max(best.get(mention.interview_id, 0.0), mention.confidence)
        doubt = 1.0
        for interview in sorted(best):
            doubt *= 1.0 - min(best[interview], 0.99)
        return round(1.0 - doubt, 4)


class Consolidated(NamedTuple):
    """What consolidation found: the things, why mentions were joined, and what it would not decide."""

    canonicals: tuple[Canonical, ...]
    merges: tuple[Merge, ...]
    doubts: tuple[Doubt, ...]


class Proof(NamedTuple):
    """Words that a relation, a pattern or a claim stands on; `answer[start:end] == quote`."""

    interview_id: str
    entity_id: str
    question_index: int
    start: int
    end: int
    quote: str


class Relation(NamedTuple):
    """An edge between two canonical entities, on its strongest ground, with all its proofs."""

    source_id: str
    relation: str
    target_id: str
    ground: str
    strength: float
    interview_count: int
    proofs: tuple[tuple[str, Proof], ...]
    """The ground of each proof, and the proof; none where a person's word is all."""
    decided_by: str = ""
    """The people who accepted or added it."""

    @property
    def quote(self) -> str:
        """The first words that it stands on, '' where there are none."""
        return self.proofs[0][1].quote if self.proofs else ""


RelationResult = Literal[
    "applied", "restored", "not_needed", "superseded", "conflict", "not_found", "invalid"
]
"""What became of a row on a relation; the words mean what they mean for decisions on entities."""


class RelationOutcome(NamedTuple):
    """A row of reviews/relations.csv, by its line, and what became of it."""

    line: int
    result: RelationResult
    explanation: str
    action: str
    source_type: str
    source: str
    relation: str
    target_type: str
    target: str
    company: str
    interview: str
    quote: str
    note: str
    by: str
    date: str


class Pattern(NamedTuple):
    """Something that returns; `share` is of the interviews it could have been said in."""

    kind: str
    canonical_id: str
    other_id: str
    interview_count: int
    share: float
    companies: tuple[str, ...]
    weight: float
    proofs: tuple[Proof, ...]


class Claim(NamedTuple):
    """What one interview says in one field of one canonical entity."""

    canonical_id: str
    field: str
    said: str
    value: str
    company: str
    business_unit: str
    proof: Proof


class Contradiction(NamedTuple):
    """Two claims that cannot both hold; neither is preferred."""

    canonical_id: str
    field: str
    kind: str
    reason: str
    a: Claim
    b: Claim


class JudgedPair(NamedTuple):
    """A question about two things that people said, with the answer; `score` is their likeness."""

    kind: str
    type: str
    verdict: str
    judge: str
    reason: str
    score: float
    text_a: str
    text_b: str
    entity_a: str
    entity_b: str
    interview_a: str
    interview_b: str


class KnowledgeGraph(NamedTuple):
    """The whole graph, in a fixed order."""

    canonicals: tuple[Canonical, ...]
    merges: tuple[Merge, ...]
    doubts: tuple[Doubt, ...]
    relations: tuple[Relation, ...]
    patterns: tuple[Pattern, ...]
    contradictions: tuple[Contradiction, ...]
    judgements: tuple[JudgedPair, ...] = ()
    relation_outcomes: tuple[RelationOutcome, ...] = ()
