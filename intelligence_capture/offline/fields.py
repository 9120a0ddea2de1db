"""Own fields of entities, read from the words around them by patterns; what was not said stays empty."""

import re
from collections.abc import Callable
from typing import NamedTuple

from intelligence_capture.offline.folding import Folded, compile_folded
from intelligence_capture.records import Value

_NUMBERS = {
    "un": 1, "una": 1, "uno": 1, "one": 1, "a": 1, "an": 1, "dos": 2, "two": 2, "tres": 3, "three": 3, "cuatro": 4,
    "four": 4, "cinco": 5, "five": 5, "seis": 6, "six": 6, "siete": 7, "seven": 7, "ocho": 8, "eight": 8, "nueve": 9,
    "nine": 9, "diez": 10, "ten": 10, "once": 11, "eleven": 11, "doce": 12, "twelve": 12, "quince": 15, "fifteen": 15,
    "veinte": 20, "twenty": 20, "treinta": 30, "thirty": 30, "cuarenta": 40, "forty": 40, "cincuenta": 50, "fifty": 50,
    "media": 0.5, "medio": 0.5, "half an": 0.5, "half a": 0.5,
}  # fmt: skip
_WORD_NUMBER = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_MINUTES = {
    "min": 1,
    "minuto": 1,
    "minute": 1,
    "hora": 60,
    "hour": 60,
    "hr": 60,
    "h": 60,
    "dia": 480,
    "day": 480,
}
"""A day of work has eight hours: who says "it takes me a day" means that one."""

