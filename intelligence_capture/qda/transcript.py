"""An interview as the plain text in which an analyst marks passages."""

import re
from typing import NamedTuple

from intelligence_capture.reports.rows import Talk

_SPEAKERS = {"es": ("P: ", "R: "), "en": ("Q: ", "A: ")}
"""Before a question and before its answer; `import_files` reads the same."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Transcript(NamedTuple):
    """The text, and at which character of it each answer begins."""

    text: str
    starts: tuple[int, ...]


def transcript(talk: Talk) -> Transcript:
    """Who speaks, then each question with its answer, in the order in which they were asked."""
    asks, answers = _SPEAKERS.get(talk.language, _SPEAKERS["es"])
    who = (talk.respondent, ", ".join(filter(None, (talk.role, talk.company))), talk.date)
    text = "".join(f"{plain(line)}\n" for line in who if line)
    starts = []
    for one in talk.answers:
        text += f"\n{asks}{plain(one.question)}\n{answers}"
        starts.append(len(text))
        text += f"{plain(one.answer)}\n"
    return Transcript(text, tuple(starts))


def plain(text: str) -> str:
    """The text with line feeds for line ends and without control characters, one character for one.

    Programs disagree on whether CR LF is one character or two; where it is no character at all, positions hold.
    """
    return _CONTROL.sub("\ufffd", text.replace("\r\n", " \n").replace("\r", "\n"))
