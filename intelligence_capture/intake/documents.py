"""An interview out of the lines of a document: by labels, by names with times, by headings or bold questions."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from intelligence_capture.dates import read_date
from intelligence_capture.errors import IntakeError
from intelligence_capture.intake.labels import labelled, seconds, speakers_among
from intelligence_capture.intake.mapping import FileMapping
from intelligence_capture.intake.records import Draft, Line, Reading, Turn
from intelligence_capture.intake.turns import draft_of
from intelligence_capture.intake.words import words
from intelligence_capture.records import Answer, Meta
from intelligence_capture.texts import fold

_NAME_AND_TIME = re.compile(r"(?P<name>[^\W\d][^:]{0,60}?)(?:\s{2,}|\t)(?P<time>(?:\d{1,2}:)?\d{1,2}:\d{2})")
_TIMES = re.compile(r"(?P<time>\d{1,2}:\d{1,2}:\d{1,2}\.\d+) --> \d{1,2}:\d{1,2}:\d{1,2}\.\d+")
_TIME = re.compile(r"\d{1,2}:\d{2}:\d{2}")
_BOLD_LEVEL = 10
"""The level of a question in bold: below every heading."""
_SHOWN = 60


def read_document(format_: str, lines: list[Line], mapping: FileMapping) -> Reading:
    """The one interview of a document; IntakeError where nothing tells questions from answers."""
    if not lines:
        raise IntakeError("the file is empty")
    lines = [line for line in lines if not words().of_the_program(line.text)]
    for how, read in (
        ("names with times", _by_times),
        ("labels", _by_labels),
        ("headings", _by_headings),
    ):
        if found := read(lines, mapping):
            draft, notes = found
            return Reading(format=f"{format_}, {how}", drafts=(draft,), notes=tuple(notes))
    raise IntakeError(
        "nothing tells questions from answers: mark questions as headings or in bold, "
        "or begin lines with P: and R:, or with Entrevistador: and a name"
    )


def _by_times(lines: list[Line], mapping: FileMapping) -> tuple[Draft, list[str]] | None:
    """The turns of a Teams or Otter transcript, None where it is none."""
    turns: list[Turn] = []
    head: list[Line] = []
    starts = list(_timed_starts(lines))
    for line, start, before in zip(lines, starts, [None, *starts], strict=False):
        if start:
            turns.append(start)
        elif before and not before.speaker:  # below the times stands the name
            turns[-1] = replace(before, speaker=line.text)
        elif turns:
            last = turns[-1]
            turns[-1] = replace(last, text=f"{last.text}\n{line.text}".strip())
        else:
            head.append(line)
    if len(turns) < 2:
        return None
    meta, notes = _facts(head, mapping)
    draft, more = draft_of([turn for turn in turns if turn.text], meta, mapping)
    return draft, notes + more


def _timed_starts(lines: list[Line]) -> Iterator[Turn | None]:
    for line in lines:
        if match := _NAME_AND_TIME.fullmatch(line.text):
            yield Turn(match["name"], "", line.place, seconds(match["time"]))
        elif match := _TIMES.fullmatch(line.text):
            yield Turn("", "", line.place, seconds(match["time"]))
        else:
            yield None


def _by_labels(lines: list[Line], mapping: FileMapping) -> tuple[Draft, list[str]] | None:
    """The turns of a document with labels, None where no label belongs to an interviewer or a respondent."""
    head_size = _size_of_head(lines, mapping)
    meta, notes = _facts(lines[:head_size], mapping)
    body = lines[head_size:]
    speakers, doubtful = speakers_among([line.text for line in body if not line.heading], mapping)
    known = {fold(mapping.over(meta).respondent)} - {""}
    if not any(mapping.speaker(name) or name in known for name in speakers):
        return None
    turns: list[Turn] = []
    time: float | None = None
    for line in body:
        found = labelled(line.text)
        if line.heading:
            notes.append(f"section {line.text!r} ({line.place}) left out")
        elif _TIME.fullmatch(line.text):
            time = seconds(line.text)  # Google Meet: the words below it begin then
        elif found and fold(found.label) in speakers:
            turns.append(Turn(found.label, found.text, line.place, found.seconds or time))
            time = None
        elif turns:
            glue = "\n\n" if line.gap else "\n"
            turns[-1] = replace(turns[-1], text=(turns[-1].text + glue + line.text).strip())
            if line.gap:
                notes.append(f"no speaker, taken as going on: {_short(line.text)} ({line.place})")
        else:
            notes.append(f"before the first question, left out: {_short(line.text)} ({line.place})")
    notes += [f"{label + ':'!r} taken as words of an answer, not as a speaker" for label in doubtful]
    draft, more = draft_of(turns, meta, mapping)
    return draft, notes + more


def _size_of_head(lines: list[Line], mapping: FileMapping) -> int:
    """How many lines at the top are a title and facts such as `Empresa: Sol`, not yet the interview."""
    size = 0
    for block in _blocks(lines):
        uses = [found and mapping.column(found.label) for line in block if (found := labelled(line.text))]
        has_fact = any(use in Meta.model_fields for use in uses)
        is_title = len(block) == 1 and not labelled(block[0].text)
        if any("?" in line.text for line in block) or not (has_fact or is_title):
            break
        size += len(block)
    return size


def _blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines with no empty line between them; a heading is a block of its own."""
    block: list[Line] = []
    for line in lines:
        if block and (line.gap or line.heading or block[-1].heading):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _by_headings(lines: list[Line], mapping: FileMapping) -> tuple[Draft, list[str]] | None:
    """Questions are the deepest headings, or lines in bold where every heading is followed by one."""
    lines = _with_bold_questions(lines)
    head_size = _size_of_head(lines, mapping)
    deepest = max(line.heading for line in lines)
    if not deepest:
        return None
    first = next((i for i, line in enumerate(lines) if line.heading == deepest and i >= head_size), None)
    if first is None:
        return None
    meta, notes = _facts(lines[:first], mapping)
    pairs: list[tuple[str, str]] = []
    section: Line | None = None
    for line in lines[first:]:
        if line.heading == deepest:
            pairs.append((line.text, ""))
            section = None
        elif line.heading:
            section = line
            notes.append(f"section {line.text!r} ({line.place}) left out")
        elif section:
            raise IntakeError(f"{line.place}: text below the heading {section.text!r} belongs to no question")
        else:
            question, answer = pairs[-1]
            pairs[-1] = (question, (answer + ("\n\n" if line.gap else "\n") + line.text).strip())
    odd = [question for question, _ in pairs if not question.rstrip().endswith("?")]
    if odd:
        notes.append(f"questions without a question mark: {', '.join(map(_short, odd))}")
    if not any(answer for _, answer in pairs):
        raise IntakeError("no question has an answer below it")
    answers = tuple(Answer(question=question, answer=answer) for question, answer in pairs)
    return Draft(place="", meta=mapping.over(meta), answers=answers), notes


def _with_bold_questions(lines: list[Line]) -> list[Line]:
    """The lines, those in bold as the lowest headings where no heading has text right below it."""
    if any(line.heading and not (after.heading or after.bold) for line, after in pairwise(lines)):
        return lines
    return [replace(line, heading=_BOLD_LEVEL) if line.bold else line for line in lines]


def _facts(lines: list[Line], mapping: FileMapping) -> tuple[Meta, list[str]]:
    """What the top of a document says of the interview, and a note on every line that says nothing known."""
    facts: dict[str, str] = {}
    notes = []
    for line in lines:
        found = labelled(line.text)
        use = mapping.column(found.label) if found else ""
        value = found.text if found else line.text
        if not found and len(line.text) <= _SHOWN and read_date(line.text):
            use = "date"
        if use in Meta.model_fields and use not in facts:
            facts[use] = value
            notes.append(f"{use.replace('_', ' ')}: {value!r} ({line.place})")
        else:
            notes.append(f"before the first question, left out: {_short(line.text)} ({line.place})")
    return Meta(**facts), notes


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
