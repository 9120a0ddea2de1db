"""Encodings are recognised beyond doubt, or refused with the byte."""

import pytest

from intelligence_capture.errors import IntakeError
from intelligence_capture.intake.decoding import OLDER, decode
from intelligence_capture.interviews import find_interviews
from tests.conftest import ROOT

TEXT = "¿Qué hace el área de producción? Mañana envío 40 cajas…"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_windows_writes_is_read(encoding):
    text, _ = decode(TEXT.encode(encoding))

    assert text == TEXT


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_what_excel_calls_ms_dos_and_macintosh_is_read(encoding):
    text = "¿Qué hace el área de producción?"

    assert decode(text.encode(encoding)) == (text, encoding)


def test_no_sample_answer_is_ever_read_wrongly():
    answers = [
        answer.answer
        for source in find_interviews(ROOT / "data" / "interviews")
        for answer in source.interview.answers
        if not answer.answer.isascii()
    ]
    right = refused = 0
    for encoding in OLDER:
        for answer in answers:
            try:
                content = answer.encode(encoding)
            except UnicodeEncodeError:
                continue
            try:
                assert decode(content)[0] == answer
                right += 1
            except IntakeError:
                refused += 1

    assert right > 20 * refused > 0


def test_a_text_that_fits_two_encodings_is_refused():
    with pytest.raises(IntakeError, match=r"byte 3 \(line 1\), and it may be cp1252 or cp850 or mac_roman"):
        decode("pagó 10".encode("mac_roman"))


def test_a_person_may_name_the_encoding():
    assert decode("pagó".encode("mac_roman"), encoding="mac_roman") == (
        "pagó",
        "mac_roman (import.yaml)",
    )


def test_an_encoding_that_does_not_exist_is_named():
    with pytest.raises(IntakeError, match="there is no encoding 'cp9'"):
        decode(b"a", encoding="cp9")


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(IntakeError, match="a NUL at byte 1"):
        decode(b"a\0b")
