"""What the reports are written from: `ReportData` with every figure."""

from typing import Literal

from intelligence_capture.catalogue import EntityType
from intelligence_capture.records import Record
from intelligence_capture.reports.rows import Graph, Item, Talk, Validation

Language = Literal["es", "en"]


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
    mentioned: int = 0
    severity: str | None = None
    quadrant: str | None = None
    systems: tuple[str, ...] = ()
    problem_interviews: int = 0


class Reason(Record):
    """A kind of reason for a review and how many entities have it."""

    reason: str
    entities: int


class Confirmed(Record):
    """Who accepted, edited or added how many of the entities; people who decided together stand together."""

    by: str
    accepted: int
    edited: int
    added: int


class Cost(Record):
    """What extractions took together: the known costs summed, None where none is known; tokens likewise None.

    These are the calls that the extractions rest on; `snakemake spending` has what each run paid.
    """

    interviews: int
    calls: int
    prompt_tokens: int | None
    completion_tokens: int | None
    cost_usd: float | None
    unknown_cost_interviews: int


class ModelCost(Cost):
    """What one extractor with one model took."""

    extractor: str
    model: str


class Quality(Record):
    """How far the data can be trusted."""

    entities: int
    with_verified_quote: int
    quotes: int
    unverified_quotes: int
    needs_review: int
    without_company: tuple[str, ...]
    mean_confidence: float | None
    confidence_tenths: tuple[int, ...]
    reasons: tuple[Reason, ...]
    confirmed: int
    confirmed_by: tuple[Confirmed, ...]
    empty_types: tuple[str, ...]
    silent_interviews: tuple[str, ...]
    cost: Cost
    cost_by_model: tuple[ModelCost, ...]


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
    """Something that hurts: a complaint, or a system or an outside party that people tie trouble to.

    `items` and `interviews` are those that tell of the trouble, `mentioned` counts the interviews that
    speak of the thing at all. The severity is the worst that was stated in these items, the frequency
    what all of these interviews say.
    """

    kind: Literal["pain", "system", "dependency"] = "pain"
    mentioned: int = 0
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
    """A system or an outside party, and what people report going wrong with it."""

    satisfaction: float | None = None
    problem_interviews: int = 0
    problem_items: tuple[str, ...] = ()


class Told(Record):
    """What some interviews tell: all of them, or those of one company."""

    quality: Quality
    findings: tuple[Finding, ...]
    severities: dict[str, int]
    quadrants: dict[str, int]
    pain_points: tuple[PainFigures, ...]
    automation: tuple[AutomationFigures, ...]
    systems: tuple[SystemFigures, ...]


class CompanyFigures(Told):
    """One company; '' stands for interviews that name none."""

    company: str
    interviews: int
    extracted: int
    entities: int
    by_type: dict[str, int]
    critical_or_high: int
    needs_review: int
    mean_confidence: float | None


class ReportData(Told):
    """Every figure of the reports; JSON, workbook and dashboard are written from this alone."""

    language: Language
    progress: Progress
    validation: Validation | None
    types: tuple[TypeFigures, ...]
    companies: tuple[CompanyFigures, ...]
    graph: Graph
    interviews: tuple[Talk, ...]
    entities: tuple[Item, ...]
    catalogue: tuple[EntityType, ...]
