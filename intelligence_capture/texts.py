"""How two texts are compared."""

import re
import unicodedata

MOJIBAKE = re.compile("Ã[\x80-\xbf¡-¿]|Â[\x80-\xbf¡-¿]|â€|\ufffd")
"""What UTF-8 looks like that was read as another encoding."""


class _WithoutMarks(dict[int, int | None]):
    """For `str.translate`: each character as it is, accents and other marks left out; learnt as they come."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_WITHOUT_MARKS = _WithoutMarks()


def fold(text: str) -> str:
    """`text` in lower case without accents and punctuation, with single spaces."""
    plain = unicodedata.normalize("NFKD", text).translate(_WITHOUT_MARKS)
    return " ".join(re.findall(r"\w+", plain.casefold()))


def one_line(text: str) -> str:
    """`text` on one line without control characters, which a terminal would obey, and without half characters."""
    kept = "".join(" " if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") else char for char in text)
    return " ".join(kept.split())


_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def inert_cell(value: object) -> object:
    """The value of a CSV cell; text that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def active_text(cell: str) -> str:
    """The text of a cell that `inert_cell` wrote."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA_STARTS) else cell


def inert_markdown(text: str) -> str:
    """`text` on one line without anything that Markdown or HTML would act upon."""
    escapes = {char: f"&#{ord(char)};" for char in "&<>[]|#"} | {char: f"\\{char}" for char in "\\`*_!"}
    return "".join(escapes.get(char, char) for char in one_line(text))


_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without the characters that no XML file can hold."""
    return _NOT_XML.sub("\ufffd", text)
