"""Two readers of one interview: where both find a thing, confidence rises; where they don't, a person looks.

What is the same thing is told by type, label and the place of the quotes, as everywhere else: decision 040.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from intelligence_capture.catalogue import Catalogue, EntityType
from intelligence_capture.extraction import (
    REVIEW_BELOW,
    UNPROVEN,
    UNSURE,
    Extractor,
    distinct,
    extract_interview,
    position,
)
from intelligence_capture.interviews import Source
from intelligence_capture.pairing import assign
from intelligence_capture.records import Entity, Evidence, Extraction, Usage
from intelligence_capture.spans import Span, closest_overlap, spans_of
from intelligence_capture.texts import fold

MOST_CONFIDENT = 0.95
"""Two readers are not independent, so that agreement is no proof."""
ALONE = "only one of two readers found it"
SAME_LABEL = 10**9
"""More than any quotes can share: within an interview, one label of one type is one thing."""
STRETCH = 200
"""Characters of the stretches of answers in which quotes are looked for that overlap: about as long as a quote."""
COMPARED = ("enum", "integer", "number")
"""Kinds of fields whose values can differ; free texts are never the same twice."""


def extract_twice(
    source: Source,
    first: Extractor,
    second: Extractor,
    catalogue: Catalogue,
    *,
    fingerprint: str = "",
    seconds: Callable[[], float] = lambda: 0.0,
) -> Extraction:
    """The extraction of one interview by two readers; it is ok only where both have read it."""
    one = extract_interview(source, first, catalogue, fingerprint=fingerprint, seconds=seconds)
    both = {"extractor": f"{first.name} + {second.name}"}
    if one.status != "ok":
        return one.model_copy(update=both)
    two = extract_interview(source, second, catalogue, fingerprint=fingerprint, seconds=seconds)
    duration = {"duration_seconds": round(one.duration_seconds + two.duration_seconds, 3)}
    if two.status == "pending":
        return two.model_copy(update=both | duration)
    if two.status == "failed":
        return two.model_copy(update=both | duration | {"error": f"second reader: {two.error}"})
    costs = (one.cost_usd, two.cost_usd)
    names = (one.model or one.extractor, f"{two.model or two.extractor} (second)")
    told = (f"second reader: {warning}" for warning in two.warnings if warning not in one.warnings)
    return one.model_copy(
        update=both
        | duration
        | {
            "model": " + ".join(names),
            "entities": joined(_all(one, names[0]), _all(two, names[1]), catalogue),
            "usage": _summed(one.usage, two.usage),
            "cost_usd": None if None in costs else round(sum(cost for cost in costs if cost), 8),
            "warnings": (*one.warnings, *told),
        }
    )


def joined(
    first: Sequence[Entity], second: Sequence[Entity], catalogue: Catalogue
) -> dict[str, tuple[Entity, ...]]:
    """The entities of both readers by type, sorted by place; their order decides nothing.

    What both found is one entity with the first reader's words, fields and id, and the places of both.
    """
    same, ones, twos = _paired(_found(first), _found(second), _same_thing)
    other, ones, twos = _paired(ones, twos, _overlap)
    entities = [
        *(_agreed(one.entity, two.entity, catalogue[one.entity.type]) for one, two in same),
        *(_disputed(one.entity, "second", two.entity) for one, two in other),
        *(_with_reason(one.entity, ALONE) for one in ones),
    ]
    taken = {entity.id for entity in entities}
    entities += [
        _renamed(entity, taken)
        for entity in [
            *(_disputed(two.entity, "first", one.entity) for one, two in other),
            *(_with_reason(two.entity, ALONE) for two in twos),
        ]
    ]
    entities.sort(key=lambda entity: (position(entity.evidence), entity.label, entity.id))
    tables = {entity.type for entity in entities}
    return {
        table: tuple(entity for entity in entities if entity.type == table)
        for table in catalogue.tables
        if table in tables
    }


@dataclass(frozen=True)
class _Found:
    """An entity with what it is compared by."""

    entity: Entity
    label: str
    spans: tuple[Span, ...]


_Weight = Callable[[_Found, _Found], int]


def _found(entities: Sequence[Entity]) -> list[_Found]:
    return [
        _Found(entity, fold(entity.label), spans_of(entity.evidence))
        for entity in sorted(entities, key=lambda entity: entity.id)
    ]


def _same_thing(one: _Found, two: _Found) -> int:
    if one.entity.type != two.entity.type:
        return 0
    return _overlap(one, two) + (SAME_LABEL if one.label and one.label == two.label else 0)


def _overlap(one: _Found, two: _Found) -> int:
    return closest_overlap(one.spans, two.spans)


def _keys(found: _Found) -> Iterator[tuple[object, ...]]:
    """What two must have in common to be compared: the label of a type, or a stretch of an answer."""
    yield found.entity.type, found.label
    for span in found.spans:
        for stretch in range(span.start // STRETCH, span.end // STRETCH + 1):
            yield span.question_index, stretch, STRETCH


def _paired(
    first: list[_Found], second: list[_Found], weight: _Weight
) -> tuple[list[tuple[_Found, _Found]], list[_Found], list[_Found]]:
    """The pairs that belong together by `weight`, and what is left of both."""
    pairs = assign(first, second, weight, keys=_keys)
    ones, twos = {one for one, _ in pairs}, {two for _, two in pairs}
    return (
        [(first[one], second[two]) for one, two in pairs],
        [found for number, found in enumerate(first) if number not in ones],
        [found for number, found in enumerate(second) if number not in twos],
    )


def _agreed(one: Entity, two: Entity, entity_type: EntityType) -> Entity:
    """The first reader's entity, surer than before, with the places that only the second saw."""
    evidence = _with_new_places(one.evidence, two.evidence)
    proven = any(item.verified for item in evidence)
    confidence = surer(one.confidence, two.confidence) if proven else one.confidence
    settled = {UNPROVEN} if proven else set()
    settled |= {UNSURE} if confidence >= REVIEW_BELOW else set()
    reasons = [reason for reason in one.review_reasons if reason not in settled]
    reasons += _differences(one, two, entity_type)
    return one.model_copy(
        update={
            "evidence": evidence,
            "confidence": confidence,
            "extractor": f"{one.extractor} + {two.extractor}",
            "review_reasons": tuple(reasons),
            "needs_review": bool(reasons),
        }
    )


