"""Places in answers: sentences, and the words of an entity with their offsets."""

import re
from collections.abc import Collection
from functools import lru_cache

from intelligence_capture.graph.records import Item, Proof, Talk
from intelligence_capture.texts import fold

_WITHOUT = re.compile(
    r"\b(?:nada de|sin|ni|no (?:us\w+|ten\w+|hay)|without|(?:not|n t|never) (?:use|have)|no)(?: (?:el|la|los|las|"
    r"un|una|the|an?))? $"
)
_ARTICLES = frozenset("el la los las un una the".split())
_TITLED = "".join(
    rf"(?<!\b{title}\.)" for title in "Mr Mrs Ms Sr Sra Srta Dr Dra Ing Lic Arq Jr Av Nro".split()
)
"""Before a name a full stop behind a title ends no sentence."""
_END = re.compile(rf"(?<=[.!?…]){_TITLED}[\"”»)]*\s+(?=[^a-záéíóúñ\s])|\s*\n+\s*")


@lru_cache(maxsize=20_000)
def sentences(answer: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence, without the spaces around it."""
    spans = []
    start = 0
    for match in (*_END.finditer(answer), None):
        end = match.start() if match else len(answer)
        if answer[start:end].strip():
            first = start + len(answer[start:end]) - len(answer[start:end].lstrip())
            spans.append((first, first + len(answer[start:end].strip())))
        start = match.end() if match else end
    return tuple(spans)


def sentence_at(answer: str, start: int, end: int) -> tuple[int, int]:
    """The sentence, or the run of sentences, that holds this place."""
    touched = [span for span in sentences(answer) if span[0] < end and span[1] > start]
    return (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else (start, end)


def places(item: Item) -> list[tuple[int, int, int]]:
    """Question index, start and end of each verified quote of an entity."""
    return sorted(
        (e.question_index, e.start, e.end)
        for e in item.evidence
        if e.verified and e.question_index is not None and e.start is not None and e.end is not None
    )


def proof(talk: Talk, item: Item, question_index: int, start: int, end: int) -> Proof:
    """The words at this place as a proof."""
    quote = talk.answers[question_index].answer[start:end]
    return Proof(talk.id, item.id, question_index, start, end, quote)


def own_words(talk: Talk, item: Item) -> Proof | None:
    """The first verified quote of an entity as a proof, None where it has none."""
    found = places(item)
    return proof(talk, item, *found[0]) if found else None


def own_sentence(talk: Talk, item: Item) -> Proof | None:
    """The sentence of the first verified quote of an entity, None where it has none."""
    found = places(item)
    if not found:
        return None
    question, start, end = found[0]
    return proof(talk, item, question, *sentence_at(talk.answers[question].answer, start, end))


def stands_in(name: str, sentence: str) -> bool:
    """Whether the name stands in the sentence as whole words, whatever case and accents."""
    return f" {fold(name)} " in f" {fold(sentence)} "


def always_denied(name: str, sentence: str) -> bool:
    """Whether the name stands in the sentence, and only as what is not used: "nada de SAP", "sin Excel"."""
    text = fold(sentence)
    places = [match.start() for match in re.finditer(rf"\b{re.escape(fold(name))}\b", text)]
    return bool(places) and all(_WITHOUT.search(text[:start]) for start in places)


def always_after(words: Collection[str], name: str, sentence: str) -> bool:
    """Whether the name stands in the sentence, and only behind one of these: "from Buk" is no place to write to.

    An article between the two does not matter.
    """
    text, wanted = [w for w in fold(sentence).split() if w not in _ARTICLES], fold(name).split()
    before = {
        text[place - 1] if place else ""
        for place in range(len(text) - len(wanted) + 1)
        if text[place : place + len(wanted)] == wanted
    }
    return bool(before) and before <= set(words)
