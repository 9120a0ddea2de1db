"""The texts of the reports in Spanish and English."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from intelligence_capture.catalogue import EntityType
from intelligence_capture.reports.records import Language, ReportData
from intelligence_capture.reports.rows import Check
from intelligence_capture.yaml_files import read_yaml

MOST_NAMED, LONGEST_REASON = 12, 200
"""Interviews that the first lines name, and characters of a reason; all is on the page of interviews."""
LANGUAGES: tuple[Language, Language] = ("es", "en")


@cache
def wording(language: Language) -> dict[str, str]:
    """Every text by its key."""
    texts = read_yaml(Path(__file__).with_name("wording.yaml"))
    return {key: text[language] for key, text in texts.items()}


def field_title(entity_type: EntityType, field: str, language: Language) -> str:
    """The name of a field as people read it."""
    title = entity_type.fields[field].title
    return (
        getattr(title, language)
        if title
        else wording(language).get(field) or field.replace("_", " ").capitalize()
    )


def first_lines(data: ReportData, language: Language) -> tuple[str, ...]:
    """What must be read before any figure: how many interviews are in here, what became of the others, what is cut."""
    return (*_progress_lines(data, language), *_cut_lines(data, language))


def _cut_lines(data: ReportData, language: Language) -> tuple[str, ...]:
    listed, unlisted = len(data.graph.contradictions), data.graph.unlisted
    text = wording(language)["unlisted_contradictions"]
    return (text.format(total=listed + unlisted, listed=listed),) if unlisted else ()


def _progress_lines(data: ReportData, language: Language) -> tuple[str, ...]:
    say, progress = wording(language), data.progress
    if progress.complete and progress.interviews:
        return (say["all_interviews"].format(total=progress.interviews),)
    key = "some_interviews" if progress.extracted else "no_interviews"
    lines = [say[key].format(done=progress.extracted, total=progress.interviews)]
    failed = [f"{talk.id} ({_short(talk.error)})" for talk in data.interviews if talk.status == "failed"]
    pending = [talk.id for talk in data.interviews if talk.status == "pending"]
    for names, text in ((failed, "failed_list"), (pending, "pending_list")):
        if names:
            more = [say["and_more"].format(n=len(names) - MOST_NAMED)] if len(names) > MOST_NAMED else []
            lines.append(say[text].format(names=", ".join([*names[:MOST_NAMED], *more])))
    return (*lines, *(say["stopped_list"].format(reason=_short(reason)) for reason in progress.stopped))


def check_message(check: Check, language: Language) -> str:
    """What a check found, in the language: its own numbers in our words, else as the validation says it."""
    text = wording(language).get(f"check_{check.name}")
    numbers = re.findall(r"\d+(?:\.\d+)?%?", check.message)
    if text is None or text.count("{") > len(numbers):
        return check.message
    return text.format(*(_local(number, language) for number in numbers))


def _local(number: str, language: Language) -> str:
    """Digits as the language writes them: 3752 as 3.752 or 3,752, 38% as 38 % or 38%."""
    digits, sign = number.rstrip("%"), "%" if number.endswith("%") else ""
    whole, _, part = digits.partition(".")
    english = f"{int(whole):,}" + (f".{part}" if part else "") + sign
    if language == "en":
        return english
    return english.translate(str.maketrans(",.", ".,")).replace("%", "\u00a0%")


def reason_kind(reason: str) -> str:
    """What kind of reason for a review this is: what stands before the colon, if there is one."""
    return reason.partition(": ")[0]


def reasons_text(reasons: Iterable[str], language: Language) -> str:
    """Reasons for a review, their kinds in the language and their own facts as they are."""
    say = wording(language)
    return "; ".join(say.get(kind := reason_kind(one), kind) + one.removeprefix(kind) for one in reasons)


def _short(reason: str) -> str:
    return reason if len(reason) <= LONGEST_REASON else reason[:LONGEST_REASON] + "…"
