"""Clauses that say of one thing that it is so or the opposite: there is and there is none, by hand and by itself."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from intelligence_capture.graph.claims import OWN, Said, claimed, clauses, elsewhere
from intelligence_capture.graph.quantities import plain
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.scope import about_one, apart, beginning, chain, missing, told, when
from intelligence_capture.graph.sentences import sentences
from intelligence_capture.graph.terms import stems_of

AXES: dict[str, tuple[str, str]] = {
    "method": (
        r"automatic\w*|automatizad\w*|automated|por si sol[oa]s?|(?:entran|pasan|llegan|se cargan|"
        r"se generan) sol[oa]s?|se \w{3,} sol[oa]s?|sin que nadie \w+|by itself",
        r"a mano|manual(?:mente|ly)|(?<!un )(?<!el )(?<!del )(?<!los )manual(?:es)?(?! de\b)|"
        r"(?:re)?digit(?:a\w*|o)|(?:re)?tipe(?:a\w*|o)|transcrib\w+|by hand|retyp\w+|typed in|copy and paste",
    ),
    "medium": (
        r"en papel|en cuadernos?|a lapiz|on paper|paper based|handwritten",
        r"digital(?:es)?|digitalizad\w*|electronic[oa]s?|paperless|electronic|online|"
        r"automatic\w*|automatizad\w*|automated|por si sol[oa]s?|se \w+ sol[oa]s?",
    ),
    "progress": (
        r"en marcha|en ejecucion|avanza|avanzando|under way|in progress|on track",
        r"paralizad\w*|detenid\w*|suspendid\w*|estan? parad[oa]s?|en pausa|on hold|stopped|halted",
    ),
    "in service": (
        r"operativ[oa]s?|en servicio|funcionando|funcionan?|in service|operational|in working order",
        r"inoperativ[oa]s?|fuera de servicio|malograd[oa]s?|averiad[oa]s?|descompuest[oa]s?|"
        r"sin funcionar|caid[oa]s?|out of (?:service|order)|"
        r"broken|not working",
    ),
    "validity": (
        r"vigentes?|actualizad[oa]s?|valid|up to date|in force",
        r"vencid[oa]s?|caducad[oa]s?|atrasad[oa]s?|desactualizad[oa]s?|expired|overdue|out of date|outdated",
    ),
    "payment": (
        r"pagad[oa]s?|se pago|paid|settled",
        r"pendientes?(?: de pago)?|por pagar|sin pagar|impag[oa]s?|unpaid|outstanding",
    ),
    "speed": (
        r"rapid[oa]s?|rapidisim[oa]s?|agil(?:es)?|al instante|fast|quick",
        r"lent[oa]s?|lentisim[oa]s?|slow|sluggish",
    ),
    "sufficiency": (
        r"alcanzan?|suficientes?|sobran?|sufficient|plenty",
        r"insuficientes?|escasean?|insufficient|scarce|too few",
    ),
    "duty": (
        r"obligatori[oa]s?|mandatory|compulsory|required",
        r"opcional(?:es)?|voluntari[oa]s?|optional|voluntary",
    ),
    "trend": (
        r"subiendo|aumentan?|aumentando|crecen?|creciendo|rising|growing|increas\w+",
        r"bajando|disminuy\w+|decrec\w+|cayendo|falling|shrinking|decreas\w+",
    ),
    "completion": (
        r"terminad[oa]s?|concluid[oa]s?|culminad[oa]s?|inaugurad[oa]s?|entregad[oa]s?|entrego|entregaron|"
        r"completed|finished|handed over",
        r"en construccion|en obras?|a medio construir|sin terminar|inconclus[oa]s?|vamos en el piso|"
        r"under construction|unfinished",
    ),
    "opening": (r"abiert[oa]s?|abren?|open|opens", r"cerrad[oa]s?|se cerro|cerro|closed"),
    "place of decision": (
        r"centralizad[oa]s?|centralized|centralised",
        r"descentralizad[oa]s?|decentrali[sz]ed",
    ),
    "outsourcing": (
        r"tercerizad[oa]s?|subcontratad[oa]s?|outsourced|lo hace un tercero|con un tercero",
        r"personal propio|gente propia|equipo propio|in house|our own (?:staff|people|team)",
    ),
    "vacancy": (r"vacantes?|sin cubrir|vacant|unfilled", r"cubiert[oa]s?|ocupad[oa]s?|filled|taken"),
    "judgement": (
        r"(?:muy |bastante )?content[oa]s?|satisfech[oa]s?|excelentes?|muy buen[oa]s?|buenisim[oa]s?|"
        r"impecables?|funcionan? (?:muy )?bien|"
        r"encantad[oa]s?|nos encanta|very happy|excellent|great|very good|works (?:very )?well|love",
        r"pesim[oa]s?|malisim[oa]s?|muy mal[oa]?s?|no sirven?|horribles?|terribles?|insatisfech[oa]s?|"
        r"descontent[oa]s?|un desastre|"
        r"awful|useless|terrible|very bad|unhappy|a disaster",
    ),
}
"""What can be so or the opposite, with the words for either side."""
_SIDES = {name: tuple(re.compile(rf"\b(?:{side})\b") for side in sides) for name, sides in AXES.items()}
_DENIED = re.compile(
    r"\b(?:no|nunca|jamas|nadie|ningun[oa]?s?|tampoco|carec\w+(?: de)?|not|never|nobody|no one|none|cannot|"
    r"lacks?|ignored?|(?:do|does|is|are|has|have|ca)n t)\b"
)
_PRIVATIVE = re.compile(
    r"\b(?:des(?=conoc|orden|actualiz|protegid|aprob|abastec|motivad|coordin|inform)|"
    r"in(?=cumpl|complet|segur|exact|correct|adecuad|efic|estab|form(?:al)|satisf|complete|accura|secure|stable)|"
    r"im(?=puntual|posible|precis)|un(?=reliab|safe|train|sign|finish|avail|aware|stable|clear|check|reported)|"
    r"ir(?=regular|responsab)|dis(?=agree|honest|satisf|organi))(?=\w)"
)
"""What a word begins with that says the opposite of the rest of it: "incumplen"."""
_ASSERTS = re.compile(
    r"\b(?:hay|existen?|tienen?|tenemos|contamos|cuentan?|est[ae]n?|estamos|se (?:\w{2,}[ae]n?|ha \w+)|"
    r"\w{3,}[aei]mos|is|are|has|have|"
    r"(?:no|nadie|nunca|jamas|we|they|nobody|no one|never) \w+|works?|went|goes)\b"
)
"""A verb that says what there is or what is done: without one a clause only names things."""
_EXISTS = re.compile(
    r"\b(?:hay|existen?|tenemos|tienen?|contamos con|cuentan? con|there (?:is|are)|have|has)\b"
)
_DENIED_VERB = re.compile(
    r"\b(?:no|nunca|jamas|nadie|tampoco|never|nobody|no one|not|n t) (?:se |le |les |nos |lo |la |los |"
    r"las )*(\w{3,})"
)
_RELATIVE = re.compile(r"\b(?:que|cual|quien|donde|which|that|who) (?:no|nunca|not|never)\b|\b(?:ni|nor)\b")
_JOIN = re.compile(r"(?<=[a-z])['’](?=[a-z])")
_MARK = re.compile(
    r"\b(?:pongo|doy|ponemos|damos|pondria|daria|califico|nota|puntaje|give|rate|"
    r"score\w*)\b\D{0,30}?(?P<mark>\d{1,2})(?:[.,]5)?\b(?! ?%)(?:(?: de | sobre |/| out of )(?P<of>10)\b)?"
)
_ME = re.compile(r"\b(?:yo|i)\b")
SO = "is it so"
BRIEF = 3
"""Two clauses that tell no more words than this between them are about the same if they share one."""
SATISFIED, DISSATISFIED = 7, 4
FEWEST = 2
"""Words that a denial and what it denies have in common at least."""
COMMON = 500
"""A word in more claims than this of one kind and company points at nothing, and pairs would grow with their square."""
_BEFORE = 400
"""Characters of a sentence before a clause that may tell what the clause is about."""


def opposite_claims(talks: Iterable[Talk]) -> Iterator[Said]:
    """Each clause that claims one side of an axis, or that something is so or not, in order."""
    for talk in sorted(talks, key=lambda talk: talk.id):
        for index, answer in enumerate(talk.answers):
            for start, end in sentences(answer.answer):
                yield from _in_sentence(talk, index, start, answer.answer[start:end])


def opposite_pairs(claims: Iterable[Said]) -> Iterator[tuple[Said, Said]]:
    """The claims of two people of one company that say the opposite of one thing."""
    groups: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for claim in claims:
        groups[claim.company, claim.kind].append(claim)
    for key in sorted(groups):
        for a, b, shared in with_words_in_common(groups[key]):
            if a.interview_id != b.interview_id and _about_one_thing(a, b, shared):
                yield a, b


def no_value_in_common(a: Said, b: Said) -> bool:
    """Whether two claims hold different values."""
    return not a.who & b.who


def with_words_in_common(
    claims: list[Said], differ: Callable[[Said, Said], bool] = no_value_in_common
) -> Iterator[tuple[Said, Said, int]]:
    """The pairs of claims that differ and tell of something in common, with how much."""
    telling: dict[str, list[int]] = defaultdict(list)
    stems = [{beginning(stem) for stem in claim.chain} for claim in claims]
    frequency = Counter(stem for found in stems for stem in found)
    stems = [{stem for stem in found if frequency[stem] <= COMMON} for found in stems]
    for number, claim in enumerate(claims):
        shared = Counter(other for stem in sorted(stems[number]) for other in telling[stem])
        for other in sorted(shared):
            if differ(claims[other], claim):
                yield claims[other], claim, shared[other]
        for stem in stems[number]:
            telling[stem].append(number)


def _about_one_thing(a: Said, b: Said, shared: int) -> bool:
    """Whether what is told of one is told of the other; of a denial, all that is denied."""
    days_a, days_b = when(plain(a.context)), when(plain(b.context))
    if a.kind == SO:
        denied, said, days = (a, b, days_a - days_b) if "no" in a.who else (b, a, days_b - days_a)
        # "Hay comedor" and "no tenemos comedor" tell of nothing else.
        alone = {*denied.chain} == {*said.chain} and all(_EXISTS.search(plain(one.text)) for one in (a, b))
        if (shared < FEWEST and not alone) or days or missing(denied.chain, said.near):
            return False
        verb = _verb(denied) & set(map(beginning, said.near))
        beside = len(about_one(denied.chain, said.near) - verb)
        brief = len({*map(beginning, a.chain), *map(beginning, b.chain)}) <= BRIEF
        if verb and beside < FEWEST and not brief and not alone:
            return False
        asserted = alone or (verb and beside >= FEWEST) or _ASSERTS.search(plain(said.text))
        return bool(asserted) and not elsewhere(a, b)
    if days_a != days_b:
        return False
    brief = len({*a.chain, *b.chain}) <= BRIEF or a.chain[:1] == b.chain[:1]
    fewest = 1 if brief else FEWEST
    return shared >= fewest and not apart(a.chain, a.near, b.chain, b.near) and not elsewhere(a, b)


def _verb(denied: Said) -> set[str]:
    """What the verb that is denied begins with."""
    verb = _DENIED_VERB.search(_PRIVATIVE.sub("no ", plain(denied.text)))
    return {beginning(stem) for stem in stems_of([verb[1]])} if verb else set()


def _in_sentence(talk: Talk, index: int, start: int, text: str) -> Iterator[Said]:
    folded = _JOIN.sub(" ", plain(text))
    for first, last in clauses(folded):
        if not claimed(text, folded, first, last):
            continue
        clause = _PRIVATIVE.sub("no ", folded[first:last])
        for kind, side, match in _sides(clause):
            # Who types data in himself tells how they get there.
            own = OWN.search(_ME.sub(" ", clause) if kind == "method" else clause)
            if own and kind != "judgement":
                continue
            rest = clause.replace(match.group(), " ") if match else clause
            rest = _DENIED.sub(" ", rest)
            about = chain(rest)
            if kind == SO and len(about) < FEWEST:
                about = told(rest)
            about = about or chain(folded[max(0, first - _BEFORE) : first])
            near = stems_of(clause.split())
            where = (talk.id, talk.company, talk.business_unit, index, start, start + len(text))
            said = match.group() if match else text[first:last].strip(" ,;:.()")
            words = dict.fromkeys(sorted(near), 1.0)
            yield Said(*where, kind, said, words, near, text, who=frozenset([side]), chain=about)


def _sides(clause: str) -> Iterator[tuple[str, str, re.Match[str] | None]]:
    """What the clause claims: kind, side, and the words that say it."""
    denied = _DENIED.search(clause)
    if not _RELATIVE.search(clause):
        yield SO, "no" if denied else "yes", None
    for name, sides in _SIDES.items():
        found = [side.search(clause) for side in sides]
        if bool(found[0]) != bool(found[1]):
            number = 0 if found[0] else 1
            match = found[number]
            inside = match and _DENIED.search(match.group())
            if not denied or inside:
                yield name, f"{name} {number}", match
    mark = _MARK.search(clause)
    if (
        mark
        and (int(mark["mark"]) >= SATISFIED or int(mark["mark"]) <= DISSATISFIED)
        and int(mark["mark"]) <= 10
    ):
        yield "judgement", f"judgement {int(int(mark['mark']) <= DISSATISFIED)}", mark
