"""The messages of a call: what never changes first, so that servers can cache it, the interview last."""

import hashlib
import json
import re
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateError

from intelligence_capture.errors import SettingsError
from intelligence_capture.llm.parts import Part
from intelligence_capture.llm.plan import Call
from intelligence_capture.records import Interview

SEPARATOR = "<!-- interview -->"
"""The line of the prompt file between the constant part and the interview."""

Message = dict[str, Any]

_UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Prompt:
    """The prompt file, ready to be filled."""

    def __init__(self, text: str) -> None:
        constant, separator, interview = text.partition(SEPARATOR)
        if not separator:
            raise SettingsError(f"the prompt has no line {SEPARATOR!r} between instructions and interview")
        # Prompts are plain text for a model: escaping HTML would falsify quotes.
        environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True)  # noqa: S701
        try:
            self._constant = environment.from_string(constant)
            self._interview = environment.from_string(interview.lstrip("\n"))
        except TemplateError as error:
            raise SettingsError(f"the prompt is not a valid template: {error}") from error

    def instructions(self, call: Call) -> str:
        """The system message of this call, the same for every interview."""
        return self._constant.render(types=call.types).strip() + "\n"

    def messages(self, call: Call, interview: Interview, part: Part) -> list[Message]:
        """The messages that ask for this call's types in this part of the interview."""
        return [
            {"role": "system", "content": self.instructions(call)},
            {"role": "user", "content": self._interview.render(interview=interview_text(interview, part))},
        ]


def interview_text(interview: Interview, part: Part) -> str:
    """The questions and answers of a part as the model reads them; the meta data are never sent.

    Control characters are left out; grounding passes over them, so that offsets stay those of the answer.
    """
    blocks = []
    for piece in part.pieces:
        answer = interview.answers[piece.question_index]
        text = answer.answer[piece.context_start : piece.end]
        opening = "(…) " if piece.context_start > 0 else ""
        closing = " (…)" if piece.end < len(answer.answer) else ""
        blocks.append(f"[{piece.question_index}] {answer.question}\n{opening}{text}{closing}")
    return _UNSENDABLE.sub("", "\n\n".join(blocks)) + "\n"


def digest(value: object) -> str:
    """The SHA-256 of a value's canonical JSON."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
