"""What sentences claim: an amount, or who approves, about something."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from intelligence_capture.graph.quantities import Quantity, plain, quantities
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.sentences import sentences
from intelligence_capture.graph.wording import stems_of
from intelligence_capture.texts import fold

ELSEWHERE = 0.6
"""What a word outside the amount's own clause counts."""
_CLAUSE = re.compile(
    r"(?<!\d)[,.;:()]|[,;:()](?!\d)| - |\by\b(?= (?:se|el|la|los|las|yo|a|de ahi)\b)|\bpero\b|\bbut\b"
)
_PAST = re.compile(
    r"\b(?:hace|desde hace|llevo|llevamos|lleva|llevan|en los ultimos|durante|for the last|ago)(?: \w+){0,2} ?$"
)
_ONCE = re.compile(
    r"\b(?:ayer|la semana pasada|el mes pasado|last (?:week|month)|en (?:enero|febrero|marzo|abril|mayo|junio|"
    r"julio|agosto|setiembre|septiembre|octubre|noviembre|diciembre)|este (?:mes|ano)|this (?:month|year)|"
    r"una vez(?! (?:al|a la|por|cada)))\b"
)
_DECIDES = re.compile(
    r"\b(?P<verb>(?:lo |la |los |las |las? )?(?:aprueb[ao]n?|autoriz[ao]n?|decid[eo]n?|defin[eo]n?|fij[ao]n?|"
    r"approves?|authori[sz]es?|decides?|sets))\b"
)
_FIRST_PERSON = re.compile(
    r"\b(?:lo |la |los |las )?(?:apruebo|autorizo|decido|defino)\b|\b(?:lo|la|los|las) fijo\b|"
    r"\bi (?:approve|authori[sz]e|decide|set)\b"
)
_WHO = (
    r"(?:(?:el|la|los|las|the|our) )?(?P<who>(?:gerent[ea]|gerencia|jef[ea]|direct[a-z]+|administrador[a-z]*|"
    r"coordinador[a-z]*|supervisor[a-z]*|"
    r"chef|contador[a-z]*|tesorer[ao]|residente|comite|junta|director|general manager|manager|owner|board|ceo|cfo|"
    r"marketing|finanzas|operaciones|compras|contabilidad|logistica|sistemas|legal)"
    r"(?: (?:de |del |general|comercial|corporativ[ao]|financier[ao])(?:[a-z]+)?){0,2})"
)
_AFTER = re.compile(r"^(?: \w+mente| solo)?(?: (?:por|by))? " + _WHO)
_BEFORE = re.compile(_WHO + r"(?: \w+){0,1} ?$")


OWN = re.compile(r"\b(?:mi|mis|tengo|me|my|i have|nuestr[oa]s? (?:analista|equipo)|yo)\b")
"""What somebody says of his own team, purse or day contradicts nobody who speaks of his."""
_EVENT = re.compile(
    r"\b(?:\w{2,}(?:aron|ieron|amos ayer)|vino|fue|estuvo|llego|tardo|demoro|took|came|was|were|arrived|lost)\b"
)
"""What happened once is no claim about what holds."""


_PERHAPS = re.compile(
    r"\b(?:pued[eo]n?|podria\w*|a veces|hasta|mas de|menos de|como|casi|can|could|may|up to|about|almost)\b"
)
"""What can be, or what is only guessed, is no claim on how long it takes."""
_SITE = re.compile(
    r"\b(?:obra|local|sede|planta|proyecto|sucursal|tienda|edificio|plant|site|branch|store)(?: de| del)? "
    r"(?P<name>[A-ZÁÉÍÓÚÑ]\w+(?: [A-ZÁÉÍÓÚÑ]\w+)*)"
)


_LIMIT = re.compile(r"\b(?:tope|firm[ao]n?|caja chica|limit|signs?)\b")
_BEFORE_CLAUSE = 80
"""Characters before the clause that are read with it, to know what it is about."""


