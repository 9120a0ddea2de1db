"""The line at the foot of a terminal."""

import io
import time

from intelligence_capture.watching.status_line import ERASE, StatusLine


class Terminal(io.StringIO):
    def isatty(self):
        return True


def drawn(stream):
    deadline = time.monotonic() + 5
    while "half" not in stream.getvalue() and time.monotonic() < deadline:
        time.sleep(0.01)
    return stream.getvalue()


def test_it_is_drawn_on_a_terminal_and_gone_before_anything_else_is_printed():
    stream = Terminal()
    line = StatusLine(stream, lambda: "half way", every=0.01)
    assert drawn(stream).endswith("half way\r")

    with line.erased():
        stream.write("a finding\n")
    line.end()

    assert f"half way\r{ERASE}a finding\n" in stream.getvalue()
    assert not stream.getvalue().endswith("half way\r")


def test_nothing_is_drawn_where_there_is_no_terminal():
    stream = io.StringIO()
    line = StatusLine(stream, lambda: "half way", every=0.01)
    time.sleep(0.05)
    line.end()

    assert stream.getvalue() == ""
