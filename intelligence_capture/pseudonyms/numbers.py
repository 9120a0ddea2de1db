"""Mail addresses and numbers that belong to somebody, by their form, their check digits and the words before them."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from intelligence_capture.pseudonyms import checksums
from intelligence_capture.pseudonyms.pseudonyms import Found
from intelligence_capture.settings import NumberPattern as Pattern


def _always(number: str) -> bool:
    return True


class _Form(NamedTuple):
    """A form of a number: the whole match, or what its group `number` holds."""

    kind: Pattern
    expression: re.Pattern[str]
    holds: Callable[[str], bool] = _always


def _form(kind: Pattern, expression: str, holds: Callable[[str], bool] = _always) -> _Form:
    return _Form(kind, re.compile(expression, re.IGNORECASE), holds)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_telephone(number: str) -> bool:
    """Seven to fifteen digits that are no date, no range of years and no round amount."""
    digits = _digits(number)
    dated = re.fullmatch(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{2,4}", number.strip())
    years = re.fullmatch(r"(?:.*\D)?(?:19|20)\d\d\D+(?:19|20)\d\d", number.strip())
    return 7 <= len(digits) <= 15 and not dated and not years and not digits.endswith("0000")


# Where a number may begin and end: not inside a word, an amount, a longer number.
_B = r"(?<!\w)(?<!\d[.,-])"
_E = r"(?!\w|[.,-]\d)"
_NO_MONEY_BEFORE = "".join(rf"(?<!{sign}{space})" for sign in ("[$€]", "s/", "s/\\.") for space in ("", " "))
_NO_MONEY = r"(?! ?(?:%|soles|pesos|euros|dolares|dollars|usd|millones|unidades|units))"
# Between a word that says what comes and the number: "DNI N.o ", "celular es el ", or the end of a line.
_AFTER = r"(?:[^\d\n]{0,25}?|[^\w\n]{0,3}\n\s?)"

_FORMS: tuple[_Form, ...] = (
    _form("email", r"(?<![\w.+%'-])[\w.+%'-]+\s{0,2}@\s{0,2}(?:[\w-]+\.)+[a-z]{2,}(?!\w)"),
    _form(
        "email",
        r"(?<![\w.-])[\w.-]+(?: punto [\w-]+)*(?: arroba | ?[\[(](?:at|arroba)[\])] ?)"
        r"[\w-]+(?:(?:\.| punto | ?[\[(](?:dot|punto)[\])] ?)[\w-]+)+",
    ),
    # Accounts: IBAN, cards, CCI of Peru, CLABE, CBU, CCC of Spain, and what is said to be one.
    _form(
        "account",
        r"(?<!\w)[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?(?!\w)",
        checksums.iban,
    ),
    _form("account", rf"{_B}[3-6]\d{{3}}(?:[ -]?\d{{4}}){{2}}[ -]?\d{{1,4}}{_E}", checksums.luhn),
    _form("account", rf"{_B}3[47]\d{{2}}[ -]?\d{{6}}[ -]?\d{{5}}{_E}", checksums.luhn),
    _form("account", rf"{_B}\d{{16,22}}{_E}"),
    _form("account", rf"{_B}\d{{3}}[ -]\d{{3}}[ -]\d{{12}}[ -]\d{{2}}{_E}"),
    _form("account", rf"{_B}\d{{3}}[ -]\d{{7,8}}[ -]\d[ -]\d{{2}}{_E}"),
    _form("account", rf"{_B}\d{{4}}[ -]\d{{4}}[ -]\d{{2}}[ -]\d{{10}}{_E}"),
    _form(
        "account",
        rf"\b(?:cuentas?|cta|cci|clabe|cbu|iban|account|tarjetas?|card)\b{_AFTER}"
        rf"{_B}(?P<number>\d(?:[ -]?\d){{9,25}}){_E}",
    ),
    # Identity: RUC and CUIT, NIF and NIE, RUT, CPF, NIT, cédula of Ecuador, CURP, RFC, SSN, and what is said to be one.
    _form("identity", rf"{_B}(?:1[0567]|2[03-7]|3[034])-?\d{{8}}-?\d{_E}", checksums.ruc_or_cuit),
    _form(
        "identity",
        rf"{_B}(?:\d{{2}}\.?\d{{3}}\.?\d{{3}}|[xyz]-?\d{{7}})(?:[ -]?(?-i:[A-Z])|-?[a-z]){_E}",
        checksums.nif,
    ),
    _form("identity", rf"{_B}\d{{1,2}}\.?\d{{3}}\.?\d{{3}}-[\dk]{_E}", checksums.rut),
    _form("identity", rf"{_B}\d{{3}}\.\d{{3}}\.\d{{3}}-\d{{2}}{_E}", checksums.cpf),
    _form("identity", rf"{_B}\d{{3}}\.?\d{{3}}\.?\d{{3}}-\d{_E}", checksums.nit),
    _form("identity", rf"{_B}\d{{10}}(?:001)?{_E}", checksums.cedula),
    _form("identity", rf"{_B}[a-z]{{4}}\d{{2}}[01]\d[0-3]\d[hmx][a-z]{{5}}[a-z0-9]\d{_E}"),
    _form("identity", rf"{_B}[a-z&]{{3,4}}-?\d{{2}}[01]\d[0-3]\d-?[a-z0-9]{{3}}{_E}"),
    _form("identity", rf"{_B}\d{{3}}-\d{{2}}-\d{{4}}{_E}"),
    _form(
        "identity",
        r"\b(?:dni|d\.n\.i|documento de identidad|cedula|carnet? de extranjeria|pasaporte|passport|ruc|rfc|curp|cui[tl]"
        rf"|rut|nit|nif|nie|cpf|cnpj|ssn)\b{_AFTER}{_B}"
        rf"(?P<number>[a-z]{{0,3}}-?\d(?:[ .-]?\d){{5,13}}(?:-?[a-z](?!\w))?){_E}",
    ),
    _form("identity", r"\b(?:dni|ruc|rut|nit|nif|nie|cpf)\d{7,11}(?!\w)"),
    # Telephones: with the code of a country, mobiles of nine digits, groups, and what is said to be one.
    _form(
        "telephone", rf"(?<![\w+])\+\d{{1,3}}(?:[ .-]?(?:\(\d{{1,4}}\)|\d{{1,4}})){{2,6}}{_E}", _is_telephone
    ),
    _form(
        "telephone",
        rf"{_B}{_NO_MONEY_BEFORE}[679]\d{{2}}([ -]?)\d{{3}}\1\d{{3}}{_E}{_NO_MONEY}",
        _is_telephone,
    ),
    _form(
        "telephone",
        rf"{_B}{_NO_MONEY_BEFORE}(?:[679]\d{{2}}[ -]\d{{2}}|[89]\d[ -]\d{{3}})(?:[ -]\d{{2}}){{2}}{_E}{_NO_MONEY}",
        _is_telephone,
    ),
    _form("telephone", rf"(?<![\w)])\(\d{{1,4}}\) ?\d{{3,4}}[ -]?\d{{3,4}}{_E}", _is_telephone),
    _form(
        "telephone",
        rf"{_B}{_NO_MONEY_BEFORE}0?\d{{2,3}}[ -]\d{{3,4}}[ -]\d{{4}}{_E}{_NO_MONEY}",
        _is_telephone,
    ),
    _form(
        "telephone",
        r"\b(?:telefonos?|telf?|fono|celular|cel|movil|whats?app|wh?atsap|wasap|wsp|[ms][iu] numero|phone|mobile|cell"
        rf"|fax)\b{_AFTER}{_B}{_NO_MONEY_BEFORE}(?P<number>\(?\d(?:[ ().-]{{0,2}}\d){{6,14}}){_E}{_NO_MONEY}",
        _is_telephone,
    ),
)


# What a text must have for any of the forms to be in it: most texts have neither.
_MAY_HOLD_EMAIL = re.compile(r"@|\barroba\b|[\[(]at[\])]", re.IGNORECASE)
_MAY_HOLD_NUMBER = re.compile(r"(?:\d[ ().-]{0,3}){6}")


class Numbers:
    """A Finder of what these patterns say."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = frozenset(patterns)

    @property
    def facts(self) -> object:
        """The patterns."""
        return sorted(self._patterns)

    def find(self, text: str) -> Iterator[Found]:
        """Every address and number in a text, in whatever order."""
        email, number = _MAY_HOLD_EMAIL.search(text), _MAY_HOLD_NUMBER.search(text)
        for form in _FORMS:
            if form.kind not in self._patterns or not (email if form.kind == "email" else number):
                continue
            yield from _matches(form, text)


def _matches(form: _Form, text: str) -> Iterator[Found]:
    """What is of this form; what looks like it and does not hold is looked at again without its last group."""
    group = "number" if "number" in form.expression.groupindex else 0
    place = 0
    while match := form.expression.search(text, place):
        number = match[group]
        while not form.holds(number) and " " in number:
            number = number.rpartition(" ")[0].rstrip(" -(")
        place = match.start() + 1
        if form.holds(number):
            start = match.start(group)
            place = start + len(number)
            yield Found(start, place, form.kind, _identity(form.kind, number))


def _identity(kind: Pattern, number: str) -> str:
    """The number without what people put between; a telephone without its country."""
    if kind == "email":
        return re.sub(r"\s", "", number).casefold()
    compact = re.sub(r"[\W_]", "", number).casefold()
    return compact[-9:] if kind == "telephone" else compact