_FREQUENCY = compile_folded(
    r"\b(?:(?:\d+|una|dos|tres|cuatro|cinco|varias|once|twice|two|three|several) (?:veces|times|vez) (?:al|a la|por|a|per) (?:dia|semana|mes|año|day|week|month|year)"
    r"|(?:una vez|once|twice) (?:al|a la|por|cada|a|per|every) (?:dia|semana|mes|año|day|week|month|year)"
    r"|cada (?:\d+ |dos |tres |cuatro |seis |quince )?(?:dias?|semanas?|mes(?:es)?|años?|lunes|martes|miercoles|jueves|viernes|sabado|domingo|turno|horas?|trimestre|quincena|noche|mañana|tarde)"
    r"|tod[oa]s l[oa]s (?:dias|semanas|meses|años|lunes|martes|miercoles|jueves|viernes|sabados|domingos|mañanas|tardes|noches)"
    r"|(?:el|los|cada) (?:primer |ultimo |segundo |tercer )?(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?)(?: de (?:cada|el|la) \w+)?"
    r"|diariamente|semanalmente|mensualmente|anualmente|trimestralmente|quincenalmente|a diario|diari[oa]s?|semanal(?:es)?|mensual(?:es)?|quincenal(?:es)?|trimestral(?:es)?|semestral(?:es)?|anual(?:es)?"
    r"|(?:a )?(?:fin|fines|inicio|inicios|cierre) de (?:cada )?(?:mes|año|semana)|fin de mes"
    r"|every (?:other |two |three |\d+ )?(?:days?|weeks?|months?|years?|mornings?|evenings?|nights?|quarters?|shifts?|hours?|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?)"
    r"|each (?:day|week|month|year|morning|quarter|shift|monday|friday)|on (?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?)"
    r"|daily|weekly|monthly|quarterly|yearly|annually|fortnightly|biweekly|(?:at )?(?:month|year)[- ]end|end of (?:the|each|every) (?:month|week|year|day))\b"
)
_TIME = compile_folded(
    r"\b(?:(?:a|desde|hasta|antes de|entre|at|by|before|from|until) )?(?:las? )?\d{1,2}[:.h]\d{2}(?: ?(?:a\.?m\.?|p\.?m\.?|hrs?|horas))?(?: (?:a|y|to|-|—) (?:las? )?\d{1,2}[:.h]\d{2})?"
    r"|\b(?:a|antes de|desde|hasta) las? \d{1,2}(?: ?(?:a\.?m\.?|p\.?m\.?|horas|de la (?:mañana|tarde|noche)))?"
    r"|\b(?:at|by|before|until|around) \d{1,2}(?: ?(?:a\.?m\.?|p\.?m\.?|o'clock))?\b|\b\d{1,2} ?(?:a\.?m|p\.?m)\b"
    r"|\b(?:por|en) la (?:mañana|tarde|noche)\b|\b(?:in the|every) (?:morning|afternoon|evening)\b|\bal cierre\b|\bprimera hora\b|\bmediodia\b|\bnoon\b"
)
_DURATION = compile_folded(
    rf"\b(?P<number>\d+(?:[.,]\d+)?|{_WORD_NUMBER})(?: (?:a|y|o|to|-) (?:\d+|{_WORD_NUMBER}))? ?"
    r"(?P<unit>minutos?|min\b|minutes?|horas?|hours?|hrs?\b|h\b|dias?|days?)(?: (?P<half>y media|and a half))?"
)
_MONEY = compile_folded(
    r"(?P<before>s/\.?|us\$|usd|u\$s|\$|€|eur|pen|mxn|cop|clp|ars)? ?(?P<number>\d{1,3}(?:[ .,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)"
    r" ?(?P<scale>mil(?:lon(?:es)?)?\b|k\b|thousand|million)?(?: de)? ?(?P<after>soles|dolares|dollars|euros|pesos|usd|eur|pen|s/)?"
)
_CURRENCIES = {
    "s/": "PEN", "s/.": "PEN", "soles": "PEN", "pen": "PEN", "us$": "USD", "u$s": "USD", "usd": "USD", "$": "USD", "dolares": "USD",
    "dollars": "USD", "€": "EUR", "eur": "EUR", "euros": "EUR", "mxn": "MXN", "cop": "COP", "clp": "CLP", "ars": "ARS", "pesos": "pesos",
}  # fmt: skip
_TITLE = (
    r"(?:(?:el|la|los|las|al|del|mi|un|una|su|the|my|our|a|an) )?"
    r"(?:sub ?)?(?:gerentes?|gerencia|jef[ea]s?|jefatura|director(?:a|es|io)?|direccion|coordinador(?:a|es)?|supervisor(?:a|es)?|administrador(?:a|es)?|"
    r"encargad[oa]s?|asistentes?|analistas?|contador(?:a|es)?|dueñ[oa]s?|ingenier[oa]s?|residentes?|chefs?|maitre|recepcionistas?|tecnic[oa]s?|"
    r"auxiliar(?:es)?|cajer[oa]s?|moz[oa]s?|meser[oa]s?|cociner[oa]s?|almacener[oa]s?|vendedor(?:a|es)?|ejecutiv[oa]s?|operari[oa]s?|comite|"
    r"finanzas|contabilidad|recursos humanos|rrhh|logistica|compras|sistemas|operaciones|ventas|marketing|almacen|legal|tesoreria|"
    r"(?:general |regional |area |finance |operations |sales |front office |project |plant |head |executive |line )*(?:managers?|heads?|directors?|supervisors?|"
    r"bosses|boss|owners?|board|committee|ceo|cfo|coo|controller|leads?|chief \w+|assistants?|analysts?|engineers?|finance|accounting|editor|producer|client|supervisor|advisor))"
    r"(?: (?:de|del|of|general|comercial|financier[oa]|administrativ[oa]|regional|corporativ[oa]|tecnic[oa])(?: (?:la |las |los |el |the )?[a-z]{3,})?(?: y [a-z]{4,})?)?"
)
_ROLE = compile_folded(rf"\b{_TITLE}\b")
_APPROVER = compile_folded(
    rf"\b(?:(?P<before>{_TITLE}|yo|i|we) (?:\w+ ){{0,3}}(?:aprueb\w+|autoriz\w+|decid\w+|firm\w+|valid\w+|defin\w+|elig\w+|approv\w+|authori[sz]\w+|decid\w+|signs?|has the final)"
    rf"|(?:aprueb\w+|aprob\w+|autoriz\w+|decid\w+|firm\w+|valid\w+|approved|authori[sz]ed|signed|decided|visto bueno|v°b°)(?: \w+){{0,3}} (?:por |de |del |by |from )?(?P<after>{_TITLE}))\b"
)
_REPORTS_TO = compile_folded(
    rf"\b(?:report(?:o|amos|a|an|ando|e)?(?: directamente)?(?: a| al)|depend(?:o|emos|e|en)(?: directamente)?(?: de| del)|mi jef[ea](?: directo| inmediato)? es|"
    rf"report(?:s|ing)?(?: directly)? to|answer(?:s)? to|my (?:boss|manager|supervisor) is) (?P<whom>{_TITLE}|[a-z]+(?: [a-z]+)?)"
)
_TEAM_SIZE = compile_folded(
    rf"\b(?P<number>\d{{1,4}}|{_WORD_NUMBER}) (?:(?!mil\b)\w+ ){{0,2}}?(?:personas|colaboradores|trabajadores|emplead[oa]s|operari[oa]s|tecnic[oa]s|asistentes?|analistas?|"
    r"vendedor(?:es|as)|enfermer[oa]s|docentes|meser[oa]s|mozos|cociner[oa]s|ingenier[oa]s|supervisor(?:es|as)|auxiliares|choferes|recepcionistas|ejecutiv[oa]s|practicantes?|"
    r"people|employees|staff|technicians|engineers|nurses|analysts|assistants|students|members|cooks|waiters|drivers|developers|designers|clerks)\b"
    rf"|\b(?:somos|we are|equipo de|team of) (?P<we>\d{{1,4}}|{_WORD_NUMBER})\b"
)
_COORDINATES = compile_folded(
    r"\b(?:coordin\w+|interactu\w+|trabaj\w+ (?:de la mano|con|junto)|work closely|liaise|coordinate)(?: \w+){0,2} (?:con|with) (?P<whom>(?:el |la |las |los |the )?[a-z]+(?:(?:,| y| e| and) (?:el |la |las |los |the )?[a-z]+){0,5})"
)
_CAUSE = compile_folded(
    r"\b(?:porque|ya que|debido a(?: que)?|xq|pq|por culpa de|puesto que|because(?: of)?|since|due to)\b (?P<rest>.{8,})$"
)
_CONSEQUENCE = compile_folded(
    r"(?:,| y| and)? ?\b(?:por lo que|entonces|lo que (?:genera|ocasiona|provoca|hace)|asi que|y (?:eso|esto)|se (?:pierde|para|retrasa|genera|queda)|perdemos|no (?:podemos|se puede)|"
    r"which (?:means|causes)|so|and then|we (?:lose|cannot|can't|have to)|leads to|results in)\b(?P<rest>.{6,})$"
)
_INSTEAD = compile_folded(
    r"\b(?:mientras tanto|lo (?:hacemos|resolvemos|solucionamos)|toca|tenemos que|tengo que|hay que|nos toca|trabajamos con|usamos el|llamamos a|we (?:have to|switch to|use)|i (?:have to|end up)|meanwhile)\b.{6,}$"
)
_FLOW = compile_folded(
    r"\b(?:de|del|desde|from) (?P<source>(?:la |el |los |las |the )?[a-z0-9]+(?: [a-z0-9]+){0,2}?) (?:a|al|hacia|to|into) (?P<target>(?:la |el |los |las |the )?[a-z0-9]+(?: (?:de |of )?[a-z0-9]+)?)\b"
)
_TARGET = compile_folded(
    r"\b(?:a|al|hacia|to|into|en|in) (?P<target>(?:la |el |los |las |the |mi |my )?(?:gerencia|contabilidad|finanzas|compras|almacen|logistica|ventas|recursos humanos|rrhh|sistemas|operaciones|cocina|"
    r"mantenimiento|recepcion|tesoreria|directorio|administracion|accounting|finance|purchasing|the client|management|hr|payroll|cliente|clientes|banco|"
    rf"{_TITLE})(?: \w+)?)\b"
)
_BY_HAND = compile_folded(
    r"\b(?:a mano|manual\w*|digit\w+|tipe\w+|copi\w+|peg\w+|papel|excel|correo|whats ?app|e-?mail|by hand|retyp\w+|copy|paste|paper|spreadsheets?|imprim\w+|llen\w+)\b"
)
_AUTOMATIC = compile_folded(
    r"\b(?:automatic\w+|se sincroniza|integrad[oa]|interfaz|api|sync\w*|feeds|por si sol[oa]|directly|directamente)\b"
)
_ITEM = compile_folded(
    r"\b(?:reportes?|informes?|datos|informacion|facturas?|pedidos?|ordenes de \w+|planillas?|listas?|archivos?|solicitudes|guias|boletas|ventas|stock|inventarios?|fotos|planos|"
    r"resultados|reservas|asistencias?|horas|precios|gastos|comprobantes|contratos|reports?|data|information|invoices?|orders|lists?|files?|requests|figures|sales|results|bookings|"
    r"timesheets|samples|drafts?|notes|prices)(?: (?:de|del|of) (?:la |el |los )?[a-z]+)?\b"
)
_THRESHOLD = compile_folded(
    r"\b(?:mayor(?:es)? (?:a|de|que)|superior(?:es)? a|mas de|menos de|menor(?:es)? a|hasta|por encima de|por debajo de|pasad[oa]s?|arriba de|sobre|above|over|below|under|up to|more than|less than|exceeding)"
    r" (?:los |las |el |the |de )?(?:(?:s/\.?|us\$|usd|\$|€) ?\d[\d.,]*(?: ?(?:mil|k|%))?|\d[\d.,]* ?(?:%|por ciento|soles|dolares|pesos|euros|dollars|mil\b|percent|dias|days|horas|hours)[a-z ]{0,8})"
)
_UNIT = (
    (compile_folded(r"%|porcentaje|por ciento|percent\w*|\brate\b|\btasa\b"), "%"),
    (compile_folded(r"s/\.?|\bsoles\b"), "S/"),
    (compile_folded(r"us\$|usd|dolares|dollars"), "USD"),
    (compile_folded(r"\bminutos?\b|\bmin\b|\bminutes?\b"), "minutos"),
    (compile_folded(r"\bhoras?\b|\bhours?\b"), "horas"),
    (compile_folded(r"\bdias?\b|\bdays?\b"), "días"),
)
_GOAL = compile_folded(
    r"\b(?:meta|objetivo|target|goal|promesa|tope|limite|minimo|maximo|floor|por debajo de|debajo de|por encima de|menos de|mas de|no (?:pase|supere|baje) de|que (?:no )?(?:pase|sea|este|llegue)|under|below|above|over|at least|tolerancia)"
    r"[a-z ]{0,24}?(?P<value>[±<>]? ?(?:s/ ?|us\$ ?|\$ ?)?\d[\d.,]*(?: ?(?:%|puntos|dias|horas|minutos|meses|days|hours|minutes|months|points|mil))?)"
)
_NOW = compile_folded(
    r"\b(?:estamos en|vamos en|vamos|va en|hoy|actualmente|ahora|este (?:mes|trimestre|año)|cerramos en|currently|we're (?:at|on)|now|today|is at)"
    r"[a-z ]{0,20}?(?P<value>(?:s/ ?|us\$ ?|\$ ?)?\d[\d.,]*(?: ?(?:%|puntos|dias|horas|minutos|meses|days|hours|minutes|points|mil))?)"
)
_SEVERE = (
    (compile_folded(r"\b(?:critic[oa]s?|gravisim\w+|critical|disaster|desastre)\b"), "critical"),
    (
        compile_folded(
            r"\b(?:grave|muy grave|el peor|lo peor|serio|enorme|principal problema|mayor problema|biggest|major|serious|severe|worst|huge)\b"
        ),
        "high",
    ),
)
_PURPOSE = compile_folded(r"\b(?:para|sirve para|used for|for|to)\b (?P<rest>[a-z][^.;,()\n]{4,70})")
_TRAINING = compile_folded(
    r"\b(?:capacitacion(?:es)?|curso|formacion|entrenamiento|induccion|training|course|workshop)\b(?: \w+){0,6}"
)
_KEYWORDS = (
    (
        compile_folded(
            r"\b(?:dos veces|duplic\w+|doble|twice|again|double|repet\w+|otra vez|volver a|re-?enter\w*)\b"
        ),
        "duplicado",
        "duplicated",
    ),
    (
        compile_folded(
            r"\b(?:a mano|manual\w*|digit\w+|tipe\w+|uno por uno|by hand|manually|retyp\w+|copy)\b"
        ),
        "manual",
        "manual",
    ),
    (
        compile_folded(
            r"\b(?:firmas?|aprobaci\w+|burocra\w+|papeleo|tramites?|vistos?|sign\w*|approv\w+|bureaucra\w+|paperwork)\b"
        ),
        "burocrático",
        "bureaucratic",
    ),
    (
        compile_folded(r"\b(?:lent[oa]s?|demor\w+|tard\w+|horas|dias|slow\w*|takes|hours|days|long)\b"),
        "lento",
        "slow",
    ),
)


