"""The entity catalogue: what the files of `ontology/` say, one type a file."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import yaml
from pydantic import ConfigDict, Field, ValidationError, field_validator, model_validator

from intelligence_capture.errors import CatalogueError
from intelligence_capture.records import Record, Value
from intelligence_capture.yaml_files import read_yaml

Kind = Literal["text", "enum", "integer", "number", "list"]

IDENTIFIER = r"^[a-z][a-z0-9_]*$"

COMMON_COLUMNS = (
    "id",
    "interview_id",
    "label",
    "description",
    "company",
    "business_unit",
    "department",
    "confidence",
    "needs_review",
    "extractor",
)


class Texts(Record):
    """A text in each language that reports speak."""

    es: str
    en: str


class Cues(Record):
    """Wordings of the offline extractor, per language: regular expressions, case and accents ignored."""

    es: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class FieldSpec(Record):
    """One own field of a type."""

    kind: Kind
    description: str
    title: Texts | None = None
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    derived: Literal["", "effort_impact_quadrant"] = ""

    @model_validator(mode="after")
    def _values_belong_to_enums(self) -> "FieldSpec":
        if (self.kind == "enum") != bool(self.values):
            raise ValueError("a field of kind enum has values, and no other field has")
        return self

    def empty(self) -> Value:
        """What stands in this field where nothing was said."""
        return {"text": "", "list": []}.get(self.kind)  # type: ignore[return-value]


RESERVED = frozenset(
    "interviews answers entities entity_types evidence review_reasons provenance all_entities entity_counts "
    "entity_quotes up_for_review canonical_entities mentions merges relations patterns contradictions "
    "answer_times answers_fts entities_fts evidence_times merge_doubts judgements relation_evidence "
    "pattern_evidence relation_decisions decisions decided_entities "
    "add all alter and as autoincrement between case cast check collate commit constraint create current_date "
    "current_time current_timestamp default deferrable delete distinct drop else escape except exists foreign from "
    "group having if in index insert intersect into is isnull join limit not nothing notnull null on or order "
    "primary raise references returning select set table then to transaction union unique update using values "
    "when where".split()
)
"""Names that other tables and views have, and the words that SQLite does not take for a name."""


class EntityType(Record):
    """One type of the catalogue, as its file describes it.

    `cues` and `examples` serve the offline extractor, `counts`, `does_not_count` and `call_group` the model.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    table: str = Field(pattern=IDENTIFIER)
    name: str = Field(pattern=IDENTIFIER)
    order: int
    title: Texts
    call_group: str = Field(pattern=IDENTIFIER)
    counts: str
    does_not_count: str = ""
    fields: dict[str, FieldSpec]
    cues: Cues = Cues()
    anti_cues: Cues = Cues()
    examples: Cues = Cues()
    counter_examples: Cues = Cues()

    @field_validator("table")
    @classmethod
    def _table_has_a_free_name(cls, table: str) -> str:
        if table in RESERVED:
            raise ValueError(f"{table!r} cannot be the name of a type")
        return table

    @field_validator("cues", "anti_cues")
    @classmethod
    def _cues_are_patterns(cls, cues: Cues) -> Cues:
        for pattern in (*cues.es, *cues.en):
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is not a regular expression: {error}") from error
        return cues

    @field_validator("fields")
    @classmethod
    def _fields_have_free_names(cls, fields: dict[str, FieldSpec]) -> dict[str, FieldSpec]:
        for name in fields:
            if name in COMMON_COLUMNS or not name.isidentifier() or name != name.lower():
                raise ValueError(f"{name!r} cannot be the name of a field")
        return fields


class Catalogue(Record):
    """All types, in their order."""

    types: tuple[EntityType, ...]

    def __getitem__(self, table: str) -> EntityType:
        """The type of this table; KeyError where there is none."""
        for entity_type in self.types:
            if entity_type.table == table:
                return entity_type
        raise KeyError(table)

    def __contains__(self, table: object) -> bool:
        return any(entity_type.table == table for entity_type in self.types)

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the entity tables, in the catalogue's order."""
        return tuple(entity_type.table for entity_type in self.types)

    def groups(self) -> dict[str, tuple[EntityType, ...]]:
        """The types of each call group, in the catalogue's order."""
        groups: dict[str, tuple[EntityType, ...]] = {}
        for entity_type in self.types:
            groups[entity_type.call_group] = (*groups.get(entity_type.call_group, ()), entity_type)
        return groups

    def digest(self) -> str:
        """A hash of everything the catalogue says."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def load_catalogue(folder: Path) -> Catalogue:
    """The catalogue in the YAML files of `folder`; CatalogueError names the file and the place."""
    types = tuple(sorted(_read_types(folder), key=lambda entity_type: (entity_type.order, entity_type.table)))
    if not types:
        raise CatalogueError(f"{folder}: no .yaml file of an entity type here; set `ontology` in the config")
    for attribute in ("table", "name"):
        names = [getattr(entity_type, attribute) for entity_type in types]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise CatalogueError(f"{folder}: {attribute} {', '.join(twice)} is given by two files; keep one")
    return Catalogue(types=types)


def catalogue_files(folder: Path) -> list[Path]:
    """The files that make up the catalogue, sorted."""
    return sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("_"))


def _read_types(folder: Path) -> Iterator[EntityType]:
    for path in catalogue_files(folder):
        try:
            yield EntityType.model_validate(read_yaml(path))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise CatalogueError(f"{path}: not readable as YAML: {error}") from error
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "the file"
            raise CatalogueError(f"{path}: {place}: {first['msg']}") from error
