"""The call plan: which types are asked for in one call, and the strict JSON schema of its answer."""

from typing import Any, Literal

from intelligence_capture.catalogue import Catalogue, EntityType, FieldSpec
from intelligence_capture.records import Record

Schema = dict[str, Any]
Mode = Literal["grouped", "single", "per_type"]

MOST_PROPERTIES = 100
"""What older and Azure servers take in one schema; a larger call group is cut into several calls."""

_TEXT: Schema = {"type": "string"}
_KINDS: dict[str, Any] = {
    "text": ["string", "null"],
    "enum": ["string", "null"],
    "integer": ["integer", "null"],
    "number": ["number", "null"],
}


class Call(Record):
    """One call of an interview: the types it asks for, and the name that its schema goes by."""

    name: str
    types: tuple[EntityType, ...]

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that the answer holds."""
        return tuple(entity_type.table for entity_type in self.types)

    def answer_schema(self) -> Schema:
        """The strict JSON schema of the answer: every property required, what may be unsaid is null."""
        return _closed({entity_type.table: _entities(entity_type) for entity_type in self.types})


def plan_calls(catalogue: Catalogue, mode: Mode = "grouped") -> tuple[Call, ...]:
    """The calls for one interview, in the catalogue's order."""
    if mode == "single":
        return (Call(name="all", types=catalogue.types),)
    if mode == "per_type":
        return tuple(Call(name=entity_type.table, types=(entity_type,)) for entity_type in catalogue.types)
    return tuple(call for name, types in catalogue.groups().items() for call in _within_limits(name, types))


def count_properties(schema: Schema) -> int:
    """How many object properties a schema has in all, as servers count them."""
    own = schema.get("properties", {})
    below = [*own.values(), *([schema["items"]] if "items" in schema else [])]
    return len(own) + sum(count_properties(part) for part in below)


def _within_limits(name: str, types: tuple[EntityType, ...]) -> list[Call]:
    """The group as one call, or as few calls as its number of properties needs."""
    calls: list[tuple[EntityType, ...]] = [()]
    for entity_type in types:
        longer = (*calls[-1], entity_type)
        if calls[-1] and count_properties(Call(name=name, types=longer).answer_schema()) > MOST_PROPERTIES:
            calls.append((entity_type,))
        else:
            calls[-1] = longer
    if len(calls) == 1:
        return [Call(name=name, types=types)]
    return [Call(name=f"{name}_{number}", types=part) for number, part in enumerate(calls, start=1)]


def _entities(entity_type: EntityType) -> Schema:
    """A list of entities: evidence first, so that the model looks before it names."""
    quote = _closed(
        {
            "question_index": {"type": "integer", "description": "the number in square brackets"},
            "quote": {"type": "string", "description": "copied from the answer, word for word"},
        }
    )
    own = {name: _field(spec) for name, spec in entity_type.fields.items() if not spec.derived}
    common = {
        "evidence": {"type": "array", "items": quote},
        "label": _TEXT,
        "description": _TEXT,
        "confidence": {"type": "number"},
    }
    return {"type": "array", "items": _closed({**common, **own})}


def _field(spec: FieldSpec) -> Schema:
    if spec.kind == "list":
        return {"type": "array", "items": _TEXT, "description": spec.description}
    schema: Schema = {"type": _KINDS[spec.kind], "description": _with_range(spec)}
    if spec.kind == "enum":
        schema["enum"] = [*spec.values, None]
    return schema


def _with_range(spec: FieldSpec) -> str:
    """The description with the range, which not every server takes as `minimum` and `maximum`."""
    if spec.minimum is None or spec.maximum is None:
        return spec.description
    return f"{spec.description} ({spec.minimum:g} to {spec.maximum:g})"


def _closed(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