def surer(one: float, two: float) -> float:
    """How sure two readers are together: as if they erred independently, up to a limit, and never less."""
    return round(max(one, two, min(1 - (1 - one) * (1 - two), MOST_CONFIDENT)), 4)


def _with_new_places(one: tuple[Evidence, ...], two: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    known = spans_of(one)
    new = [item for item in two if item.verified and not closest_overlap(spans_of([item]), known)]
    return distinct((*one, *new))


def _differences(one: Entity, two: Entity, entity_type: EntityType) -> list[str]:
    """The fields of which the readers say different things; where only one says something, it is none."""
    return [
        f"the two readers differ: {name} is {one.fields[name]} or {two.fields[name]}"
        for name, spec in entity_type.fields.items()
        if spec.kind in COMPARED
        and not spec.derived
        and None not in (one.fields[name], two.fields[name])
        and one.fields[name] != two.fields[name]
    ]


def _disputed(entity: Entity, whose: str, other: Entity) -> Entity:
    return _with_reason(entity, f"the {whose} reader sees another type: {other.type}, {other.label}")


def _with_reason(entity: Entity, reason: str) -> Entity:
    return entity.model_copy(
        update={"needs_review": True, "review_reasons": (*entity.review_reasons, reason)}
    )


def _renamed(entity: Entity, taken: set[str]) -> Entity:
    """The entity under an id that is not taken; ids are the first reader's before the second's."""
    name, count = entity.id, 1
    while name in taken:
        count += 1
        name = f"{entity.id}-{count}"
    taken.add(name)
    return entity.model_copy(update={"id": name})


def _all(extraction: Extraction, reader: str) -> list[Entity]:
    return [
        entity.model_copy(update={"extractor": reader})
        for entities in extraction.entities.values()
        for entity in entities
    ]


def _summed(one: Usage, two: Usage) -> Usage:
    def total(name: str) -> int | None:
        counts = (getattr(one, name), getattr(two, name))
        return None if None in counts else sum(counts)

    return Usage.model_validate({name: total(name) for name in Usage.model_fields})
