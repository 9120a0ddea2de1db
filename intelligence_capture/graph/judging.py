"""Questions about pairs of texts, and who answers them: what likeness leaves open, somebody may judge."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from intelligence_capture.graph.canonical import Node
from intelligence_capture.graph.records import JudgedPair
from intelligence_capture.settings import JudgeQuestion as Kind

VERDICTS: dict[Kind, tuple[str, ...]] = {
    "same_thing": ("same", "different", "unsure"),
    "contradiction": ("contradiction", "compatible", "unsure"),
}
NOT_JUDGED = "not judged"
LONGEST_TEXT = 600
"""Characters of a text that are shown to a judge."""


class Question(NamedTuple):
    """Two texts and what is asked of them; in which order they come does not matter: `a` sorts first."""

    kind: Kind
    topic: str
    a: str
    b: str


class Judgement(NamedTuple):
    """An answer to a question; `quote_a` and `quote_b` are the words that a contradiction rests on."""

    verdict: str
    judge: str
    reason: str = ""
    quote_a: str = ""
    quote_b: str = ""


class PairJudge(Protocol):
    """Whoever answers questions about pairs."""

    def __call__(self, questions: Sequence[Question]) -> Mapping[Question, Judgement]:
        """The answers to those of the questions that it answers, the first ones first."""


def question(kind: Kind, topic: str, one: str, other: str) -> Question:
    """The question about two texts, the same whichever comes first."""
    a, b = sorted((shortened(one), shortened(other)))
    return Question(kind, topic, a, b)


def shortened(text: str, characters: int = LONGEST_TEXT) -> str:
    """The text in at most so many characters, cut before a word or a number.

    Half an address or half a telephone number would not be recognised as what has to be replaced.
    """
    if len(text) <= characters:
        return text
    return re.sub(r"[\d\s()+./-]*\S*\Z", "", text[:characters]) or text[:characters]


class Opinions:
    """What a judge says of numbered texts of one type: whether two of them are the same thing."""

    def __init__(
        self, nodes: Sequence[Node], pairs: Iterable[tuple[int, int, float]], judge: PairJudge | None
    ) -> None:
        self._nodes = nodes
        asked = list(pairs) if judge else []
        questions = {(a, b): self._question(a, b) for a, b, _ in asked}
        answers = judge(tuple(dict.fromkeys(questions.values()))) if judge else {}
        self._answers = {pair: answers[one] for pair, one in questions.items() if one in answers}
        self.rows = tuple(
            self._row(a, b, score, self._answers[a, b]) for a, b, score in asked if (a, b) in self._answers
        )

    def of(self, a: int, b: int) -> Judgement | None:
        """The judgement of this pair, None where there is none."""
        found = self._answers.get((min(a, b), max(a, b)))
        return found if found and found.verdict != NOT_JUDGED else None

    def verdict(self, a: int, b: int) -> str:
        """What is said of this pair, '' for nothing."""
        found = self.of(a, b)
        return found.verdict if found else ""

    def _question(self, a: int, b: int) -> Question:
        one, other = self._nodes[a], self._nodes[b]
        return question("same_thing", one.mentions[0].type, one.text, other.text)

    def _row(self, a: int, b: int, score: float, said: Judgement) -> JudgedPair:
        one, other = self._nodes[a].mentions[0], self._nodes[b].mentions[0]
        told = ("same_thing", one.type, said.verdict, said.judge, said.reason, score)
        ids = (one.entity_id, other.entity_id, one.interview_id, other.interview_id)
        return JudgedPair(*told, one.text, other.text, *ids)
