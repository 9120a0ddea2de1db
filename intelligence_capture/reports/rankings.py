"""Entities of many interviews as subjects: what is spoken of, by how many, and in which order it matters."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from intelligence_capture.records import Value
from intelligence_capture.reports.records import AutomationFigures, Subject, SystemFigures
from intelligence_capture.reports.rows import Canonical, Item, Rows
from intelligence_capture.texts import fold

SEVERITIES = ("critical", "high", "medium", "low")
"""From the worst on."""
SEVERITY_WEIGHT = {"critical": 4, "high": 3, "medium": 2, "low": 1, None: 2}
"""A severity that nobody stated counts like a medium one."""
QUADRANTS = ("quick_win", "major_project", "fill_in", "thankless_task")
"""In the order in which they should be tackled."""
PROBLEM_TYPES = ("pain_points", "failure_modes", "inefficiencies")
"""Types whose entities say that something hurts; a catalogue may lack any of them."""


def subjects(rows: Rows, table: str) -> list[tuple[Subject, list[Item]]]:
    """What the entities of a type speak of: one subject per canonical entity, else per label."""
    canonical = {item: entity for entity in rows.graph.entities for item in entity.items}
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in rows.items:
        if item.type == table:
            known = canonical.get(item.id)
            groups[("id", known.id) if known else ("label", fold(item.label) or item.label)].append(item)
    found = []
    for (kind, key), items in groups.items():
        entity = canonical[items[0].id] if kind == "id" else None
        label = _title(entity, items) if entity else usual(item.label for item in items)
        found.append((_subject(table, label, key if entity else "", items), items))
    return sorted(
        found, key=lambda pair: (-pair[0].interviews, -pair[0].confidence, pair[0].label, pair[0].items)
    )


def rank_automation(rows: Rows, systems: Iterable[SystemFigures]) -> tuple[AutomationFigures, ...]:
    """Candidates for automation: quick wins first, then by impact and by trouble with their systems."""
    addressed, troubles = _addressed(rows), _troubles(rows, systems)
    ranked = []
    for subject, items in subjects(rows, "automation_candidates"):
        best = min(items, key=_automation_order)
        involved = _union(items, "systems_involved")
        ranked.append(
            AutomationFigures(
                **dict(subject),
                effort=_integer(best.fields.get("effort")),
                impact=_integer(best.fields.get("impact")),
                quadrant=_text(best.fields.get("quadrant")) or None,
                systems=involved,
                problem_interviews=len(set().union(*(troubles.get(fold(name), set()) for name in involved))),
                addresses=tuple(addressed.get(subject.canonical_id, ())),
            )
        )
    return tuple(
        sorted(
            ranked,
            key=lambda one: (
                _quadrant_place(one.quadrant),
                -(one.impact or 0),
                one.effort or 9,
                -one.interviews * (1 + one.problem_interviews),
            ),
        )
    )


def rank_systems(rows: Rows) -> tuple[SystemFigures, ...]:
    """Systems by how many interviews report a problem with them, then by how many use them."""
    return _with_problems(rows, "systems")


def rank_parties(rows: Rows) -> tuple[SystemFigures, ...]:
    """Outside parties by how many interviews report a problem with them, then by how many name them."""
    return _with_problems(rows, "external_dependencies")


def _with_problems(rows: Rows, table: str) -> tuple[SystemFigures, ...]:
    problems, blamed = _problem_texts(rows), _blamed(rows)
    ranked = []
    for subject, items in subjects(rows, table):
        names = {fold(item.label) for item in items} - {""}
        # "The bank" of one company is not that of another: only companies that speak of it report its problems.
        hurting = [
            item
            for name in names
            for item, text in min((problems[word] for word in name.split()), key=len)
            if item.company in subject.companies and f" {name} " in text
        ]
        hurting += [item for item in items if item.fields.get("integration_problems")]
        hurting += blamed.get(subject.canonical_id, [])
        distinct = {item.id: item for item in hurting}
        marks = [mark for item in items if isinstance(mark := item.fields.get("satisfaction"), int | float)]
        ranked.append(
            SystemFigures(
                **dict(subject),
                satisfaction=round(sum(marks) / len(marks), 2) if marks else None,
                problem_interviews=len({item.interview_id for item in distinct.values()}),
                problem_items=tuple(sorted(distinct)),
            )
        )
    return tuple(sorted(ranked, key=lambda one: (-one.problem_interviews, -one.interviews, one.label)))


def usual(texts: Iterable[str]) -> str:
    """The commonest of these texts that says something, '' where none does."""
    counts = Counter(text for text in texts if text)
    return min(counts, key=lambda text: (-counts[text], text)) if counts else ""


def _subject(table: str, label: str, canonical_id: str, items: list[Item]) -> Subject:
    return Subject(
        type=table,
        label=label,
        canonical_id=canonical_id,
        interviews=len({item.interview_id for item in items}),
        companies=tuple(sorted({item.company for item in items})),
        items=tuple(sorted(item.id for item in items)),
        confidence=max(item.confidence for item in items),
    )


def _title(entity: Canonical, items: list[Item]) -> str:
    """The entity's label where these items are all of it or say it, else the commonest label among them.

    The words of one company, or of one person, must not stand over those of another.
    """
    label, ids = fold(entity.label), {item.id for item in items}
    said = (text for item in items for text in (item.label, *(quote.quote for quote in item.evidence)))
    if ids.issuperset(entity.items) or any(f" {label} " in f" {fold(text)} " for text in said):
        return entity.label
    return usual(item.label for item in items)


def _automation_order(item: Item) -> tuple[int, float, float, str]:
    return (
        _quadrant_place(_text(item.fields.get("quadrant"))),
        -(_integer(item.fields.get("impact")) or 0),
        _integer(item.fields.get("effort")) or 9,
        item.id,
    )


def _quadrant_place(quadrant: str | None) -> int:
    return QUADRANTS.index(quadrant) if quadrant in QUADRANTS else len(QUADRANTS)


def _integer(value: Value) -> int | None:
    return int(value) if isinstance(value, int | float) else None


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _union(items: list[Item], field: str) -> tuple[str, ...]:
    values = {
        fold(str(v)): str(v)
        for item in items
        if isinstance(v_list := item.fields.get(field), list)
        for v in v_list
    }
    return tuple(values[key] for key in sorted(values))


def _problem_texts(rows: Rows) -> dict[str, list[tuple[Item, str]]]:
    """Under each of its words every entity that says something hurts, with all of them folded and spaced."""
    found: dict[str, list[tuple[Item, str]]] = defaultdict(list)
    for item in rows.items:
        if item.type in PROBLEM_TYPES:
            affected = item.fields.get("affected_systems")
            words = [item.label, item.description, *(quote.quote for quote in item.evidence)]
            words += affected if isinstance(affected, list) else []
            text = " " + " ".join(fold(text) for text in words) + " "
            for word in set(text.split()):
                found[word].append((item, text))
    return found


def _blamed(rows: Rows) -> dict[str, list[Item]]:
    """Under each canonical system the entities that a stated relation calls its fault."""
    items = {item.id: item for item in rows.items}
    mentions = {entity.id: entity.items for entity in rows.graph.entities}
    found: dict[str, list[Item]] = defaultdict(list)
    for one in rows.graph.relations:
        if one.said and one.relation in ("causes", "breaks"):
            ends = (one.source_id, one.target_id)
            system, trouble = ends if one.relation == "causes" else ends[::-1]
            found[system] += [items[mention] for mention in mentions[trouble] if mention in items]
    return found


def _troubles(rows: Rows, systems: Iterable[SystemFigures]) -> dict[str, set[str]]:
    """Under each name of a system the interviews that report a problem with it."""
    items = {item.id: item for item in rows.items}
    found: dict[str, set[str]] = {}
    for system in systems:
        interviews = {items[problem].interview_id for problem in system.problem_items}
        for name in (system.label, *(items[mention].label for mention in system.items)):
            found[fold(name)] = found.get(fold(name), set()) | interviews
    return found


def _addressed(rows: Rows) -> dict[str, list[str]]:
    """The labels of what each canonical automation candidate would relieve."""
    entities = {entity.id: entity for entity in rows.graph.entities}
    items = {item.id: item for item in rows.items}
    found: dict[str, list[str]] = defaultdict(list)
    for relation in rows.graph.relations:
        if relation.relation == "addresses":
            target = entities[relation.target_id]
            relieved = [items[mention] for mention in target.items if mention in items]
            # Where wish and trouble are one sentence, it relieves nothing that is not said already.
            wish, trouble = (
                set(fold(entities[end].label).split()) for end in (relation.source_id, target.id)
            )
            if relieved and not (wish <= trouble or trouble <= wish):
                found[relation.source_id].append(_title(target, relieved))
    return found
