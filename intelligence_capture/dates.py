"""Dates as forms and people write them."""

import re
from collections.abc import Sequence
from datetime import date

LONGEST = 100
"""Characters of a date that are read; what is longer is no date, and a pattern may not take for ever on it."""
_NUMERIC = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")
_TWELVE_HOURS = re.compile(r"\d{1,2}:\d{2}(:\d{2})?\s*[ap]\.?\s*m\b", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:(\d{1,2})\s*(?:de\s+)?([a-z]{3,})|([a-z]{3,})\.?\s+(\d{1,2}))(?:,|\s|de|del)*(\d{4})"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "ene jan",
            "feb",
            "mar",
            "abr apr",
            "may",
            "jun",
            "jul",
            "ago aug",
            "sep set",
            "oct",
            "nov",
            "dic dec",
        ],
        start=1,
    )
    for name in names.split()
}


def read_date(text: str, *, language: str = "es") -> str:
    """The day that `text` names as YYYY-MM-DD, or '' where it names none.

    A year first is year-month-day, but year-day-month where a 12-hour time follows, as some forms export
    it ("2025-14-10 03:51 PM"), or where only that is a date. A year last is day first, in English month
    first, unless only the other order is a date.
    """
    text = text[:LONGEST]
    if match := _NUMERIC.search(text):
        return _numeric(
            *match.groups(), day_second=bool(_TWELVE_HOURS.search(text)), english=language == "en"
        )
    if match := _NAMED.search(text.lower()):
        day, month, month_first, day_second, year = match.groups()
        number = _MONTHS.get((month or month_first)[:3])
        return _first_valid([(year, number, day or day_second)]) if number else ""
    return ""


def _numeric(first: str, second: str, third: str, *, day_second: bool, english: bool) -> str:
    if len(first) == 4:
        orders = [(first, second, third), (first, third, second)]
        return _first_valid(orders[::-1] if day_second else orders)
    if len(third) == 4:
        orders = [(third, second, first), (third, first, second)]
        return _first_valid(orders[::-1] if english else orders)
    return ""


def _first_valid(orders: Sequence[tuple[str, str | int, str]]) -> str:
    for year, month, day in orders:
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
    return ""
