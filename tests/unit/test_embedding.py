import numpy as np

from intelligence_capture.embedding import DIMENSIONS, SentenceEncoder


def test_the_same_texts_give_the_same_numbers_with_and_without_a_cache(tmp_path):
    texts = ("revisar los correos", "check the mail")
    encode = SentenceEncoder(tmp_path / "cache")

    first, again = encode(texts), SentenceEncoder(tmp_path / "cache")(texts)

    assert np.array_equal(first, again)
    assert np.array_equal(first, SentenceEncoder(None)(texts))
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_a_damaged_file_is_embedded_anew(tmp_path):
    encode = SentenceEncoder(tmp_path)
    first = encode(("hola",))
    next(tmp_path.iterdir()).write_bytes(b"\x93NUMPY broken")

    assert np.array_equal(SentenceEncoder(tmp_path)(("hola",)), first)


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    (tmp_path / "file").write_text("")

    assert SentenceEncoder(tmp_path / "file")(("hola",)).shape == (1, DIMENSIONS)


def test_no_text_gives_no_rows(tmp_path):
    assert SentenceEncoder(tmp_path)(()).shape == (0, DIMENSIONS)
