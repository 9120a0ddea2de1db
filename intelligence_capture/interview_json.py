"""What one file of interviews says: JSON with keys that may repeat, as meta data and answers."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from intelligence_capture import untrusted_json
from intelligence_capture.errors import InterviewError
from intelligence_capture.records import Answer, Meta

_META_FIELDS = tuple(Meta.model_fields)
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Pairs(list[tuple[str, Any]]):
    """A JSON object with its keys in order, also those that are there twice."""


def load(file: Path) -> Any:  # noqa: ANN401 - parsed JSON
    """The parsed content of a file; InterviewError with line and column, or with the byte, where it is none."""
    text = _decode(file)
    if not text.strip():
        raise InterviewError(f"{file}: the file is empty")
    try:
        return untrusted_json.loads(text, object_pairs_hook=_Pairs)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InterviewError(f"{file}: not valid JSON at {where}: {error.msg}") from error
    except untrusted_json.TooDeep as error:
        raise InterviewError(f"{file}: nested too deeply to be an interview") from error
    except ValueError as error:
        raise InterviewError(f"{file}: not valid JSON: {error}") from error


def _decode(file: Path) -> str:
    raw = file.read_bytes()
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8"
        raise InterviewError(
            f"{file}: not {encoding.removesuffix('-sig').upper()} at byte {error.start}; {hint}"
        ) from error


def is_bundle(content: Any) -> bool:  # noqa: ANN401 - parsed JSON
    """Whether this is a list of interviews."""
    return isinstance(content, list) and not isinstance(content, _Pairs) and bool(content)


def content_digest(content: Any) -> str:  # noqa: ANN401 - parsed JSON
    """The hash of what an interview says, whatever its layout in the file."""
    text = json.dumps(content, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def meta_and_answers(content: Any) -> tuple[Meta, tuple[Answer, ...]]:  # noqa: ANN401 - parsed JSON
    """The meta data and the answers of one interview; InterviewError where it is none."""
    if not isinstance(content, _Pairs):
        raise InterviewError('not an interview: an object with "meta" and "qa_pairs" is expected')
    parts = dict(content)
    if "qa_pairs" not in parts:
        raise InterviewError('"qa_pairs" is missing')
    return _meta(parts.get("meta")), tuple(_timed(_answers(parts["qa_pairs"]), parts.get("times")))


def _meta(value: Any) -> Meta:  # noqa: ANN401 - parsed JSON
    if value is None:
        return Meta()
    if not isinstance(value, _Pairs):
        raise InterviewError('"meta" is not an object')
    given = dict(value)
    return Meta(
        **{field: _encodable(_as_text(given[field])).strip() for field in _META_FIELDS if field in given}
    )


def _answers(value: Any) -> tuple[Answer, ...]:  # noqa: ANN401 - parsed JSON
    if not isinstance(value, list):
        raise InterviewError('"qa_pairs" is neither an object nor a list of [question, answer]')
    answers = []
    for number, pair in enumerate(value, start=1):
        if not isinstance(pair, list | tuple) or isinstance(pair, _Pairs) or len(pair) != 2:
            raise InterviewError(f'"qa_pairs", number {number}: not a pair [question, answer]')
        if not isinstance(pair[0], str):
            raise InterviewError(f'"qa_pairs", number {number}: the question is not text')
        answers.append(Answer(question=_encodable(pair[0]), answer=_encodable(_as_text(pair[1]))))
    if not answers:
        raise InterviewError('"qa_pairs" holds no question')
    return tuple(answers)


def _timed(answers: tuple[Answer, ...], times: Any) -> Iterator[Answer]:  # noqa: ANN401
    """The answers with `times`: for each a list of [offset, seconds of the recording]."""
    if times is None:
        yield from answers
        return
    try:
        for answer, marks in zip(answers, times, strict=True):
            moments = tuple((int(offset), float(seconds)) for offset, seconds in marks)
            offsets = [offset for offset, _ in moments]
            if offsets != sorted(set(offsets)) or any(not 0 <= one < len(answer.answer) for one in offsets):
                raise ValueError
            yield answer.model_copy(update={"times": moments})
    except (TypeError, ValueError) as error:
        raise InterviewError('"times" is not a list of [offset, seconds] for each answer') from error


def _as_text(value: Any) -> str:  # noqa: ANN401 - parsed JSON
    """Text as it is, null as '', anything else as its JSON text."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def _encodable(text: str) -> str:
    if _SURROGATE.search(text):
        raise InterviewError("its text holds half a Unicode character (a lone surrogate); write it anew")
    return text
