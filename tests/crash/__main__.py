"""The long crash harness: `make crash`, or `python -m tests.crash --strikes 200 --seed 1 --minutes 40`.

It prints a line a trial, writes the figures to docs/crash-figures.md, and ends with an error where a promise
was broken or a broken variant was not caught.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT
from tests.crash.proofs import PROOFS
from tests.crash.sweeps import crashed_and_resumed, extracted_folder, merges, traced_extraction
from tests.crash.system_calls import STRACE, moments
from tests.crash.trial import Outcome, Plan, run_trial

FIGURES = ROOT / "docs" / "crash-figures.md"
STRIKES_A_TRIAL = 10
INTERVIEWS = 6


@dataclass
class Figures:
    """What all trials came to together."""

    seed: int
    struck: Counter = field(default_factory=Counter)
    trials: int = 0
    runs: int = 0
    accepted: int = 0
    planned: int = 0
    lost: int = 0
    faulted: int = 0
    repeated: int = 0
    other_dumps: int = 0
    problems: list[str] = field(default_factory=list)
    system_calls: dict[str, tuple[int, int]] = field(default_factory=dict)
    caught: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    def note(self, problems: Iterable[str]) -> None:
        """Keep what is wrong, and say it at once: a run that is broken off has still said it."""
        for problem in problems:
            self.problems.append(problem)
            print(f"broken: {problem}", flush=True)

    def add(self, plan: Plan, outcome: Outcome, baseline: Outcome) -> None:
        """Count one trial in."""
        self.trials += 1
        self.struck += outcome.struck
        self.runs += outcome.runs
        self.accepted += outcome.accepted
        self.planned += baseline.accepted
        self.lost += outcome.lost
        self.faulted += outcome.faulted
        self.repeated += outcome.repeated
        self.note(f"seed {plan.seed}: {problem}" for problem in outcome.problems)
        if outcome.dump != baseline.dump:
            self.other_dumps += 1
            self.problems.append(f"seed {plan.seed}: the dump differs from that of the undisturbed run")

    def as_markdown(self, command: str) -> str:
        """docs/crash-figures.md."""
        strikes = sum(self.struck.values())
        lines = [
            "# Figures of the crash harness",
            "",
            f"Obtained with `{command}` on {time.strftime('%Y-%m-%d')} in {self.seconds / 60:.0f} minutes"
            f"{_commit()}.",
            "What a trial is and what it asserts stands in `tests/crash/trial.py`.",
            "",
            "| figure | value |",
            "| --- | --- |",
            f"| seed | {self.seed} |",
            f"| strikes | {strikes} |",
            *(f"| of these: {mode} | {count} |" for mode, count in sorted(self.struck.items())),
            f"| trials, each of {INTERVIEWS} interviews and {INTERVIEWS * 4} calls | {self.trials} |",
            f"| runs of Snakemake in them | {self.runs} |",
            f"| calls that undisturbed runs would have made | {self.planned} |",
            f"| calls accepted | {self.accepted} |",
            f"| in flight when their process was killed | {self.lost} |",
            f"| cut off by the server (it resets a share of the connections) | {self.faulted} |",
            f"| calls paid again, each named in the ledger | {self.repeated} |",
            f"| dumps that differ from the undisturbed run's | {self.other_dumps} |",
            f"| promises broken (lost interviews, strict duplicates, a key on disk, …) | {len(self.problems)} |",
            "",
            "## Kills at system calls",
            "",
            "| job | kills | promises broken |",
            "| --- | --- | --- |",
            *(f"| {job} | {kills} | {bad} |" for job, (kills, bad) in self.system_calls.items()),
            "",
            "## Broken variants",
            "",
            "| variant | the harness |",
            "| --- | --- |",
            *(f"| {variant} | {verdict} |" for variant, verdict in self.caught.items()),
            "",
        ]
        lines += [f"- {problem}" for problem in self.problems]
        return "\n".join(lines).rstrip() + "\n"


def _commit() -> str:
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return f", from commit {done.stdout.strip()}" if done.returncode == 0 else ""


def strike(figures: Figures, folder: Path, given: argparse.Namespace) -> None:
    """Trials until so many strikes were made or the time is over."""
    baseline = run_trial(folder / "baseline", Plan(seed=0, strikes=0, interviews=INTERVIEWS, faults=False))
    deadline = time.monotonic() + 60 * given.minutes

    def work(number: int) -> None:
        while sum(figures.struck.values()) < given.strikes and time.monotonic() < deadline:
            plan = Plan(seed=given.seed * 1000 + number, strikes=STRIKES_A_TRIAL, interviews=INTERVIEWS)
            outcome = run_trial(folder / f"trial-{plan.seed}", plan)
            figures.add(plan, outcome, baseline)
            print(
                f"trial {plan.seed}: {dict(outcome.struck)}, {outcome.runs} runs, "
                f"{outcome.accepted} accepted, {outcome.lost} in flight, {outcome.seconds:.0f} s, "
                f"{len(outcome.problems)} problems; {sum(figures.struck.values())} strikes so far",
                flush=True,
            )
            number += given.trials_at_once

    with ThreadPoolExecutor(given.trials_at_once) as pool:
        list(pool.map(work, range(given.trials_at_once)))


def sweep(figures: Figures, folder: Path, most: int) -> None:
    """Kills at up to so many system calls of an extraction and of a merge."""
    (folder / "traced").mkdir()
    chosen = moments(traced_extraction(folder / "traced"), folder / "traced" / "responses")
    chosen = chosen[:: max(1, -(-len(chosen) // most))]
    bad = 0
    for name, number in chosen:
        problems = crashed_and_resumed(folder / f"{name}-{number}", (name, number))
        figures.note(f"{name} {number}: {problem}" for problem in problems)
        bad += bool(problems)
    figures.system_calls["extraction (store and ledger)"] = (len(chosen), bad)
    (folder / "merge").mkdir()
    _, problems_by_moment, kills = merges(extracted_folder(folder / "merge"), most=most)
    figures.note(f"merge, {moment}: {what}" for moment, what in problems_by_moment.items())
    figures.system_calls["merge (database)"] = (kills, len(problems_by_moment))


def main() -> None:
    """Run all of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--strikes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="begin no trial after so many")
    parser.add_argument("--trials-at-once", type=int, default=1)
    parser.add_argument("--system-calls", type=int, default=1000, help="at most so many kills a job")
    given = parser.parse_args()
    figures, begun = Figures(given.seed), time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="crash-"))
    for variant, proof in PROOFS.items():
        if STRACE or not proof.by_system_calls:
            figures.caught[variant] = "caught" if proof.catches(folder / variant) else "NOT CAUGHT"
            print(f"variant {variant}: {figures.caught[variant]}", flush=True)
    if STRACE:
        sweep(figures, folder, given.system_calls)
        print(f"system calls: {figures.system_calls}", flush=True)
    strike(figures, folder, given)
    figures.seconds = time.monotonic() - begun
    FIGURES.write_text(figures.as_markdown("python -m tests.crash " + " ".join(sys.argv[1:])), "utf-8")
    if figures.problems or "NOT CAUGHT" in figures.caught.values():
        print("\n".join(figures.problems), file=sys.stderr)
        sys.exit(1)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
