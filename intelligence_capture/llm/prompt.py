"""The messages of a call: what never changes first, so that servers can cache it, the interview last."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateError

from intelligence_capture.errors import SettingsError
from intelligence_capture.llm.parts import Part
from intelligence_capture.llm.plan import Call
from intelligence_capture.records import Interview
from intelligence_capture.settings import MetaField
from intelligence_capture.texts import one_line

SEPARATOR = "<!-- interview -->"
"""The line of the prompt file between the constant part and the interview."""

Message = dict[str, Any]

_UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Prompt:
    """The prompt file, ready to be filled; `send_meta` are the meta data that are sent, too."""

    def __init__(self, text: str, send_meta: Sequence[MetaField] = ()) -> None:
        constant, separator, interview = text.partition(SEPARATOR)
        if not separator:
            raise SettingsError(f"the prompt has no line {SEPARATOR!r} between instructions and interview")
        self._send_meta = tuple(send_meta)
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
        text = interview_text(interview, part, self._send_meta)
        return [
            {"role": "system", "content": self.instructions(call)},
            {"role": "user", "content": self._interview.render(interview=text)},
        ]


def interview_text(interview: Interview, part: Part, send_meta: Sequence[MetaField] = ()) -> str:
    """The questions and answers of a part as the model reads them, after those meta data that are to be sent.

    Control characters are left out; grounding passes over them, so that offsets stay those of the answer.
    """
    known = interview.meta.model_dump()
    meta = [f"{name}: {said}" for name in known if name in send_meta and (said := one_line(known[name]))]
    blocks = ["\n".join(["About the interview (no evidence):", *meta])] if meta else []
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
