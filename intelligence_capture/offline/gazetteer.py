"""Names of systems, channels and outside parties that are known beforehand."""

import re
import zlib
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import yaml
from pydantic import Field, ValidationError, field_validator

from intelligence_capture.errors import SettingsError
from intelligence_capture.offline.folding import Folded, compile_folded
from intelligence_capture.offline.wordlist import is_inflected
from intelligence_capture.records import Record
from intelligence_capture.yaml_files import read_yaml

OWN_FILE = Path(__file__).parent / "data" / "gazetteer.yaml"
LONGEST_NAME = 6
"""Words of the longest name that is looked for."""

_TOKEN = re.compile(r"[a-z0-9]+")
_GAP = re.compile(r"[ ./'&+-]{0,2}")


class SystemEntry(Record):
    """What is known of one system."""

    vendor: str = ""
    category: str = ""
    aliases: tuple[str, ...] = ()
    channel: bool = False
    weak: bool = False


class GazetteerFile(Record):
    """One gazetteer file, as a person writes it."""

    systems: dict[str, SystemEntry] = Field(default_factory=dict)
    channels: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    parties: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    heads: dict[Literal["es", "en"], tuple[str, ...]] = Field(default_factory=dict)
    places: tuple[str, ...] = ()

    @field_validator("systems", mode="before")
    @classmethod
    def _bare_names_are_systems(cls, systems: object) -> object:
        """`Faro:` alone, or a list of names, will do."""
        if isinstance(systems, list):
            return {str(name): {} for name in systems}
        return {str(k): v or {} for k, v in systems.items()} if isinstance(systems, dict) else systems

    @field_validator("channels", "parties", mode="before")
    @classmethod
    def _bare_names_are_entries(cls, entries: object) -> object:
        if isinstance(entries, list):
            return {str(name): [] for name in entries}
        return {str(k): v or [] for k, v in entries.items()} if isinstance(entries, dict) else entries


class Named(NamedTuple):
    """A known name at a place of the folded text."""

    start: int
    end: int
    name: str


class Gazetteer:
    """All known names, ready to be looked up in folded text."""

    def __init__(self, *files: GazetteerFile) -> None:
        self.systems: dict[str, SystemEntry] = {}
        self._channels: list[tuple[str, re.Pattern[str]]] = []
        self._parties: list[tuple[str, re.Pattern[str]]] = []
        self.places: set[str] = set()
        heads: set[str] = set()
        for file in files:
            self.systems |= file.systems
            self._channels += _compiled(file.channels)
            self._parties += _compiled(file.parties)
            self.places |= {Folded(place).folded for place in file.places}
            heads |= {head for words in file.heads.values() for head in words}
        self.heads = tuple(sorted(heads))
        self._by_tokens: dict[tuple[str, ...], str] = {}
        for name, entry in self.systems.items():
            for alias in (name, *entry.aliases):
                self._by_tokens.setdefault(_tokens(alias), name)
        self._single = {
            key[0]: name for key, name in self._by_tokens.items() if len(key) == 1 and len(key[0]) > 5
        }

    def without_half(self, half: int) -> "Gazetteer":
        """This gazetteer without every second system: to learn, and to measure, what unknown names look like."""
        forgotten = {name for name in self.systems if zlib.crc32(name.encode()) % 2 == half}
        less = copy(self)
        less.systems = {name: entry for name, entry in self.systems.items() if name not in forgotten}
        less._by_tokens = {key: name for key, name in self._by_tokens.items() if name not in forgotten}
        less._single = {key: name for key, name in self._single.items() if name not in forgotten}
        return less

    def systems_in(self, folded: str) -> list[Named]:
        """The known systems named in the text, the longest name at each place."""
        tokens = list(_TOKEN.finditer(folded))
        found = []
        index = 0
        while index < len(tokens):
            length = self._longest(folded, tokens, index)
            if length:
                words = tuple(token.group() for token in tokens[index : index + length])
                place = tokens[index].start(), tokens[index + length - 1].end()
                found.append(Named(*place, self._by_tokens[words]))
            index += max(length, 1)
        return found

    def misspelt(self, word: str) -> str | None:
        """The system whose name this rare word is but for one letter; None where there is none.

        "macros" is no Micros but more than one macro, and an atomizer is no Atomize.
        """
        from rapidfuzz.distance import DamerauLevenshtein

        if len(word) < 6 or is_inflected(word):
            return None
        near = [
            name
            for known, name in self._single.items()
            if abs(len(known) - len(word)) <= 1
            and known[0] == word[0]
            and DamerauLevenshtein.distance(known, word, score_cutoff=1) <= 1
            and word not in (f"{known}r", f"{known}d")
        ]
        return min(near) if near else None

    def channels_in(self, folded: str) -> list[Named]:
        """The channels named in the text; where two overlap, the longer one."""
        return _longest_first(self._channels, folded)

    def parties_in(self, folded: str) -> list[Named]:
        """The outside parties named in the text; where two overlap, the longer one."""
        return _longest_first(self._parties, folded)

    def _longest(self, folded: str, tokens: list[re.Match[str]], index: int) -> int:
        """How many tokens from `index` on make up a name, 0 for none."""
        words: list[str] = []
        best = 0
        for position in range(index, min(index + LONGEST_NAME, len(tokens))):
            if position > index and not _GAP.fullmatch(
                folded, tokens[position - 1].end(), tokens[position].start()
            ):
                break
            words.append(tokens[position].group())
            if tuple(words) in self._by_tokens and _stands_alone(
                folded, tokens[index].start(), tokens[position].end()
            ):
                best = position - index + 1
        return best


@lru_cache(maxsize=8)
def load_gazetteer(own: str | None = None) -> Gazetteer:
    """The gazetteer of the product with a user's own file added; SettingsError where that cannot be used."""
    files = [GazetteerFile.model_validate(read_yaml(OWN_FILE))]
    if own:
        try:
            files.append(GazetteerFile.model_validate(read_yaml(Path(own)) or {}))
        except (OSError, UnicodeDecodeError, yaml.YAMLError, re.error) as error:
            raise SettingsError(f"offline.gazetteer: {own} cannot be read: {error}") from error
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "the file"
            raise SettingsError(f"offline.gazetteer: {own}: {place}: {first['msg']}") from error
    return Gazetteer(*files)


def _compiled(entries: dict[str, tuple[str, ...]]) -> list[tuple[str, re.Pattern[str]]]:
    return [
        (name, compile_folded(rf"\b(?:{'|'.join(wordings or (re.escape(name),))})\b"))
        for name, wordings in entries.items()
    ]


def _tokens(name: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(Folded(name).folded))


def _stands_alone(folded: str, start: int, end: int) -> bool:
    before = folded[start - 1 : start]
    after = folded[end : end + 1]
    return not (before.isalnum() or after.isalnum() or before == "_" or after == "_")


def _longest_first(patterns: list[tuple[str, re.Pattern[str]]], folded: str) -> list[Named]:
    found = [Named(m.start(), m.end(), name) for name, pattern in patterns for m in pattern.finditer(folded)]
    found.sort(key=lambda named: (named.start - named.end, named.start, named.name))
    kept: list[Named] = []
    covered = bytearray(len(folded))
    for named in found:
        if not any(covered[named.start : named.end]):
            kept.append(named)
            covered[named.start : named.end] = b"\x01" * (named.end - named.start)
    return sorted(kept)
