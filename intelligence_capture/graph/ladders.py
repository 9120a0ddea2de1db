"""Ladders of approvals: who approves from which amount up to which, and of what."""

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from intelligence_capture.graph.approvers import AREAS, TITLE, same_people
from intelligence_capture.graph.claims import LONGEST, Said, pairs_by_two_people
from intelligence_capture.graph.people import Posts, posts_by_company, with_posts
from intelligence_capture.graph.quantities import ROUNDING, number_of, plain
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.scope import beginning, holds
from intelligence_capture.graph.sentences import sentences
from intelligence_capture.graph.terms import stems_of
from intelligence_capture.texts import fold

_AMOUNT = (
    r"(?:(?:s/\.?|us\$|usd|\$|€|clp|mxn|cop|pen) ?)?(?P<{0}>\d[\d.,]*\d|\d)"
    r"(?P<{0}_scale> ?(?:mil|k|millones|millon|thousand|million)\b)?(?: (?:soles|pesos|dolares|dollars|euros))?"
)
_UP_TO = (
    r"(?:hasta|menos de|menor(?:es)? (?:a|de|que)|inferior(?:es)? a|(?:por )?debajo de|no mayor(?:es)? (?:a|de)|"
    r"no mas de|up to|under|below|less than)"
)
_ABOVE = (
    r"(?:mas de|mayor(?:es)? (?:a|de|que)|superior(?:es)? a|(?:por )?encima de|arriba de|sobre|a partir de|"
    r"desde|pasad[oa]s?|pasan? de|superan?|supere|exced[ae]n?|over|above|more than|exceeding|from)"
)
_LIMIT = r"(?: (?:el|los|las|the|un|a)(?: tope| limite| monto| limit)?(?: de| of)?)?"
_LOW, _HIGH, _UP, _MOST, _LEAST = map(_AMOUNT.format, ("low", "high", "up", "most", "least"))
_RANGE = re.compile(
    rf"\b(?:entre|de|desde|between|from) {_LOW} (?:y|a|hasta|and|to) (?:los )?{_HIGH}|"
    rf"\b(?:de|desde|from) {_UP} (?:(?:a|para|hacia) (?:mas|arriba)|en adelante|up(?:wards)?\b|on\b)|"
    rf"\b{_UP_TO}{_LIMIT} {_MOST}|\b{_ABOVE}{_LIMIT} {_LEAST}|"
    r"(?P<any>\b(?:del monto que sea|(?:sea )?cual(?:quiera)? sea el monto|de cualquier monto|sin importar el monto|"
    r"(?:of )?any amount|whatever the amount)\b)|"
    r"(?P<rest>\b(?:mas de (?:es[eo]|ahi)|mas (?:arriba|alla)|de (?:ahi|alli) (?:(?:para|hacia) arriba|en adelante)|"
    r"(?:por )?encima de es[eo]|(?:above|over|beyond) that))\b"
)
_PERCENT = re.compile(r" ?(?:%|por ciento|percent)")
_BREAK = re.compile(r"[,;:(] ?(?:y |and |pero |but )?|\.\s|\b(?:y|and|pero|but)\b ")
_SCALE = {"mil": 1e3, "k": 1e3, "thousand": 1e3, "millon": 1e6, "millones": 1e6, "million": 1e6}
_FOREIGN = re.compile(r"us\$|usd|dolares|dollars|€|euros")
_APPROVES = re.compile(
    r"\b(?:aprueb\w+|aprob\w+|autori[zc]\w+|firm\w+|visto bueno|sube|lo doy|la da|los da|liber[ao]\w*|"
    r"decid\w+(?! si)|approv\w+|authori[sz]\w+|signs?|signed|goes? to)\b"
)
_FIRST_PERSON = re.compile(
    r"\b(?:firmo|apruebo|autorizo|decido|libero|lo doy|yo|i (?:approve|sign|authori[sz]e|decide))\b"
)
_GOES_TO = re.compile(rf"\b(?:va|van|pasan?|suben?) (?:a|por) (?=(?:la |el )?(?:{TITLE})\b)")
_TITLED = re.compile(
    rf"\b(?P<who>(?:[a-z]+ (?=manager|director|supervisor|head))?(?:{TITLE})\b"
    r"(?:(?: de (?:la |los |las )?| del | of (?:the )?| )"
    rf"(?:general|adjunt[oa]|comercial|corporativ[oa]|financier[oa]|medic[oa]|{TITLE})\b)?)"
)
_DENIED = re.compile(r"\b(?:no|nadie|nunca|not|nobody|never|mayoria|most of|perhaps)\b(?! (?:mayor|mas de))")
TOPICS: Mapping[str, re.Pattern[str]] = {
    "discounts": re.compile(r"\b(?:descuento|rebaja|discount)"),
    "refunds": re.compile(r"\b(?:devoluci|notas? de credito|reembolso|refund|compensaci)"),
    "credit": re.compile(r"\b(?:lineas? de credito|credito|prestamo|credit line|loan)"),
    "payments": re.compile(r"\b(?:pago|transferencia|payment|wire)"),
    "contracts": re.compile(r"\b(?:contrato|contract)"),
    "proposals": re.compile(r"\b(?:propuesta|oferta comercial|proposal)"),
    "purchases": re.compile(
        r"\b(?:compra|ocs?\b|orden(?:es)? de compra|requerimiento|solicitud(?:es)?\b|gasto|purchas|spend|expens|"
        r"pos?\b|requisition)"
    ),
}
"""What is approved, by the words that say so."""
_SORT = re.compile(
    r"\w*(?: de hasta [\d% ]+)? (?:de|del|sobre|en|a|on|for|of)(?: la| el| las| los| the)? (?P<sort>[a-z]{4,})"
)
_USUAL = "purchases"
"""What a ladder is of where only the text around it, or the post of the speaker, says so."""


