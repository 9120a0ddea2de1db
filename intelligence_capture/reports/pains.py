"""What hurts, in one order: the subjects that several interviews share, then single complaints."""

from collections.abc import Iterable, Mapping

from intelligence_capture.reports.rankings import SEVERITIES, SEVERITY_WEIGHT, subjects
from intelligence_capture.reports.records import PainFigures, SystemFigures
from intelligence_capture.reports.rows import Item, Rows
from intelligence_capture.texts import fold

SHARED = 2
"""Interviews that have to speak of a system or a party, and to tell of trouble with it."""


def rank_pains(
    rows: Rows, systems: Iterable[SystemFigures], parties: Iterable[SystemFigures]
) -> tuple[PainFigures, ...]:
    """Everything that hurts, by how many interviews say so, then by the worst severity that was stated."""
    items = {item.id: item for item in rows.items}
    found = [
        PainFigures(
            **dict(subject), severity=_worst(said), frequency=_agreed(said), mentioned=subject.interviews
        )
        for subject, said in subjects(rows, "pain_points")
    ]
    named: set[tuple[str, str]] = set()  # a marketplace may be a party and a system: once is enough
    for kind, things in (("dependency", parties), ("system", systems)):
        for thing in things:
            names = {(fold(thing.label), company) for company in thing.companies}
            if min(thing.interviews, thing.problem_interviews) >= SHARED and not names & named:
                named |= names
                found.append(_tied(kind, thing, items))
    return tuple(sorted(found, key=_order))


def _order(pain: PainFigures) -> tuple[object, ...]:
    weight = SEVERITY_WEIGHT[pain.severity]
    # Of equals the complaint itself says more than the name of a system.
    return (
        -pain.interviews,
        -weight,
        pain.kind != "pain",
        -pain.mentioned,
        -pain.confidence,
        pain.label,
        pain.items,
    )


def _tied(kind: str, thing: SystemFigures, items: Mapping[str, Item]) -> PainFigures:
    troubles = [items[item] for item in thing.problem_items]
    return PainFigures.model_validate(
        {
            "kind": kind,
            "type": thing.type,
            "label": thing.label,
            "canonical_id": thing.canonical_id,
            "interviews": thing.problem_interviews,
            "mentioned": thing.interviews,
            "companies": tuple(sorted({item.company for item in troubles})),
            "items": thing.problem_items,
            "confidence": max(item.confidence for item in troubles),
            "severity": _worst(troubles),
        }
    )


def _worst(items: Iterable[Item]) -> str | None:
    """The worst severity that was stated in these items, None where none was."""
    stated = {item.fields.get("severity") for item in items}
    return next((severity for severity in SEVERITIES if severity in stated), None)


def _agreed(items: list[Item]) -> str:
    """How often it happens where every interview says the same of it: one person's word is not all people's."""
    said: dict[str, set[str]] = {item.interview_id: set() for item in items}
    for item in items:
        said[item.interview_id].add(str(item.fields.get("frequency") or ""))
    words = sorted({word for of_one in said.values() for word in of_one if word})
    same = len({fold(word) for word in words}) == 1 and all(any(of_one) for of_one in said.values())
    return words[0] if same else ""
