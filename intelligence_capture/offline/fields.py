"""Own fields of entities, read from the words around them by patterns; what was not said stays empty."""

import re
from collections.abc import Callable

from intelligence_capture.offline.ends import (
    approver,
    data_moved,
    decision_maker,
    next_in_line,
    source_and_target,
    what_is_decided,
)
from intelligence_capture.offline.field_patterns import (
    AUTOMATIC,
    BENEFIT,
    BY_HAND,
    CAUSE,
    CONSEQUENCE,
    COORDINATES,
    CURRENCIES,
    DONE_BY_ME,
    DONE_BY_OTHERS,
    DURATION,
    FREQUENCY,
    GOAL,
    IF_THEN,
    INSTEAD,
    KEYWORDS,
    KNOW_HOW,
    MINUTES,
    MONEY,
    NOW,
    NUMBERS,
    PURPOSE,
    REPORTS_TO,
    ROLE,
    SEVERE,
    TEAM_SIZE,
    THRESHOLD,
    TIME,
    TRAINING,
    UNIT,
    WITH_WHOM,
)
from intelligence_capture.offline.folding import Folded
from intelligence_capture.offline.labels import short_label
from intelligence_capture.offline.surrounding import Surrounding
from intelligence_capture.records import Value


def fields_of(table: str, known: frozenset[str], where: Surrounding) -> dict[str, Value]:
    """The fields of a table's entity that were said; only names in `known` come back."""
    found = dict(_common(where))
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
    """The last amount of money in folded text, and its currency; None and '' where there is none.

    The last one: what was granted is told after what was asked for.
    """
    found: tuple[float | None, str] = (None, "")
    for match in MONEY.finditer(text):
        mark = match["before"] or match["after"]
        number = _amount(match["number"]) if mark else None
        if number is not None:
            scale = match["scale"] or ""
            factor = 1000.0 if scale in ("mil", "k", "thousand") else 1e6 if scale.startswith("mil") else 1.0
            found = number * factor, CURRENCIES.get(mark, "")
    return found


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


def _common(where: Surrounding) -> dict[str, Value]:
    systems: Value = list(where.system_names)
    return {
        "frequency": _frequency(where),
        "systems": systems,
        "systems_involved": systems,
        "affected_systems": systems,
    }


def _frequency(where: Surrounding) -> str:
    """How often, from the entity's own words, or from its sentence where that names just one time."""
    if own := where.said_itself(FREQUENCY.search(where.own)):
        return own
    nearby = list(FREQUENCY.finditer(where.sentence))
    return where.said(nearby[0]) if len(nearby) == 1 else ""


def _titles(where: Surrounding) -> list[str]:
    """The people and areas that the entity's own words name."""
    found = [where.said_itself(match) for match in ROLE.finditer(where.own)]
    return list(dict.fromkeys(title for title in found if title))


def _owner(where: Surrounding) -> str:
    """Who does it: somebody else where the clause begins with them, the speaker where it begins with "I"."""
    other = DONE_BY_OTHERS.match(where.own)
    if other:
        return where.said_itself(other, "who")
    return where.role if DONE_BY_ME.match(where.own) else ""


def _pain(where: Surrounding) -> dict[str, Value]:
    severity = next((name for pattern, name in SEVERE if pattern.search(where.own)), None)
    return {
        "severity": severity,
        "root_cause": where.said(CAUSE.search(where.sentence), "rest"),
        "affected_roles": _titles(where),
    }


def _process(where: Surrounding) -> dict[str, Value]:
    return {"owner": _owner(where)}


def _kpi(where: Surrounding) -> dict[str, Value]:
    unit = next((name for pattern, name in UNIT if pattern.search(where.own)), "")
    return {
        "target": where.said_itself(GOAL.search(where.own), "value"),
        "baseline": where.said_itself(NOW.search(where.own), "value"),
        "unit": unit,
        "cadence": where.said_itself(FREQUENCY.search(where.own)),
    }


def _inefficiency(where: Surrounding) -> dict[str, Value]:
    category = next((es if not where.english else en for p, es, en in KEYWORDS if p.search(where.own)), "")
    return {"category": category, "time_wasted_minutes": minutes(DURATION.search(where.sentence))}


