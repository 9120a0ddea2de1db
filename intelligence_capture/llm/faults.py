"""What goes wrong with a call, and of which sort it is: that alone decides what is done about it."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

from intelligence_capture import untrusted_json
from intelligence_capture.records import Record
from intelligence_capture.texts import one_line

Kind = Literal[
    "rate_limited",  # rejected, not billed: all wait
    "overloaded",  # rejected, not billed: retry with backoff
    "unreachable",  # never sent: retry a few times
    "unknown",  # perhaps billed: one more try at most
    "too_long",  # this text does not fit: split it
    "no_such_model",  # the next model
    "bad_parameter",  # step down to what the server knows
    "refused",  # fatal for this interview
    "fatal",  # fatal for the run
]

_TOO_LONG = re.compile(
    r"context.?(length|size|window)|maximum context|prompt is too long|too many (input )?tokens"
    r"|max_(completion_)?tokens.{0,60}(too large|at most|exceed)|exceed_context_size"
    r"|string_above_max_length|request (entity )?too large|reduce the length",
    re.IGNORECASE,
)
_NO_MODEL = re.compile(r"model.{0,80}(not found|not exist|unknown|no access|not have access)", re.IGNORECASE)
_PARAMETERS = (
    "response_format",
    "max_completion_tokens",
    "max_tokens",
    "temperature",
    "service_tier",
    "json_schema",
    "json_object",
)
_QUOTA = ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "quota_exceeded")


class Fault(Record):
    """What a server's rejection means. `retry_after` is in seconds, None where the server said nothing."""

    kind: Kind
    message: str
    status: int | None = None
    retry_after: float | None = None
    parameter: str = ""


class CallFailed(Exception):
    """A call that brought no answer; `fault` says of which sort."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def classify(status: int, headers: Mapping[str, str], body: bytes, *, now: datetime | None = None) -> Fault:
    """What an answer with an error status means."""
    error = _error_object(body)
    said = one_line(str(error.get("message") or "")[:300])
    code = f"{error.get('code') or ''} {error.get('type') or ''}"
    message = f"HTTP {status}" + (f": {said}" if said else "")
    kind, parameter = _kind(status, said, code, str(error.get("param") or ""))
    return Fault(
        kind=kind,
        message=_advice(kind, status, message, code),
        status=status,
        retry_after=retry_after(headers, now=now),
        parameter=parameter,
    )


def retry_after(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """The seconds that the server asks to wait, None where it does not say so in a way that makes sense."""
    plain = {name.lower(): value.strip() for name, value in headers.items()}
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(plain[name]) * unit
        except (KeyError, ValueError):
            continue
        # A negative or undefined number is no advice.
        return seconds if 0 <= seconds < float("inf") else None
    try:
        date = parsedate_to_datetime(plain.get("retry-after", ""))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    seconds = (date - (now or datetime.now(UTC))).total_seconds()
    return seconds if seconds >= 0 else None


def _kind(status: int, said: str, code: str, parameter: str) -> tuple[Kind, str]:
    if status == 402 or any(word in code for word in _QUOTA):
        return "fatal", ""
    if "model_not_found" in code or status == 404 or (status in (400, 403, 422) and _NO_MODEL.search(said)):
        return "no_such_model", ""
    if status in (401, 403):
        return "fatal", ""
    if status == 429:
        return "rate_limited", ""
    if status in (408, 409, 425) or status >= 500:
        return "overloaded", ""
    if status == 413 or _TOO_LONG.search(f"{code} {said}"):
        return "too_long", ""
    named = _named_parameter(said, parameter)
    return ("bad_parameter", named) if named else ("refused", "")


def _named_parameter(said: str, parameter: str) -> str:
    for name in _PARAMETERS:
        if parameter.split(".")[0] == name:
            return name
    # `max_tokens` is often named as the remedy for `max_completion_tokens` and the other way round: the
    # one named first is the one that is not known.
    found = [(said.find(name), -len(name), name) for name in _PARAMETERS if name in said]
    return min(found)[2] if found else ""


def _advice(kind: Kind, status: int, message: str, code: str) -> str:
    if kind == "fatal" and status in (401, 403):
        # The server's own message may hold the key.
        return f"HTTP {status}: the server refused the key; check OPENAI_API_KEY and what it may use"
    if kind == "fatal":
        return f"{message}; add credit and run again; finished work is kept"
    if kind == "no_such_model":
        return f"{message}; check openai.models and openai.base_url"
    return message


def _error_object(body: bytes) -> dict[str, Any]:
    try:
        content = untrusted_json.loads(body)
    except ValueError:
        return {}
    if not isinstance(content, dict):
        return {}
    error = content.get("error", content)
    if isinstance(error, dict):
        return error
    return {"message": error if isinstance(error, str) else content.get("detail", "")}
