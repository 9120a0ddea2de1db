"""Names that are known beforehand: from the map that a person writes, and of the people who were interviewed."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from intelligence_capture.csv_files import read_records
from intelligence_capture.errors import SettingsError
from intelligence_capture.pseudonyms.pseudonyms import Found, Kind
from intelligence_capture.pseudonyms.text import Searched
from intelligence_capture.records import Meta, Record
from intelligence_capture.texts import fold

Phrase = tuple[str, ...]

SHORTEST_PART = 3
"""A part of a name with fewer letters is not replaced alone."""
SHORTEST_JOINED = 6
"""Words of a name are found written as one ("anaruiz") where they have so many letters together."""

_TOKEN = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[\s.,'\"()_-]{1,3}")
_PARTICLES = frozenset("de del la las los el y e da das do dos di du van von der den al san santa".split())
_TITLE = re.compile(
    r"\b(?:senor(?:a|ita)?|sra?|srta|don|dona|ing[ea]?|ingenier[oa]|doctora?|dra?|lic|licenciad[oa]|arq|arquitect[oa]"
    r"|chef|profe|mr|mrs|ms)\.? \Z",
    re.IGNORECASE,
)
_NOBODY = frozenset("anonimo anonima anonymous entrevistado entrevistada respondent interviewee".split())


class NamedThing(Record):
    """A row of the map: a name, other names of the same person or thing (with | between them), what it is."""

    name: str
    aliases: str = ""
    kind: Literal["person", "company", "place", "other"] = "person"

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return tuple(one.strip() for one in (self.name, *self.aliases.split("|")) if one.strip())


class _Known(NamedTuple):
    """Whose name a phrase is, and whether it has to be written with a capital letter."""

    kind: Kind
    identity: str
    capital: bool


class KnownNames:
    """A Finder of these names, wherever they stand as words of their own; accents make no difference.

    Names of two words and more are found in any case, run together too; single words where they are
    capitalised or follow a title ("el señor ruiz"), and in any case where the map has them in lower case.
    Of people the parts of their names are known, too: a part that several people share stands for none of them.
    """

    def __init__(self, things: Iterable[NamedThing], respondents: Iterable[str]) -> None:
        self._phrases: dict[Phrase, _Known] = {}
        parts: dict[Phrase, set[str]] = defaultdict(set)
        for thing in things:
            identity = fold(thing.name)
            for name in thing.names:
                self._phrases[_phrase(name)] = _Known(thing.kind, identity, _capitalised(name))
            if thing.kind == "person":
                for name in thing.names:
                    _add_parts(parts, name, identity)
        for name in sorted(set(respondents)):
            known = self._phrases.setdefault(_phrase(name), _Known("person", fold(name), capital=True))
            _add_parts(parts, name, known.identity)
        for phrase, owners in parts.items():
            identity = min(owners) if len(owners) == 1 else " ".join(phrase)
            self._phrases.setdefault(phrase, _Known("person", identity, capital=True))
        self._phrases.pop((), None)
        for phrase, known in list(self._phrases.items()):
            if len(phrase) > 1 and len(joined := "".join(phrase)) >= SHORTEST_JOINED:
                self._phrases.setdefault((joined,), known._replace(capital=False))
        self._longest: dict[str, int] = {}
        for phrase in self._phrases:
            self._longest[phrase[0]] = max(len(phrase), self._longest.get(phrase[0], 0))

    @property
    def facts(self) -> object:
        """Every phrase with what is known of it."""
        return sorted([" ".join(phrase), *known] for phrase, known in self._phrases.items())

    def find(self, text: str) -> Iterator[Found]:
        """The names in a text, the longest that begins at each word."""
        if self._longest.keys().isdisjoint(_TOKEN.findall(text.casefold())):
            return  # most texts name nobody
        tokens = list(_TOKEN.finditer(text))
        folded = [token[0].casefold() for token in tokens]
        number = 0
        while number < len(tokens):
            step = 1
            for length in range(self._longest.get(folded[number], 0), 0, -1):
                known = self._phrases.get(tuple(folded[number : number + length]))
                run = tokens[number : number + length]
                if known and len(run) == length and _is_name(text, run, known):
                    yield Found(run[0].start(), run[-1].end(), known.kind, known.identity)
                    step = length
                    break
            number += step


def _is_name(text: str, run: list[re.Match[str]], known: _Known) -> bool:
    if len(run) == 1:
        place = run[0].start()
        titled = _TITLE.search(text, max(place - 16, 0), place)
        return not known.capital or text[place].isupper() or titled is not None
    return all(_BETWEEN.fullmatch(text[one.end() : other.start()]) for one, other in pairwise(run))


def respondent_name(meta: Meta) -> str:
    """The name of who was interviewed; '' where what stands there is a code, a role or nobody's name."""
    name = meta.respondent.strip()
    words = set(fold(name).split())
    is_role = bool(name) and fold(name) in (fold(meta.role), fold(meta.department))
    return "" if any(char.isdigit() for char in name) or words & _NOBODY or is_role else name


def read_map(path: Path) -> list[NamedThing]:
    """The rows of the map; SettingsError where two of them claim one name."""
    rows: list[NamedThing] = []
    owner: dict[Phrase, int] = {}
    for line, row in read_records(path, NamedThing, required=["name"]):
        for name in row.names:
            if not (phrase := _phrase(name)):
                raise SettingsError(f"{path}, line {line}: a name has no letters")
            if owner.setdefault(phrase, line) != line:
                raise SettingsError(f"{path}: lines {owner[phrase]} and {line} have the same name; join them")
        rows.append(row)
    return rows


def _phrase(name: str) -> Phrase:
    return tuple(token.casefold() for token in _TOKEN.findall(Searched(name).text))


def _capitalised(name: str) -> bool:
    return any(char.isupper() for char in name)


def _add_parts(parts: dict[Phrase, set[str]], name: str, owner: str) -> None:
    """Every run of words of a name that does not begin or end with a particle."""
    plain = re.split(r"[\s-]+", unicodedata.normalize("NFC", name))
    # "Anónimo turno noche": what is in lower case where other words are not is no name.
    lower = not _capitalised(name)
    words = [(word, _phrase(word)) for word in plain if _phrase(word)]
    usable = [phrase[-1] not in _PARTICLES and (lower or _capitalised(word)) for word, phrase in words]
    for first in range(len(words)):
        for last in range(first, len(words)):
            phrase = tuple(token for _, each in words[first : last + 1] for token in each)
            alone = len(phrase) == 1 and len(phrase[0]) < SHORTEST_PART
            if usable[first] and usable[last] and not alone:
                parts[phrase].add(owner)