def _decision(where: Surrounding) -> dict[str, Value]:
    maker, above = decision_maker(where), next_in_line(where)
    return {
        "decision": what_is_decided(where),
        "decision_maker": maker,
        "approval_threshold": where.said(THRESHOLD.search(where.sentence)),
        "escalates_to": above if maker and above != maker else "",
    }


def _flow(where: Surrounding) -> dict[str, Value]:
    source, target = source_and_target(where)
    by_hand = "manual" if BY_HAND.search(where.sentence) else None
    method = "automatic" if AUTOMATIC.search(where.sentence) else by_hand
    return {"source": source, "target": target, "data": data_moved(where), "method": method}


def _temporal(where: Surrounding) -> dict[str, Value]:
    return {
        "activity": _activity(where),
        "time_of_day": where.said(TIME.search(where.sentence)),
        "duration_minutes": minutes(DURATION.search(where.own)),
    }


def _activity(where: Surrounding) -> str:
    """What happens then: the entity's words without the time."""
    times = [match.span() for pattern in (FREQUENCY, TIME, DURATION) for match in pattern.finditer(where.own)]
    left, position = [], 0
    for start, end in sorted(times):
        if start > position:
            left.append(where.text.words(where.start + position, where.start + start))
        position = max(position, end)
    if position < len(where.own):
        left.append(where.text.words(where.start + position, where.end))
    parts = [short_label(part) for part in left if len(part) > 3]
    return max(parts, key=len, default="")


def _failure(where: Surrounding) -> dict[str, Value]:
    then = where.said_itself(IF_THEN.match(where.own), "rest")
    return {
        "impact": then or where.said(CONSEQUENCE.search(where.sentence), "rest"),
        "root_cause": where.said(CAUSE.search(where.sentence), "rest"),
        "workaround": where.said(INSTEAD.search(where.sentence)),
        "recovery_minutes": minutes(DURATION.search(where.own)),
    }


def _team(where: Surrounding) -> dict[str, Value]:
    size = TEAM_SIZE.search(where.own)
    number = _number(size["number"] or size["we"]) if size else None
    partners = where.said_itself(COORDINATES.search(where.own), "whom")
    return {
        "role": where.role,
        "team_size": int(number) if number and number >= 1 else None,
        "reports_to": where.said(REPORTS_TO.search(where.sentence), "whom"),
        "coordinates_with": [p for p in re.split(r",\s*| y | e | and ", partners) if p],
    }


def _gap(where: Surrounding) -> dict[str, Value]:
    named = next(iter(where.system_names), "")
    return {
        "area": named or where.said_itself(KNOW_HOW.search(where.own), "area"),
        "affected_roles": _titles(where),
        "training_needed": where.said_itself(TRAINING.search(where.own), "course"),
    }


def _success(where: Surrounding) -> dict[str, Value]:
    return {"benefit": where.said_itself(BENEFIT.search(where.own), "change")}


def _budget(where: Surrounding) -> dict[str, Value]:
    amount, currency = amount_of(where.own)
    if amount is None:
        amount, currency = amount_of(where.sentence)
    return {"amount": amount, "currency": currency, "approver": approver(where)}


def _party(where: Surrounding) -> dict[str, Value]:
    return {"party": where.label, "service": _purpose(where)}


def _role(where: Surrounding) -> dict[str, Value]:
    return {"title": where.label if ROLE.search(Folded(where.label).folded) else ""}


def _channel(where: Surrounding) -> dict[str, Value]:
    with_whom = WITH_WHOM.match(where.after)
    people = ROLE.finditer(with_whom["whom"]) if with_whom else ()
    return {
        "participants": [person.group() for person in people] or _titles(where),
        "purpose": _purpose(where),
    }


def _system(where: Surrounding) -> dict[str, Value]:
    return {"used_for": _purpose(where)}


def _purpose(where: Surrounding) -> str:
    """What a name is for, where that stands right behind it."""
    return where.said_after(PURPOSE.match(where.after), "rest")


_READERS: dict[str, Callable[[Surrounding], dict[str, Value]]] = {
    "pain_points": _pain,
    "processes": _process,
    "systems": _system,
    "kpis": _kpi,
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
