"""Which of the two languages an interview is in."""

import re
from typing import Literal

_ENGLISH = frozenset(
    "the and of to is that it we for with are this have they be on not from what our my when which was "
    "i you at by or there their would can do so but if about has".split()
)
_SPANISH = frozenset(
    "el la de que y en los las un una es por con para se no del al lo como su mas pero nos mi son hay "
    "esta cuando porque muy sin sobre me le ya todo si cada tenemos".split()
)


def detect_language(text: str) -> Literal["es", "en"]:
    """The language with more of its commonest words in `text`; Spanish in doubt."""
    words = re.findall(r"[a-z]+", text.lower())
    english = sum(word in _ENGLISH for word in words)
    return "en" if english > sum(word in _SPANISH for word in words) else "es"
