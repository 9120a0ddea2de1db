"""How surely a chosen unit is right depends on what else was chosen in its answer."""

import numpy as np

from intelligence_capture.offline.choosing import Chosen
from intelligence_capture.offline.judging import judged_by, sparseness
from intelligence_capture.offline.scorer import Scorer, Weights
from intelligence_capture.offline.segments import Unit

CLAUSES = [Unit(start, start + 20, 0, index, item=False) for index, start in enumerate((0, 30, 60))]
CHOSEN = [
    Chosen(0, unit, 0, table, score)
    for unit, table, score in zip(
        CLAUSES, ("pain_points", "pain_points", "processes"), (0.5, 0.3, 0.4), strict=True
    )
]
WEIGHTS = Weights(
    features=(),
    tables=("pain_points", "processes"),
    matrix=np.zeros((0, 2), dtype=np.float32),
    bias=np.zeros(2, dtype=np.float32),
    thresholds=np.array([0.4, 0.4], dtype=np.float32),
    judges={"es": {"": 0.0, "behind pain_points": -2.0}, "en": {"": -3.0}},
    named={},
    named_thresholds={},
)


def test_only_what_scores_higher_of_the_same_type_stands_before():
    rows = judged_by(CHOSEN, characters=200, sparse=0.5, english=False)

    assert [round(row[f"behind {one.table}"], 2) for row, one in zip(rows, CHOSEN, strict=True)] == [
        0,
        0.69,
        0,
    ]
    assert [row["first"] for row in rows] == [1, 0, 1]


def test_english_is_judged_by_weights_of_its_own_besides():
    spanish, english = (
        judged_by(CHOSEN, characters=200, sparse=0.5, english=english)[1] for english in (False, True)
    )

    assert {name: value for name, value in english.items() if name.startswith("english")} == {
        "english": 1.0,
        "english score": 1.2,
        "english behind": english["behind pain_points"],
        "english first": 0.0,
        "english length": english["length"],
        "english sparse": 0.5,
    }
    assert spanish == {name: value for name, value in english.items() if not name.startswith("english")}


def test_the_likelihood_decides_and_is_the_score_of_what_is_kept():
    scorer = Scorer(WEIGHTS, (), ("pain_points", "processes"))

    kept = scorer.kept(CHOSEN, characters=200, sparse=0.5, english=False)

    assert [(one.table, one.unit, one.score) for one in kept] == [
        ("pain_points", CLAUSES[0], 0.5),
        ("processes", CLAUSES[2], 0.5),
    ]
    assert scorer.kept(CHOSEN, characters=200, sparse=0.5, english=True) == []


def test_a_type_that_nothing_was_trained_for_is_kept_by_its_score():
    scorer = Scorer(WEIGHTS, (), ("risks",))
    risks = [
        one._replace(table="risks", score=score) for one, score in zip(CHOSEN, (0.4, 0.5, 0.9), strict=True)
    ]

    kept = scorer.kept(risks, characters=200, sparse=0.5, english=False)

    assert [(one.unit, round(one.score, 2)) for one in kept] == [(CLAUSES[1], 0.5), (CLAUSES[2], 0.83)]


def test_an_interview_that_holds_little_in_many_words_is_sparse():
    usual, wordy = (sparseness(CHOSEN, characters=characters) for characters in (162, 3000))

    assert abs(usual) < 0.1 and wordy > 1
