"""Holding the extractions of a run, and of another one, against gold folders."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from intelligence_capture.catalogue import Catalogue
from intelligence_capture.errors import GoldError
from intelligence_capture.evaluation.fields import FieldScore, field_scores
from intelligence_capture.evaluation.gold import GoldFolder, gold_items
from intelligence_capture.evaluation.items import Item, found_item
from intelligence_capture.evaluation.matching import match
from intelligence_capture.evaluation.mistakes import Mistake, find_mistakes
from intelligence_capture.evaluation.scores import (
    RESAMPLES,
    SEED,
    Calibration,
    Measure,
    Scores,
    calibration,
    differences,
    scores,
)
from intelligence_capture.pairing import Pair
from intelligence_capture.records import Extraction, Record


class ReviewScore(Record):
    """Whether `needs_review` points at the right ones: entities, and how many of them are right."""

    flagged: int
    flagged_right: int
    unflagged: int
    unflagged_right: int


class RunScores(Record):
    """The extractions of one run against one gold folder.

    An interview that was `not_extracted` counts as one in which nothing was found.
    """

    results: str
    extractors: tuple[str, ...]
    not_extracted: tuple[str, ...]
    unverified: int
    cost_usd: float | None
    scores: Scores
    fields: dict[str, dict[str, FieldScore]]
    calibration: Calibration
    review: ReviewScore
    mistakes: dict[str, int]


class Agreement(Record):
    """A second person's labels held against the first one's, as if an extractor had found them."""

    interviews: tuple[str, ...]
    scores: Scores


class Comparison(Record):
    """Another run on the same gold folder; `f1_differences` are this run's F1 less the other's."""

    other: RunScores
    f1_differences: dict[str, Measure]


class GoldEvaluation(Record):
    """Everything about one gold folder."""

    gold_folder: str
    interviews: tuple[str, ...]
    run: RunScores
    agreement: Agreement | None
    comparison: Comparison | None


class Evaluation(Record):
    """evaluation.json: each gold folder by itself, never added up."""

    seed: int = SEED
    resamples: int = RESAMPLES
    gold: tuple[GoldEvaluation, ...]


@dataclass(frozen=True)
class _Judged:
    """One interview: its labels and what a run found in it."""

    extraction: Extraction
    gold: list[Item]
    found: list[Item]
    pairs: list[Pair]
    mistakes: list[Mistake]


def evaluate(
    folders: Sequence[GoldFolder], results: Path, catalogue: Catalogue, *, compare: Path | None = None
) -> tuple[Evaluation, list[Mistake]]:
    """The evaluation of the run in `results`, beside that in `compare`, and the mistakes of the first."""
    evaluations = []
    mistakes: list[Mistake] = []
    for folder in folders:
        judged = _judge(folder, results, catalogue)
        mistakes += [mistake for one in judged for mistake in one.mistakes]
        evaluations.append(
            GoldEvaluation(
                gold_folder=folder.name,
                interviews=tuple(folder.labels),
                run=_run_scores(judged, results, catalogue),
                agreement=_agreement(folder, judged, catalogue),
                comparison=_comparison(folder, judged, compare, catalogue) if compare else None,
            )
        )
    return Evaluation(gold=tuple(evaluations)), mistakes


def score_items(interviews: Sequence[tuple[list[Item], list[Item]]], catalogue: Catalogue) -> Scores:
    """The scores of interviews, each with its gold and its found items: the measure without any files."""
    counts = [_counts(gold, found, match(gold, found), catalogue) for gold, found in interviews]
    return scores(np.stack(counts), catalogue.tables)


def _judge(folder: GoldFolder, results: Path, catalogue: Catalogue) -> list[_Judged]:
    judged = []
    for interview, file in folder.labels.items():
        extraction = _read_extraction(folder.extraction(results, interview))
        gold = gold_items(file, extraction.interview, catalogue)
        found = [
            found_item(entity) for table in catalogue.tables for entity in extraction.entities.get(table, ())
        ]
        mistakes = find_mistakes(gold, found, interview=extraction.interview, gold_folder=folder.name)
        judged.append(_Judged(extraction, gold, found, match(gold, found), mistakes))
    return judged


def _read_extraction(path: Path) -> Extraction:
    """The extraction of a gold interview; GoldError where it holds no text to label."""
    try:
        extraction = Extraction.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise GoldError(f"{path}: not an extraction of this version; remove it and run again") from error
    if not extraction.interview.answers:
        raise GoldError(f"{path}: the gold interview cannot be read: {extraction.error}")
    return extraction


def _run_scores(judged: list[_Judged], results: Path, catalogue: Catalogue) -> RunScores:
    found = [item for one in judged for item in one.found]
    verdicts = [
        (item, number in {f for _, f in one.pairs}) for one in judged for number, item in enumerate(one.found)
    ]
    done = [one.extraction for one in judged if one.extraction.status == "ok"]
    costs = [extraction.cost_usd for extraction in done]
    return RunScores(
        results=str(results),
        extractors=tuple(sorted({extraction.model or extraction.extractor for extraction in done})),
        not_extracted=tuple(one.extraction.id for one in judged if one.extraction.status != "ok"),
        unverified=sum(not item.spans for item in found),
        cost_usd=None if None in costs else sum(cost for cost in costs if cost),
        scores=scores(_all_counts(judged, catalogue), catalogue.tables),
        fields=field_scores(((one.gold[g], one.found[f]) for one in judged for g, f in one.pairs), catalogue),
        calibration=calibration(verdicts),
        review=_review(verdicts),
        mistakes=dict(sorted(Counter(mistake.kind for one in judged for mistake in one.mistakes).items())),
    )


def _review(verdicts: list[tuple[Item, bool]]) -> ReviewScore:
    tally = Counter((item.needs_review, right) for item, right in verdicts)
    return ReviewScore(
        flagged=tally[True, True] + tally[True, False],
        flagged_right=tally[True, True],
        unflagged=tally[False, True] + tally[False, False],
        unflagged_right=tally[False, True],
    )


def _agreement(folder: GoldFolder, judged: list[_Judged], catalogue: Catalogue) -> Agreement | None:
    both = [one for one in judged if one.extraction.id in folder.second]
    if not both:
        return None
    pairs = [
        (one.gold, gold_items(folder.second[one.extraction.id], one.extraction.interview, catalogue))
        for one in both
    ]
    return Agreement(
        interviews=tuple(one.extraction.id for one in both), scores=score_items(pairs, catalogue)
    )


def _comparison(folder: GoldFolder, judged: list[_Judged], compare: Path, catalogue: Catalogue) -> Comparison:
    others = _judge(folder, compare, catalogue)
    for one, other in zip(judged, others, strict=True):
        if one.extraction.sha256 != other.extraction.sha256:
            raise GoldError(
                f"{folder.extraction(compare, one.extraction.id)}: the interview was another one then; "
                "run `snakemake evaluate` anew with the settings of that run"
            )
    return Comparison(
        other=_run_scores(others, compare, catalogue),
        f1_differences=differences(
            _all_counts(judged, catalogue), _all_counts(others, catalogue), catalogue.tables
        ),
    )


def _all_counts(judged: list[_Judged], catalogue: Catalogue) -> NDArray[np.int64]:
    return np.stack([_counts(one.gold, one.found, one.pairs, catalogue) for one in judged])


def _counts(
    gold: list[Item], found: list[Item], pairs: list[Pair], catalogue: Catalogue
) -> NDArray[np.int64]:
    """Counts of one interview: [type, RIGHT | FOUND | GOLD]."""
    columns = [
        Counter(gold[g].type for g, _ in pairs),
        Counter(f.type for f in found),
        Counter(g.type for g in gold),
    ]
    return np.array([[column[table] for column in columns] for table in catalogue.tables], dtype=np.int64)
