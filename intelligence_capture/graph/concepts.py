"""Words that mean the same in complaints, as ontology/_concepts.yaml lists them."""

import re
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import ValidationError

from intelligence_capture.errors import CatalogueError
from intelligence_capture.records import Record
from intelligence_capture.texts import fold
from intelligence_capture.yaml_files import read_yaml

FILE_NAME = "_concepts.yaml"
ALL = "!"
"""Behind a phrase that says by itself of what kind of thing its trouble is: only people resign."""
MARK = "~"
"""Before the name of a concept, so that it is never taken for a word."""

_TWO = re.compile(r"(\w+) (?:y|e|and) (\w+) ((?:de|del|en|por|con|of|in|with|by)\b.+)")


class Read(NamedTuple):
    """What a text says in concepts, and the words that are left, without case and accents."""

    words: tuple[str, ...]
    troubles: frozenset[str]
    kinds: frozenset[str]
    whole: frozenset[str]
    """Troubles that say all there is to say: whatever else stands in the text is only detail."""
    own: frozenset[str]
    """Troubles of a system or party itself, whatever is done with it."""


class Concepts(Record):
    """The whole file: phrases by trouble, and by the kind of thing that it happens to."""

    troubles: dict[str, tuple[str, ...]] = {}
    kinds: dict[str, tuple[str, ...]] = {}
    of_kind: dict[str, str] = {}
    of_thing: frozenset[str] = frozenset()

    def read(self, text: str) -> Read:
        """The concepts in a text; of two phrases at one place the longer one counts."""
        found: set[str] = set()
        said_all: set[str] = set()

        def note(match: re.Match[str]) -> str:
            _, name, all_ = self._phrases[(match.lastindex or 1) - 1]
            found.add(name)
            if all_:
                said_all.add(name)
            return " "

        rest = self._pattern.sub(note, fold(text)) if self._phrases else fold(text)
        troubles = frozenset(MARK + name for name in found if name in self.troubles)
        kinds = frozenset(MARK + name for name in found if name in self.kinds)
        words = tuple(rest.split())
        whole = frozenset(
            MARK + trouble
            for trouble, kind in self.of_kind.items()
            if trouble in found and (kind in found or trouble in said_all or not words)
        )
        own = frozenset(MARK + name for name in found & self.of_thing)
        return Read(words, troubles, kinds, whole, own)

    def needs_kind(self, read: Read) -> bool:
        """Whether a trouble was named that says it all of one kind of thing, and not of which kind."""
        return any(trouble.removeprefix(MARK) in self.of_kind for trouble in read.troubles - read.whole)

    def parts(self, text: str) -> tuple[str, ...]:
        """The two complaints in "Falta y rotación de personal"; the text itself where it is one."""
        both = _TWO.match(text)
        if not both or not all(self.read(both[side]).troubles for side in (1, 2)):
            return (text,)
        return (f"{both[1]} {both[3]}", f"{both[2].capitalize()} {both[3]}")

    @cached_property
    def _phrases(self) -> list[tuple[str, str, bool]]:
        """Each phrase as a pattern with its concept and whether it says all, the longest first."""
        both = [*self.troubles.items(), *self.kinds.items()]
        found = {
            (_pattern(phrase.removesuffix(ALL)), name, phrase.endswith(ALL))
            for name, phrases in both
            for phrase in phrases
        }
        return sorted(found, key=lambda one: (-len(one[0]), one))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(f'({pattern})' for pattern, _, _ in self._phrases)})\b")


def load_concepts(folder: Path) -> Concepts:
    """The concepts in the catalogue's folder, none where it has no such file; CatalogueError says what is wrong."""
    path = folder / FILE_NAME
    if not path.is_file():
        return Concepts()
    try:
        return Concepts.model_validate(read_yaml(path) or {})
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: not readable as YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise CatalogueError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def _pattern(phrase: str) -> str:
    """A phrase as a regular expression over folded text; a star stands for any ending of a word."""
    words = phrase.split()
    return " ".join(fold(word) + (r"\w*" if word.endswith("*") else "") for word in words)
