"""Extraction: one interview in, one record out, whatever the extractor.

An extractor returns candidates; here they become entities: merged where they are the same thing, with
every field of their type, an id that depends on nothing but content, and the reasons for a review.
"""

import hashlib
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Protocol

from intelligence_capture.catalogue import Catalogue, EntityType, FieldSpec
from intelligence_capture.errors import InterviewError, RunStopped
from intelligence_capture.interviews import Source
from intelligence_capture.records import (
    Candidate,
    Entity,
    Evidence,
    Extracted,
    Extraction,
    Interview,
    Value,
)
from intelligence_capture.texts import fold

REVIEW_BELOW = 0.5
"""Confidence below which a person should look."""
UNSURE = "low confidence"
UNPROVEN = "no verified evidence"
"""Reasons for a review."""
LABEL_WORDS = 12


class Extractor(Protocol):
    """Anything that finds candidates in an interview.

    It raises InterviewError where this interview cannot be done, RunStopped where none can any more.
    """

    name: str

    def __call__(self, interview: Interview) -> Extracted: ...  # noqa: D102 - the class says it


def extract_interview(
    source: Source,
    extractor: Extractor,
    catalogue: Catalogue,
    *,
    fingerprint: str = "",
    seconds: Callable[[], float] = lambda: 0.0,
) -> Extraction:
    """The extraction of one interview: ok, failed with its reason, or pending where the run was stopped."""
    interview = source.interview or Interview(id=source.id, source=source.path.name, sha256=source.sha256)
    base = {
        "id": source.id,
        "sha256": source.sha256,
        "extractor": extractor.name,
        "fingerprint": fingerprint,
        "interview": interview,
    }
    begun = seconds()
    if source.interview is None:
        return Extraction.model_validate(base | {"status": "failed", "error": source.problem})
    try:
        found = extractor(interview)
    except RunStopped as stop:
        return Extraction.model_validate(base | {"status": "pending", "error": str(stop)})
    except InterviewError as error:
        return Extraction.model_validate(
            base
            | {
                "status": "failed",
                "error": f"{source.place}: {error}",
                "duration_seconds": round(seconds() - begun, 3),
            }
        )
    name = found.model or extractor.name
    return Extraction.model_validate(
        base
        | {
            "status": "ok",
            "model": found.model,
            "entities": assemble(interview.id, found.candidates, catalogue, extractor=name),
            "usage": found.usage,
            "cost_usd": found.cost_usd,
            "duration_seconds": round(seconds() - begun, 3),
            "warnings": (*interview.warnings, *found.warnings),
        }
    )


def assemble(
    interview_id: str, candidates: tuple[Candidate, ...], catalogue: Catalogue, *, extractor: str
) -> dict[str, tuple[Entity, ...]]:
    """The entities of an interview by type, sorted by place; one thing is one entity."""
    known = [candidate for candidate in candidates if candidate.type in catalogue]
    ordered = sorted(
        known, key=lambda c: (catalogue.tables.index(c.type), position(c.evidence), c.label, -c.confidence)
    )
    entities = {}
    for table, group in groupby(ordered, key=lambda c: c.type):
        merged = _merge_same(list(group))
        made = [entity_of(interview_id, candidate, catalogue[table], extractor) for candidate in merged]
        entities[table] = _with_unique_ids(made)
    return entities


def position(evidence: Iterable[Evidence]) -> tuple[int, int]:
    """Where the first verified quote stands; what has none comes last."""
    places = [
        (e.question_index, e.start)
        for e in evidence
        if e.verified and e.question_index is not None and e.start is not None
    ]
    return min(places, default=(10**6, 10**9))


def _merge_same(candidates: list[Candidate]) -> list[Candidate]:
    """One candidate for all with the same folded label."""
    merged: dict[str, Candidate] = {}
    for candidate in candidates:
        key = fold(candidate.label) or f"\0{len(merged)}"
        merged[key] = _merged(merged[key], candidate) if key in merged else candidate
    return list(merged.values())


def _merged(first: Candidate, second: Candidate) -> Candidate:
    fields = dict(first.fields)
    for name, value in second.fields.items():
        held = fields.get(name)
        if isinstance(held, list) and isinstance(value, list):
            fields[name] = held + [item for item in value if item not in held]
        elif held in (None, "", []):
            fields[name] = value
    return first.model_copy(
        update={
            "description": first.description or second.description,
            "confidence": max(first.confidence, second.confidence),
            "evidence": distinct((*first.evidence, *second.evidence)),
            "fields": fields,
            "review_reasons": tuple(dict.fromkeys((*first.review_reasons, *second.review_reasons))),
        }
    )


def distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each quote once, in the order of the answers."""
    last = 10**9
    return tuple(
        sorted(
            dict.fromkeys(evidence),
            key=lambda e: (
                last if e.question_index is None else e.question_index,
                last if e.start is None else e.start,
                last if e.end is None else e.end,
                e.quote,
            ),
        )
    )


def entity_of(interview_id: str, candidate: Candidate, entity_type: EntityType, extractor: str) -> Entity:
    """The entity of a candidate: with its id, every field of its type, and the reasons for a review."""
    evidence = distinct(candidate.evidence)
    fields, objections = checked_fields(candidate.fields, entity_type)
    reasons = [*candidate.review_reasons, *objections]
    if not any(item.verified for item in evidence):
        reasons.append(UNPROVEN)
    if candidate.confidence < REVIEW_BELOW:
        reasons.append(UNSURE)
    label = _label(candidate)
    first = evidence[0] if evidence else None
    identity = "\x1f".join(
        [
            interview_id,
            entity_type.table,
            fold(label) or label,
            *([str(first.question_index), first.quote] if first else []),
        ]
    )
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
    return Entity(
        id=f"{entity_type.name.replace('_', '-')}-{digest[:16]}",
        type=entity_type.table,
        label=label,
        description=_without_surrogates(candidate.description),
        confidence=round(min(max(candidate.confidence, 0.0), 1.0), 4),
        needs_review=bool(reasons),
        review_reasons=tuple(dict.fromkeys(reasons)),
        extractor=extractor,
        evidence=evidence,
        fields=fields,
    )


def _label(candidate: Candidate) -> str:
    text = candidate.label.strip() or next((e.quote for e in candidate.evidence), "").strip() or "?"
    words = _without_surrogates(text).split()
    return " ".join(words[:LABEL_WORDS]) + ("…" if len(words) > LABEL_WORDS else "")


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _with_unique_ids(entities: list[Entity]) -> tuple[Entity, ...]:
    seen: dict[str, int] = {}
    unique = []
    for entity in entities:
        count = seen[entity.id] = seen.get(entity.id, 0) + 1
        unique.append(entity if count == 1 else entity.model_copy(update={"id": f"{entity.id}-{count}"}))
    return tuple(unique)


def checked_fields(given: dict[str, Value], entity_type: EntityType) -> tuple[dict[str, Value], list[str]]:
    """Every field of the type with a value that it may hold, and what had to be refused."""
    fields: dict[str, Value] = {}
    objections = []
    for name, spec in entity_type.fields.items():
        value = given.get(name)
        checked = _checked(value, spec)
        if checked is None and value not in (None, ""):
            objections.append(f"{name} cannot be {str(value)[:60]!r}")
        fields[name] = spec.empty() if checked is None else checked
    for name, spec in entity_type.fields.items():
        if spec.derived == "effort_impact_quadrant":
            fields[name] = quadrant(fields.get("effort"), fields.get("impact"))
    return fields, objections


def _checked(value: Value, spec: FieldSpec) -> Value:
    """The value in the field's kind, None where it cannot be."""
    if value is None or spec.derived:
        return None
    if spec.kind == "list":
        items = value if isinstance(value, list) else [value]
        return [_without_surrogates(str(item)).strip() for item in items if str(item).strip()]
    if spec.kind == "text":
        text = ", ".join(value) if isinstance(value, list) else str(value)
        return _without_surrogates(text).strip()
    if spec.kind == "enum":
        return value if value in spec.values else None
    return _number(value, spec)


def _number(value: Value, spec: FieldSpec) -> float | int | None:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    low = float("-1e15") if spec.minimum is None else spec.minimum
    high = 1e15 if spec.maximum is None else spec.maximum
    if not low <= number <= high:
        return None
    if spec.kind == "integer":
        return int(number) if number == int(number) else None
    return number


def quadrant(effort: Value, impact: Value) -> str | None:
    """The quadrant of the effort and impact matrix (marks 1 to 5; 3 counts as low effort, high impact)."""
    if not isinstance(effort, int | float) or not isinstance(impact, int | float):
        return None
    if impact >= 3:
        return "quick_win" if effort <= 3 else "major_project"
    return "fill_in" if effort <= 3 else "thankless_task"
