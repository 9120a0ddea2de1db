"""What the reports are written from: the rows that were read, and `ReportData` with every figure."""

from typing import Literal

from pydantic import ConfigDict

from intelligence_capture.catalogue import EntityType
from intelligence_capture.records import Answer, Evidence, Record, Status, Value

Language = Literal["es", "en"]


class Talk(Record):
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
    warnings: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()


class Item(Record):
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

    @property
    def verified(self) -> bool:
        """Whether at least one quote was found in the answer."""
        return any(quote.verified for quote in self.evidence)


class Cost(Record):
    """What the extraction took; None where it is unknown."""

    cost_usd: float | None = 0.0
    unknown_cost_interviews: int = 0
    prompt_tokens: int | None = 0
    completion_tokens: int | None = 0
    extractors: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


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


class Canonical(Record):
    """One thing of the world, with every entity that speaks of it."""

    id: str
    type: str
    label: str
    company: str | None = None
    mention_count: int
    interview_count: int
    confidence: float | None = None
    items: tuple[str, ...] = ()


class Relation(Record):
    """An edge of the knowledge graph between two canonical entities."""

    source_id: str
    relation: str
    target_id: str
    ground: str
    strength: float | None = None


class Pattern(Record):
    """Something that returns; `share` is of the interviews that were extracted."""

    kind: str
    canonical_id: str | None
    label: str
    type: str
    interview_count: int
    share: float | None
    items: tuple[str, ...] = ()


class Contradiction(Record):
    """Two people who say different things of the same."""

    canonical_id: str | None
    label: str
    type: str
    field: str
    claim_a: str
    claim_b: str
    interview_a: str
    interview_b: str
    items_a: tuple[str, ...] = ()
    items_b: tuple[str, ...] = ()


class Graph(Record):
    """The knowledge graph; everything empty where there is none."""

    entities: tuple[Canonical, ...] = ()
    relations: tuple[Relation, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    merges: int = 0


class Rows(Record):
    """Everything that was read, before a figure is formed."""

    types: tuple[EntityType, ...]
    talks: tuple[Talk, ...]
    items: tuple[Item, ...]
    cost: Cost = Cost()
    validation: Validation | None = None
    graph: Graph = Graph()


class Progress(Record):
    """How many interviews are in these reports, and what became of the others."""

    interviews: int
    extracted: int
    failed: int
    pending: int
    stopped: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every interview was extracted."""
        return self.extracted == self.interviews


class TypeFigures(Record):
    """One type: how many entities, from how many interviews."""

    type: str
    name_es: str
    name_en: str
    entities: int
    interviews: int
    needs_review: int
    without_verified_quote: int
    mean_confidence: float | None


class Finding(Record):
    """Something an executive should know, with how many of how many interviews say so.

    An automation carries why it comes first: its systems, and the interviews that report problems with them.
    """

    kind: Literal["pain", "system", "automation", "dependency", "contradictions"]
    label: str
    interviews: int
    of: int
    companies: tuple[str, ...]
    items: tuple[str, ...]
    severity: str | None = None
    quadrant: str | None = None
    systems: tuple[str, ...] = ()
    problem_interviews: int = 0


class CompanyFigures(Record):
    """One company; '' stands for interviews that name none."""

    company: str
    interviews: int
    extracted: int
    entities: int
    by_type: dict[str, int]
    critical_or_high: int
    needs_review: int
    mean_confidence: float | None
    findings: tuple[Finding, ...] = ()


class Reason(Record):
    """A reason for a review and how many entities have it."""

    reason: str
    entities: int


class Quality(Record):
    """How far the data can be trusted."""

    entities: int
    with_verified_quote: int
    quotes: int
    unverified_quotes: int
    needs_review: int
    mean_confidence: float | None
    confidence_tenths: tuple[int, ...]
    reasons: tuple[Reason, ...]
    empty_types: tuple[str, ...]
    silent_interviews: tuple[str, ...]
    cost: Cost


class Subject(Record):
    """One thing that one or more people speak of; `interviews` counts people's interviews, not mentions."""

    type: str
    label: str
    canonical_id: str = ""
    interviews: int
    companies: tuple[str, ...]
    items: tuple[str, ...]
    confidence: float


class PainFigures(Subject):
    """A pain point with its worst stated severity."""

    severity: str | None = None
    frequency: str = ""


class AutomationFigures(Subject):
    """A candidate for automation with its marks, where they were stated.

    `problem_interviews` counts the interviews that report a problem with one of its systems.
    """

    effort: int | None = None
    impact: int | None = None
    quadrant: str | None = None
    systems: tuple[str, ...] = ()
    problem_interviews: int = 0
    addresses: tuple[str, ...] = ()


class SystemFigures(Subject):
    """A system, and what people report going wrong with it."""

    satisfaction: float | None = None
    problem_interviews: int = 0
    problem_items: tuple[str, ...] = ()


class ReportData(Record):
    """Every figure of the reports; JSON, workbook and dashboard are written from this alone."""

    language: Language
    progress: Progress
    validation: Validation | None
    quality: Quality
    types: tuple[TypeFigures, ...]
    companies: tuple[CompanyFigures, ...]
    findings: tuple[Finding, ...]
    severities: dict[str, int]
    quadrants: dict[str, int]
    pain_points: tuple[PainFigures, ...]
    automation: tuple[AutomationFigures, ...]
    systems: tuple[SystemFigures, ...]
    graph: Graph
    interviews: tuple[Talk, ...]
    entities: tuple[Item, ...]
    catalogue: tuple[EntityType, ...]
