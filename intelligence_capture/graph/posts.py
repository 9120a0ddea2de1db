"""Sentences that say whom a post reports to, how many people an area has, and how many of a thing there are."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from intelligence_capture.graph.claims import Said
from intelligence_capture.graph.quantities import number_of, plain
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.sentences import sentences
from intelligence_capture.graph.wording import stems_of
from intelligence_capture.texts import fold

_UP = re.compile(
    r"\b(?:(?:depend(?:o|emos)|report(?:o|amos)|respond(?:o|emos)|i report|we report)(?: directamente| directly)? "
    r"(?:de |del |a |al |ante |to )|(?:mi jef[ea]|my boss)(?: direct[oa]| inmediat[oa])? (?:es|is) )"
    r"(?:la |el |the )?(?P<boss>[^,;.:()]{3,50}?)"
    r"(?=[,;.:()]| (?:y|and|desde|pero|que|since|but|who) |$)"
)
_DOWN = re.compile(
    r"\b(?:me reporta[n]?|depende[n]? de mi|reportan a mi|report to me)\b:?(?P<posts>[^.;:()]*)"
)
_AND = re.compile(r",|\by\b|\band\b")
_SIZE = re.compile(
    r"\b(?:en|in) (?P<area>\w{4,}) (?:somos|son|trabajamos|hay|trabajan|we are) (?:unas? |unos )?(?P<count>\w+)\b"
)
_SIZE_AFTER = re.compile(
    r"(?:^|[,;:(] ?|\by |\band )(?P<count>\d+)(?: personas| people)? (?:en|in) (?P<area>\w{4,})"
)
_COUNT = re.compile(r"\b(?:los|las|the) (?P<count>\w+) (?P<area>\w{4,} (?:de|of) \w{4,})")
_TITLES = stems_of(
    """jefe jefa gerente gerencia director directora coordinador coordinadora supervisor supervisora encargado
    encargada administrador administradora asistente analista manager head chief area departamento senior""".split()
)
"""Words of a post that don't say of what."""


def post_claims(talks: Iterable[Talk]) -> Iterator[Said]:
    """Each claim on a reporting line, a size or a count, in order; `near` is the post, the area or the thing."""
    for talk in sorted(talks, key=lambda talk: talk.id):
        claims = list(_claims(talk))
        # Who names two chiefs, one for each part of the work, contradicts neither.
        chiefs = frozenset[str]().union(*(claim.who for claim in claims if claim.own_post))
        yield from (claim._replace(who=chiefs) if claim.own_post else claim for claim in claims)


def _claims(talk: Talk) -> Iterator[Said]:
    for index, answer in enumerate(talk.answers):
        for start, end in sentences(answer.answer):
            text = answer.answer[start:end]
            place = (talk.id, talk.company, talk.business_unit, index, start, end)
            for said, about, who, own in _lines(talk, plain(text)):
                words = dict.fromkeys(sorted(about), 1.0)
                yield Said(*place, "reports_to", said, words, about, text, who=who, own_post=own)
            for kind, said, about, who in _sizes(plain(text)):
                yield Said(*place, kind, said, dict.fromkeys(sorted(about), 1.0), about, text, who=who)


def post_pairs(claims: Iterable[Said]) -> Iterator[tuple[Said, Said]]:
    """The claims of two people on one post or area of one company that cannot both hold."""
    for a, b in combinations(claims, 2):
        units = {a.business_unit, b.business_unit} - {""}
        here = a.company == b.company and len(units) < 2 and a.interview_id != b.interview_id
        if here and a.kind == b.kind and not a.who & b.who and _same_post(a, b):
            yield a, b


def _same_post(a: Said, b: Said) -> bool:
    """Whether both speak of one post: two who each name their own chief only where they hold the same title."""
    if a.own_post and b.own_post:
        return fold(a.own_post) == fold(b.own_post)
    shorter, longer = sorted((a.near, b.near), key=len)
    return bool(shorter) and shorter <= longer


def _lines(talk: Talk, folded: str) -> Iterator[tuple[str, frozenset[str], frozenset[str], str]]:
    """Words, the post, its chief, and the speaker's title where the post is his own and not one of his people's."""
    own = _of_what(talk.role)
    for match in _UP.finditer(folded):
        if own and (chief := _of_what(match["boss"])):
            yield match["boss"].strip(), own, chief, talk.role
    for match in _DOWN.finditer(folded):
        for post in _AND.split(match["posts"]):
            about = _of_what(post)
            if own and about and stems_of(fold(post).split()) & _TITLES:
                yield talk.role, about, own | stems_of(fold(talk.respondent).split()), ""


def _sizes(folded: str) -> Iterator[tuple[str, str, frozenset[str], frozenset[str]]]:
    for match in (*_SIZE.finditer(folded), *_SIZE_AFTER.finditer(folded)):
        count = number_of(match["count"])
        if count is not None and (about := stems_of([match["area"]])):
            yield "team_size", match.group().strip(" ,;:("), about, frozenset([f"{count:g}"])
    for match in _COUNT.finditer(folded):
        about = stems_of(match["area"].split())
        count = number_of(match["count"])
        if count is not None and count > 1 and len(about) > 1:
            yield "count", match.group(), about, frozenset([f"{count:g}"])


def _of_what(post: str) -> frozenset[str]:
    """The stems of a post without its title: "Jefa de Calidad" is of quality."""
    return stems_of(fold(post).split()) - _TITLES
