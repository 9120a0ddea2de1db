"""What a free text is about: its stems, and what forbids to take two texts for the same thing."""

import re
from typing import NamedTuple

from intelligence_capture.graph.concepts import Concepts
from intelligence_capture.texts import fold

NO_CONCEPTS = Concepts()
_STOP = frozenset(
    """de la el los las un una unos unas y o e u a en que se por con para del al lo su sus es son no me nos le les sin
    como mas mi mis si ya hay ha han muy todo toda todos todas este esta esto ese esa eso cada cuando donde porque pero
    ni hasta desde entre sobre tambien tan solo ser tiene tienen tengo tenemos hacer hace hago the of and to in is are
    an i we it for on with that this they them there has have had be by at from or not my our your all every when where
    who which as but if so do does did was were will would can could just also very more""".split()
)
_WEAK = frozenset(
    """lunes martes miercoles jueves viernes sabado sabados domingo domingos dia dias semana semanas mes meses ano anos
    hora horas minuto minutos manana mananas tarde tardes noche noches diario diaria diarios semanal mensual anual
    monday tuesday wednesday thursday friday saturday sunday day days week weeks month months year hour hours minute
    minutes morning afternoon night daily weekly monthly uno dos tres cuatro cinco seis siete ocho nueve diez doce
    quince veinte treinta one two three four five six seven eight nine ten meta metas piden pide estamos vamos veces
    vez cosa cosas parte tema manera lado mejor peor bien mal mucho mucha muchos poco poca pocos nada nadie algo otro
    otra otros otras mismo misma area areas entro llego empiezo target goal""".split()
)
"""Words of time, number and scaffolding: two texts that share no other are about different things."""
_WORDLESS = _STOP | _WEAK
_NEGATORS = frozenset("no nunca jamas sin ningun ninguna tampoco not never without cannot".split())
_NUMBERED = re.compile(
    r"\b(?:piso|anexo|canal|habitacion|local|etapa|torre|version|turno|fase|nivel|sede|zona|obra|floor|room|phase|stage|shift|site)s?"
    r" ([a-z]|\d+|[ivx]{1,4})\b"
)
_ROMAN = re.compile(r"\b[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+ ([IVX]{1,4})\b")
_PROPER = re.compile(r"(?<![.!?¡¿:]\s)(?<!^)(?<![\"“«(])\b[A-ZÁÉÍÓÚÑ][\wáéíóúñÁÉÍÓÚÑ]{2,}")


class Wording(NamedTuple):
    """A text taken apart.

    `things` are names in it of known things, `proper` its other proper names, `troubles` what it complains of,
    `whole` those of them beside which nothing else matters, `own` those that a thing has by itself; `about` are
    the known things in the words that prove it.
    """

    stems: frozenset[str]
    negated: frozenset[str]
    numbers: frozenset[str]
    things: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()
    troubles: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()


def wording(
    text: str,
    things: frozenset[str] = frozenset(),
    concepts: Concepts = NO_CONCEPTS,
    *,
    proof: str = "",
    about: frozenset[str] = frozenset(),
) -> Wording:
    """The wording of this text; `things` are the canonical names that stand in it.

    Troubles that say it all, or that a thing has by itself, are read from `proof`, where it is given: the words that
    prove the text, with the things `about` in them.
    """
    read = concepts.read(text)
    told = concepts.read(proof) if proof else read
    words = list(read.words)
    negated = {
        stem(word)
        for place, negator in enumerate(words)
        if negator in _NEGATORS
        for word in words[place + 1 : place + 4]
        if word not in _WORDLESS
    }
    numbers = set(_NUMBERED.findall(fold(text)))
    numbers |= {found.lower() for found in _ROMAN.findall(text)}
    proper = frozenset(fold(match.group()) for match in _PROPER.finditer(text))
    stems = stems_of(words) | read.troubles | told.whole | read.kinds
    return Wording(
        stems,
        frozenset(negated),
        frozenset(numbers),
        things,
        proper,
        read.troubles | told.whole,
        told.whole,
        told.own,
        about or things,
    )


def stems_of(words: list[str]) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    return frozenset(
        stem(word) for word in words if len(word) > 2 and not word[0].isdigit() and word not in _WORDLESS
    )


def stem(word: str) -> str:
    """The beginning of a word, without its plural: crude, but the same in both languages."""
    return word[:-1][:6] if word.endswith("s") and len(word) > 4 else word[:6]


def forbidden(a: Wording, b: Wording) -> str:
    """Why these cannot speak of the same thing, '' where they can."""
    if a.numbers and b.numbers and a.numbers != b.numbers:
        return "different numbers"
    if (a.negated & (b.stems - b.negated)) or (b.negated & (a.stems - a.negated)):
        return "one denies what the other says"
    if a.things and b.things and not a.things & b.things:
        return "different things"
    if a.troubles and b.troubles and not a.troubles & b.troubles:
        return "different troubles"
    if a.proper and b.proper and not a.proper & b.proper and not a.things & b.things:
        return "different names"
    return ""


def same_trouble(a: Wording, b: Wording, *, near: bool) -> bool:
    """Whether both complain of one trouble beside which nothing else matters, or near each other of one thing.

    One supplier who is late at two companies may be two contracts.
    """
    return bool(a.whole & b.whole or (near and a.own & b.own and a.about & b.about))
