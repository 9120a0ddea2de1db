"""How far the fields of a found entity say what the labelled ones say."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
from scipy.optimize import linear_sum_assignment

from intelligence_capture.catalogue import Catalogue, Kind
from intelligence_capture.evaluation.items import Item
from intelligence_capture.records import Record, Value
from intelligence_capture.texts import fold


class FieldScore(Record):
    """A field over all matched pairs whose gold entity has it.

    `filled` of the `labelled` ones hold anything. `recall` is the mean likeness over those that are labelled,
    an empty field counting 0; `precision` the mean over those that are filled, None where none is.
    """

    labelled: int
    filled: int
    precision: float | None
    recall: float


def field_scores(
    pairs: Iterable[tuple[Item, Item]], catalogue: Catalogue
) -> dict[str, dict[str, FieldScore]]:
    """The scores of the labelled fields of matched pairs, by type and field."""
    likenesses: dict[tuple[str, str], list[float]] = defaultdict(list)
    filled: Counter[tuple[str, str]] = Counter()
    for gold, found in pairs:
        for name, wanted in gold.fields.items():
            if wanted in (None, "", []):
                continue
            value = found.fields.get(name)
            likenesses[gold.type, name].append(
                likeness(wanted, value, catalogue[gold.type].fields[name].kind)
            )
            filled[gold.type, name] += value not in (None, "", [])
    scores: dict[str, dict[str, FieldScore]] = defaultdict(dict)
    for (table, name), values in sorted(likenesses.items()):
        scores[table][name] = FieldScore(
            labelled=len(values),
            filled=filled[table, name],
            precision=sum(values) / filled[table, name] if filled[table, name] else None,
            recall=sum(values) / len(values),
        )
    return dict(scores)


def likeness(gold: Value, found: Value, kind: Kind) -> float:
    """From 0 to 1: word F1 of texts, that of the best pairs of lists, equality of enums and numbers."""
    if found in (None, "", []):
        return 0.0
    if kind == "text":
        return _words_in_common(str(gold), str(found))
    if kind == "list":
        return _items_in_common(_as_list(gold), _as_list(found))
    return float(gold == found)


def _words_in_common(gold: str, found: str) -> float:
    wanted, given = Counter(fold(gold).split()), Counter(fold(found).split())
    if not wanted or not given:
        return float(gold == found)
    return 2 * (wanted & given).total() / (wanted.total() + given.total())


def _items_in_common(gold: list[str], found: list[str]) -> float:
    likenesses = np.array([[_words_in_common(g, f) for f in found] for g in gold])
    best = likenesses[linear_sum_assignment(likenesses, maximize=True)].sum()
    return float(2 * best / (len(gold) + len(found)))


def _as_list(value: Value) -> list[str]:
    return value if isinstance(value, list) else [str(value)]
