"""Names in the form in which they are compared, and composite names taken apart."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from intelligence_capture.graph.naming import NameRules
from intelligence_capture.texts import fold

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_ABBREVIATIONS = (
    "dr sr jr st av co gte min ing dra bco cia hno inc ltd ave sta dpt jef adm hnos bros dpto univ intl dept asoc corp "
    "ltda asist coord superv"
).split()
_SENTENCE_END = re.compile(
    r"(?<!\b\w)" + "".join(rf"(?<!\b(?i:{word}))" for word in _ABBREVIATIONS) + r"\.\s"
)
"""A full stop that does not stand behind an abbreviation."""
_DOTTED = re.compile(r"\b\w(?:\.\w\b)+\.?")
_APOSTROPHE = re.compile(r"(?<=\w)['’´`](?=\w)")
_CUT = re.compile(r"[,;:(\n–—]")
_SLASH = re.compile(r"\s*/\s*|\s*[;+•|]\s*|\s*,\s*")
_AND = re.compile(r"\s+(?:y|e|and|&|et)\s+")
_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]{2,})[\"“”«»]?")


class Key(NamedTuple):
    """A name as it is compared: without spaces, and what was left out of it."""

    text: str
    words: tuple[str, ...]
    maker: str = ""
    acronym: str = ""
    joined: str = ""
    """The words written as one, with their plurals: "Quick Books" may be "QuickBooks"."""


class KeyReader:
    """Reads the keys of one type's names; `companies` are names that are no part of a role or a channel."""

    def __init__(self, rules: NameRules, *, ends: frozenset[str], companies: Iterable[str] = ()) -> None:
        self._rules = rules
        self._ends = ends
        self._companies = sorted(
            {fold(name) for name in companies if name}, key=lambda name: (-len(name), name)
        )
        self._keys: dict[str, Key] = {}

    def key(self, text: str) -> Key:
        """The key of a name; equal keys are the same name."""
        found = self._keys.get(text)
        if found is None:
            found = self._keys[text] = self._read(text)
        return found

    def bound(self, key: Key) -> bool:
        """Whether every company has its own thing of this name, though the type is shared."""
        first = key.words[0] if key.words else ""
        return (
            not first
            or first in self._rules.common
            or (len(key.words) > 1 and first in self._rules.artefacts)
        )

    def says_little(self, key: Key) -> bool:
        """Whether only a maker or a sort of thing is left of the name."""
        rules = self._rules
        return all(word in rules.generic | rules.common or rules.maker(word) for word in key.words)

    def parts(self, text: str, known: frozenset[str]) -> tuple[str, ...]:
        """The names in a composite; the name itself where it is one.

        A part counts where it is written like a name, or its key is in `known`, the keys of names that
        stand alone somewhere. "Fábricas de ladrillo y cemento" is one thing, "Claude, Copilot y ChatGPT" three.
        """
        if not self._rules.split or self.key(text).text in known:
            return (text,)
        plain = _DOTTED.sub(lambda match: match.group().replace(".", ""), _BRACKETS.sub(" ", text))
        pieces = [piece.strip(" .\"'“”") for piece in _SLASH.split(plain)]
        if len(pieces) > 1 or _AND.search(plain):
            pieces = [part.strip(" .\"'“”") for piece in pieces for part in self._and_parts(piece, known)]
        pieces = [piece for piece in pieces if piece]
        if len(pieces) < 2 or not all(self._is_name(piece, known) for piece in pieces):
            return (text,)
        # "Rodrigo, Elías & Medrano" is a firm and "Quispe, Rosa" a person, unless their parts are known by themselves.
        alone = [self.key(piece).text in known for piece in pieces]
        if ("&" in plain and not all(alone)) or (len(pieces) == 2 and "," in plain and not any(alone)):
            return (text,)
        return tuple(dict.fromkeys(pieces))

    def _and_parts(self, piece: str, known: frozenset[str]) -> list[str]:
        """The two sides of an "and" where both begin like a name: "Calls with Madrid and the Americas" is one."""
        parts = _AND.split(piece)
        return parts if all(p[:1].isupper() or self.key(p).text in known for p in parts) else [piece]

    def _is_name(self, piece: str, known: frozenset[str]) -> bool:
        key = self.key(piece)
        if len(key.text) < 3 or key.text.isdigit():
            return key.text in known and bool(key.text)
        written_like_one = any(word[:1].isupper() for word in piece.split()) and len(key.words) <= 5
        return key.text in known or written_like_one

    def _read(self, text: str) -> Key:
        rules = self._rules
        main = _SENTENCE_END.split(text.strip(), maxsplit=1)[0]
        quoted = _QUOTED.search(main)
        if quoted and rules.split:
            main = quoted[1]
        inside = _BRACKETS.search(main)
        outside = _BRACKETS.sub(" ", main)
        if rules.cut:
            outside = _CUT.split(outside, maxsplit=1)[0] or outside
        words = self._words(outside)
        if inside and not self._core(words)[0]:
            inner = self._core(self._words(inside[1]))
            if inner[0]:
                return self._as_key(*inner)
        core, maker = self._core(words)
        if maker in rules.common and not _is_capital(core, outside):
            core, maker = words, ""
        acronym = self._acronym(inside[1], words) if inside else ""
        return self._as_key(core or words or tuple(fold(text).split()), maker if core else "", acronym)

    def _words(self, text: str) -> tuple[str, ...]:
        text = _DOTTED.sub(lambda match: match.group().replace(".", ""), text)
        folded = self._rules.spelt_out(fold(_APOSTROPHE.sub("", text).replace("_", " ")))
        if self._rules.cut or not self._rules.shared:
            for company in self._companies:
                folded = f" {folded} ".replace(f" {company} ", " ").strip()
        words = folded.split()
        if self._rules.cut:
            words = _until(words, self._ends)
        kept = [word for word in words if word not in self._rules.ignored]
        if self._rules.inflected:
            kept = [self._stem(word) for word in kept]
        return tuple(kept)

    def _stem(self, word: str) -> str:
        """The word without its plural and, in inflected names, without its gender."""
        if word.isdigit() or len(word) < 4:
            return word
        if word.endswith("s") and not word.endswith("ss") and len(word) > 4:
            word = word[:-1]
        if not self._rules.inflected:
            return word
        endings = "aoe" if self._rules.cut else "e"
        return word[:-1] if word[-1] in endings and (self._rules.cut or word[-2] in "lrndzj") else word

    def _core(self, words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        """The words without maker and generic ones, and the maker; nothing where no name remains."""
        rules = self._rules
        generic = rules.generic | {self._stem(word) for word in rules.generic}
        core = tuple(word for word in words if word not in generic and self._stem(word) not in generic)
        maker = ""
        if len(core) > 1 and (maker := rules.maker(core[0])):
            core = core[1:]
        elif len(core) > 1 and (maker := rules.maker(core[-1])):
            core = core[:-1]
        elif len(core) == 1 and core != words and rules.maker(core[0]):
            return core, ""
        if all(word.isdigit() or word in rules.common for word in core):
            return (), ""
        return core, maker

    def _acronym(self, inside: str, words: tuple[str, ...]) -> str:
        """What stands in brackets, where it is the initials of the name before it."""
        letters = "".join(fold(inside).split())
        initials = "".join(word[0] for word in words)
        return letters if len(letters) > 1 and letters == initials else ""

    def _as_key(self, words: tuple[str, ...], maker: str, acronym: str = "") -> Key:
        # The plural of a name of one word may be another product: "Canva" and "Canvas".
        joined = "".join(words)
        words = tuple(map(self._stem, words)) if len(words) > 1 else words
        return Key("".join(words), words, maker, acronym, joined)


def _is_capital(words: tuple[str, ...], text: str) -> bool:
    """Whether the first of these words is written with a capital: "Banco Meridiano", not "proveedor de frío"."""
    return (
        any(word[:1].isupper() and fold(word).startswith(words[0]) for word in text.split())
        if words
        else False
    )


def _until(words: list[str], ends: frozenset[str]) -> list[str]:
    for position, word in enumerate(words):
        if position and word in ends:
            return words[:position]
    return words
