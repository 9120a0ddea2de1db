"""Text out of bytes: the encoding is recognised beyond doubt, named by a person, or the file is refused."""

import codecs

from intelligence_capture.errors import IntakeError

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
OLDER = ("cp1252", "cp850", "mac_roman")
"""What Excel and Notepad write besides Unicode: Windows, its `CSV (MS-DOS)`, its `CSV (Macintosh)`."""
EXPECTED = frozenset("áéíóúüñÁÉÍÓÚÜÑ¿¡ºª°«»“”‘’–—…€·•´çÇãõâêôàèìòùöä©®™½\xa0")
"""What people who write Spanish and English type beyond ASCII."""


def decode(content: bytes, *, encoding: str | None = None) -> tuple[str, str]:
    """The text and the name of its encoding; IntakeError with the byte where none is beyond doubt.

    An older encoding is taken only where it alone makes every byte a character that people type, and no
    dash stands inside a word: two that would do are a doubt.
    """
    for mark, name in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _decoded(content, name), name.removesuffix("-sig").upper()
    if encoding:
        return _decoded(content, encoding), f"{encoding} (import.yaml)"
    if b"\0" in content:
        place = content.index(b"\0")
        raise IntakeError(f"not text: a NUL at byte {place}; save it as UTF-8, or name its `encoding`")
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        place = error.start
    texts = {name: text for name in OLDER if (text := _plausible(content, name)) is not None}
    if len(texts) == 1 or len(set(texts.values())) == 1:
        return next((text, name) for name, text in texts.items())
    line = content.count(b"\n", 0, place) + 1
    doubt = f"it may be {' or '.join(texts)}" if texts else "no other encoding fits throughout"
    raise IntakeError(
        f"not UTF-8 at byte {place} (line {line}), and {doubt}; save it as UTF-8, or name its `encoding`"
    )


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except LookupError as error:
        raise IntakeError(f"there is no encoding {name!r}; correct `encoding` in import.yaml") from error
    except UnicodeError as error:
        place = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise IntakeError(f"not {name.removesuffix('-sig').upper()}{place}; save it as UTF-8") from error


def _plausible(content: bytes, name: str) -> str | None:
    try:
        text = content.decode(name)
    except UnicodeDecodeError:
        return None
    odd = any(char > "\x7f" and char not in EXPECTED for char in text)
    return None if odd or _symbol_in_a_word(text) else text


def _symbol_in_a_word(text: str) -> bool:
    """Whether a sign that ends or joins words stands between two small letters, as in `producci—n`."""
    return any(
        char in "–—…‘“«»¿¡ºª°•·" and before.islower() and after.islower()
        for before, char, after in zip(text, text[1:], text[2:], strict=False)
    )
