"""Decisions of people applied to one extraction: they hold whatever the machine says next time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from intelligence_capture.catalogue import Catalogue, EntityType
from intelligence_capture.extraction import UNPROVEN, checked_fields, entity_of
from intelligence_capture.grounding import ground
from intelligence_capture.records import Candidate, Entity, Evidence, Extraction, Interview, Record, Value
from intelligence_capture.reviews.decisions import Decision, unknown_field, unknown_type
from intelligence_capture.spans import closest_overlap, spans_of
from intelligence_capture.texts import fold

Result = Literal[
    "applied", "restored", "not_needed", "superseded", "conflict", "not_found", "invalid", "waiting"
]
"""What became of a decision.

applied: it holds; restored: the machine no longer finds the entity, the person's word keeps it; not_needed: what
was rejected is not found any more; superseded: the same person decided otherwise later; conflict: people
disagree, so nothing was done; not_found: neither the entity nor its quote is there; invalid: the value cannot
be; waiting: the interview is not extracted, or not there.
"""
EXTRACTOR = "review"
"""What stands as extractor of an entity that a person added or kept."""


class Outcome(Record):
    """What became of one decision; `position` is its place in the file, counted from 0."""

    position: int
    decision: Decision
    result: Result
    entity_id: str = ""
    why: str = ""


Numbered = tuple[int, Decision]


def corrected(
    extraction: Extraction, decisions: Iterable[Numbered], catalogue: Catalogue
) -> tuple[Extraction, tuple[Outcome, ...]]:
    """The extraction as people want it, and what became of each of their decisions on this interview."""
    numbered = sorted(decisions)
    if extraction.status != "ok":
        return extraction, tuple(waiting(numbered, f"the interview is {extraction.status}"))
    desk = _Desk(extraction, catalogue)
    for group in _by_subject(numbered):
        desk.assign(group)
    desk.apply()
    return desk.result(), tuple(sorted(desk.outcomes, key=lambda outcome: outcome.position))


def waiting(decisions: Iterable[Numbered], why: str) -> list[Outcome]:
    """The outcomes of decisions that wait for their interview."""
    return [Outcome(position=n, decision=d, result="waiting", why=why) for n, d in decisions]


def _by_subject(decisions: Sequence[Numbered]) -> list[list[Numbered]]:
    groups: dict[tuple[str, ...], list[Numbered]] = defaultdict(list)
    for number, decision in decisions:
        groups[decision.subject].append((number, decision))
    return list(groups.values())


class _Desk:
    """One extraction on the desk: its entities, and the decisions that were found to be about each."""

    def __init__(self, extraction: Extraction, catalogue: Catalogue) -> None:
        self.extraction = extraction
        self.interview: Interview = extraction.interview
        self.catalogue = catalogue
        self.entities = {e.id: e for entities in extraction.entities.values() for e in entities}
        self.found = dict(self.entities)
        self.about: dict[str, list[Numbered]] = defaultdict(list)
        self.restored: set[str] = set()
        self.outcomes: list[Outcome] = []

    def assign(self, group: list[Numbered]) -> None:
        """Find the entity that these decisions are about, or bring it back."""
        first = group[0][1]
        entity = self._find(group) or self._brought_back([decision for _, decision in group])
        if entity is not None:
            self.about[entity.id] += group
        elif any(decision.decision == "reject" for _, decision in group):
            self._close(group, "not_needed", why="the machine does not find it any more")
        else:
            lost = "the quote is not in the interview" if first.quote else "no entity has this id"
            self._close(group, "not_found", why=unknown_type(first, self.catalogue) or lost)

    def _find(self, group: list[Numbered]) -> Entity | None:
        """The entity of this id, else the one whose evidence is at the quote's place."""
        first = group[0][1]
        if first.entity_id in self.found:
            return self.found[first.entity_id]
        spans = spans_of([self._evidence(first.quote)]) if first.quote else ()
        types = {first.type, *(d.value for _, d in group if d.field == "type")}
        label = fold(first.label or first.said.label)
        near = [
            (fold(entity.label) == label, closest_overlap(spans, spans_of(entity.evidence)), entity.id)
            for entity in self.found.values()
            if entity.type in types
        ]
        near = [each for each in near if each[1] and (each[0] or first.decision != "add")]
        return self.found[min(near, key=lambda each: (-each[0], -each[1], each[2]))[2]] if near else None

    def _brought_back(self, decisions: list[Decision]) -> Entity | None:
        """The entity as a person knew it, where its words still stand in the interview."""
        first, said = decisions[0], decisions[0].said
        if unknown_type(first, self.catalogue):
            return None
        wanted = first.decision == "add" or _last_word(decisions) in ("accept", "")
        evidence = self._evidence(first.quote)
        if not (wanted and first.quote and evidence.verified and (first.label or said.label)):
            return None
        candidate = Candidate(
            type=first.type,
            label=first.label or said.label,
            description=said.description,
            confidence=1.0 if said.confidence is None else said.confidence,
            evidence=(evidence,),
            fields=said.fields,
        )
        entity = entity_of(self.interview.id, candidate, self.catalogue[first.type], EXTRACTOR)
        if first.entity_id:
            entity = entity.model_copy(update={"id": first.entity_id})
        if entity.id not in self.entities:
            self.entities[entity.id] = entity
            self.restored.add(entity.id)
        return self.entities[entity.id]

    def apply(self) -> None:
        """Apply what was decided on each entity, or note that people disagree."""
        for entity_id, rows in sorted(self.about.items()):
            current = self._current(sorted(rows))
            if disagreement := _disagreement([decision for _, decision in current]):
                self._close(current, "conflict", entity_id, disagreement)
                entity = self.entities[entity_id]
                reasons = tuple(dict.fromkeys((*entity.review_reasons, f"people disagree: {disagreement}")))
                self._put(entity.model_copy(update={"needs_review": True, "review_reasons": reasons}))
            elif any(decision.decision == "reject" for _, decision in current):
                del self.entities[entity_id]
                self._close(current, "applied", entity_id)
            else:
                self._confirm(entity_id, current)

    def _current(self, rows: list[Numbered]) -> list[Numbered]:
        """The last word of each person on each matter; the earlier ones are superseded."""
        kept: dict[tuple[str, str], Numbered] = {}
        for row in rows:
            person, field = fold(row[1].by), row[1].field
            # Whoever rejects takes back what they said before, and the other way round.
            undone = [key for key in kept if key[0] == person and _undoes(row[1], kept[key][1])]
            for key in undone:
                self._close([kept.pop(key)], "superseded")
            kept[person, field] = row
        return sorted(kept.values())

    def _confirm(self, entity_id: str, rows: list[Numbered]) -> None:
        entity = self.entities[entity_id]
        result: Result = "restored" if entity_id in self.restored else "applied"
        for row in sorted(rows, key=lambda row: (row[1].field != "type", row[0])):
            problem = ""
            if row[1].decision == "edit":
                entity, problem = self._edited(entity, row[1])
            added = row[1].decision == "add"
            self._close(
                [row],
                "invalid" if problem else "applied" if added else result,
                entity_id,
                problem,
            )
        proven = any(evidence.verified for evidence in entity.evidence)
        reasons = () if proven else (UNPROVEN,)
        self._put(entity.model_copy(update={"needs_review": not proven, "review_reasons": reasons}))

    def _edited(self, entity: Entity, decision: Decision) -> tuple[Entity, str]:
        """The entity with this edit, or as it was and what is wrong."""
        field, value = decision.field, decision.value
        if problem := unknown_field(decision, self.catalogue):
            return entity, problem
        if field == "quote":
            evidence = self._evidence(value)
            if not evidence.verified:
                return entity, "these words are not in the interview"
            return entity.model_copy(update={"evidence": (evidence,)}), ""
        if field == "type":
            fields, _ = checked_fields(entity.fields, self.catalogue[value])
            return entity.model_copy(update={"type": value, "fields": fields}), ""
        if field == "label" and not value:
            return entity, "a label cannot be empty"
        if field in ("label", "description"):
            return entity.model_copy(update={field: value}), ""
        return self._with_field(entity, field, value)

    def _with_field(self, entity: Entity, field: str, value: str) -> tuple[Entity, str]:
        entity_type = self.catalogue[entity.type]
        if field not in entity_type.fields:
            return entity, f"{entity.type} have no field {field}"
        wanted = _value(value, entity_type, field)
        fields, objections = checked_fields({**entity.fields, field: wanted}, entity_type)
        if objections:
            return entity, "; ".join(objections)
        return entity.model_copy(update={"fields": fields}), ""

    def _evidence(self, quote: str) -> Evidence:
        return ground(quote, self.interview.answers)

    def _put(self, entity: Entity) -> None:
        self.entities[entity.id] = entity

    def _close(self, rows: Iterable[Numbered], result: Result, entity_id: str = "", why: str = "") -> None:
        self.outcomes += [
            Outcome(position=n, decision=d, result=result, entity_id=entity_id, why=why) for n, d in rows
        ]

    def result(self) -> Extraction:
        """The extraction with the entities as they are now."""
        by_type: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.entities.values():
            by_type[entity.type].append(entity)
        return self.extraction.model_copy(
            update={"entities": {table: tuple(entities) for table, entities in by_type.items()}}
        )


