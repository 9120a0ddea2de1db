"""The few findings that an executive reads first."""

from collections.abc import Sequence

from intelligence_capture.reports.records import AutomationFigures, Finding, PainFigures, Subject
from intelligence_capture.reports.rows import Rows

PAINS, AUTOMATION = 6, 2
"""How many of each are among the findings."""


def findings(
    rows: Rows, pains: Sequence[PainFigures], automation: Sequence[AutomationFigures]
) -> tuple[Finding, ...]:
    """The first of what hurts, in its order; then what to do about it; then what to know besides."""
    of = sum(talk.status == "ok" for talk in rows.talks)
    hurting = [_pain(pain, of) for pain in pains[:PAINS]]
    doing = [_automation(one, of) for one in automation[:AUTOMATION]]
    return (*hurting, *doing, *_contradictions(rows, of))


def _pain(pain: PainFigures, of: int) -> Finding:
    about = pain.model_dump(include={"severity", "mentioned"})
    return _finding(pain.kind, pain, of).model_copy(update=about)


def _automation(candidate: AutomationFigures, of: int) -> Finding:
    why = candidate.model_dump(include={"quadrant", "systems", "problem_interviews"})
    return _finding("automation", candidate, of).model_copy(update=why)


def _contradictions(rows: Rows, of: int) -> list[Finding]:
    ids = {talk.id for talk in rows.talks}
    clashes = [one for one in rows.clashes if one.interview_a in ids or one.interview_b in ids]
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
