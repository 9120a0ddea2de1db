"""Who is shown in reports and exports: the one place that knows what stands for an interview and its respondent."""

import base64
import hashlib
import hmac
import os
import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from intelligence_capture.names import PARTICLES, Edit, Edited, Names, Words, edited, ways_to_say, words_of
from intelligence_capture.records import Record

Shown = Literal["name", "role", "code"]
KEY_FILE = Path(".respondents.key")
"""The secret of this project's codes, in its folder; without it nobody can tell whose code it is by trying names."""
SOMEBODY = "[P-?]"
"""What stands for a name that several people have."""
_ID = re.compile(r"[a-z0-9-]+")
_IDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+", re.IGNORECASE)
_MADE_OF_IDS = re.compile(r"([a-z][a-z-]*-)[0-9a-f]{16}")
"""Ids of entities: hashes that the id of the interview goes into, so that who guesses it could check the guess."""


class Person(Record):
    """Who gave an interview, as the reports would name them."""

    interview: str
    respondent: str = ""
    role: str = ""
    company: str = ""


class Codes:
    """Stable codes for people and interviews, from a secret and not from what they stand for alone."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def interview(self, ident: str) -> str:
        """What stands for the id of an interview: an id too."""
        return f"i-{self._code('interview', ident, 8).lower()}"

    def person(self, person: Person) -> str:
        """What stands for a person, in all of their interviews; without a name each interview is a person."""
        who = " ".join(words_of(person.respondent))
        return f"P-{self._code('person', f'{who}|{person.company}' if who else person.interview, 6)}"

    def entity(self, ident: str) -> str:
        """What stands for the id of an entity; what is no such id stays."""
        match = _MADE_OF_IDS.fullmatch(ident)
        return f"{match.group(1)}{self._digest('entity', ident).hex()[:16]}" if match else ident

    def _code(self, kind: str, what: str, length: int) -> str:
        return base64.b32encode(self._digest(kind, what)).decode()[:length]

    def _digest(self, kind: str, what: str) -> bytes:
        text = f"{kind}\0{what}".encode("utf-8", "surrogatepass")
        return hmac.new(self._key, text, hashlib.sha256).digest()


class Respondents:
    """What is shown for each interview, its respondent, and their names in texts.

    `common` are words that people use otherwise too: by themselves they name nobody.
    """

    def __init__(
        self, shown: Shown, people: Iterable[Person], codes: Codes, common: Iterable[str] = ()
    ) -> None:
        self.shown = shown
        self.codes = codes
        self._people = {person.interview: person for person in people}
        taken = (words_of(one.company) for one in self._people.values())
        self._common = frozenset(common).union(*taken)

    def interview(self, ident: str) -> str:
        """What stands for the id of this interview; words in brackets, as the ledger has, are no id."""
        return self.codes.interview(ident) if self.shown != "name" and _ID.fullmatch(ident) else ident

    def name(self, interview: str) -> str:
        """What stands for the respondent of this interview."""
        if self.shown == "name":
            person = self._people.get(interview)
            return person.respondent if person else ""
        return self._labels.get(interview, "")

    def text(self, text: str) -> str:
        """The text with what stands for ids and names in it."""
        return self.edited(text).text

    def edited(self, text: str) -> Edited:
        """The same with the places of the words in it."""
        if self.shown == "name" or not text:
            return Edited(text)
        if text in self._people:
            return edited(text, [Edit(0, len(text), self.codes.interview(text))])
        ids = [edit for match in _IDS.finditer(text) if (edit := self._id_edit(match))]
        names = (
            edit
            for edit in self._names.edits(text)
            if not any(edit.start < other.end and other.start < edit.end for other in ids)
        )
        return edited(text, [*ids, *names])

    def of(self, value: Any) -> Any:  # noqa: ANN401 - JSON, a record or a tuple of them
        """The value with `text` applied to every text in it."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Record):
            return type(value).model_validate(self.of(value.model_dump()))
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return type(value)(*map(self.of, value))
        if isinstance(value, list | tuple):
            return type(value)(map(self.of, value))
        if isinstance(value, dict):
            return {key: self.of(one) for key, one in value.items()}
        return value

    def _id_edit(self, match: re.Match[str]) -> Edit | None:
        found = match.group()
        new = self.interview(found.lower()) if found.lower() in self._people else self.codes.entity(found)
        return Edit(match.start(), match.end(), new) if new != found else None

    def _of_id(self, ident: str) -> Words:
        """The words of an id, which often is the name of a file; none where they are no name."""
        words = words_of(ident)
        return () if len(words) == 1 and words[0] in self._common else words

    @cached_property
    def _labels(self) -> dict[str, str]:
        """What stands for each respondent, by interview: no two people share it."""
        codes = {ident: self.codes.person(person) for ident, person in self._people.items()}
        if self.shown == "code":
            return codes
        plain = self._found(codes)
        roles = {i: edited(p.role, plain.edits(p.role)).text.strip() for i, p in self._people.items()}
        sharing: dict[str, set[str]] = defaultdict(set)
        for ident, role in roles.items():
            sharing[role.casefold()].add(codes[ident])
        return {
            ident: _numbered(role, codes[ident], sorted(sharing[role.casefold()]))
            for ident, role in roles.items()
        }

    @cached_property
    def _names(self) -> Names:
        return self._found(self._labels)

    def _found(self, labels: Mapping[str, str]) -> Names:
        """The names of people with what stands for them in brackets, so that everybody sees it is not their word."""
        shown: dict[Words, set[str]] = defaultdict(set)
        whole: dict[Words, set[str]] = defaultdict(set)
        for ident, person in self._people.items():
            whole[words_of(person.respondent)].add(f"[{labels[ident]}]")
            for words in (*ways_to_say(person.respondent, self._common), self._of_id(ident)):
                if words:
                    shown[words].add(f"[{labels[ident]}]")
        # Who has this very name is meant by it, whoever else has it among others.
        best = {words: whole.get(words, several) for words, several in shown.items()}
        return Names({words: min(one) if len(one) == 1 else SOMEBODY for words, one in best.items()})


