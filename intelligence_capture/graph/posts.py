"""Sentences that say whom a post reports to."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from intelligence_capture.graph.approvers import AREAS, TITLES
from intelligence_capture.graph.claims import Said, by_two_people
from intelligence_capture.graph.quantities import plain
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.scope import holds
from intelligence_capture.graph.sentences import sentences
from intelligence_capture.graph.terms import stems_of
from intelligence_capture.texts import fold

_BOSS = (
    r"(?: directamente| directly)? (?:de |del |a |al |ante |to )(?:la |el |the )?(?P<boss>[^,;.:()]{3,50}?)"
    r"(?=[,;.:()]| (?:y|and|desde|pero|que|since|but|who) |$)"
)
_UP = re.compile(
    rf"\b(?:depend(?:o|emos)|report(?:o|amos)|respond(?:o|emos)|i report|we report){_BOSS}|"
    r"\b(?:mi jef[ea]|my boss)(?: direct[oa]| inmediat[oa])? (?:es|is) (?:la |el |"
    r"the )?(?P<chief>[^,;.:()]{3,50}?)"
    r"(?=[,;.:()]| (?:y|and|desde|pero|que|since|but|who) |$)"
)
_DOWN = re.compile(
    r"\b(?:me reporta[n]?|depende[n]? de mi|reportan a mi|report to me)\b:?(?P<posts>[^.;:()]*)"
)
_SUBJECT = r"(?:^|[,;:(] ?|\by |\band )(?:(?:el|la|the) )?(?:area de |equipo de )?(?P<post>[^,;:()]{3,40}?)"
_UNDER_ME = re.compile(
    rf"{_SUBJECT} (?P<no>no |does not |doesn['’]t |es un par\b(?! de)|is a peer\b)?"
    r"(?:(?<=par)|(?<=peer)|(?:depende[n]? de mi|me reportan?|reportan? a mi|reports? to me)\b)"
)
_OTHERS = re.compile(
    rf"{_SUBJECT} (?P<no>no |does not |doesn['’]t )?(?:dependen?|reportan?|responden?|reports?){_BOSS}"
)
_AND = re.compile(r",|\by\b|\band\b")


class _Line(NamedTuple):
    """A line of an organisation chart: words, post and chief, whose own post it is, and whether it is denied."""

    said: str
    post: frozenset[str]
    chief: frozenset[str]
    own: str = ""
    denied: bool = False


def post_claims(talks: Iterable[Talk]) -> Iterator[Said]:
    """Each claim on a reporting line, in order; `near` is the post."""
    talks = sorted(talks, key=lambda talk: talk.id)
    areas: dict[str, set[str]] = defaultdict(set)
    for talk in talks:
        areas[talk.company] |= AREAS | _of_what(talk.role) | _of_what(talk.department)
    for talk in talks:
        claims = list(_claims(talk, areas))
        # Who names two chiefs, one for each part of the work, contradicts neither.
        chiefs = frozenset[str]().union(*(claim.who for claim in claims if claim.own_post))
        yield from (claim._replace(who=chiefs) if claim.own_post else claim for claim in claims)


def post_pairs(claims: Iterable[Said]) -> Iterator[tuple[Said, Said]]:
    """The claims of two people on one post of one company that cannot both hold."""
    for a, b in by_two_people(claims):
        clash = bool(a.who & b.who) == (a.denied or b.denied)
        if clash and not (a.denied and b.denied) and _same_post(a, b):
            yield a, b


def _claims(talk: Talk, areas: Mapping[str, set[str]]) -> Iterator[Said]:
    for index, answer in enumerate(talk.answers):
        for start, end in sentences(answer.answer):
            text = answer.answer[start:end]
            place = (talk.id, talk.company, talk.business_unit, index, start, end)
            for line in _lines(talk, plain(text), areas[talk.company]):
                words = dict.fromkeys(sorted(line.post), 1.0)
                yield Said(
                    *(*place, "reports_to", line.said, words, line.post, text),
                    who=line.chief,
                    own_post=line.own,
                    denied=line.denied,
                )


def _same_post(a: Said, b: Said) -> bool:
    """Whether both speak of one post: two who each name their own chief only where they hold the same title."""
    if a.own_post and b.own_post:
        return fold(a.own_post) == fold(b.own_post)
    shorter, longer = sorted((a.near, b.near), key=len)
    return bool(shorter) and shorter <= longer


def _lines(talk: Talk, folded: str, areas: set[str]) -> Iterator[_Line]:
    """What a sentence says of the speaker's chief, of his people, and of other areas of the company."""
    own = _of_what(talk.role)
    me = own | stems_of(fold(talk.respondent).split())
    for match in _UP.finditer(folded):
        boss = (match["boss"] or match["chief"]).strip()
        if own and (chief := _of_what(boss)):
            yield _Line(boss, own, chief, talk.role)
    for match in _DOWN.finditer(folded):
        for post in _AND.split(match["posts"]):
            about = _of_what(post)
            if own and about and (stems_of(fold(post).split()) & TITLES or about <= areas - own):
                yield _Line(talk.role, about, me)
    for match in _UNDER_ME.finditer(folded):
        about = _of_what(match["post"])
        if own and about and about <= areas - own:
            yield _Line(("no " if match["no"] else "") + talk.role, about, me, denied=bool(match["no"]))
    for match in _OTHERS.finditer(folded) if holds(folded) else ():
        about, chief = _of_what(match["post"]), _of_what(match["boss"])
        titled = stems_of(fold(match["boss"]).split()) & TITLES
        if about and chief and about <= areas and (titled or chief <= areas):
            said = ("no " if match["no"] else "") + match["boss"].strip()
            yield _Line(said, about, chief, denied=bool(match["no"]))


def _of_what(post: str) -> frozenset[str]:
    """The stems of a post without its title: "Jefa de Calidad" is of quality."""
    stems = stems_of(fold(post).split())
    return stems - TITLES or stems
