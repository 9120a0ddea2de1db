"""Own fields of entities, read from the words around them by patterns; what was not said stays empty."""

import re
from collections.abc import Callable
from typing import NamedTuple

from intelligence_capture.offline.field_patterns import (
    APPROVER,
    AUTOMATIC,
    BY_HAND,
    CAUSE,
    CONSEQUENCE,
    COORDINATES,
    CURRENCIES,
    DURATION,
    FIRST_PERSON,
    FLOW,
    FREQUENCY,
    GOAL,
    INSTEAD,
    ITEM,
    KEYWORDS,
    MINUTES,
    MONEY,
    NOW,
    NUMBERS,
    PURPOSE,
    REPORTS_TO,
    ROLE,
    SEVERE,
    TARGET,
    TEAM_SIZE,
    THRESHOLD,
    TIME,
    TRAINING,
    UNIT,
)
from intelligence_capture.offline.folding import Folded
from intelligence_capture.records import Value


class Surrounding(NamedTuple):
    """What fields are read from: the entity's words, its sentence, and what else is known there."""

    text: Folded
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    systems: tuple[str, ...]
    label: str
    role: str
    english: bool

    @property
    def own(self) -> str:
        """The folded words of the entity."""
        return self.text.folded[self.start : self.end]

    @property
    def sentence(self) -> str:
        """The folded sentence that they stand in."""
        return self.text.folded[self.sentence_start : self.sentence_end]

    def said(self, match: re.Match[str] | None, group: str | int = 0, *, own: bool = False) -> str:
        """The speaker's words that a match on `sentence` (or on `own`) found; '' for none."""
        if match is None or match[group] is None or not match[group].strip():
            return ""
        base = self.start if own else self.sentence_start
        return self.text.words(base + match.start(group), base + match.end(group)).strip(" ,.;:")


def fields_of(table: str, known: frozenset[str], where: Surrounding) -> dict[str, Value]:
    """The fields of a table's entity that were said; only names in `known` come back."""
    found = dict(_COMMON(where))
    reader = _READERS.get(table)
    if reader:
        found |= reader(where)
    return {name: value for name, value in found.items() if name in known and value not in (None, "", [])}


def minutes(match: re.Match[str] | None) -> float | None:
    """The minutes of a duration; None for none."""
    if match is None:
        return None
    unit = match["unit"].rstrip("s")
    number = _number(match["number"])
    if number is None:
        return None
    factor = MINUTES.get(unit, 0)
    return (number + (0.5 if match["half"] else 0)) * factor or None


def amount_of(text: str) -> tuple[float | None, str]:
    """The first amount of money in folded text, and its currency; None and '' where there is none."""
    for match in MONEY.finditer(text):
        mark = match["before"] or match["after"]
        if not mark:
            continue
        number = _amount(match["number"])
        if number is not None:
            scale = match["scale"] or ""
            factor = 1000.0 if scale in ("mil", "k", "thousand") else 1e6 if scale.startswith("mil") else 1.0
            return number * factor, CURRENCIES.get(mark, "")
    return None, ""


def _number(word: str) -> float | None:
    if word in NUMBERS:
        return float(NUMBERS[word])
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return None


def _amount(written: str) -> float | None:
    """A number with marks for thousands: three digits after the last mark are thousands, fewer are cents."""
    parts = re.split(r"[ .,]", written)
    cents = parts.pop() if len(parts) > 1 and len(parts[-1]) != 3 else ""
    try:
        return float("".join(parts) + (f".{cents}" if cents else ""))
    except ValueError:
        return None


def _COMMON(where: Surrounding) -> dict[str, Value]:
    systems: Value = list(where.systems)
    return {
        "frequency": where.said(FREQUENCY.search(where.sentence)),
        "systems": systems,
        "systems_involved": systems,
        "affected_systems": systems,
    }


def _titles(where: Surrounding) -> list[str]:
    found = [where.said(match) for match in ROLE.finditer(where.sentence)]
    return list(dict.fromkeys(title for title in found if title))


def _pain(where: Surrounding) -> dict[str, Value]:
    severity = next((name for pattern, name in SEVERE if pattern.search(where.own)), None)
    return {
        "severity": severity,
        "root_cause": where.said(CAUSE.search(where.sentence), "rest"),
        "affected_roles": _titles(where),
    }


def _process(where: Surrounding) -> dict[str, Value]:
    return {"owner": where.role if FIRST_PERSON.search(where.sentence) else ""}


def _kpi(where: Surrounding) -> dict[str, Value]:
    unit = next((name for pattern, name in UNIT if pattern.search(where.own)), "")
    return {
        "definition": where.label,
        "target": where.said(GOAL.search(where.own), "value", own=True),
        "baseline": where.said(NOW.search(where.own), "value", own=True),
        "unit": unit,
        "cadence": where.said(FREQUENCY.search(where.own), own=True),
    }


