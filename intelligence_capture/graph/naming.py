"""The file of names: which types are named things, which words of a name say nothing, and aliases."""

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import yaml
from pydantic import ValidationError, field_validator

from intelligence_capture.errors import CatalogueError
from intelligence_capture.records import Record
from intelligence_capture.texts import fold

FILE_NAME = "_names.yaml"


class NameRules(Record):
    """How the names of one type are compared; ontology/_names.yaml explains each key."""

    shared: bool = False
    split: bool = False
    cut: bool = False
    inflected: bool = False
    ignored: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()
    makers: dict[str, tuple[str, ...]] = {}
    common: frozenset[str] = frozenset()
    artefacts: frozenset[str] = frozenset()
    editions: frozenset[str] = frozenset()
    short: dict[str, tuple[str, ...]] = {}

    @field_validator("ignored", "generic", "common", "artefacts", "editions")
    @classmethod
    def _words_are_folded(cls, words: frozenset[str]) -> frozenset[str]:
        return frozenset(map(fold, words))

    @cached_property
    def _shortened(self) -> re.Pattern[str] | None:
        words = sorted(self._long_form, key=lambda word: (-len(word), word))
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b") if words else None

    @cached_property
    def _long_form(self) -> dict[str, str]:
        return {fold(other): fold(word) for word, others in self.short.items() for other in others}

    def spelt_out(self, folded: str) -> str:
        """A name, without case and accents, with each short form in full: "gte general"."""
        found = self._shortened
        return found.sub(lambda match: self._long_form[match.group()], folded) if found else folded

    def maker(self, word: str) -> str:
        """The maker that this word names, '' for none."""
        if word in self.makers:
            return word
        return next((name for name, others in self.makers.items() if word in others), "")


class Names(Record):
    """The whole file: the types that are named things, and the other names of known things."""

    types: dict[str, NameRules] = {}
    ends: frozenset[str] = frozenset()
    aliases: dict[str, dict[str, tuple[str, ...]]] = {}

    def with_aliases(self, more: Mapping[str, Mapping[str, tuple[str, ...]]]) -> "Names":
        """These names and more of them; what the file says of a name or of an alias holds."""
        merged = {kind: dict(names) for kind, names in self.aliases.items()}
        for kind, names in more.items():
            mine = merged.setdefault(kind, {})
            claimed = {fold(word): name for name, others in mine.items() for word in (name, *others)}
            for name, others in sorted(names.items()):
                own = claimed.get(fold(name), name)
                free = tuple(other for other in others if fold(other) not in claimed)
                mine[own] = (*mine.get(own, ()), *free)
        return self.model_copy(update={"aliases": merged})

    def shared_too(self, types: tuple[str, ...]) -> "Names":
        """These names with further types whose things companies share, as the organisation file says."""
        changed = {
            kind: rules.model_copy(update={"shared": True}) if kind in types else rules
            for kind, rules in self.types.items()
        }
        return self.model_copy(update={"types": changed})


def load_names(folder: Path) -> Names:
    """The names in the catalogue's folder, none where it has no such file; CatalogueError says what is wrong."""
    path = folder / FILE_NAME
    if not path.is_file():
        return Names()
    try:
        return Names.model_validate(yaml.safe_load(path.read_text("utf-8")) or {})
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: not readable as YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise CatalogueError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
