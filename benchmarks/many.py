"""Thousands of interviews: what each step of the real workflow takes, in seconds and memory.

    python -m benchmarks.many 44 1000 10000 [--interviews-per-job 50] [--loopback] [--keep FOLDER]

Interviews are invented (`benchmarks.invented`, seeded). Each step is the README's command with a target, so
that the stages can be told apart; `seconds` is by the clock, `CPU s` what the command and all of its jobs
used, `peak MB` the largest single process. With `--loopback` a model is asked, one call an interview, on a
server that answers at once; else the offline extractor works. The load of the machine is printed: seconds
by the clock mean little on a busy one.
"""

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.invented import interview, write_interviews
from benchmarks.timed import Took, heading, row, timed
from tests.loopback import LoopbackServer
from tests.workflow.conftest import Project

SEED = 7
MODEL = "{requests_per_minute: 1000000, max_cost_usd: null, parallel_calls: 4, call_plan: single}"
STAGES = {
    "graph": "graph",
    "reports": "report",
    "gate, the rest": "all",
}


ALL = "all of it"


class Steps:
    """A project of invented interviews, and the commands that are measured on it."""

    def __init__(self, folder: Path, count: int, per_job: int, variables: dict[str, str]) -> None:
        self._project = Project(folder)
        self._variables = variables
        self.folder = folder
        extractor = "openai" if variables else "offline"
        self._project.configure(
            extractor=extractor,
            openai=MODEL,
            interviews_per_job=str(per_job),
            validation="{required_types: none, max_review_share: 1.0, max_unverified_share: 1.0}",
        )
        for path in (folder / "data" / "interviews").iterdir():
            path.unlink()
        write_interviews(folder / "data" / "interviews", count, seed=SEED)

    def measured(self, *arguments: str) -> Took:
        """What one command took; an error with its output where it failed."""
        took = timed(
            self._project.command(*arguments),
            folder=self.folder,
            environment=self._project.environment(**self._variables),
        )
        if took.status:
            raise SystemExit(took.output[-5000:])
        return took

    def all(self, count: int) -> Iterator[tuple[str, Took]]:
        """Every step with its figures, from nothing to one changed interview."""
        database = "results/intelligence.db"
        yield "plan from nothing (-n)", self.measured("-n", "--quiet")
        stages = [self.measured(database)]
        yield "extract and merge", stages[0]
        (self.folder / database).unlink()
        yield "merge alone", self.measured(database)
        for step, target in STAGES.items():
            stages.append(self.measured(target))
            yield step, stages[-1]
        yield ALL, in_all(stages)
        yield "nothing to do (-n)", self.measured("-n")
        changed = json.dumps(interview(count, seed=SEED), ensure_ascii=False)
        (self.folder / "data" / "interviews" / "persona-00000.json").write_text(changed, "utf-8")
        yield "one changed, to the database", self.measured(database)


def in_all(stages: Sequence[Took]) -> Took:
    """What these commands took one after the other."""
    return Took(
        status=0,
        seconds=sum(one.seconds for one in stages),
        cpu=sum(one.cpu for one in stages),
        peak_mb=max(one.peak_mb for one in stages),
        output="",
    )


def main() -> None:
    """Print a table a size, as it is measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("counts", type=int, nargs="+")
    parser.add_argument("--interviews-per-job", type=int, default=50)
    parser.add_argument("--loopback", action="store_true")
    parser.add_argument("--keep", type=Path, help="an empty folder for the projects, to look at them later")
    given = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, seed {SEED}", end="")
    print(f", {given.interviews_per_job} interviews a job, {'loopback' if given.loopback else 'offline'}")
    each: list[float] = []
    for count in given.counts:
        with ExitStack() as stack:
            folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
            variables = {}
            if given.loopback:
                server = stack.enter_context(LoopbackServer())
                variables = {"OPENAI_API_KEY": "sk-loopback", "OPENAI_BASE_URL": server.url}
                variables["XDG_STATE_HOME"] = str(folder)
            steps = Steps(folder / f"many-{count}", count, given.interviews_per_job, variables)
            print(f"\n{count} interviews, load {os.getloadavg()[0]:.1f}\n")
            heading(("step", "seconds", "CPU s", "CPU ms an interview", "peak MB"))
            for step, took in steps.all(count):
                row((step, took.seconds, took.cpu, 1000 * took.cpu / count, took.peak_mb))
                if step == ALL:
                    each.append(took.cpu / count)
            print(
                f"\nAn interview costs {each[-1] / each[0]:.2f} times what one of {given.counts[0]:,} does."
            )


if __name__ == "__main__":
    main()
