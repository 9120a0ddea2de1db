"""The few findings that an executive reads first."""

from collections.abc import Sequence

from intelligence_capture.reports.rankings import subjects
from intelligence_capture.reports.records import (
    AutomationFigures,
    Finding,
    PainFigures,
    Subject,
    SystemFigures,
)
from intelligence_capture.reports.rows import Rows

PAINS, SYSTEMS, AUTOMATION = 3, 2, 2
"""How many of each are among the findings."""


def findings(
    rows: Rows,
    pains: Sequence[PainFigures],
    automation: Sequence[AutomationFigures],
    systems: Sequence[SystemFigures],
) -> tuple[Finding, ...]:
    """What hurts, by how many interviews say so; then what to do about it; then what to know besides."""
    of = sum(talk.status == "ok" for talk in rows.talks)
    hurting = [_pain(pain, of) for pain in pains[:PAINS]]
    hurting += [_system(rows, system, of) for system in systems[:SYSTEMS] if system.problem_interviews]
    hurting += _dependency(rows, of)
    hurting.sort(key=lambda finding: -finding.interviews)
    doing = [_automation(one, of) for one in automation[:AUTOMATION]]
    return (*hurting, *doing, *_contradictions(rows, of))


def _pain(pain: PainFigures, of: int) -> Finding:
    return _finding("pain", pain, of).model_copy(update={"severity": pain.severity})


def _automation(candidate: AutomationFigures, of: int) -> Finding:
    why = candidate.model_dump(include={"quadrant", "systems", "problem_interviews"})
    return _finding("automation", candidate, of).model_copy(update=why)


def _system(rows: Rows, system: SystemFigures, of: int) -> Finding:
    """The problems with a system, not its mentions."""
    ids = set(system.problem_items)
    companies = {item.company for item in rows.items if item.id in ids}
    return Finding(
        kind="system",
        label=system.label,
        interviews=system.problem_interviews,
        of=of,
        companies=tuple(sorted(companies)),
        items=system.problem_items,
    )


def _dependency(rows: Rows, of: int) -> list[Finding]:
    """The party outside on whom most wait, where at least two interviews name it."""
    found = subjects(rows, "external_dependencies")[:1]
    return [_finding("dependency", subject, of) for subject, _ in found if subject.interviews > 1]


def _contradictions(rows: Rows, of: int) -> list[Finding]:
    ids = {talk.id for talk in rows.talks}
    clashes = [one for one in rows.graph.contradictions if one.interview_a in ids or one.interview_b in ids]
    if not clashes:
        return []
    items = {item for clash in clashes for item in (*clash.items_a, *clash.items_b)}
    interviews = {i for clash in clashes for i in (clash.interview_a, clash.interview_b)} & ids
    return [
        Finding(
            kind="contradictions",
            label=str(len(clashes)),
            interviews=len(interviews),
            of=of,
            companies=tuple(sorted({talk.company for talk in rows.talks if talk.id in interviews})),
            items=tuple(sorted(items)),
        )
    ]


def _finding(kind: str, subject: Subject, of: int) -> Finding:
    return Finding.model_validate(
        {
            "kind": kind,
            "label": subject.label,
            "interviews": subject.interviews,
            "of": of,
            "companies": subject.companies,
            "items": subject.items,
        }
    )