class Surrounding(NamedTuple):
    """What fields are read from: the entity's words, its sentence, and what else is known there."""

    text: Folded
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    systems: tuple[str, ...]
    label: str
    role: str
    english: bool

    @property
    def own(self) -> str:
        """The folded words of the entity."""
        return self.text.folded[self.start : self.end]

    @property
    def sentence(self) -> str:
        """The folded sentence that they stand in."""
        return self.text.folded[self.sentence_start : self.sentence_end]

    def said(self, match: re.Match[str] | None, group: str | int = 0, *, own: bool = False) -> str:
        """The speaker's words that a match on `sentence` (or on `own`) found; '' for none."""
        if match is None or match[group] is None or not match[group].strip():
            return ""
        base = self.start if own else self.sentence_start
        return self.text.words(base + match.start(group), base + match.end(group)).strip(" ,.;:")


def fields_of(table: str, known: frozenset[str], where: Surrounding) -> dict[str, Value]:
    """The fields of a table's entity that were said; only names in `known` come back."""
    found = dict(_COMMON(where))
    reader = _READERS.get(table)
    if reader:
        found |= reader(where)
    return {name: value for name, value in found.items() if name in known and value not in (None, "", [])}


def minutes(match: re.Match[str] | None) -> float | None:
    """The minutes of a duration; None for none."""
    if match is None:
        return None
    unit = match["unit"].rstrip("s")
    number = _number(match["number"])
    if number is None:
        return None
    factor = _MINUTES.get(unit, 0)
    return (number + (0.5 if match["half"] else 0)) * factor or None


