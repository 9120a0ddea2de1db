"""Sentences that say how data get from one system to another: by hand or by themselves."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from intelligence_capture.graph.claims import Said
from intelligence_capture.graph.quantities import plain
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.resolve import Resolver
from intelligence_capture.graph.sentences import sentences
from intelligence_capture.graph.wording import stems_of
from intelligence_capture.texts import fold

_BY_ITSELF = re.compile(
    r"\b(?:automatic\w*|interfaz|interface|se integra|esta integrado|sin que nadie (?:teclee|digite|toque))\b"
)
_BY_HAND = re.compile(
    r"\b(?:a mano|manual(?:mente|ly)?|(?:re)?digit(?:a|an|o|amos)|(?:re)?tipea\w*|transcrib\w+|by hand|retyp\w+|"
    r"copi(?:a|an|o|amos)(?: y pega\w*)?)\b"
)
_WISH = re.compile(
    r"\b(?:propon\w+|quisiera|me gustaria|deberia\w*|seria|would|should|pediria|pasen|cargue|haya)\b|^\W*(?:que|let) "
)


def method_claims(talks: Iterable[Talk], resolver: Resolver) -> Iterator[Said]:
    """Each sentence that names two systems and says how data move, in order; wishes left out."""
    for talk in sorted(talks, key=lambda talk: talk.id):
        for index, answer in enumerate(talk.answers):
            for start, end in sentences(answer.answer):
                text = answer.answer[start:end]
                folded = plain(text)
                hand, itself = _BY_HAND.search(folded), _BY_ITSELF.search(folded)
                if bool(hand) == bool(itself) or _WISH.search(folded):
                    continue
                systems = resolver.named_in("systems", text, company=talk.company)
                if len(systems) > 1:
                    how = "manual" if hand else "automatic"
                    words = dict.fromkeys(sorted(systems), 1.0)
                    near = stems_of(fold(text).split())
                    place = (talk.id, talk.company, talk.business_unit, index, start, end)
                    yield Said(*place, "method", how, words, near, text, who=frozenset([how]))


def method_pairs(claims: Iterable[Said]) -> Iterator[tuple[Said, Said]]:
    """The claims of two people on the same two systems of one company, one by hand and one not."""
    for a, b in combinations(claims, 2):
        units = {a.business_unit, b.business_unit} - {""}
        same_place = a.company == b.company and len(units) < 2
        shared = a.words.keys() & b.words.keys()
        if a.interview_id != b.interview_id and same_place and a.text != b.text and len(shared) > 1:
            yield a, b
