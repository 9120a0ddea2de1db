"""What is known of each unit, in columns with names."""

from pathlib import Path

import numpy as np

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.embedding import DIMENSIONS
from intelligence_capture.offline.features import IN_ENGLISH, Answered, FeatureMaker
from intelligence_capture.offline.folding import Folded
from intelligence_capture.offline.segments import units_of

CATALOGUE = load_catalogue(Path("ontology"))


def embed(texts: tuple[str, ...]) -> np.ndarray:
    return np.zeros((len(texts), DIMENSIONS), dtype=np.float32)


MAKER = FeatureMaker(CATALOGUE, embed, CATALOGUE.tables)


def columns(said: str, *, english: bool) -> dict[str, list[float]]:
    text = Folded(said)
    rows = MAKER.rows(Answered(text, units_of(text), [], (("other", 1.0),), english))
    return dict(zip(MAKER.names, rows.T.tolist(), strict=True))


def test_a_cue_counts_in_the_clause_that_holds_it_and_in_its_sentence():
    found = columns("I write the report, but the export is slow.", english=True)

    assert found["cue:inefficiencies"] == [1, 0, 1]


def test_a_sign_of_the_beginning_counts_where_the_unit_begins():
    found = columns("We ship it, so that I can go home.", english=True)

    assert found["purpose_start"] == [0, 0, 1]


def test_what_is_said_in_english_is_learnt_of_beside_what_is_said_in_any_language():
    said = "The export is slow."
    english, other = columns(said, english=True), columns(said, english=False)
    name = "cue:inefficiencies"

    assert english[f"{IN_ENGLISH}{name}"] == english[name] == other[name] == [1]
    assert other[f"{IN_ENGLISH}{name}"] == [0]
