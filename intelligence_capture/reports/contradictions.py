"""The order of contradictions: what decisions rest on first, head counts last."""

from intelligence_capture.reports.rows import Contradiction, Graph

MONEY_AND_CONSENT = (
    "amount approval_threshold approver baseline decision_maker formula percent target money".split()
)
REPORTING_LINES = "coordinator owner reports_to".split()
HEAD_COUNTS = "count people team_size".split()
"""Fields that are none of these say how, when and how long: they stand between consent and reporting lines."""


LISTED = 20_000
"""Contradictions that the reports list, what matters most first; knowledge_graph.db and results/tables/ hold all."""


def in_order(graph: Graph) -> tuple[Contradiction, ...]:
    """By what is at stake, then by how many interviews speak of the thing, then by its name."""
    spoken = {entity.id: entity.interview_count for entity in graph.entities}
    return tuple(
        sorted(
            graph.contradictions,
            key=lambda one: weight(one.field, spoken.get(one.canonical_id or "", 0), one.label),
        )
    )


def weight(field: str, interviews: int, label: str) -> tuple[int, int, str]:
    """What a contradiction is sorted by."""
    return (_stake(field), -interviews, label)


def _stake(field: str) -> int:
    """0 for money, shares and consent, 1 for ways and times, 2 for reporting lines, 3 for head counts."""
    if field in MONEY_AND_CONSENT or field.isupper():  # a currency: amounts go by its code
        return 0
    return 3 if field in HEAD_COUNTS else 2 if field in REPORTING_LINES else 1