class Said(NamedTuple):
    """One claim of one sentence: `words` with what each counts, and an amount or an approver."""

    interview_id: str
    company: str
    business_unit: str
    question_index: int
    start: int
    end: int
    kind: str
    text: str
    words: Mapping[str, float]
    near: frozenset[str]
    context: str
    quantity: Quantity | None = None
    who: frozenset[str] = frozenset()
    own_post: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The stems of its proper names."""
        return proper_names(self.context)


class Weights:
    """How much each stem tells, from all sentences of all interviews."""

    def __init__(self, talks: Iterable[Talk]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for talk in talks:
            for answer in talk.answers:
                for start, end in sentences(answer.answer):
                    counts.update(stems_of(fold(answer.answer[start:end]).split()))
                    total += 1
        self._weights = {stem: math.log(1 + total / count) for stem, count in counts.items()}

    def of(self, stem: str) -> float:
        """The weight of a stem; an unknown one tells most."""
        return self._weights.get(stem, 8.0)

    def likeness(self, a: Said, b: Said) -> float:
        """How far two claims are about the same thing, from 0 to 1: by their clauses and by their sentences."""
        clauses = self._cosine(dict.fromkeys(a.near, 1.0), dict.fromkeys(b.near, 1.0))
        whole = self._cosine(a.words, b.words)
        return max(0.5 * clauses + 0.5 * whole, 0.85 * whole)

    def _cosine(self, a: Mapping[str, float], b: Mapping[str, float]) -> float:
        shared = sorted(a.keys() & b.keys())
        dot = math.fsum(a[stem] * b[stem] * self.of(stem) ** 2 for stem in shared)
        return dot / (self._length(a) * self._length(b)) if shared else 0.0

    def _length(self, words: Mapping[str, float]) -> float:
        return (
            math.sqrt(math.fsum((count * self.of(stem)) ** 2 for stem, count in sorted(words.items()))) or 1.0
        )


def at_their_sites(talks: Iterable[Talk]) -> tuple[Talk, ...]:
    """The talks of people without a business unit with the site that they name with their post, where they do.

    What holds at one building site contradicts nothing at another.
    """
    found = []
    for talk in talks:
        first = talk.answers[0].answer if talk.answers else ""
        site = _SITE.search(first) if not talk.business_unit else None
        found.append(talk.model_copy(update={"business_unit": site["name"]}) if site else talk)
    return tuple(found)


def claims_of(talks: Iterable[Talk]) -> Iterator[Said]:
    """Every claim of every sentence, in order."""
    for talk in sorted(talks, key=lambda talk: talk.id):
        for index, answer in enumerate(talk.answers):
            before: frozenset[str] = frozenset()
            for start, end in sentences(answer.answer):
                text = answer.answer[start:end]
                yield from _amounts(talk, index, start, text, before)
                yield from _approvers(talk, index, start, text)
                before = proper_names(text)


def proper_names(text: str) -> frozenset[str]:
    """The stems of the words written with a capital, but for the first."""
    words = re.findall(r"\w+", text)
    return stems_of([fold(word) for word in words[1:] if word[:1].isupper() and not word.isupper()])


def _amounts(talk: Talk, index: int, start: int, text: str, before: frozenset[str]) -> Iterator[Said]:
    folded = plain(text)
    approval = _DECIDES.search(folded) or _FIRST_PERSON.search(folded) or _LIMIT.search(folded)
    for one in quantities(text):
        if approval and one.kind not in ("minutes", "percent", "times a year"):
            continue  # each step of a ladder of approvals has its own amount
        if one.kind == "minutes" and (_PAST.search(folded[: one.start]) or one.high >= 525600):
            continue
        first, last = _clause(folded, one.start, one.end)
        if one.kind == "minutes" and _PERHAPS.search(folded[first:last]):
            continue
        if OWN.search(folded[first:last]) or _EVENT.search(folded[first:last]):
            continue
        near = stems_of(fold(text[first : one.start] + " " + text[one.end : last]).split())
        if not near and first:
            # "Hacen su inventario: es semanal" says in the clause before what it is about.
            first, _ = _clause(folded, max(first - 2, 0), first)
            near = stems_of(fold(text[first : one.start]).split())
        words = dict.fromkeys(sorted(before), ELSEWHERE / 2)
        words |= dict.fromkeys(
            sorted(stems_of(fold(text[: one.start] + " " + text[one.end :]).split())), ELSEWHERE
        )
        words |= dict.fromkeys(sorted(near), 1.0)
        kind = one.kind + (" once" if _ONCE.search(folded[first:last]) else "")
        place = (start, start + len(text))
        yield Said(
            *(
                talk.id,
                talk.company,
                talk.business_unit,
                index,
                *place,
                kind,
                text[one.start : one.end],
                words,
                near,
            ),
            *(text[max(0, first - _BEFORE_CLAUSE) : last], one),
        )


def _clause(folded: str, start: int, end: int) -> tuple[int, int]:
    bounds = [(match.start(), match.end()) for match in _CLAUSE.finditer(folded)]
    first = max((stop for _, stop in bounds if stop <= start), default=0)
    last = min((begin for begin, _ in bounds if begin >= end), default=len(folded))
    return first, last


def _approvers(talk: Talk, index: int, start: int, text: str) -> Iterator[Said]:
    """Who approves what: a role beside the verb, or the speaker."""
    folded = plain(text)
    mine = _FIRST_PERSON.search(folded)
    for match in (mine,) if mine else _DECIDES.finditer(folded):
        first, last = _clause(folded, match.start(), match.end())
        after = _AFTER.match(folded[match.end() :])
        ahead = _BEFORE.search(folded[first : match.start()].rstrip() + " ")
        title = talk.role if mine else (after or ahead or {"who": ""})["who"]
        who = stems_of(fold(title).split())
        if not who:
            continue
        words = stems_of(folded.split()) - who - stems_of(match.group().split())
        near = stems_of(folded[first:last].split()) & words
        yield Said(
            *(talk.id, talk.company, talk.business_unit, index, start, start + len(text)),
            *("approver", title, dict.fromkeys(sorted(words), 1.0), near, text),
            who=who | (stems_of(folded[match.end() :].split()[:8]) if mine else frozenset()),
        )