def amount_of(text: str) -> tuple[float | None, str]:
    """The first amount of money in folded text, and its currency; None and '' where there is none."""
    for match in _MONEY.finditer(text):
        mark = match["before"] or match["after"]
        if not mark:
            continue
        number = _amount(match["number"])
        if number is not None:
            scale = match["scale"] or ""
            factor = 1000.0 if scale in ("mil", "k", "thousand") else 1e6 if scale.startswith("mil") else 1.0
            return number * factor, _CURRENCIES.get(mark, "")
    return None, ""


def _number(word: str) -> float | None:
    if word in _NUMBERS:
        return float(_NUMBERS[word])
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return None


def _amount(written: str) -> float | None:
    """A number with marks for thousands: three digits after the last mark are thousands, fewer are cents."""
    parts = re.split(r"[ .,]", written)
    cents = parts.pop() if len(parts) > 1 and len(parts[-1]) != 3 else ""
    try:
        return float("".join(parts) + (f".{cents}" if cents else ""))
    except ValueError:
        return None


def _COMMON(where: Surrounding) -> dict[str, Value]:
    systems: Value = list(where.systems)
    return {
        "frequency": where.said(_FREQUENCY.search(where.sentence)),
        "systems": systems,
        "systems_involved": systems,
        "affected_systems": systems,
    }