class Step(NamedTuple):
    """From which amount up to which; `below` where the ladder says who approves what is less."""

    low: float
    high: float
    unit: str
    below: bool

    def meets(self, other: "Step") -> bool:
        """Whether some amount is surely in both: who says "up to" may leave out a step below it."""
        (low, high), (first, last) = self._sure(), other._sure()
        return min(high, last) - max(low, first) > ROUNDING * max(low, first)

    def differs(self, other: "Step") -> bool:
        """Whether both are open upwards, or neither, and the end that matters is not the same."""
        if math.isfinite(self.high) != math.isfinite(other.high):
            return False
        a, b = (self.high, other.high) if math.isfinite(self.high) else (self.low, other.low)
        return bool(a and b) and abs(a - b) > ROUNDING * max(a, b)

    def _sure(self) -> tuple[float, float]:
        """The part of it that no step left out can take away: its upper end, or the lower end of an open one."""
        low = self.low if self.below else self.high * (1 - 2 * ROUNDING)
        return low, self.high if math.isfinite(self.high) or not self.low else self.low * (1 + 2 * ROUNDING)


class Rung(NamedTuple):
    """A step as one person tells of it; the claim's `kind` says of what and in which currency."""

    said: Said
    step: Step


def ladder_claims(talks: Iterable[Talk]) -> Iterator[Rung]:
    """Each step that somebody tells of, with who approves in it, in order."""
    talks = sorted(talks, key=lambda talk: talk.id)
    posts = posts_by_company(talks)
    for talk in talks:
        for index, answer in enumerate(talk.answers):
            before: Step | None = None
            for start, end in sentences(answer.answer):
                text = answer.answer[start:end]
                for first, last, words, step in _steps(plain(text), before):
                    before = step
                    near = text[max(0, first - LONGEST) : last + LONGEST]
                    who = _approver(text[first:last], near, talk.role, posts.get(talk.company, {}))
                    before_it = answer.answer[max(0, start - 2 * LONGEST) : start]
                    topic = _topic(near, before_it, answer.question, talk.role) if who else ""
                    if topic:
                        place = (talk.id, talk.company, talk.business_unit, index, start, end)
                        said = f"{text[slice(*words)]}: {who}"
                        stems = stems_of(fold(who).split())
                        kind = f"approver of {topic}, {step.unit}"
                        yield Rung(Said(*place, kind, said, {}, frozenset(), text, who=stems), step)


