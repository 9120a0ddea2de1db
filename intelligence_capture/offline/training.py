"""Fitting the weights of the offline extractor to labelled interviews.

    python -m intelligence_capture.offline.training --labels data/gold/training/labels

writes `data/weights.npz` beside this module and prints how well whole organisations are done that were left
out of the fit, and lessons that were. The same input gives the same weights: there is no chance in it.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from intelligence_capture.catalogue import Catalogue, load_catalogue
from intelligence_capture.embedding import SentenceEncoder
from intelligence_capture.offline.choosing import choose
from intelligence_capture.offline.features import FeatureMaker
from intelligence_capture.offline.fitting import Fit, Fits
from intelligence_capture.offline.fragments import is_fragment
from intelligence_capture.offline.labelled import Labelled, load_labelled, load_lessons, places_of
from intelligence_capture.offline.matching import Span, pairs
from intelligence_capture.offline.mentions import MENTION_TYPES
from intelligence_capture.offline.named import group_features, linear
from intelligence_capture.offline.scorer import WEIGHTS, Weights, logistic, save_weights

LESSON_FOLDS = 3
GRID = np.arange(0.08, 0.8, 0.02)


def main() -> None:
    """Read the command line, fit, report, and write the weights."""
    parser = argparse.ArgumentParser(description="Fit the offline extractor to labelled interviews.")
    parser.add_argument("--interviews", type=Path, default=Path("data/interviews"))
    parser.add_argument("--labels", type=Path, nargs="+", default=[Path("data/gold/training/labels")])
    parser.add_argument("--lessons", type=Path, default=Path("data/lessons"))
    parser.add_argument("--ontology", type=Path, default=Path("ontology"))
    parser.add_argument("--cache", type=Path, default=None, help="a folder for embeddings")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    catalogue = load_catalogue(arguments.ontology)
    features = FeatureMaker(catalogue, SentenceEncoder(arguments.cache), catalogue.tables)
    labelled = load_labelled(arguments.labels, arguments.interviews, features)
    taught = load_lessons(arguments.lessons, features)
    weights, held_out = train([*labelled, *taught], features.names, catalogue)
    save_weights(weights, arguments.weights)
    print(report(labelled, held_out[: len(labelled)], catalogue))
    for language in ("es", "en"):
        lessons = [index for index, one in enumerate(taught) if one.interview.language == language]
        counts = _all_counts(
            [taught[i] for i in lessons], [held_out[len(labelled) + i] for i in lessons], weights, catalogue
        )
        print(_line(f"lessons, {language}", counts))


Findings = dict[str, list[tuple[float, list[Span]]]]
"""By table, the score and the spans of each thing found in an interview."""


def train(
    examples: Sequence[Labelled], features: tuple[str, ...], catalogue: Catalogue
) -> tuple[Weights, list[Findings]]:
    """The weights, and for each interview or lesson what was found by a fit that never saw its organisation.

    Thresholds and calibration come from those held-out findings, of told types in interviews alone: lessons
    hold more in fewer words. The weights come from all.
    """
    told = tuple(table for table in catalogue.tables if table not in MENTION_TYPES)
    named = tuple(table for table in MENTION_TYPES if table in catalogue)
    fold_of = _folds(examples)
    folds = {
        fold: [one for one, its in zip(examples, fold_of, strict=True) if its == fold]
        for fold in sorted(set(fold_of))
    }
    fits = Fits(folds, features, told, named)
    without = {fold: fits.without(fold) for fold in folds}
    held_out = [
        findings(one, without[fold], told, named) for one, fold in zip(examples, fold_of, strict=True)
    ]
    interviews = [one for one in examples if not one.taught]
    of_interviews = [found for one, found in zip(examples, held_out, strict=True) if not one.taught]
    thresholds = {table: _best_threshold(interviews, of_interviews, table) for table in told}
    thresholds |= {table: _best_threshold(examples, held_out, table) for table in named}
    calibration = [_calibration(interviews, of_interviews, table, thresholds[table]) for table in told]
    fit = fits.without(None)
    weights = Weights(
        features=features,
        tables=told,
        matrix=fit.matrix.astype(np.float32),
        bias=fit.bias.astype(np.float32),
        thresholds=np.array([thresholds[table] for table in told], dtype=np.float32),
        calibration=np.array(calibration, dtype=np.float32),
        named=fit.named,
        named_thresholds={table: thresholds[table] for table in named},
    )
    return weights, held_out


def _folds(examples: Sequence[Labelled]) -> list[str]:
    """For each example the fold it is left out with: its organisation, or a third of the lessons."""
    return [
        f"lessons {index % LESSON_FOLDS}" if one.taught else one.interview.id.split("-")[0]
        for index, one in enumerate(examples)
    ]


def findings(one: Labelled, fit: Fit, told: tuple[str, ...], named: tuple[str, ...]) -> Findings:
    """By table, what this fit finds in an interview above the lowest threshold, with its score and spans."""
    found: Findings = {table: [] for table in (*told, *named)}
    lowest = np.full(len(told), GRID[0], dtype=np.float32)
    for index, answered in enumerate(one.answers):
        scores = (one.rows[index] @ fit.matrix + fit.bias).astype(np.float32)
        for chosen in choose(index, answered.units, scores, told, lowest, folded=answered.text.folded):
            if is_fragment(chosen.table, answered.text.folded[chosen.unit.start : chosen.unit.end]):
                continue
            place = Span(index, *answered.text.raw_span(chosen.unit.start, chosen.unit.end))
            found[chosen.table].append((chosen.score, [place]))
    for group in one.groups:
        if group.type in fit.named:
            features = group_features(group, english=one.interview.language == "en")
            found[group.type].append(
                (logistic(linear(fit.named[group.type], features)), places_of(one, group))
            )
    return found


def report(
    labelled: Sequence[Labelled],
    held_out: Sequence[Findings],
    catalogue: Catalogue,
) -> str:
    """A table of precision, recall and F1 by type on held-out interviews.

    Each half of the interviews is judged with the thresholds that are best on the other half.
    """
    lines = [f"{'type':26}{'P':>7}{'R':>7}{'F1':>7}{'labels':>8}{'found':>7}"]
    totals = np.zeros(3)
    scores = []
    for table in catalogue.tables:
        counts = np.zeros(3)
        for half in (0, 1):
            others = [index for index in range(len(labelled)) if index % 2 != half]
            threshold = _best_threshold([labelled[i] for i in others], [held_out[i] for i in others], table)
            for index in range(half, len(labelled), 2):
                counts += _counts(labelled[index], held_out[index], table, threshold)
        totals += counts
        scores.append(_f1(counts))
        lines.append(_line(table, counts))
    lines.append(_line("micro", totals))
    lines.append(f"{'macro':26}{'':14}{np.mean(scores):7.3f}")
    return "\n".join(lines)


def _counts(one: Labelled, found: Findings, table: str, threshold: float) -> NDArray:  # type: ignore[type-arg]
    """Pairs, findings and labels of one interview."""
    kept = [spans for score, spans in found[table] if score >= threshold]
    labels = [spans for kind, spans in one.labels if kind == table]
    return np.array([len(pairs(kept, labels)), len(kept), len(labels)], dtype=np.float64)


def _all_counts(
    labelled: Sequence[Labelled], held_out: Sequence[Findings], weights: Weights, catalogue: Catalogue
) -> NDArray[np.float64]:
    """Pairs, findings and labels of all types, kept by the thresholds of the weights."""
    limits = dict(zip(weights.tables, weights.thresholds, strict=True)) | weights.named_thresholds
    total = np.zeros(3)
    for one, found in zip(labelled, held_out, strict=True):
        for table in catalogue.tables:
            total += _counts(one, found, table, float(limits[table]))
    return total


def _best_threshold(labelled: Sequence[Labelled], held_out: Sequence[Findings], table: str) -> float:
    """The score from which findings are kept: the middle of where F1 is within a hundredth of the best."""
    scores = [
        _f1(sum((_counts(o, f, table, limit) for o, f in zip(labelled, held_out, strict=True)), np.zeros(3)))
        for limit in GRID
    ]
    good = [limit for limit, score in zip(GRID, scores, strict=True) if score >= max(scores) - 0.01]
    return float(round(np.median(good), 3))


def _calibration(
    labelled: Sequence[Labelled],
    held_out: Sequence[Findings],
    table: str,
    threshold: float,
) -> tuple[float, float]:
    """Slope and offset of the logistic curve from a score to the share of findings that are right."""
    from sklearn.linear_model import LogisticRegression

    scores, right = [], []
    for one, found in zip(labelled, held_out, strict=True):
        kept = [(score, spans) for score, spans in found[table] if score >= threshold]
        labels = [spans for kind, spans in one.labels if kind == table]
        hits = {entity for entity, _ in pairs([spans for _, spans in kept], labels)}
        scores += [score for score, _ in kept]
        right += [index in hits for index in range(len(kept))]
    if len(set(right)) < 2:
        return (0.0, 0.0)
    model = LogisticRegression(C=1.0).fit(np.array(scores)[:, None], right)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def _f1(counts: NDArray[np.float64]) -> float:
    return float(2 * counts[0] / max(counts[1] + counts[2], 1))


def _line(name: str, counts: NDArray[np.float64]) -> str:
    precision, recall = counts[0] / max(counts[1], 1), counts[0] / max(counts[2], 1)
    return f"{name:26}{precision:7.2f}{recall:7.2f}{_f1(counts):7.3f}{int(counts[2]):8}{int(counts[1]):7}"


if __name__ == "__main__":
    main()
