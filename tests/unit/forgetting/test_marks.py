"""What tells one person's words from all others."""

from intelligence_capture.forgetting.marks import Said, kept_marks, make_marks

SAID = Said(
    "ana-ruiz",
    "Ana Ruiz",
    ("Cada lunes cuadro las guías de remisión con el almacén central.", "Uso SAP poco."),
    ("Guías de remisión tardías",),
)


def kinds(text, others=()):
    return {trace.kind for trace in make_marks(SAID, others).traces(text)}


def test_six_words_in_a_row_are_found_whatever_stands_around_and_between_them():
    assert kinds("«…lunes CUADRO\n las guias, de remision CON» dijo") == {"words"}


def test_five_words_in_a_row_are_not_enough_unless_the_answer_is_that_short():
    assert kinds("lunes cuadro las guías de") == set()
    assert kinds("aquí uso SAP poco, dijo") == {"words"}


def test_labels_of_what_was_found_are_looked_for():
    assert kinds("guías de remisión tardías") == {"words"}


def test_what_others_say_word_for_word_is_no_mark():
    other = "También cuadro las guías de remisión con calma. Uso SAP poco."

    assert kinds("cuadro las guías de remisión con", [other]) == set()
    assert kinds("uso SAP poco", [other]) == set()
    assert kinds("de remisión con el almacén central", [other]) == {"words"}


def test_a_name_that_others_say_is_told_from_one_that_stands_nowhere_else():
    assert kinds("data/ana-ruiz.json") == {"who"}
    assert kinds("dice Ana Ruiz", ["Eso lo ve Ana Ruiz."]) == {"told"}


def test_a_single_word_may_be_anybody():
    said = Said("ana", "Ana", ("Uso Excel para cuadrar la caja del día.",))

    assert {trace.kind for trace in make_marks(said, ()).traces("ana.json")} == {"told"}


def test_marks_hold_no_word_and_serve_again_for_the_same_interview(tmp_path):
    marks = make_marks(SAID, ())
    text = marks.model_dump_json()
    (tmp_path / "marks.json").write_text(text, "utf-8")

    assert not [word for word in ("lunes", "remision", "ruiz") if word in text.casefold()]
    assert kept_marks(tmp_path / "marks.json", "ana-ruiz") == marks
    assert kept_marks(tmp_path / "marks.json", "luis") is None
    assert kept_marks(tmp_path / "nothing.json", "ana-ruiz") is None
