"""Sentences that say how data get from one system to another: by hand or by themselves."""

import re
from collections.abc import Iterable, Iterator

from intelligence_capture.graph.claims import Said, by_two_people
from intelligence_capture.graph.quantities import plain
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.resolve import Resolver
from intelligence_capture.graph.sentences import sentences
from intelligence_capture.graph.terms import stems_of
from intelligence_capture.texts import fold

_BY_ITSELF = re.compile(
    r"\b(?:automatic\w*|interfaz|interface|se integra|esta integrado|sin que nadie (?:teclee|digite|toque))\b"
)
_BY_HAND = re.compile(
    r"\b(?:a mano|manual(?:mente|ly)?|(?:re)?digit(?:a|an|o|amos)|(?:re)?tipea\w*|transcrib\w+|by hand|retyp\w+|"
    r"copi(?:a|an|o|amos)(?: y pega\w*)?)\b"
)
_PLAINLY = re.compile(r"\b(?:automatic\w*|sin que nadie|a mano|manual\w*|by hand|digit\w+|retyp\w+)\b")
_WISH = re.compile(
    r"\b(?:propon\w+|quisiera|me gustaria|deberia\w*|seria|would|should|pediria|pasen|cargue|haya)\b|^\W*(?:que|let) "
)


def method_claims(talks: Iterable[Talk], resolver: Resolver) -> Iterator[Said]:
    """Each sentence that says how data move between two systems, in order; wishes left out.

    Systems named in the two sentences before count too: "…the interface from Opera to SAP. It runs by itself."
    """
    for talk in sorted(talks, key=lambda talk: talk.id):
        for index, answer in enumerate(talk.answers):
            before: list[tuple[str, ...]] = [(), ()]
            for start, end in sentences(answer.answer):
                text = answer.answer[start:end]
                named = resolver.named_in("systems", text, company=talk.company)
                systems = {*named, *before[-1], *(before[-2] if len(named) < 2 else ())}
                before.append(named)
                how = _how(plain(text))
                if how and len(systems) > 1:
                    words = dict.fromkeys(sorted(systems), 1.0)
                    near = stems_of(fold(text).split())
                    place = (talk.id, talk.company, talk.business_unit, index, start, end)
                    yield Said(*place, "method", how, words, near, text, who=frozenset([how]))


def _how(folded: str) -> str:
    """By hand or by itself, '' where the sentence says neither, both, or only wishes."""
    hand, itself = _BY_HAND.search(folded), _BY_ITSELF.search(folded)
    if bool(hand) == bool(itself) or _WISH.search(folded):
        return ""
    return "manual" if hand else "automatic"


def method_pairs(claims: Iterable[Said]) -> Iterator[tuple[Said, Said]]:
    """The claims of two people on the same two systems of one company, one by hand and one not.

    Of several sentences of the same two people those are taken that say it most plainly, then those that share
    most words.
    """
    best: dict[tuple[str, str], tuple[tuple[int, int], Said, Said]] = {}
    for a, b in by_two_people(claims):
        shared = a.words.keys() & b.words.keys()
        if a.text != b.text and len(shared) > 1:
            plainly = sum(bool(_PLAINLY.search(plain(one.context))) for one in (a, b))
            rank = (plainly, len(a.near & b.near))
            held = best.get((a.interview_id, b.interview_id))
            if held is None or rank > held[0]:
                best[a.interview_id, b.interview_id] = (rank, a, b)
    for _, a, b in best.values():
        yield a, b
