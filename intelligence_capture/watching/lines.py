"""The lines that a run prints, and what it says at its end."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from intelligence_capture.records import Extraction
from intelligence_capture.respondents import Respondents
from intelligence_capture.texts import one_line
from intelligence_capture.watching.progress import Left

TAIL = 12
BAR = 20
WHERE_TO_LOOK = {
    "reports/dashboard.html": "what an executive reads: open it in a browser",
    "reports/report.xlsx": "what an analyst works with",
    "intelligence.db": "SQLite: docs/data-model.md has questions to start from",
    "graph/knowledge_graph.db": "the same with relations, patterns and contradictions",
    "validation.md": "every check with its verdict",
    "evaluation/evaluation.md": "the extraction against hand-made labels",
}
AGAIN = "then give the same command again: what is done stays done"


def plan_line(jobs: Mapping[str, int]) -> str:
    """What a run is about to do."""
    return f"{sum(jobs.values())} jobs: " + ", ".join(
        f"{count} {rule}" if count > 1 else rule for rule, count in jobs.items() if rule != "all"
    )


def interview_line(extraction: Extraction, place: tuple[int, int], shown: Respondents) -> str:
    """One finished interview: how it went, what stands for it, entities, seconds and cost."""
    head = f"{_of(place)}  {extraction.status:<7}  {shown.interview(extraction.id)}"
    if extraction.status != "ok":
        return f"{head}: {one_line(shown.text(extraction.error))}"
    entities = sum(map(len, extraction.entities.values()))
    return (
        f"{head:<50} {entities:>4} entities  {extraction.duration_seconds:>6.1f} s  "
        f"{dollars(extraction.cost_usd)}"
    )


def job_line(rule: str, seconds: float) -> str:
    """One finished job of any other rule."""
    return f"{rule:<50} {seconds:>20.1f} s"


def log_tail(log: Path) -> list[str]:
    """The last lines of a job's log under its name; nothing where it wrote none."""
    try:
        text = log.read_text("utf-8", errors="replace").rstrip()
    except OSError:
        return []
    kept = [one_line(line) for line in text.splitlines()]
    if not any(kept):
        return []
    return [f"The end of {log}:", *(f"  | {line}" for line in kept[-TAIL:])]


def next_step(rule: str, log: str, results: str) -> str:
    """What to do about a job that failed."""
    if rule in ("check_gate", "validate"):
        return f"Next: read {results}/validation.md, mend what it names, {AGAIN}."
    if log:
        return f"Next: mend what {log} says, {AGAIN}."
    return f"Next: mend what stands above, {AGAIN}."


def status_text(done: int, planned: int, left: Left, spent: float | None, budget: float | None) -> str:
    """The status line: how far, how long still, how much of the budget."""
    full = BAR * done // planned
    parts = [f"{'█' * full}{'░' * (BAR - full)} {done} of {planned} jobs"]
    if left.seconds >= 1:
        parts.append(f"{'about' if left.whole else 'at least'} {clock(left.seconds)} left")
    if spent is not None:
        parts.append(f"{dollars(spent)} of {'no limit' if budget is None else dollars(budget)}")
    return " · ".join(parts)


def places(results: Path, made: Iterable[str]) -> list[str]:
    """Where to look: a line for each of the files that people open, of those that were made."""
    files = set(map(Path, made))
    found = {name: say for name, say in WHERE_TO_LOOK.items() if results / name in files}
    width = max([36, *(len(str(results / name)) for name in found)])
    return [f"  {results / name!s:<{width}} {say}" for name, say in found.items()]


def summary(
    *,
    jobs: tuple[int, int],
    failed: Collection[str],
    interviews: Mapping[str, int],
    seconds: float,
    cost: str,
) -> str:
    """How a run ended, in a line."""
    done, planned = jobs
    end = "Done" if done == planned else "Stopped" if not failed else f"Failed in {', '.join(sorted(failed))}"
    parts = [f"{end} after {clock(seconds)}: {done} of {planned} jobs"]
    if sum(interviews.values()):
        parts.append(f"{interviews.get('ok', 0)} of {sum(interviews.values())} interviews extracted")
    if cost:
        parts.append(cost)
    line = ", ".join(parts)
    return line + ("." if done == planned or failed else ". The same command goes on from here.")


def clock(seconds: float) -> str:
    """Seconds as minutes and seconds, with hours where there are any."""
    minutes, rest = divmod(max(round(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def dollars(amount: float | None) -> str:
    """An amount with as many digits as small sums need."""
    if amount is None:
        return "cost unknown"
    return f"${amount:.4f}" if 0 < amount < 1 else f"${amount:.2f}"


def _of(place: tuple[int, int]) -> str:
    width = len(str(place[1]))
    return f"{place[0]:>{width}}/{place[1]}"
