"""How two texts are compared."""

import re
import unicodedata


def fold(text: str) -> str:
    """`text` in lower case without accents and punctuation, with single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.casefold()))
