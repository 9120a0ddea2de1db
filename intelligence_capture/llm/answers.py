"""Reading an answer: from a raw body to checked entities, with every way it can be wrong told apart."""

import json
import math
import re
from typing import Any

from jsonschema import Draft202012Validator

from intelligence_capture import untrusted_json
from intelligence_capture.llm.plan import Call
from intelligence_capture.records import Record
from intelligence_capture.texts import one_line


class AnswerProblem(Exception):
    """An answer that cannot be used; what is wrong may be in the words of a server, and goes into records."""

    def __init__(self, message: str) -> None:
        super().__init__(one_line(message))


class NoAnswer(AnswerProblem):
    """What came is no answer of a model at all: a web page, half a body, an error with status 200."""


class Declined(AnswerProblem):
    """The model, or the server's filter, declined to answer."""


class Cut(AnswerProblem):
    """The answer stops in the middle; nothing of it is taken."""


class Invalid(AnswerProblem):
    """The model answered something that is not the JSON that was asked for."""


class Content(Record):
    """The entities of an answer by table. `flags` says what had to be passed over to read it."""

    entities: dict[str, list[dict[str, Any]]]
    flags: tuple[str, ...] = ()


LARGEST_INTEGER = 2**63
MOST_BRACKETS = 50
"""Of what follows the object, so many opening brackets are looked at."""

_COMMON = ("label", "description", "confidence", "evidence")


def read_answer(body: bytes, call: Call) -> Content:
    """The entities in a response body; an AnswerProblem says what is wrong with it."""
    return parse_content(_content(_choice(body)), call)


def read_object(body: bytes) -> dict[str, Any]:
    """The one JSON object in a response body, whatever is in it; an AnswerProblem says what is wrong."""
    return _one_object(_content(_choice(body)))[0]


def parse_content(text: str, call: Call) -> Content:
    """The entities in what a model wrote."""
    document, flags = _one_object(text)
    problems = list(Draft202012Validator(_tolerant(call)).iter_errors(document))
    if problems:
        place = "/".join(map(str, problems[0].absolute_path)) or "the object"
        raise Invalid(f"{place}: {problems[0].message[:200]}")
    return Content(entities={table: document[table] for table in call.tables}, flags=flags)


def _choice(body: bytes) -> dict[str, Any]:
    try:
        envelope = untrusted_json.loads(body.decode("utf-8"))
    except ValueError as error:
        raise NoAnswer(f"not JSON: {str(error)[:100]}") from None
    if not isinstance(envelope, dict):
        raise NoAnswer("not a JSON object")
    if envelope.get("error"):
        raise NoAnswer(f"an error with status 200: {json.dumps(envelope['error'], ensure_ascii=False)[:200]}")
    choices = envelope.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise NoAnswer("no choices in it")
    return choices[0]


def _content(choice: dict[str, Any]) -> str:
    message = choice.get("message")
    message = message if isinstance(message, dict) else {}
    if message.get("refusal"):
        raise Declined(f"the model refused: {str(message['refusal'])[:200]}")
    reason = choice.get("finish_reason")
    if reason == "content_filter":
        raise Declined("the server's content filter stopped the answer")
    if reason == "length":
        raise Cut("the answer was cut at its longest")
    content = message.get("content")
    if isinstance(content, list):  # some servers send parts
        content = "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    if not isinstance(content, str) or not content.strip():
        raise NoAnswer("no content in it")
    return content


def _one_object(text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The one JSON object in `text`, and a flag where there was something around it."""
    decoder = json.JSONDecoder(
        object_pairs_hook=_without_duplicates, parse_constant=_no_constant, parse_int=_bounded_int
    )
    stripped = text.strip().lstrip("\ufeff")
    start = stripped.find("{")
    if start < 0:
        raise Invalid("no JSON object in it")
    try:
        # From where the decoder begins: quotation marks before it would hide brackets from the check.
        untrusted_json.check_depth(stripped[start:])
        document, end = decoder.raw_decode(stripped, start)
    except json.JSONDecodeError as error:
        if _ends_early(stripped, start):
            raise Cut("the answer stops in the middle") from None
        raise Invalid(f"no valid JSON: {error.msg} at character {error.pos}") from None
    except ValueError as error:
        raise Invalid(str(error)[:200]) from None
    rest = stripped[end:]
    if "{" in rest and _holds_object(rest, decoder):
        raise Invalid("more than one JSON object in it")
    _refuse_surrogates(document)
    around = re.sub(r"```(?:json)?", "", stripped[:start] + rest, flags=re.IGNORECASE).strip()
    fenced = start > 0 or rest.strip()
    flag = "the answer had text around its JSON" if around else "the answer had a fence around its JSON"
    return document, (flag,) if fenced else ()


def _ends_early(text: str, start: int) -> bool:
    """Whether the object that begins at `start` is still open where the text ends."""
    depth, in_string, escaped = 0, False, False
    for char in text[start:]:
        if in_string:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                in_string = False
        elif char == '"':
            in_string = True
        elif char in "{[":
            depth += 1
        elif char in "}]":
            depth -= 1
            if depth <= 0:
                return False
    return True


def _holds_object(text: str, decoder: json.JSONDecoder) -> bool:
    """Whether there is an object in what follows the first one; what is full of brackets is taken for one."""
    for number, match in enumerate(re.finditer(r"\{", text)):
        try:
            untrusted_json.check_depth(text[match.start() :])
            decoder.raw_decode(text, match.start())
        except untrusted_json.TooDeep:
            return True
        except ValueError:
            if number < MOST_BRACKETS:
                continue
        return True
    return False


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(name for name in found if sum(name == other for other, _ in pairs) > 1)
        raise ValueError(f"the key {twice[:60]!r} twice in one object")
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _bounded_int(text: str) -> int:
    if len(text) > 20 or abs(int(text)) >= LARGEST_INTEGER:
        raise ValueError(f"the number {text[:30]} is too large")
    return int(text)


def _refuse_surrogates(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Invalid("half a Unicode character (a lone surrogate)") from None
    if any(math.isinf(number) for number in _floats(value)):
        raise Invalid("a number is too large")


def _floats(value: object) -> list[float]:
    if isinstance(value, float):
        return [value]
    if isinstance(value, dict):
        return [number for item in value.values() for number in _floats(item)]
    if isinstance(value, list):
        return [number for item in value for number in _floats(item)]
    return []


def _tolerant(call: Call) -> dict[str, Any]:
    """The call's schema as answers are held to it.

    A server without strict schemas leaves out what is null and adds remarks; both do no harm. Every list
    must be there, though, and every entity must have its evidence and its label.
    """
    schema = call.answer_schema()
    for entities in schema["properties"].values():
        item = entities["items"]
        item["required"] = list(_COMMON)
        item["additionalProperties"] = True
        item["properties"]["evidence"]["items"]["additionalProperties"] = True
    schema["additionalProperties"] = True
    return schema