def _titles(where: Surrounding) -> list[str]:
    found = [where.said(match) for match in _ROLE.finditer(where.sentence)]
    return list(dict.fromkeys(title for title in found if title))


def _pain(where: Surrounding) -> dict[str, Value]:
    severity = next((name for pattern, name in _SEVERE if pattern.search(where.sentence)), None)
    return {
        "severity": severity,
        "root_cause": where.said(_CAUSE.search(where.sentence), "rest"),
        "affected_roles": _titles(where),
    }


def _process(where: Surrounding) -> dict[str, Value]:
    return {"owner": where.role if _FIRST_PERSON.search(where.sentence) else ""}


def _kpi(where: Surrounding) -> dict[str, Value]:
    unit = next((name for pattern, name in _UNIT if pattern.search(where.own)), "")
    return {
        "definition": where.label,
        "target": where.said(_GOAL.search(where.own), "value", own=True),
        "baseline": where.said(_NOW.search(where.own), "value", own=True),
        "unit": unit,
        "cadence": where.said(_FREQUENCY.search(where.own), own=True),
    }


def _automation(where: Surrounding) -> dict[str, Value]:
    return {"action": where.label}


def _inefficiency(where: Surrounding) -> dict[str, Value]:
    category = next((es if not where.english else en for p, es, en in _KEYWORDS if p.search(where.own)), "")
    return {"category": category, "time_wasted_minutes": minutes(_DURATION.search(where.sentence))}


