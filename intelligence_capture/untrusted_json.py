"""JSON of files and servers: too deep a nesting is refused before the recursive parser meets it.

At the limit of recursion whatever Python runs besides, a finalizer for one, fails too.
"""

import json
import re
from collections.abc import Callable
from typing import Any

DEEPEST = 200
"""Brackets within each other; ours and those of the servers are below 20."""

_TOKENS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[{]|[\]}]', re.DOTALL)


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
    depth = 0
    for token in _TOKENS.finditer(text):
        first = text[token.start()]
        if first in "[{":
            depth += 1
            if depth > DEEPEST:
                raise TooDeep("nested too deeply")
        elif first != '"':
            depth = max(0, depth - 1)
