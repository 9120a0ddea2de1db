"""Texts with placeholders instead of names and numbers: the same one for the same person, wherever it stands."""

import hashlib
import hmac
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Literal, NamedTuple, Protocol

from intelligence_capture.pseudonyms.text import HiddenText, Searched

Kind = Literal["person", "company", "place", "other", "email", "telephone", "account", "identity"]

_WORDS: dict[Kind, str] = {
    "person": "Persona",
    "company": "Empresa",
    "place": "Lugar",
    "other": "Nombre",
    "email": "correo",
    "telephone": "teléfono",
    "account": "cuenta",
    "identity": "documento",
}
_MAIL_DOMAIN = "@example.invalid"
PLACEHOLDER = re.compile(
    rf"(?<![^\W\d_])(?:{'|'.join(_WORDS.values())}|telefono)[\s‐‑–-]?(\d{{6}})(?:{re.escape(_MAIL_DOMAIN)})?",
    re.IGNORECASE,
)
"""A placeholder as a model may write it: in another case, with a space for the hyphen."""


class Found(NamedTuple):
    """Something to be replaced, at its place in a `Searched` text; `identity` says whose it is."""

    start: int
    end: int
    kind: Kind
    identity: str


class Finder(Protocol):
    """Whoever knows names or numbers. `facts` is all that its findings depend on, as JSON has it."""

    @property
    def facts(self) -> object: ...  # noqa: D102 - the class says it

    def find(self, text: str) -> Iterable[Found]: ...  # noqa: D102


class Span(NamedTuple):
    """A place in what is shown of one of several texts."""

    text: int
    start: int
    end: int


class Hidden:
    """Texts that are shown together, with one table of placeholders."""

    def __init__(self, texts: Sequence[HiddenText]) -> None:
        self.texts = tuple(texts)

    def restored(self, text: str, near: Sequence[Span] = ()) -> str:
        """What a model wrote, with the real names in it.

        What it copied from one of the places `near` is put back by its place; what it reworded gets the
        words that were used there, else those that are used most. A placeholder that was never shown stays.
        """
        if not PLACEHOLDER.search(text):
            return text
        for place in near:
            shown = self.texts[place.text].shown[place.start : place.end]
            if (at := shown.find(text)) >= 0:
                start = place.start + at
                return self.texts[place.text].said(start, start + len(text))
        words = self._words(near)
        return PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), text)

    def strange(self, text: str) -> bool:
        """Whether there is a placeholder in a text that neither was shown nor was really said."""
        said = [one.original for one in self.texts]
        replaced = any(one.replaced for one in self.texts)
        return replaced and any(
            not any(match[1] in original for original in said) for match in PLACEHOLDER.finditer(text)
        )

    def _words(self, near: Sequence[Span]) -> dict[str, str]:
        """The words to put in place of each number."""
        used: dict[str, Counter[str]] = {}
        for text in self.texts:
            for one in text.replaced:
                used.setdefault(one.number, Counter())[text.original[one.start : one.end]] += 1
        words = {
            number: min(counts, key=lambda said: (-counts[said], -len(said), said))
            for number, counts in used.items()
        }
        for place in reversed(near):
            text = self.texts[place.text]
            for one in reversed(text.replaced):
                if place.start < one.shown_end and one.shown_start < place.end:
                    words[one.number] = text.original[one.start : one.end]
        return words


class Pseudonyms:
    """Replaces what its finders find. A placeholder follows from a secret key and from whose name it is.

    So it is the same in every interview and run, whatever their order, and no table of names is written.
    """

    def __init__(self, finders: Sequence[Finder], key: bytes) -> None:
        self._finders = tuple(finders)
        self._key = key

    def __bool__(self) -> bool:
        return bool(self._finders)

    def besides(self, finder: Finder) -> "Pseudonyms":
        """These, and where there are any, what this finder finds, too."""
        return Pseudonyms((*self._finders, finder), self._key) if self else self

    def hide(self, texts: Sequence[str]) -> Hidden:
        """The texts as they may be sent: no placeholder stands for two things, or in any of them already."""
        found = [self._found(text) for text in texts]
        numbers = self._numbers({(one.kind, one.identity) for each in found for one in each}, texts)
        return Hidden(
            [
                HiddenText(
                    text,
                    [
                        (one.start, one.end, _placeholder(one.kind, number), number)
                        for one in each
                        for number in (numbers[one.kind, one.identity],)
                    ],
                )
                for text, each in zip(texts, found, strict=True)
            ]
        )

    def digest(self) -> str:
        """A hash of all that placeholders depend on, which tells nothing without the key; '' for none."""
        if not self:
            return ""
        facts = json.dumps([finder.facts for finder in self._finders], ensure_ascii=False, sort_keys=True)
        return self._hmac(facts).hex()[:32]

    def _found(self, text: str) -> list[Found]:
        """What is to be replaced, at its place in the original; what overlaps is replaced together."""
        if not self._finders:
            return []
        searched = Searched(text)
        found = [
            (*searched.place(one.start, one.end), rank, one)
            for rank, finder in enumerate(self._finders)
            for one in finder.find(searched.text)
        ]
        merged: list[tuple[int, int, int, Found]] = []
        for start, end, rank, one in sorted(found, key=lambda item: (item[0], -item[1], item[2])):
            if merged and start < merged[-1][1]:
                first, last, other_rank, other = merged[-1]
                merged[-1] = (first, max(last, end), *min((other_rank, other), (rank, one)))
            else:
                merged.append((start, end, rank, one))
        return [Found(start, end, one.kind, one.identity) for start, end, _, one in merged]

    def _numbers(self, things: set[tuple[Kind, str]], texts: Sequence[str]) -> dict[tuple[Kind, str], str]:
        numbers: dict[tuple[Kind, str], str] = {}
        taken: set[str] = set()
        for kind, identity in sorted(things):
            for attempt in count():
                drawn = int.from_bytes(self._hmac(f"{kind}\0{identity}\0{attempt}")[:8], "big")
                number = str(100_000 + drawn % 900_000)
                if number not in taken and not any(number in text for text in texts):
                    break
            taken.add(number)
            numbers[kind, identity] = number
        return numbers

    def _hmac(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode("utf-8", "surrogatepass"), hashlib.sha256)


NO_PSEUDONYMS = Pseudonyms((), b"")
"""Shows every text as it is."""


def _placeholder(kind: Kind, number: str) -> str:
    return f"{_WORDS[kind]}-{number}{_MAIL_DOMAIN if kind == 'email' else ''}"
