"""Invented answers with marks for what they hold, to learn from: the form is described in data/lessons."""

from pathlib import Path
from typing import NamedTuple

from intelligence_capture.errors import InterviewError
from intelligence_capture.offline.matching import Span
from intelligence_capture.records import Answer, Interview, Meta

LETTERS = {
    "N": "pain_points",
    "P": "processes",
    "S": "systems",
    "K": "kpis",
    "A": "automation_candidates",
    "I": "inefficiencies",
    "C": "communication_channels",
    "D": "decision_points",
    "F": "data_flows",
    "T": "temporal_patterns",
    "X": "failure_modes",
    "M": "team_structures",
    "G": "knowledge_gaps",
    "W": "success_patterns",
    "B": "budget_constraints",
    "E": "external_dependencies",
    "R": "roles",
}


class Lesson(NamedTuple):
    """An invented interview with the places of what it holds, by table."""

    interview: Interview
    labels: list[tuple[str, list[Span]]]


def read_lessons(folder: Path) -> list[Lesson]:
    """Every lesson in the .txt files of the folder, in the order of their names."""
    lessons = []
    for file in sorted(folder.glob("*.txt")):
        for number, block in enumerate(file.read_text("utf-8").split("\n# ")):
            if block.strip():
                lessons.append(_lesson(block.removeprefix("# "), f"{file.name}, lesson {number + 1}"))
    return lessons


def _lesson(block: str, place: str) -> Lesson:
    head, *parts = block.split("\n? ")
    language, role = head.strip().split(" ", 1)
    if language not in ("es", "en"):
        raise InterviewError(f"{place}: begin it with es or en, not {language!r}")
    answers, labels = [], []
    for index, part in enumerate(parts):
        question, _, marked = part.partition("\n")
        text, marks = unmark(marked.strip(), place)
        answers.append(Answer(question=question.strip(), answer=text))
        labels += [(table, [Span(index, start, end)]) for table, start, end in marks]
    interview = Interview(
        id=place,
        source=place,
        sha256="",
        meta=Meta(role=role.strip()),
        language="es" if language == "es" else "en",
        answers=tuple(answers),
    )
    return Lesson(interview, labels)


def unmark(marked: str, place: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without its marks, and for each mark its table, start and end."""
    text: list[str] = []
    marks: list[tuple[str, int, int]] = []
    open_marks: list[tuple[str, int]] = []
    index = 0
    while index < len(marked):
        char = marked[index]
        if char == "\\":
            text.append(marked[index + 1])
            index += 2
        elif char == "[":
            letters, _, _ = marked[index + 1 :].partition(" ")
            if not letters or any(letter not in LETTERS for letter in letters):
                raise InterviewError(f"{place}: [{letters} is no mark; use the letters of the README")
            open_marks.append((letters, len(text)))
            index += len(letters) + 2
        elif char == "]":
            if not open_marks:
                raise InterviewError(f"{place}: a ] closes nothing near {''.join(text)[-30:]!r}")
            letters, start = open_marks.pop()
            marks += [(LETTERS[letter], start, len(text)) for letter in letters]
            index += 1
        else:
            text.append(char)
            index += 1
    if open_marks:
        raise InterviewError(f"{place}: [{open_marks[-1][0]} is never closed")
    return "".join(text), sorted(marks, key=lambda mark: (mark[1], mark[2], mark[0]))
