"""What the ledger says was spent, summed by run, model and interview."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from intelligence_capture.llm.ledger import read_ledger
from intelligence_capture.records import Record

By = Literal["run", "model", "interview"]
TOKENS = ("prompt_tokens", "cached_tokens", "completion_tokens")


class Spent(Record):
    """What calls came to together; `run`, `model` and `interview` are '' where they were summed over.

    `usd` is what is known to be spent; `open_usd` is the worst case of the calls whose cost nobody knows:
    `unknown` ones, and answered ones without usage.
    """

    run: str = ""
    model: str = ""
    interview: str = ""
    answered: int = 0
    rejected: int = 0
    unknown: int = 0
    repeated: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    usd: float = 0.0
    open_usd: float = 0.0


def spending(folder: Path, *by: By) -> tuple[Spent, ...]:
    """The sums of a ledger's folder for each value of these, in their order; of everything where none is given."""
    calls: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for call in _calls(read_ledger(folder)):
        calls[tuple(call[name] for name in by)].append(call)
    return tuple(_sum(dict(zip(by, values, strict=True)), calls[values]) for values in sorted(calls))


def spending_text(folder: Path) -> str:
    """The sums as a table, by run and model, the total last."""
    rows = spending(folder, "run", "model")
    if not rows:
        return "No call was made so far.\n"
    head = f"{'run':<24} {'model':<20} {'answered':>8} {'rejected':>8} {'unknown':>8} {'tokens in/out':>18} {'cost':>9}"
    lines = [head, *(_line(row.run, row.model, row) for row in rows)]
    (total,) = spending(folder)
    lines.append(_line("all", "", total))
    if total.open_usd:
        lines.append(
            f"Of {total.unknown} calls the outcome is unknown; unknown costs are ${total.open_usd:.4f} at most."
        )
    return "\n".join(lines) + "\n"


def _line(run: str, model: str, row: Spent) -> str:
    tokens = f"{row.prompt_tokens:,}/{row.completion_tokens:,}"
    return (
        f"{run:<24} {model:<20} {row.answered:>8} {row.rejected:>8} {row.unknown:>8} {tokens:>18} "
        f"{'$' + format(row.usd, '.4f'):>9}"
    )


def _calls(events: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each call with all that is known of it; one that was never settled was in flight: unknown."""
    calls: dict[str, dict[str, Any]] = {}
    for event in events:
        kind, name = event.get("event"), event.get("id", "")
        if kind == "reserved":
            calls[name] = event | {
                "worst": event.get("usd"),
                "outcome": "unknown",
                "usd": None,
                "repeats": False,
            }
        elif name in calls and kind == "repeated":
            calls[name]["repeats"] = True
        elif name in calls:
            calls[name] |= {"outcome": kind, "usd": event.get("usd"), "usage": event.get("usage")}
    return [call for call in calls.values() if call["outcome"] != "not_sent"]


def _sum(values: dict[str, str], calls: list[dict[str, Any]]) -> Spent:
    billed = [call for call in calls if call["outcome"] != "rejected"]
    usages = [call["usage"] for call in calls if call.get("usage")]
    return Spent(
        **values,
        **{name: sum(usage.get(name) or 0 for usage in usages) for name in TOKENS},
        answered=sum(call["outcome"] == "answered" for call in calls),
        rejected=sum(call["outcome"] == "rejected" for call in calls),
        unknown=sum(call["outcome"] == "unknown" for call in calls),
        repeated=sum(call["repeats"] for call in calls),
        usd=round(sum(call["usd"] or 0.0 for call in billed), 6),
        open_usd=round(sum(call["worst"] or 0.0 for call in billed if call["usd"] is None), 6),
    )
