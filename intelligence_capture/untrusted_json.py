"""JSON of files and servers: too deep a nesting is refused before the recursive parser meets it.

At the limit of recursion whatever Python runs besides, a finalizer for one, fails too.
"""

import json
import re
from collections.abc import Callable
from typing import Any

DEEPEST = 200
"""Brackets within each other; ours and those of the servers are below 20."""

_ROUNDS = 20
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
"""A string, or one that does not end: the parser goes no further there, and to look on would take quadratic time."""
_SQUARE = bytes.maketrans(b"{}", b"[]")
_OPENING = ord("[")
_NO_BRACKET = bytes(set(range(256)) - set(b"[]{}"))


class TooDeep(ValueError):
    """JSON that is nested more than `DEEPEST` times."""


def loads(
    text: str | bytes, *, object_pairs_hook: Callable[[list[tuple[str, Any]]], Any] | None = None
) -> Any:  # noqa: ANN401 - parsed JSON
    """What `json.loads` returns; TooDeep or another ValueError for what is no JSON."""
    if isinstance(text, bytes):
        text = text.decode(json.detect_encoding(text), "surrogatepass")
    check_depth(text)
    return json.loads(text, object_pairs_hook=object_pairs_hook)


def check_depth(text: str) -> None:
    """Raise TooDeep where the JSON in `text` is nested more than `DEEPEST` times."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return
    brackets = _STRING.sub("", text).encode("ascii", "ignore").translate(_SQUARE, _NO_BRACKET)
    depth = 0
    # Each round takes the innermost pairs away, in C: a run of thousands of interviews reads all their records.
    while depth < _ROUNDS and len(fewer := brackets.replace(b"[]", b"")) < len(brackets):
        brackets = fewer
        depth += 1
    for bracket in brackets:
        depth = depth + 1 if bracket == _OPENING else max(0, depth - 1)
        if depth > DEEPEST:
            raise TooDeep("nested too deeply")
