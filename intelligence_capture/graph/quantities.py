"""Amounts in free text on one scale: durations in minutes, money in its currency, frequencies in times a year."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_WORDS: dict[str, float] = {
    word: value
    for value, words in (
        (0.5, "media medio half"),
        (1, "un una uno one a an"),
        (2, "dos two"),
        (3, "tres three"),
        (4, "cuatro four"),
        (5, "cinco five"),
        (6, "seis six"),
        (7, "siete seven"),
        (8, "ocho eight"),
        (9, "nueve nine"),
        (10, "diez ten"),
        (11, "once eleven"),
        (12, "doce twelve"),
        (13, "trece thirteen"),
        (14, "catorce fourteen"),
        (15, "quince fifteen"),
        (16, "dieciseis sixteen"),
        (17, "diecisiete seventeen"),
        (18, "dieciocho eighteen"),
        (19, "diecinueve nineteen"),
        (20, "veinte twenty"),
        (25, "veinticinco"),
        (30, "treinta thirty"),
        (40, "cuarenta forty"),
        (50, "cincuenta fifty"),
        (60, "sesenta sixty"),
        (90, "noventa ninety"),
        (100, "cien ciento"),
        (200, "doscientos"),
        (300, "trescientos"),
        (500, "quinientos"),
    )
    for word in words.split()
}
_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_UNITS = "uno dos tres cuatro cinco seis siete ocho nueve".split()
_UNITS_EN = "one two three four five six seven eight nine".split()
_WORDS |= {word: float(value) for word, value in zip(_TENS, range(30, 100, 10), strict=True)}
_WORDS |= {word: float(value) for word, value in zip(_TENS_EN, range(20, 100, 10), strict=True)}
_WORDS |= {f"{ten} y {unit}": _WORDS[ten] + _WORDS[unit] for ten in _TENS for unit in (*_UNITS, "un")}
_WORDS |= {
    f"{ten}{gap}{unit}": _WORDS[ten] + _WORDS[unit] for ten in _TENS_EN for unit in _UNITS_EN for gap in " -"
}
_WORDS |= {f"veinti{unit}": 20 + _WORDS[unit] for unit in (*_UNITS, "un")}
NUMBER = (
    r"(?<!\d)\d{1,12}(?:[ .,]\d{3}){0,4}(?:[.,]\d{1,6})?(?!\d)|(?:"
    + "|".join(sorted(_WORDS, key=lambda w: (-len(w), w)))
    + r")\b"
)
_MINUTES: dict[str, float] = {
    "minuto": 1,
    "min": 1,
    "minute": 1,
    "hora": 60,
    "hr": 60,
    "h": 60,
    "hour": 60,
    "dia": 1440,
    "day": 1440,
}
_MINUTES |= {
    "semana": 10080,
    "week": 10080,
    "mes": 43200,
    "month": 43200,
    "ano": 525600,
    "year": 525600,
    "segundo": 1 / 60,
}
_DURATION = re.compile(
    rf"\b(?P<a>{NUMBER})(?: ?(?:a|o|y|to|or|-|hasta) ?(?P<b>{NUMBER}))? ?"
    r"(?P<unit>minutos?|min|minutes?|horas?|hrs?|h|hours?|dias?|days?|"
    r"semanas?|weeks?|mes(?:es)?|months?|anos?|years?|segundos?)\b(?: y (?P<half>medi[ao]))?"
)
_AT_ONCE = re.compile(
    r"\b(?:en el momento|al instante|de inmediato|inmediatamente|on the spot|immediately|instantly)\b"
)
_NEXT_DAY = re.compile(r"\b(?:al dia siguiente|the next day|the following day)\b")
_MONEY = re.compile(
    rf"(?P<mark>s/\.?|us\$|\$|usd|€)\s?(?P<a>{NUMBER})(?: ?(?P<scale>mil|k|thousand|millones|million))?\b|"
    rf"\b(?P<c>{NUMBER})(?: ?(?P<scale2>mil|k|millones))? (?P<name>soles|dolares|dollars|euros)\b"
)
_PERCENT = re.compile(
    rf"(?P<a>{NUMBER})(?: ?(?:a|o|-|y) ?(?P<b>{NUMBER}))? ?(?:%|por ciento|percent|per cent)"
)
_TIMES = {
    "dia": 365,
    "day": 365,
    "semana": 52,
    "week": 52,
    "mes": 12,
    "month": 12,
    "ano": 1,
    "year": 1,
    "turno": 1095,
    "quincena": 24,
    "bimestre": 6,
    "trimestre": 4,
    "quarter": 4,
    "semestre": 2,
}
_PERIOD = r"(?:dia|semana|quincena|mes|bimestre|trimestre|semestre|ano|turno|day|week|month|quarter|year)"
WEEKDAY = r"(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
WEEKDAYS = re.compile(
    rf"(?<!primer )(?<!ultimo )(?<!segundo )(?<!tercer )\b(?:(?:todos )?los|cada|every|on) "
    rf"(?P<days>{WEEKDAY}(?:(?:, | y | e | and )(?:los )?{WEEKDAY})*)\b(?! (?:de|del|of) )"
)
"""Days of the week on which something returns."""
_OFTEN = re.compile(
    rf"\b(?:(?P<n>{NUMBER}) (?:vez|veces|times?) (?:al|a la|por|a|per|each|every) "
    rf"(?P<per>{_PERIOD})|"
    rf"(?P<some>un[oa]|dos|tres) (?:al|por) (?P<per5>{_PERIOD})|"
    r"(?P<once>once|twice) (?:a|per) (?P<per2>day|week|month|year)|"
    rf"cada (?P<every>{NUMBER})? ?(?P<per3>dias?|semanas?|quincenas?|mes(?:es)?|bimestres?|trimestres?|"
    rf"semestres?|anos?)|"
    rf"every (?P<every2>{NUMBER})? ?(?P<per4>days?|weeks?|months?|quarters?|years?)|"
    r"(?P<adverb>diari[oa]s?|diariamente|a diario|todos los (?:dias|meses|anos)|"
    r"todas las (?:semanas|quincenas)|semanal(?:es|mente)?|quincenal(?:es|mente)?|"
    r"mensual(?:es|mente)?|bimestral(?:es)?|trimestral(?:es|mente)?|semestral(?:es|mente)?|anual(?:es|mente)?|"
    r"daily|weekly|fortnightly|monthly|quarterly|yearly|annually))\b"
)
_ADVERBS = {
    "diari": 365,
    "a diari": 365,
    "todos los dia": 365,
    "todos los mes": 12,
    "todos los an": 1,
    "todas las sem": 52,
    "todas las qui": 24,
    "semana": 52,
    "quincen": 24,
    "mensua": 12,
    "bimestr": 6,
}
_ADVERBS |= {
    "trimes": 4,
    "semest": 2,
    "anual": 1,
    "daily": 365,
    "weekly": 52,
    "fortni": 26,
    "monthly": 12,
    "quarterly": 4,
}
_ADVERBS |= {"yearly": 1, "annual": 1}
_SINCE = re.compile(
    r"\b(?:desde|since)(?: el)?(?: ano)? (?P<year>(?:19|20)\d\d)\b|"
    r"\b(?:abri[oe]\w*|fund[oa]\w*|inaugur\w+|implement\w+|opened|founded|started|installed)\b[^,;.]{0,40}? "
    r"(?:en|in) (?P<year2>(?:19|20)\d\d)\b"
)
_CURRENCY = {
    "s/": "PEN",
    "s/.": "PEN",
    "soles": "PEN",
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "dolares": "USD",
}
_CURRENCY |= {"dollars": "USD", "€": "EUR", "euros": "EUR"}
_SCALES = {"mil": 1e3, "k": 1e3, "thousand": 1e3, "millones": 1e6, "million": 1e6}

ROUNDING = 0.05
"""Amounts nearer to each other than this part of the larger do not clash."""
EXACT = {"percent": 0.3, "year": 0.5}
"""Percentages and years nearer than this do not clash: people say them as they stand in a report."""


class Quantity(NamedTuple):
    """An amount of one kind from `low` to `high`, and its place in the text."""

    kind: str
    low: float
    high: float
    start: int
    end: int

    def clashes(self, other: "Quantity") -> bool:
        """Whether both cannot hold: the same kind, and ranges apart by more than rounding."""
        if self.kind != other.kind:
            return False
        room = EXACT.get(self.kind) or ROUNDING * max(abs(self.high), abs(other.high))
        return self.low > other.high + room or other.low > self.high + room

    @property
    def text(self) -> str:
        """The amount on its scale."""
        amount = f"{self.low:g}" if self.low == self.high else f"{self.low:g} to {self.high:g}"
        return f"{amount} {self.kind}"


class _Plain(dict[int, str]):
    """For `str.translate`: each character in lower case without its accents; learnt as they come."""

    def __missing__(self, code: int) -> str:
        self[code] = unicodedata.normalize("NFD", chr(code))[0].lower()[:1] or " "
        return self[code]


_PLAIN = _Plain()


def plain(text: str) -> str:
    """The text in lower case without accents, character for character."""
    return text.translate(_PLAIN)


def quantities(text: str) -> list[Quantity]:
    """All amounts in the text, in their order."""
    folded = plain(text)
    found = [*_often(folded), *_money(folded), *_percent(folded), *_since(folded)]
    taken = [(one.start, one.end) for one in found]
    found += [one for one in _durations(folded) if all(one.end <= s or one.start >= e for s, e in taken)]
    return sorted(found, key=lambda one: (one.start, one.end))


def _durations(text: str) -> Iterator[Quantity]:
    for match in _AT_ONCE.finditer(text):
        yield Quantity("minutes", 0, 60, match.start(), match.end())
    for match in _NEXT_DAY.finditer(text):
        yield Quantity("minutes", 720, 2160, match.start(), match.end())
    for match in _DURATION.finditer(text):
        unit = match["unit"]
        factor = (
            _MINUTES.get(unit)
            or _MINUTES.get(unit.removesuffix("es"))
            or _MINUTES.get(unit.removesuffix("s"))
        )
        low = number_of(match["a"])
        if factor and low is not None:
            high = number_of(match["b"]) if match["b"] else low
            extra = 0.5 if match["half"] else 0.0
            bounds = sorted((low + extra, (high or low) + extra))
            yield Quantity("minutes", bounds[0] * factor, bounds[1] * factor, match.start(), match.end())


def _money(text: str) -> Iterator[Quantity]:
    for match in _MONEY.finditer(text):
        amount = number_of(match["a"] or match["c"])
        if amount is not None:
            amount *= _SCALES.get(match["scale"] or match["scale2"] or "", 1.0)
            currency = _CURRENCY.get((match["mark"] or match["name"]).strip(), "money")
            yield Quantity(currency, amount, amount, match.start(), match.end())


def _percent(text: str) -> Iterator[Quantity]:
    for match in _PERCENT.finditer(text):
        low = number_of(match["a"])
        if low is not None:
            high = number_of(match["b"]) if match["b"] else low
            bounds = sorted((low, high or low))
            yield Quantity("percent", bounds[0], bounds[1], match.start(), match.end())


def _since(text: str) -> Iterator[Quantity]:
    for match in _SINCE.finditer(text):
        year = float(match["year"] or match["year2"])
        group = "year" if match["year"] else "year2"
        yield Quantity("year", year, year, match.start(group), match.end(group))


def _often(text: str) -> Iterator[Quantity]:
    for match in _OFTEN.finditer(text):
        times = _times_a_year(match)
        if times:
            yield Quantity("times a year", times, times, match.start(), match.end())
    for match in WEEKDAYS.finditer(text):
        times = 52.0 * len(re.findall(WEEKDAY, match["days"]))
        yield Quantity("times a year", times, times, match.start(), match.end())


def _times_a_year(match: re.Match[str]) -> float | None:
    if match["adverb"]:
        return next((times for stem, times in _ADVERBS.items() if match["adverb"].startswith(stem)), None)
    if match["once"]:
        return _TIMES[match["per2"]] * (2 if match["once"] == "twice" else 1)
    if match["some"]:
        return (number_of(match["some"]) or 1) * _TIMES[match["per5"]]
    if match["n"]:
        number = number_of(match["n"])
        return number * _TIMES[match["per"]] if number else None
    unit = match["per3"] or match["per4"]
    unit = unit if unit in _TIMES else unit.removesuffix("s")
    unit = unit if unit in _TIMES else unit.removesuffix("e")
    every = number_of(match["every"] or match["every2"] or "1")
    return _TIMES.get(unit, 12) / every if every else None


def number_of(written: str | None) -> float | None:
    """The number that is written so, None for none: three digits after a mark are thousands, fewer decimals."""
    if not written:
        return None
    if written in _WORDS:
        return float(_WORDS[written])
    parts = re.split(r"[ .,]", written)
    decimals = parts.pop() if len(parts) > 1 and len(parts[-1]) != 3 else ""
    try:
        return float("".join(parts) + (f".{decimals}" if decimals else ""))
    except ValueError:
        return None