def ladder_pairs(rungs: Iterable[Rung]) -> Iterator[tuple[Said, Said]]:
    """The steps of two people where two posts approve one amount, or one post up to or from two amounts."""
    for a, b in pairs_by_two_people(rungs, lambda rung: rung.said):
        one_post = same_people(a.said.who, b.said.who)
        clash = a.step.differs(b.step) if one_post else a.step.meets(b.step)
        if clash and not _apart(a.said.context, b.said.context):
            yield a.said, b.said


def _steps(folded: str, before: Step | None) -> Iterator[tuple[int, int, tuple[int, int], Step]]:
    """Where each step of a sentence is told, up to the next, where its amounts stand, and the step."""
    found = list(_RANGE.finditer(folded))
    if not found:
        return
    breaks = [0, *(match.end() for match in _BREAK.finditer(folded))]
    starts = [0, *(breaks[bisect_right(breaks, match.start()) - 1] for match in found[1:])]
    ends = [*starts[1:], len(folded)]
    for match, start, end in zip(found, starts, ends, strict=True):
        step = _step(match, before, folded)
        if step:
            before = step
            yield max(start, match.start() - LONGEST), min(end, match.end() + LONGEST), match.span(), step


def _step(match: re.Match[str], before: Step | None, folded: str) -> Step | None:
    low, high, most = (_amount(match, name) for name in ("low", "high", "most"))
    least = _amount(match, "up") or _amount(match, "least")
    unit = (
        "%" if _PERCENT.match(folded, match.end()) else "USD" if _FOREIGN.search(match.group()) else "money"
    )
    reached = before.high if before and math.isfinite(before.high) else 0.0
    if match["any"]:
        return Step(0.0, math.inf, "money", below=True)
    if match["rest"]:
        return Step(reached, math.inf, before.unit, below=True) if before and reached else None
    if low and high:
        return Step(low, high, unit, below=True)
    if most:
        known = before is not None and before.unit == unit and 0 < reached < most
        return Step(reached if known else 0.0, most, unit, below=known)
    return Step(least, math.inf, unit, below=True) if least else None


def _amount(match: re.Match[str], name: str) -> float | None:
    number = number_of(match[name].rstrip(".,")) if match[name] else None
    return number * _SCALE.get((match[name + "_scale"] or "").strip(), 1.0) if number else None


def _approver(part: str, near: str, role: str, posts: Posts) -> str:
    """The post that approves in this part of a sentence; '' where none is said, or who does not."""
    # "Van a gerencia" is no future.
    folded = _GOES_TO.sub(" se firma en ", plain(part))
    if not holds(folded, part, conditions=True) or _DENIED.search(folded):
        return ""
    if not _APPROVES.search(_GOES_TO.sub(" se firma en ", plain(near))):
        return ""
    if _FIRST_PERSON.search(folded):
        return role
    told = {match["who"] for match in _TITLED.finditer(plain(with_posts(part, posts)))}
    # "Compras: ... la da el gerente de finanzas": an area is who approves where no post is told.
    named = {who for who in told if stems_of(who.split()) - AREAS} or told
    # "El gerente general, Mr. Keller": one post, by its title and by a name.
    posts_named = {stems_of(who.split()): who for who in sorted(named)}
    return next(iter(posts_named.values())) if len(posts_named) == 1 else ""


def _topic(text: str, *around: str) -> str:
    """What is approved, by the last word that says so."""
    own = _last_topic(text)
    return own or (_USUAL if _USUAL in map(_last_topic, around) else "")


def _last_topic(text: str) -> str:
    folded = plain(text)
    return max(
        ((match.start(), topic) for topic, words in TOPICS.items() for match in words.finditer(folded)),
        default=(0, ""),
    )[1]


def _apart(a: str, b: str) -> bool:
    """Whether two sentences say of what sort their topic is, and not the same: "descuentos de tarifa"."""
    sorts = [frozenset(map(beginning, _sort(text))) for text in (a, b)]
    return sorts[0] != sorts[1] and not sorts[0] & sorts[1]


def _sort(text: str) -> frozenset[str]:
    folded = plain(text)
    found: set[str] = set()
    for words in TOPICS.values():
        for match in words.finditer(folded):
            if sort := _SORT.match(folded, match.end()):
                found |= stems_of([sort["sort"]])
    return frozenset(found)
