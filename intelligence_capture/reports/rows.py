"""What the reports read of the databases, before a figure is formed."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from pydantic import ConfigDict, Field

from intelligence_capture.catalogue import EntityType
from intelligence_capture.records import Answer, Evidence, Record, Row, Status, Value


class Spent(Record):
    """What an extraction took: the calls whose answers it rests on, whenever they were paid for.

    Tokens and cost are None where they are unknown.
    """

    extractor: str = ""
    model: str = ""
    calls: int = 0
    prompt_tokens: int | None = 0
    completion_tokens: int | None = 0
    cost_usd: float | None = 0.0


class Talk(Row):
    """One interview; its answers are for the dashboard's proof and stay out of report.json."""

    id: str
    company: str
    business_unit: str
    department: str
    respondent: str
    role: str
    date: str
    language: str
    source: str
    status: Status
    error: str
    spent: Spent = Spent()
    warnings: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()


class Item(Row):
    """One entity as it was said in one interview."""

    id: str
    type: str
    interview_id: str
    label: str
    description: str
    company: str
    business_unit: str
    department: str
    confidence: float
    needs_review: bool
    review_reasons: tuple[str, ...] = ()
    extractor: str
    fields: dict[str, Value]
    evidence: tuple[Evidence, ...] = ()
    decided: Literal["", "accepted", "edited", "added"] = ""
    decided_by: str = ""

    def confirmation(self, say: Mapping[str, str]) -> str:
        """How people confirmed it and who did, '' where nobody has."""
        return f"{say[self.decided]}: {self.decided_by}".rstrip(": ") if self.decided else ""

    @property
    def verified(self) -> bool:
        """Whether at least one quote was found in the answer."""
        return any(quote.verified for quote in self.evidence)


class Check(Record):
    """One check of the validation."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str
    group: str = ""
    verdict: str
    message: str = ""
    example: str | None = None


class Validation(Record):
    """What validation.json says."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    gate: str
    summary: str = ""
    checks: tuple[Check, ...] = ()


class Canonical(Row):
    """One thing of the world, with every entity that speaks of it."""

    id: str
    type: str
    label: str
    company: str | None = None
    mention_count: int
    interview_count: int
    confidence: float | None = None
    items: tuple[str, ...] = ()


class Relation(Row):
    """An edge of the knowledge graph between two canonical entities."""

    source_id: str
    relation: str
    target_id: str
    ground: str
    strength: float | None = None
    decided_by: str = ""

    @property
    def said(self) -> bool:
        """Whether somebody said so, in the interview or in a review, and did not merely name both."""
        return self.ground == "stated" or bool(self.decided_by)


class Pattern(Record):
    """Something that returns; `share` is of the interviews of its companies, `items` are up to a dozen proofs."""

    kind: str
    canonical_id: str | None
    label: str
    type: str
    interview_count: int
    share: float | None
    items: tuple[str, ...] = ()


Place: TypeAlias = tuple[int, int, int]
"""Question, start and end of words in an answer, as evidence has them."""


class Contradiction(Row):
    """Two people who say different things of the same, in their words; one of them may have no entity of it."""

    canonical_id: str | None
    label: str
    type: str
    field: str
    claim_a: str
    claim_b: str
    interview_a: str
    interview_b: str
    quote_a: str
    quote_b: str
    place_a: Place | None = None
    place_b: Place | None = None
    items_a: tuple[str, ...] = ()
    items_b: tuple[str, ...] = ()


class Clash(NamedTuple):
    """Of a contradiction what figures count: where it was said, and the entities that say it."""

    interview_a: str
    interview_b: str
    items_a: tuple[str, ...]
    items_b: tuple[str, ...]


class Graph(Record):
    """The knowledge graph; everything empty where there is none."""

    entities: tuple[Canonical, ...] = ()
    relations: tuple[Relation, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    merges: int = 0
    unlisted: int = Field(default=0, exclude=True)
    """Contradictions beyond those that the reports list: the first lines of a report say how many."""


class Rows(Record):
    """Everything that was read, before a figure is formed."""

    types: tuple[EntityType, ...]
    talks: tuple[Talk, ...]
    items: tuple[Item, ...]
    validation: Validation | None = None
    graph: Graph = Graph()
    clashes: tuple[Clash, ...] = ()