def _numbered(role: str, code: str, sharing: list[str]) -> str:
    """A role that one person has as it is, else with the person's number; without a role, the code."""
    if not role:
        return code
    return role if len(sharing) == 1 else f"{role} {sharing.index(code) + 1}"


class WordCounts:
    """How often words of names are written in small letters, and how often with a capital one."""

    def __init__(self, people: Iterable[Person]) -> None:
        texts = (text for person in people for text in (person.respondent, person.interview))
        words = {word for text in texts for word in words_of(text)} - PARTICLES
        self._counts = {word: [0, 0] for word in words}

    def read(self, text: str) -> None:
        """Count the words of this text, unless its writer begins without a capital: then small letters say nothing."""
        if not next((char for char in text if char.isalpha()), "a").isupper():
            return
        for word in re.findall(r"[^\W_]+", text):
            if counts := self._counts.get(words_of(word)[0]):
                counts[word[:1].isupper()] += 1

    @property
    def common(self) -> frozenset[str]:
        """The words that are written in small letters more often: `portal` as a surname, `luz` as a name."""
        return frozenset(word for word, (small, capital) in self._counts.items() if small > capital)


def project_codes(path: Path = KEY_FILE) -> Codes:
    """The codes of this project; its key is made where there is none, for its owner alone to read."""
    try:
        return Codes(path.read_bytes())
    except FileNotFoundError:
        temporary = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(3)}.tmp")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_hex(32).encode())
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(temporary)  # of several jobs that make one, the first one's counts
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
        return Codes(path.read_bytes())


def project_respondents(
    shown: Shown, people: Iterable[Person] = (), common: Iterable[str] = ()
) -> Respondents:
    """What is shown of these people in this project; where names are, no key is made."""
    return Respondents(shown, people, Codes(b"") if shown == "name" else project_codes(), common)
