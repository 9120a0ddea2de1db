"""evaluation.md: the scores as tables that read well in a terminal too."""

import re
from collections.abc import Iterable, Iterator

from intelligence_capture.evaluation.evaluate import Comparison, Evaluation, GoldEvaluation, RunScores
from intelligence_capture.evaluation.fields import FieldScore
from intelligence_capture.evaluation.scores import Calibration, Measure, Score
from intelligence_capture.evaluation.tables import NOTHING, number, table


def as_markdown(evaluation: Evaluation) -> str:
    """All gold folders: an overview, then one chapter each."""
    lines = ["# Evaluation", "", *_overview(evaluation), ""]
    for gold in evaluation.gold:
        lines += [*_chapter(gold), ""]
    lines += [
        "Intervals: 95 %, bootstrap over interviews "
        f"({evaluation.resamples} resamples, seed {evaluation.seed}).",
        "How to read this: docs/evaluation.md.",
    ]
    return "\n".join(lines) + "\n"


def _overview(evaluation: Evaluation) -> Iterator[str]:
    rows = []
    for gold in evaluation.gold:
        for run in (gold.run, *([gold.comparison.other] if gold.comparison else [])):
            rows.append(
                [
                    gold.gold_folder,
                    _plain(run.results),
                    _extractors(run),
                    str(len(gold.interviews)),
                    _with_interval(run.scores.micro.f1),
                    _with_interval(run.scores.macro.f1),
                    number(run.calibration.error),
                    str(run.unverified),
                    NOTHING if run.cost_usd is None else f"{run.cost_usd:.2f}",
                ]
            )
    yield from table(
        [
            "gold",
            "results",
            "extractor",
            "interviews",
            "micro F1",
            "macro F1",
            "calibration error",
            "unverified",
            "USD",
        ],
        rows,
    )


def _chapter(gold: GoldEvaluation) -> Iterator[str]:
    run = gold.run
    yield f"## {gold.gold_folder}: {len(gold.interviews)} interviews, {run.scores.micro.gold} labels"
    yield ""
    yield from _missing(gold.run)
    yield from _types(gold)
    yield ""
    yield _agreement_line(gold)
    yield ""
    if gold.comparison:
        yield from _missing(gold.comparison.other)
        yield from _side_by_side(gold, gold.comparison)
        yield ""
    yield (
        "Errors (errors.csv): "
        + (", ".join(f"{n} {kind}" for kind, n in run.mistakes.items()) or "none")
        + "."
    )
    yield ""
    yield from _confidence(run)


def _missing(run: RunScores) -> Iterator[str]:
    if run.not_extracted:
        names = ", ".join(run.not_extracted)
        yield f"**Not extracted in {_plain(run.results)}, so counted as nothing found: {names}.**"
        yield ""


def _types(gold: GoldEvaluation) -> Iterator[str]:
    second = gold.agreement.scores if gold.agreement else None
    rows = [
        _type_row(table, score, gold.run.fields.get(table, {}), second.types[table] if second else None)
        for table, score in gold.run.scores.types.items()
    ]
    everything = {f"{t}.{f}": score for t, fields in gold.run.fields.items() for f, score in fields.items()}
    rows.append(_type_row("micro", gold.run.scores.micro, everything, second.micro if second else None))
    rows.append(_type_row("macro", gold.run.scores.macro, {}, second.macro if second else None))
    yield from table(
        [
            "type",
            "labels",
            "found",
            "right",
            "precision",
            "recall",
            "F1",
            "95 %",
            "fields right",
            "fields found",
            "people agree",
        ],
        rows,
    )


def _type_row(name: str, score: Score, fields: dict[str, FieldScore], second: Score | None) -> list[str]:
    return [
        name,
        str(score.gold),
        str(score.found),
        str(score.right),
        number(score.precision.value),
        number(score.recall.value),
        number(score.f1.value),
        _interval(score.f1),
        number(_field_precision(fields.values())),
        number(_field_recall(fields.values())),
        number(second.f1.value if second else None),
    ]


def _field_precision(fields: Iterable[FieldScore]) -> float | None:
    filled = [field for field in fields if field.precision is not None]
    total = sum(field.filled for field in filled)
    return sum((field.precision or 0.0) * field.filled for field in filled) / total if total else None


def _field_recall(fields: Iterable[FieldScore]) -> float | None:
    fields = list(fields)
    labelled = sum(field.labelled for field in fields)
    return sum(field.recall * field.labelled for field in fields) / labelled if labelled else None


def _agreement_line(gold: GoldEvaluation) -> str:
    if not gold.agreement:
        return "Agreement of two labellers: not known; `evaluation.second` has none of these interviews."
    return (
        f"Agreement of two labellers on {len(gold.agreement.interviews)} interviews: micro F1 "
        f"{_with_interval(gold.agreement.scores.micro.f1)}, macro F1 "
        f"{_with_interval(gold.agreement.scores.macro.f1)}. Nothing can be measured more finely than that."
    )


def _side_by_side(gold: GoldEvaluation, comparison: Comparison) -> Iterator[str]:
    these, those = gold.run.scores, comparison.other.scores
    names = [*these.types, "micro", "macro"]
    ours, theirs = (s.types | {"micro": s.micro, "macro": s.macro} for s in (these, those))
    yield f"F1 beside {_plain(comparison.other.results)} ({_extractors(comparison.other)}):"
    yield ""
    yield from table(
        ["type", "labels", "this run", "the other", "difference", "95 %", "verdict"],
        [
            [
                name,
                str(ours[name].gold),
                number(ours[name].f1.value),
                number(theirs[name].f1.value),
                _signed(comparison.f1_differences[name].value),
                _interval(comparison.f1_differences[name]),
                _which_is_better(comparison.f1_differences[name]),
            ]
            for name in names
        ],
    )


def _which_is_better(difference: Measure) -> str:
    if difference.low is not None and difference.low > 0:
        return "this run is better"
    if difference.high is not None and difference.high < 0:
        return "the other is better"
    return NOTHING if difference.value is None else "no clear difference"


def _confidence(run: RunScores) -> Iterator[str]:
    review = run.review
    yield f"Confidence against what is right (calibration error {number(run.calibration.error)}):"
    yield ""
    yield from _reliability(run.calibration)
    yield ""
    yield (
        f"Right are {_share(review.flagged_right, review.flagged)} of the {review.flagged} entities "
        "up for review and "
        f"{_share(review.unflagged_right, review.unflagged)} of the other {review.unflagged}."
    )


def _reliability(calibration: Calibration) -> Iterator[str]:
    yield from table(
        ["confidence", "entities", "mean confidence", "share right"],
        [
            [
                f"{b.low:.1f} to {b.high:.1f}",
                str(b.entities),
                number(b.mean_confidence),
                number(b.share_right),
            ]
            for b in calibration.bins
            if b.entities
        ],
    )


def _extractors(run: RunScores) -> str:
    return _plain(", ".join(run.extractors)) or NOTHING


def _signed(value: float | None) -> str:
    return NOTHING if value is None else f"{value:+.2f}"


def _interval(measure: Measure) -> str:
    return NOTHING if measure.low is None else f"{measure.low:.2f} to {measure.high:.2f}"


def _with_interval(measure: Measure) -> str:
    return NOTHING if measure.value is None else f"{measure.value:.2f} ({_interval(measure)})"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else NOTHING


def _plain(text: str) -> str:
    """A path or a model's name without anything that a terminal or Markdown would act upon."""
    return re.sub(r"[^\w ./:@,+-]", "?", text)