def _undoes(later: Decision, earlier: Decision) -> bool:
    rejects = [decision.decision == "reject" for decision in (later, earlier)]
    return any(rejects) or later.field == earlier.field


def _last_word(decisions: Sequence[Decision]) -> str:
    words = [decision.decision for decision in decisions if decision.decision in ("accept", "reject")]
    return words[-1] if words else ""


def _disagreement(decisions: Sequence[Decision]) -> str:
    """Who says what, where people want different things of one entity; '' where they don't."""
    rejecting = [d for d in decisions if d.decision == "reject"]
    keeping = [d for d in decisions if d.decision != "reject"]
    if rejecting and keeping:
        return "; ".join(sorted({f"{d.by or '?'}: {d.decision}" for d in decisions}))
    wanted: dict[str, set[str]] = defaultdict(set)
    for decision in keeping:
        if decision.field:
            wanted[decision.field].add(decision.value)
    for field, values in sorted(wanted.items()):
        if len(values) > 1:
            said = sorted({f"{d.by or '?'}: {field} = {d.value}" for d in keeping if d.field == field})
            return "; ".join(said)
    return ""


def _value(text: str, entity_type: EntityType, field: str) -> Value:
    """A cell's text as a value of this field: items of a list stand between semicolons."""
    if entity_type.fields[field].kind == "list":
        return [item.strip() for item in text.split(";") if item.strip()]
    return text or None
