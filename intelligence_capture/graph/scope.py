"""Whether a clause claims what holds now and for everybody, and whether two of them are about one thing."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from intelligence_capture.graph.quantities import plain
from intelligence_capture.graph.terms import stems_of

_PAST = re.compile(
    r"^\W*(?:pero |y )?antes(?! de\b| que\b)\b|\b(?:anteriormente|(?:el|los) (?:ano|mes)(?:e?s)? pasados?|la (?:semana|"
    r"vez) pasada|ayer|"
    r"era|eran|estaba\w*|habia\w*|tenia\w*|hacia(?:n|mos)|solia\w*|hasta (?:el )?(?:ano )?(?:19|20)\d\d|"
    r"previously|used to|formerly|yesterday|last (?:year|month|week|time)|was|were|had|did|"
    r"anterior(?:es)?|previous|former)\b"
)
_IMPERFECT = re.compile(
    r"\b\w{2,}(?<!\bac)(?<!\bgr)(?<!\btr)(?<!\bal)(?:aba[ns]?|abamos)\b|"
    r"\b(?:ven|sal|hac|pon|tra|ve|recib|vend|dec|ped|deb|pod|ten|sab|defin|decid)ia(?:n|mos)?\b"
)
"""What was: "manejaba", but not "acaba" or "graba"."""
_LATER = re.compile(r"\b[a-záéíóúñ]{2,}rán?\b")
"""What will be, where the accent was written: "manejará" and no name, "Terán"."""
_WISH = re.compile(
    r"\b(?:deberia\w*|ojala|quisiera\w*|gustaria\w*|necesit\w+|hace falta|propon\w+|propus\w+|sugier\w+|"
    r"sugeri\w*|pedi|pediria|"
    r"quier\w+|queremos|seria|serian|convendria|pasar a ser|should|would|wish\w*|want\w*|need\w*|propos\w+|hope\w*|"
    r"asked for|requested|"
    r"proximo (?:ano|mes)|otro ano|next (?:year|month)|va a|van a|vamos a|will)\b"
)
_IF = re.compile(
    r"\bsi\b|\b(?:cuando|when|if|unless|salvo|excepto|except|a menos que|en caso|whenever|mientras|"
    r"siempre que|segun (?:el|la|los|las|si)|depending)\b|\bdepende\b(?! de)"
)
_PARTLY = re.compile(
    r"\bno (?:siempre|tod[oa]s?|tanto|del todo|solo|solamente|mas|es que|necesariamente|hay problema)\b|"
    r"\bnot (?:always|all|only|every|just|necessarily|really|so|quite)\b|"
    r"\b(?:a veces|algun[oa]s?|sometimes|some|parte de|casi|almost|mitad|hay \w+ que|"
    r"there are \w+ (?:that|which|who))\b"
)
_NEUTRAL_WORDS = """hacer hace hacen hacemos hago hecho hecha hechos hechas haciendo realiza realizan realizamos ejecuta
    ejecutan efectua efectuan lleva llevan llevamos saca sacan sacamos toma toman tomamos tomar demora demoran
    demoramos dura duran tarda tardan tardamos cuesta cuestan costamos pagamos cobra cobran pasa
    pasan pasamos entra entran llega llegan sale salen reune reunen reunimos sesiona sesionan queda quedan deja
    dejan dejamos tenemos tiene hay existe existen cuenta cuentan contamos usa usan usamos maneja manejan
    manejamos sigue siguen nuestra nuestro nuestros nuestras empresa compania company promedio total totales
    actual cerca alrededor plazo tiempo duracion frecuencia completo
    completa propio todavia aun aqui aca ahora ahorita hoy siempre encarga encargan responsable quien nuevo
    nueva nuevos nuevas personal mayor mayores menor menores superior superiores inferior inferiores anual
    mensual semanal diario diaria cada antes despues luego pues takes take lasts last run runs cost costs pay
    paid have has get gets make makes made done does about around average currently usually now right total
    each every rate level still already here there works work hold held new annual meets meet
    give gives carry carries cualquier cualquiera junto any
    empieza empiezan arranca arrancan inicia inician comienza comienzan starts begins
    sea anda andan lanza lanzan lanzamos ninguna ningun menos more less
    debe deben should must tope topes limite maximo maxima minimo minima tolerancia limit maximum minimum
    through unos unas dan damos trabaja trabajan opera operan operamos well fully keep keeps kept
    due ready mensuales semanales anuales diarias quincenal quincenales trimestral""".split()
NEUTRAL = stems_of(_NEUTRAL_WORDS)
"""What a claim is built with, and not what it is about."""
_PLACES = stems_of(
    """region zona sede sucursal branch site filial norte sur este oeste north south east west regional provincia
    turno campana temporada verano invierno season""".split()
)
"""Words that restrict a claim to a part of the whole."""
_PRONOUNS = frozenset("se lo le les nos me i we they you it".split())
PARTS_OF_DAY = frozenset("manana tarde noche madrugada morning afternoon evening night".split())
_AT_THE_FRONT = re.compile(r"^\W*(?:en|in|at) (?:el |la |los |las |the )?(\w+)")
_PREPOSITIONS = frozenset("contra segun ante bajo tras mediante against under upon within".split())
_LETTER = re.compile(r"(?<=[a-záéíóúñ] )(?:[A-DF-NP-XZ]|[IVX]{2,4})\b(?![.'’/$])")
BREAK = ""
"""Between two words of a clause of which the second does not narrow the first."""
_SAME_BEGINNING = 5
_FEWEST = 2
_ENDING = re.compile(
    r"(?<=...)(?:amo|emo|imo|ing|mo|[aei]r|(?<=....)in|ed|es|ad|id|ado|ada|ido|ida|am|s|(?<=[ae])n|[aeiouy])$"
)
_VOWEL = re.compile(r"(?<=...)(?:[aeiouy]|(?<=[ae])n)$")
"""How verbs and nouns end that are made from one word, as far as a stem of six letters shows it."""
_WHEN = re.compile(
    r"\b(?:(?:los|las|el|la|de|por las?|en|on|at|in the|every) )"
    r"(?P<when>lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|fin(?:es)? de semana|feriados?|noches?|"
    r"madrugadas?|mananas?|tardes?|verano|invierno|primaria|secundaria|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|night|nights|mornings?|evenings?|summer|winter)\b"
)
_OF_WHAT = re.compile(r"\b(?P<noun>[a-z]{4,}) (?:del?|de la|de los|de las|of(?: the)?) (?P<part>[a-z]{4,})\b")
_ADDED = re.compile(r"\b(?P<noun>\w+) (?:de|del|de la|en|en la|in|of|at) (?P<name>[A-ZÁÉÍÓÚÑ][a-záéíóúñ]\w+)")


def holds(folded: str, said: str = "", *, conditions: bool = False) -> bool:
    """Whether a clause, in lower case and without accents, is neither past, wished for, conditional nor partial.

    `said` is the clause as it was said: "sí" is no condition. With `conditions` it may be conditional.
    """
    conditional = not conditions and _IF.search(said.lower() if said else folded)
    other_times = _PAST.search(folded) or _IMPERFECT.search(folded) or _LATER.search(said)
    return not (other_times or _WISH.search(folded) or _PARTLY.search(folded) or conditional)


def telling(stems: Iterable[str]) -> frozenset[str]:
    """Those of the stems that say what a claim is about."""
    return frozenset(stems) - NEUTRAL


def chain(folded: str) -> tuple[str, ...]:
    """The telling stems of a clause in their order, without the verbs that stand behind a pronoun."""
    words = re.findall(r"\w+", folded)
    shift = bool({"turno", "shift"} & set(words))
    found: list[str] = []
    for before, word in zip(("", *words), words, strict=False):
        if shift and word in PARTS_OF_DAY:
            found.append(word)
        elif before not in _PRONOUNS and word not in _PREPOSITIONS and not word.endswith("mente"):
            found += stems_of([word])
    return tuple(stem for stem in found if stem not in NEUTRAL)


def when(folded: str) -> frozenset[str]:
    """The days and seasons that a clause is restricted to: "los domingos"."""
    return frozenset(match["when"].rstrip("s") for match in _WHEN.finditer(folded))


def same_statement(a: Sequence[str], b: Sequence[str], *, thin: bool = False) -> bool:
    """Whether one of two clauses tells all that the other tells: two things, or one where that is all of both.

    Where `thin`, one thing will do beside a single other one.

    "La apertura de una cuenta" is not that of "una cuenta de empresa": what follows a shared word narrows it.
    """
    shorter, longer = sorted(
        (tuple(map(beginning, a)), tuple(map(beginning, b))), key=lambda one: len({*one, BREAK})
    )
    less, more = {*shorter} - {BREAK}, {*longer} - {BREAK}
    fewest = 1 if less == more or (thin and len(more) <= _FEWEST) else _FEWEST
    return len(less) >= fewest and less <= more and not _narrowed(shorter, longer)


def _narrowed(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    followed = {one for one, following in pairwise(shorter) if following != BREAK}
    return any(
        one in shorter and following not in shorter and BREAK not in (one, following) and one not in followed
        for one, following in pairwise(longer)
    )


def named_part(text: str, chain: Iterable[str]) -> frozenset[str]:
    """The places that narrow what a claim tells of: "el almacén de Arequipa"."""
    told = set(map(beginning, chain))
    return frozenset(
        match["name"].lower()
        for match in _ADDED.finditer(text)
        if told & set(map(beginning, stems_of([plain(match["noun"])])))
    )


def part_of(folded: str, near: Iterable[str], others: Iterable[str]) -> bool:
    """Whether a clause tells of a part of what others tell of: "una cuenta de empresa" beside "una cuenta"."""
    shared, words = set(map(beginning, near)), set(map(beginning, others))
    for match in _OF_WHAT.finditer(folded):
        noun, part = stems_of([match["noun"]]), telling(stems_of([match["part"]]))
        if set(map(beginning, noun)) & shared & words and part and not set(map(beginning, part)) & words:
            return True
    return False


def told(folded: str) -> tuple[str, ...]:
    """The telling stems of a clause in their order, verbs among them."""
    return tuple(stem for stem in statement(folded) if stem != BREAK)


def statement(folded: str) -> tuple[str, ...]:
    """The same with a break at each verb that shows: in "el despacho aduanero se resuelve" it narrows nothing."""
    found: list[str] = []
    for word in re.findall(r"\w+", folded):
        found += [BREAK] if word in _PRONOUNS else [] if word.endswith("mente") else stems_of([word])
    return tuple(stem for stem in found if stem not in NEUTRAL)


def where(folded: str) -> frozenset[str]:
    """What a sentence is restricted to by its first words: "En secundaria…"."""
    place = _AT_THE_FRONT.match(folded)
    return telling(stems_of([place[1]])) if place else frozenset()


def lettered(text: str) -> frozenset[str]:
    """The letters and numerals that stand for a name: "el pabellón B"."""
    return frozenset(_LETTER.findall(text))


def missing(wanted: Iterable[str], words: Iterable[str]) -> frozenset[str]:
    """The telling stems that have nothing like them among the words: "revisa" is like "revision"."""
    beginnings = {beginning(word) for word in words}
    return frozenset(stem for stem in telling(wanted) if beginning(stem) not in beginnings)


def about_one(a: Iterable[str], b: Iterable[str]) -> frozenset[str]:
    """What two clauses both tell of."""
    return frozenset(map(beginning, a)) & frozenset(map(beginning, b))


def apart(a: Sequence[str], words_a: Iterable[str], b: Sequence[str], words_b: Iterable[str]) -> bool:
    """Whether two clauses name two things in one place of them, or one of them a part of the whole.

    "El comité de créditos se reúne" and "el comité de seguridad se reúne" share most of their words.
    """
    own_a, own_b = missing(a, words_b), missing(b, words_a)
    if (own_a | own_b) & _PLACES:
        return True
    after_a, after_b = _beside(a), _beside(b)
    before_a, before_b = _beside(a[::-1]), _beside(b[::-1])
    return any(
        here[word] & own_a and there[word] & own_b
        for here, there in ((after_a, after_b), (before_a, before_b))
        for word in here.keys() & there.keys()
    )


def _beside(stems: Sequence[str]) -> dict[str, set[str]]:
    """The stems that follow each stem, by its beginning."""
    found: dict[str, set[str]] = {}
    for one, following in pairwise(stems):
        found.setdefault(beginning(one), set()).add(following)
    return found


@cache
def beginning(stem: str) -> str:
    """What a word and those made from it have in common: "pago" and "pagan", "revisa" and "revision"."""
    regular = stem.replace("ie", "e").replace("ue", "o")  # "cierre" and "cerramos", "aprueba" and "aprobado"
    return _VOWEL.sub("", _ENDING.sub("", regular))[:_SAME_BEGINNING]
