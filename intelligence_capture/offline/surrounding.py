"""What fields are read from: the words of an entity, the sentence around them, and what is named there."""

import re
from typing import NamedTuple

from intelligence_capture.offline.folding import Folded


class Placed(NamedTuple):
    """A system named at a place of the folded text."""

    start: int
    end: int
    label: str


class Surrounding(NamedTuple):
    """The entity's words, its sentence, and what else is known there."""

    text: Folded
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    systems: tuple[Placed, ...]
    """Those that are named within the entity's words, in order."""
    label: str
    role: str
    english: bool

    @property
    def own(self) -> str:
        """The folded words of the entity."""
        return self.text.folded[self.start : self.end]

    @property
    def sentence(self) -> str:
        """The folded sentence that they stand in."""
        return self.text.folded[self.sentence_start : self.sentence_end]

    @property
    def after(self) -> str:
        """The folded words between the entity and the end of its sentence."""
        return self.text.folded[self.end : self.sentence_end]

    @property
    def system_names(self) -> list[str]:
        """The labels of the systems, each once."""
        return list(dict.fromkeys(system.label for system in self.systems))

    def said(self, match: re.Match[str] | None, group: str | int = 0) -> str:
        """The speaker's words that a match on `sentence` found; '' for none."""
        return self._words(match, group, self.sentence_start)

    def said_itself(self, match: re.Match[str] | None, group: str | int = 0) -> str:
        """The speaker's words that a match on `own` found; '' for none."""
        return self._words(match, group, self.start)

    def said_after(self, match: re.Match[str] | None, group: str | int = 0) -> str:
        """The speaker's words that a match on `after` found; '' for none."""
        return self._words(match, group, self.end)

    def _words(self, match: re.Match[str] | None, group: str | int, base: int) -> str:
        if match is None or match[group] is None or not match[group].strip():
            return ""
        return self.text.words(base + match.start(group), base + match.end(group)).strip(" ,.;:")
