"""What the loopback server answers where pairs of texts are to be judged: by plain rules, always the same."""

import json
import re
from typing import Any

QUESTIONS = ("same_thing", "contradiction")


def judge(kind: str, pairs: str) -> dict[str, Any]:
    """The same thing begins with the same word; "doubt" is doubted; who says "not" contradicts who does not."""
    return {
        "pairs": [{"pair": pair["pair"], **_said(kind, pair["a"], pair["b"])} for pair in json.loads(pairs)]
    }


def _said(kind: str, a: str, b: str) -> dict[str, str]:
    doubted = "doubt" in a or "doubt" in b
    if kind == "same_thing":
        alike = a.split()[0].lower() == b.split()[0].lower()
        return {
            "reason": "the first word",
            "verdict": "unsure" if doubted else "same" if alike else "different",
        }
    quotes = [re.sub(r"^\(.*?\) ", "", text) for text in (a, b)]
    clash = len([quote for quote in quotes if re.search(r"\bno\b", quote.lower())]) == 1
    return {
        "reason": "one denies it",
        "quote_a": quotes[0],
        "quote_b": quotes[1],
        "verdict": "unsure" if doubted else "contradiction" if clash else "compatible",
    }