def _decision(where: Surrounding) -> dict[str, Value]:
    match = _APPROVER.search(where.sentence)
    who = where.said(match, "before") or where.said(match, "after")
    if who.lower() in ("yo", "i", "we"):
        who = where.role
    return {
        "decision": where.label,
        "decision_maker": who,
        "approval_threshold": where.said(_THRESHOLD.search(where.sentence)),
    }


def _flow(where: Surrounding) -> dict[str, Value]:
    match = _FLOW.search(where.own)
    source = where.said(match, "source", own=True)
    target = where.said(match, "target", own=True) or where.said(
        _TARGET.search(where.own), "target", own=True
    )
    if not target and where.systems:
        target = where.systems[-1]
    if not source and len(where.systems) > 1:
        source = where.systems[0]
    method = (
        "automatic"
        if _AUTOMATIC.search(where.sentence)
        else "manual"
        if _BY_HAND.search(where.sentence)
        else None
    )
    return {
        "source": source,
        "target": target,
        "data": where.said(_ITEM.search(where.own), own=True),
        "method": method,
    }


def _temporal(where: Surrounding) -> dict[str, Value]:
    return {
        "activity": where.label,
        "time_of_day": where.said(_TIME.search(where.sentence)),
        "duration_minutes": minutes(_DURATION.search(where.own)),
    }


def _failure(where: Surrounding) -> dict[str, Value]:
    return {
        "impact": where.said(_CONSEQUENCE.search(where.sentence)),
        "root_cause": where.said(_CAUSE.search(where.sentence), "rest"),
        "workaround": where.said(_INSTEAD.search(where.sentence)),
        "recovery_minutes": minutes(_DURATION.search(where.own)),
    }


def _team(where: Surrounding) -> dict[str, Value]:
    size = _TEAM_SIZE.search(where.own)
    number = _number(size["number"] or size["we"]) if size else None
    partners = where.said(_COORDINATES.search(where.own), "whom", own=True)
    return {
        "role": where.role,
        "team_size": int(number) if number and number >= 1 else None,
        "reports_to": where.said(_REPORTS_TO.search(where.sentence), "whom"),
        "coordinates_with": [p for p in re.split(r",\s*| y | e | and ", partners) if p],
    }


def _gap(where: Surrounding) -> dict[str, Value]:
    return {
        "area": where.label,
        "affected_roles": _titles(where),
        "training_needed": where.said(_TRAINING.search(where.own), own=True),
    }


def _success(where: Surrounding) -> dict[str, Value]:
    return {"benefit": where.label, "role": where.role if _FIRST_PERSON.search(where.sentence) else ""}


def _budget(where: Surrounding) -> dict[str, Value]:
    amount, currency = amount_of(where.sentence)
    match = _APPROVER.search(where.sentence)
    return {
        "amount": amount,
        "currency": currency,
        "approver": where.said(match, "before") or where.said(match, "after"),
    }


def _party(where: Surrounding) -> dict[str, Value]:
    return {"party": where.label, "service": where.said(_PURPOSE.search(where.sentence), "rest")}


def _role(where: Surrounding) -> dict[str, Value]:
    return {"title": where.label}


def _channel(where: Surrounding) -> dict[str, Value]:
    return {"participants": _titles(where), "purpose": where.said(_PURPOSE.search(_after(where)), "rest")}


def _system(where: Surrounding) -> dict[str, Value]:
    purpose = _PURPOSE.match(_after(where).lstrip(" ("))
    return {"used_for": purpose["rest"].strip() if purpose else ""}


def _after(where: Surrounding) -> str:
    return where.text.folded[where.end : where.sentence_end]


_FIRST_PERSON = compile_folded(r"\b(?:yo|me|mi|i|my|[a-z]{3,}o)\b")
_READERS: dict[str, Callable[[Surrounding], dict[str, Value]]] = {
    "pain_points": _pain,
    "processes": _process,
    "systems": _system,
    "kpis": _kpi,
    "automation_candidates": _automation,
    "inefficiencies": _inefficiency,
    "communication_channels": _channel,
    "decision_points": _decision,
    "data_flows": _flow,
    "temporal_patterns": _temporal,
    "failure_modes": _failure,
    "team_structures": _team,
    "knowledge_gaps": _gap,
    "success_patterns": _success,
    "budget_constraints": _budget,
    "external_dependencies": _party,
    "roles": _role,
}
