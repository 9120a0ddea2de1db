"""Amounts in sentences: durations, money, percentages, and how often something is done."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain as chain_

from intelligence_capture.graph.approvers import speaks_of_approval
from intelligence_capture.graph.claims import (
    LONGEST,
    OWN,
    Said,
    claimed,
    clause_at,
    last_clause,
    proper_names,
)
from intelligence_capture.graph.quantities import Quantity, plain, quantities
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.scope import BREAK, chain, statement, telling
from intelligence_capture.graph.sentences import sentences
from intelligence_capture.graph.terms import stems_of
from intelligence_capture.texts import fold

AHEAD = "minutes before"
"""How long before something another thing is done."""
ELSEWHERE = 0.6
"""What a word outside the amount's own clause counts."""
_PAST = re.compile(
    r"\b(?:(?<!se )hace|desde hace|llevo|llevamos|(?<!nos )(?<!me )lleva|llevan|en los ultimos|durante|for the last|"
    r"ago)(?: \w+){0,2} ?$"
)
_ONCE = re.compile(
    r"\b(?:ayer|la semana pasada|el mes pasado|last (?:week|month)|en (?:enero|febrero|marzo|abril|mayo|junio|"
    r"julio|agosto|setiembre|septiembre|octubre|noviembre|diciembre)|este (?:mes|ano)|this (?:month|year)|"
    r"una vez(?! (?:al|a la|por|cada)))\b"
)
_EVENT = re.compile(
    r"\b(?:\w{2,}(?:aron|ieron|amos ayer)|vino|fue|estuvo|llego|tardo|demoro|took|came|was|were|arrived|lost)\b"
)
"""What happened once is no claim about what holds."""
_EVENT_SAID = re.compile(r"\b\w{3,}ó\b")
"""The same, where the accent was written: "costó" and no "costo"."""
_STEP = re.compile(
    r"\b(?:hasta|pasad[oa]|mas de|menos de|mayor(?:es)? (?:a|de)|menor(?:es)? (?:a|de)|up to|above|over|from|less than|"
    r"more than) *(?:el |los )?$"
)
_EARLIER = re.compile(
    r" (?:antes|antelacion|de (?:anticipacion|antelacion)|before|earlier|ahead|in advance)\b"
)
_PERHAPS = re.compile(r"\b(?:pued[eo]n?|podria\w*|a veces|hasta|mas de|menos de|can|could|may|up to)\b")
"""What can be, or what is only guessed, is no claim on how long it takes."""
_MINE = re.compile(r"\b(?:trabajo|estoy|soy|uso|llevo|entre|ingrese|i (?:work|am|joined|use|ve))\b")
"""Since when somebody is here."""
_ROUGHLY = re.compile(
    r"\b(?:como|casi|unos|unas|aproximad\w*|alrededor de|about|around|almost|roughly|nearly) *$"
)
ROUGHLY = 0.3
"""How far an amount that is only guessed may be off."""
_LIMIT = re.compile(r"\b(?:tope|firm[ao]n?|caja chica|limit|signs?)\b")
_TARGET = re.compile(
    r"\b(?:meta|metas|objetivos?|target|goal|tope|maxim[oa]|minim[oa]|limite|limit|debe|deben|must|"
    r"no mas de|at (?:most|least))\b"
)
"""What is aimed at or allowed does not clash with what is."""
_PER = re.compile(
    r"\b(?:al|por|cada|a|per|every) (?P<per>dia|semana|mes|ano|day|week|month|year)\b|"
    r"\b(?P<adverb>diari[oa]s?|semanal(?:es)?|mensual(?:es)?|anual(?:es)?|daily|weekly|monthly|yearly|annual)\b"
)
_PERIODS = {"di": 365, "se": 52, "me": 12, "an": 1, "da": 365, "we": 52, "mo": 12, "ye": 1}
"""Times a year, by how the word for the period begins."""
_SPAN = re.compile(
    r"^ (?:desde|contad[oa]s desde|(?:al|en el|en cada) cierre|a partir de|from|counted from)\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""From when to when a duration is counted: "9 días desde fin de mes hasta que…"."""
_ANAPHOR = re.compile(
    r"\W*(?:(?:y|and) )?(?:cada un[oa]|es[eo]s?|est[eo]s?|eso|esto|se|nos|le|les|lo|it|that|this|they|each)\b"
    r"(?! (?:\w+ )?(?:de|del|of)\b)"
)
"""How a clause begins that is about what was named just before."""
_BRIEF = 8
"""Words of a clause just before that may be what an amount is about."""
_SAYS = re.compile(
    r"^(?:\w+ ){0,5}(?:decimos|dicen|dice|digo|creo|creemos|prometemos|ofrecemos|aseguran|say|think|believe)"
    r"(?: \w+){0,4} (?:que|that) ",
    re.IGNORECASE,
)
"""Who says so, or to whom: "le decimos al cliente que su mudanza queda en un día"."""
_IT_IS = re.compile(r"^.*\b(?:es|son|is|are)\b(?: de)?(?= \w)", re.IGNORECASE | re.DOTALL)
"""What stands before the topic: "de lo que más me quejo es de la merma"."""
_UNIT = re.compile(r"^ (?:el|la|por|per|a|each|cada) \w+(?= ?$)", re.IGNORECASE)
"""What an amount is for each of: "S/ 1,500 por turno" is not about shifts."""
_MONEY = ("PEN", "USD", "EUR", "money")
_BEFORE_CLAUSE = 80
"""Characters before the clause that are read with it, to know what it is about."""
_NEAR = 1000
"""Characters of a sentence on either side of an amount that are looked at: who types without full stops has none."""


def amount_claims(talks: Iterable[Talk]) -> Iterator[Said]:
    """Every amount that is claimed of something, in order."""
    for talk in sorted(talks, key=lambda talk: talk.id):
        for index, answer in enumerate(talk.answers):
            before = ""
            for start, end in sentences(answer.answer):
                text = answer.answer[start:end]
                yield from _amounts(talk, index, start, text, before)
                before = text[-LONGEST:]


def _amounts(talk: Talk, index: int, start: int, text: str, before: str) -> Iterator[Said]:
    """The amounts of a sentence; `before` is the sentence before it, which may say what it is about."""
    folded = plain(text)
    spoken = quantities(text)
    for one in spoken:
        first, last = clause_at(folded, one.start, one.end)
        if not _claims(one, text, folded, (first, last), spoken):
            continue
        if _ROUGHLY.search(folded[first : one.start]):
            one = one._replace(low=one.low * (1 - ROUGHLY), high=one.high * (1 + ROUGHLY))
        one = _a_year(one, folded[first:last])
        parts = [_SAYS.sub("", text[first : one.start]), _SPAN.sub("", text[one.end : last])]
        near_by = max(0, first - LONGEST)
        begins, ends = (near_by + place for place in last_clause(text[near_by:first]))
        topic = text[begins:ends] if first else before[slice(*last_clause(before))]
        topic = _IT_IS.sub("", topic)
        alone = " ".join([parts[0], _UNIT.sub("", parts[1])])
        if _ANAPHOR.match(folded[first:last]) or not telling(stems_of(fold(alone).split())):
            # "Hacen su inventario: es semanal" says in the clause before what it is about, "El cierre. Nos
            # demora 9 días" in the sentence before.
            parts.insert(0, topic)
            first, topic = begins if topic else first, ""
        near = stems_of(fold(" ".join([*parts, text[one.end : last]])).split())
        words = dict.fromkeys(sorted(proper_names(before)), ELSEWHERE / 2)
        words |= dict.fromkeys(sorted(stems_of(fold(_around(text, one)).split())), ELSEWHERE)
        words |= dict.fromkeys(sorted(near), 1.0)
        yield Said(
            *(talk.id, talk.company, talk.business_unit, index, start, start + len(text)),
            *(_kind(one, folded, first, last), text[one.start : one.end], words, near),
            *(text[max(0, first - _BEFORE_CLAUSE) : last], one),
            chain=sum((chain(fold(part)) for part in parts), ()),
            told=_in_turn(statement(fold(part)) for part in parts),
            topic=statement(fold(topic)) if len(topic.split()) <= _BRIEF else (),
        )


def _claims(one: Quantity, text: str, folded: str, clause: tuple[int, int], spoken: list[Quantity]) -> bool:
    """Whether a clause claims this amount of something: that it holds, for everybody, and now."""
    first, last = clause
    before, within = folded[max(0, one.start - _NEAR) : one.start], folded[first:last]
    bound = _STEP.search(folded[first : one.start])
    step = one.kind not in ("minutes", "times a year", "percent") or (one.kind == "percent" and bound)
    around = folded[max(0, first - LONGEST) : last + LONGEST]
    if (step and (speaks_of_approval(around) or _LIMIT.search(around))) or (bound and one.kind in _MONEY):
        return False  # each step of a ladder of approvals has its own amount, and "less than" is none
    if one.kind == "minutes":
        outside = _SPAN.sub("", folded[one.end : last])
        if _PAST.search(before) or one.high >= 525600 or _PERHAPS.search(folded[first : one.end] + outside):
            return False
    if one.kind == "year" and _MINE.search(within):
        return False
    if one.kind == "times a year" and any(
        other.kind in _MONEY or (other.kind == "percent" and other.end + 1 == one.start) for other in spoken
    ):
        return False  # "S/ 900 al mes" is a price, "6 % mensual" a share, and no rhythm
    if OWN.search(within) or _EVENT.search(within) or _EVENT_SAID.search(text[first:last]):
        return False
    return claimed(text, folded, first, last)


def _kind(one: Quantity, folded: str, first: int, last: int) -> str:
    """The kind of a claim: how long a thing takes, and how long before another it is done, are two."""
    if one.kind == "minutes" and _EARLIER.match(folded, one.end):
        return AHEAD
    if _TARGET.search(folded[first:last]):
        return f"{one.kind} aimed at"
    return one.kind + (" once" if _ONCE.search(folded[first:last]) else "")


def _in_turn(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """What the parts tell, with a break between them: the amount stands there."""
    return tuple(chain_.from_iterable((*part, BREAK) for part in parts))


def _around(text: str, one: Quantity) -> str:
    return text[max(0, one.start - _NEAR) : one.start] + " " + text[one.end : one.end + _NEAR]


def _a_year(one: Quantity, clause: str) -> Quantity:
    """An amount of money with its period as one a year."""
    per = _PER.search(clause) if one.kind in _MONEY else None
    if not per:
        return one
    times = _PERIODS[(per["per"] or per["adverb"])[:2]]
    return one._replace(kind=f"{one.kind} a year", low=one.low * times, high=one.high * times)
