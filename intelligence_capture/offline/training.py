"""Fitting the weights of the offline extractor to labelled interviews.

    python -m intelligence_capture.offline.training --labels data/gold/training/labels

writes `data/weights.npz` beside this module and prints how well whole organisations are done that were left
out of the fit, and lessons that were. The same input gives the same weights: there is no chance in it.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from intelligence_capture.catalogue import Catalogue, load_catalogue
from intelligence_capture.embedding import SentenceEncoder
from intelligence_capture.offline.choosing import Chosen, choose
from intelligence_capture.offline.features import FeatureMaker
from intelligence_capture.offline.fitting import Fit, Fits, Judged, fit_likelihood
from intelligence_capture.offline.fragments import is_fragment
from intelligence_capture.offline.judging import judged_by, sparseness
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


Candidates = list[tuple[dict[str, float], str, Span]]
"""What was chosen in an interview: what speaks for and against it, its table and its place."""
Findings = dict[str, list[tuple[float, list[Span]]]]
"""By table, the score and the spans of each thing found in an interview."""


def train(
    examples: Sequence[Labelled], features: tuple[str, ...], catalogue: Catalogue
) -> tuple[Weights, list[Findings]]:
    """The weights, and for each interview or lesson what was found by a fit that never saw its organisation.

    How surely a finding is right, and from where on it is kept, comes from those held-out findings.
    The weights come from all.
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
    chosen = [chosen_in(one, without[fold], told) for one, fold in zip(examples, fold_of, strict=True)]
    names = [_judged(one, candidates) for one, candidates in zip(examples, chosen, strict=True)]
    judges = {
        fold: fit_likelihood(
            [name for its, other in zip(names, fold_of, strict=True) if other != fold for name in its]
        )
        for fold in folds
    }
    steady = _steady(examples, names, [judges[fold] for fold in fold_of])
    held_out = [
        findings(one, candidates, steady(judges[fold])[one.interview.language], without[fold])
        for one, candidates, fold in zip(examples, chosen, fold_of, strict=True)
    ]
    thresholds = {table: _best_threshold(examples, held_out, table) for table in (*told, *named)}
    fit = fits.without(None)
    weights = Weights(
        features=features,
        tables=told,
        matrix=fit.matrix.astype(np.float32),
        bias=fit.bias.astype(np.float32),
        thresholds=np.array([thresholds[table] for table in told], dtype=np.float32),
        judges=steady(fit_likelihood([name for its in names for name in its])),
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


def chosen_in(one: Labelled, fit: Fit, told: tuple[str, ...]) -> Candidates:
    """What this fit chooses in an interview, right or wrong."""
    chosen = [_chosen(one, index, fit, told) for index in range(len(one.answers))]
    sparse = sparseness(
        [c for of_answer in chosen for c in of_answer],
        characters=sum(len(answered.text) for answered in one.answers),
    )
    candidates: Candidates = []
    for index, (answered, of_answer) in enumerate(zip(one.answers, chosen, strict=True)):
        rows = judged_by(of_answer, characters=len(answered.text), sparse=sparse, english=answered.english)
        candidates += [
            (features, c.table, Span(index, *answered.text.raw_span(c.unit.start, c.unit.end)))
            for c, features in zip(of_answer, rows, strict=True)
        ]
    return candidates


def _chosen(one: Labelled, index: int, fit: Fit, told: tuple[str, ...]) -> list[Chosen]:
    """What this fit chooses in one answer."""
    answered = one.answers[index]
    folded = answered.text.folded
    scores = (one.rows[index] @ fit.matrix + fit.bias).astype(np.float32)
    return [
        c
        for c in choose(index, answered.units, scores, told, folded=folded)
        if not is_fragment(c.table, folded[c.unit.start : c.unit.end])
    ]


def findings(one: Labelled, candidates: Candidates, judge: dict[str, float], fit: Fit) -> Findings:
    """By table, how likely each thing found in an interview is right, and its spans."""
    found: Findings = {}
    for features, table, place in candidates:
        found.setdefault(table, []).append((logistic(linear(judge, features)), [place]))
    for group in one.groups:
        if group.type in fit.named:
            features = group_features(group, english=one.interview.language == "en")
            likely = logistic(linear(fit.named[group.type], features))
            found.setdefault(group.type, []).append((likely, places_of(one, group)))
    return found


def _judged(one: Labelled, candidates: Candidates) -> list[Judged]:
    """The candidates with whether they are right; of several on one label the likeliest is."""
    rows: list[Judged] = []
    for table in sorted({table for _, table, _ in candidates}):
        of_table = sorted((c for c in candidates if c[1] == table), key=lambda c: -c[0][f"score {table}"])
        labels = [spans for kind, spans in one.labels if kind == table]
        hits = {entity for entity, _ in pairs([[place] for _, _, place in of_table], labels)}
        rows += [Judged(features, index in hits, 1.0) for index, (features, _, _) in enumerate(of_table)]
    return rows


def _steady(
    examples: Sequence[Labelled], judged: Sequence[list[Judged]], judges: Sequence[dict[str, float]]
) -> Callable[[dict[str, float]], dict[str, dict[str, float]]]:
    """Makes a judge, for each language, as sure as it was right where it had not seen the organisation.

    Lessons are easier than interviews and do not count, but for English, of which there are too few interviews.
    """
    curves = {
        language: fit_likelihood(
            [
                Judged({"judge": linear(judge, name.features)}, name.right, 1.0)
                for one, its, judge in zip(examples, judged, judges, strict=True)
                if one.interview.language == language and (language == "en" or not one.taught)
                for name in its
            ]
        )
        for language in ("es", "en")
    }

    def steadied(judge: dict[str, float]) -> dict[str, dict[str, float]]:
        return {language: _scaled(judge, curve) for language, curve in curves.items()}

    return steadied


def _scaled(judge: dict[str, float], curve: dict[str, float]) -> dict[str, float]:
    slope = curve.get("judge", 1.0)
    scaled = {name: round(slope * weight, 4) for name, weight in judge.items()}
    return scaled | {"": round(scaled[""] + curve[""], 4)}


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
    kept = [spans for score, spans in found.get(table, ()) if score >= threshold]
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


def _f1(counts: NDArray[np.float64]) -> float:
    return float(2 * counts[0] / max(counts[1] + counts[2], 1))


def _line(name: str, counts: NDArray[np.float64]) -> str:
    precision, recall = counts[0] / max(counts[1], 1), counts[0] / max(counts[2], 1)
    return f"{name:26}{precision:7.2f}{recall:7.2f}{_f1(counts):7.3f}{int(counts[2]):8}{int(counts[1]):7}"


if __name__ == "__main__":
    main()