def _automation(where: Surrounding) -> dict[str, Value]:
    return {"action": where.label}


def _inefficiency(where: Surrounding) -> dict[str, Value]:
    category = next((es if not where.english else en for p, es, en in KEYWORDS if p.search(where.own)), "")
    return {"category": category, "time_wasted_minutes": minutes(DURATION.search(where.sentence))}


def _decision(where: Surrounding) -> dict[str, Value]:
    match = APPROVER.search(where.sentence)
    who = where.said(match, "before") or where.said(match, "after")
    if who.lower() in ("yo", "i", "we"):
        who = where.role
    return {
        "decision": where.label,
        "decision_maker": who,
        "approval_threshold": where.said(THRESHOLD.search(where.sentence)),
    }


def _flow(where: Surrounding) -> dict[str, Value]:
    match = FLOW.search(where.own)
    source = where.said(match, "source", own=True)
    target = where.said(match, "target", own=True) or where.said(TARGET.search(where.own), "target", own=True)
    if not target and where.systems:
        target = where.systems[-1]
    if not source and len(where.systems) > 1:
        source = where.systems[0]
    method = (
        "automatic"
        if AUTOMATIC.search(where.sentence)
        else "manual"
        if BY_HAND.search(where.sentence)
        else None
    )
    return {
        "source": source,
        "target": target,
        "data": where.said(ITEM.search(where.own), own=True),
        "method": method,
    }


def _temporal(where: Surrounding) -> dict[str, Value]:
    return {
        "activity": where.label,
        "time_of_day": where.said(TIME.search(where.sentence)),
        "duration_minutes": minutes(DURATION.search(where.own)),
    }


def _failure(where: Surrounding) -> dict[str, Value]:
    return {
        "impact": where.said(CONSEQUENCE.search(where.sentence)),
        "root_cause": where.said(CAUSE.search(where.sentence), "rest"),
        "workaround": where.said(INSTEAD.search(where.sentence)),
        "recovery_minutes": minutes(DURATION.search(where.own)),
    }


def _team(where: Surrounding) -> dict[str, Value]:
    size = TEAM_SIZE.search(where.own)
    number = _number(size["number"] or size["we"]) if size else None
    partners = where.said(COORDINATES.search(where.own), "whom", own=True)
    return {
        "role": where.role,
        "team_size": int(number) if number and number >= 1 else None,
        "reports_to": where.said(REPORTS_TO.search(where.sentence), "whom"),
        "coordinates_with": [p for p in re.split(r",\s*| y | e | and ", partners) if p],
    }


def _gap(where: Surrounding) -> dict[str, Value]:
    return {
        "area": where.label,
        "affected_roles": _titles(where),
        "training_needed": where.said(TRAINING.search(where.own), own=True),
    }


def _success(where: Surrounding) -> dict[str, Value]:
    return {"benefit": where.label, "role": where.role if FIRST_PERSON.search(where.sentence) else ""}


def _budget(where: Surrounding) -> dict[str, Value]:
    amount, currency = amount_of(where.sentence)
    match = APPROVER.search(where.sentence)
    return {
        "amount": amount,
        "currency": currency,
        "approver": where.said(match, "before") or where.said(match, "after"),
    }


def _party(where: Surrounding) -> dict[str, Value]:
    return {"party": where.label, "service": where.said(PURPOSE.search(where.sentence), "rest")}


def _role(where: Surrounding) -> dict[str, Value]:
    return {"title": where.label}


def _channel(where: Surrounding) -> dict[str, Value]:
    return {"participants": _titles(where), "purpose": where.said(PURPOSE.search(_after(where)), "rest")}


def _system(where: Surrounding) -> dict[str, Value]:
    purpose = PURPOSE.match(_after(where).lstrip(" ("))
    return {"used_for": purpose["rest"].strip() if purpose else ""}


def _after(where: Surrounding) -> str:
    return where.text.folded[where.end : where.sentence_end]


_READERS: dict[str, Callable[[Surrounding], dict[str, Value]]] = {
    "pain_points": _pain,
    "processes": _process,
    "systems": _system,
    "kpis": _kpi,
    "automation_candidates": _automation,
    "inefficiencies": _inefficiency,
    "communication_channels": _channel,
    "decision_points": _decision,
    "data_flows": _flow,
    "temporal_patterns": _temporal,
    "failure_modes": _failure,
    "team_structures": _team,
    "knowledge_gaps": _gap,
    "success_patterns": _success,
    "budget_constraints": _budget,
    "external_dependencies": _party,
    "roles": _role,
}
