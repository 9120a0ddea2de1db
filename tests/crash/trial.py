"""A trial: one project struck down again and again, resumed with the README's command until it is done."""

import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from intelligence_capture.llm.ledger import read_ledger
from tests.crash import variants
from tests.crash.strikes import (
    STRIKES,
    free_disk,
    members,
    mount_small_disk,
    unmount_small_disk,
    wait_until,
)
from tests.crash.watched import UNKNOWN, WatchedServer
from tests.loopback import Fault
from tests.workflow.conftest import Project

KEY = "sk-canary-7d20c41be5a9"
GROUPS = 4
RESUMES = 8
"""A trial that is not done after so many runs without a strike is a failure by itself."""


@dataclass
class Plan:
    """What a trial does; everything follows from the seed, but for the pace of the machine."""

    seed: int
    strikes: int
    modes: tuple[str, ...] = tuple(STRIKES)
    interviews: int = 4
    latency: float = 0.15
    faults: bool = True
    fault_share: float = 0.05
    variant: str = ""
    at_first_call: bool = False
    in_turn: bool = False


@dataclass
class Outcome:
    """What a trial came to; `problems` is empty where every promise was kept."""

    struck: Counter = field(default_factory=Counter)
    runs: int = 0
    accepted: int = 0
    lost: int = 0
    faulted: int = 0
    repeated: int = 0
    seconds: float = 0.0
    dump: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Trial:
    """One project with its server; `go` is the whole trial."""

    def __init__(self, folder: Path, plan: Plan, server: WatchedServer, project: Project) -> None:
        self.folder = folder
        self.plan = plan
        self.server = server
        self.project = project
        self.outcome = Outcome()
        self.random = random.Random(plan.seed)  # noqa: S311 - has to be repeatable
        self.groups: list[int] = []
        self.log = Path(tempfile.mkstemp(suffix=".log")[1])

    def go(self) -> Outcome:
        """Strike as often as planned, resume until done, and judge."""
        begun = time.monotonic()
        done = False
        for _ in range(self.plan.strikes):
            done = self._struck_run()
            if done:
                break
        for _ in range(RESUMES):
            if done:
                break
            done = self._run() == 0
        self._let_orphans_end()
        self._judge(done)
        self.outcome.seconds = time.monotonic() - begun
        self.log.unlink()
        return self.outcome

    def _struck_run(self) -> bool:
        """A run that is struck at a moment tied to the server's events; whether it ended well before."""
        run = self._start()
        self._await_moment(run)
        if run.poll() is not None:
            return run.returncode == 0
        modes = self.plan.modes
        struck = sum(self.outcome.struck.values())
        mode = modes[struck % len(modes)] if self.plan.in_turn else self.random.choice(modes)
        STRIKES[mode](run, self.folder)
        self.outcome.struck[mode] += 1
        if mode == "one worker":
            run.wait(120)
        free_disk(self.folder)
        time.sleep(0.05)
        self.outcome.lost += self.server.note_lost()
        return run.poll() == 0

    def _await_moment(self, run: subprocess.Popen) -> None:
        ended = lambda: run.poll() is not None  # noqa: E731
        before = len(self.server.calls)
        if self.plan.at_first_call:
            wait_until(lambda: ended() or len(self.server.calls) > before)
            return
        left = self.plan.interviews * GROUPS - len(self.server.stored())
        if self.random.random() < 0.1:
            wait_until(ended, self.random.uniform(0.1, 4))
            return
        if not left or self.random.random() < 0.1:
            # All is extracted, or soon will be: somewhere in saving, merging, the graph, the reports.
            wait_until(lambda: ended() or len(self.server.stored()) == self.plan.interviews * GROUPS)
            wait_until(ended, self.random.uniform(0, 10))
            return
        number = before + self.random.randint(1, min(6, left))
        if self.random.random() < 0.5:
            wait_until(lambda: ended() or len(self.server.calls) >= number)
            wait_until(ended, self.random.uniform(0, self.plan.latency))
        else:
            wait_until(lambda: ended() or sum(c["done"] is not None for c in self.server.calls) >= number)
            wait_until(ended, self.random.choice((0, 0.002, 0.01, 0.05)))

    def _start(self) -> subprocess.Popen:
        self.outcome.runs += 1
        with self.log.open("ab") as log:
            run = subprocess.Popen(
                self.project.command("-j", "4", "--resources", "api_calls=4"),
                cwd=self.project.folder,
                env=self._environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.groups.append(run.pid)
        return run

    def _run(self) -> int:
        return self._start().wait(300)

    def _environment(self) -> dict[str, str]:
        return self.project.environment(
            OPENAI_API_KEY=KEY, OPENAI_BASE_URL=self.server.url, XDG_STATE_HOME=str(self.folder / "state")
        )

    def _let_orphans_end(self) -> None:
        if not wait_until(lambda: not any(members(group) for group in self.groups), 60):
            self.outcome.problems.append("processes of a killed run still live")

    def _judge(self, done: bool) -> None:
        """Hold what the server, the store and the ledger say against the promises."""
        problems = self.outcome.problems
        if not done:
            problems.append(f"not done after {RESUMES} runs: {self._last_words()}")
        self.outcome.dump = self.project.dump()
        self.outcome.accepted = len(self.server.accepted)
        calls = len(self.server.calls)
        self._judge_calls(problems)
        if done and (self._run() != 0 or len(self.server.calls) != calls):
            problems.append("a further run failed or made a call")
        problems += [f"the key stands in {path}" for path in self._files_with_the_key()]

    def _judge_calls(self, problems: list[str]) -> None:
        events = list(read_ledger(self.project.folder / "responses" / "ledger"))
        of_call = {e["id"]: (e["interview"], e["call"]) for e in events if e["event"] == "reserved"}
        kinds = Counter((of_call.get(e["id"]), e["event"]) for e in events)
        made = Counter(call["identity"] for call in self.server.calls)
        billed = Counter(call["identity"] for call in self.server.accepted)
        excused = Counter(c["identity"] for c in self.server.accepted if c["lost"] or c["fault"] in UNKNOWN)
        self.outcome.faulted = sum(call["fault"] in UNKNOWN for call in self.server.accepted)
        self.outcome.repeated = sum(count - 1 for count in billed.values())
        for call in self.server.calls:
            if call["was_stored"]:
                problems.append(f"{call['identity']}: sent though its answer was on the disk")
            if call["twins"] > 0:
                problems.append(f"{call['identity']}: sent while another process was sending it")
        for identity, count in billed.items():
            if count > 1 + excused[identity]:
                problems.append(f"{identity}: paid {count} times, {excused[identity]} in flight at a kill")
            if count - 1 > kinds[identity, "repeated"]:
                problems.append(f"{identity}: paid {count} times and not named in the ledger")
        for identity, count in made.items():
            if count > kinds[identity, "reserved"] - kinds[identity, "not_sent"]:
                problems.append(f"{identity}: {count} requests, of which the ledger does not know all")

    def _files_with_the_key(self) -> list[str]:
        files = [path for path in self.folder.rglob("*") if path.is_file() and not path.is_symlink()]
        return [path.name for path in (*files, self.log) if KEY.encode() in path.read_bytes()]

    def _last_words(self) -> str:
        return self.log.read_text("utf-8", "replace")[-1500:]


def run_trial(folder: Path, plan: Plan) -> Outcome:
    """What a trial in this folder came to; the folder is removed where all was well."""
    with trial(folder, plan) as each:
        outcome = each.go()
    if not outcome.problems:
        shutil.rmtree(folder, ignore_errors=True)
    return outcome


@contextmanager
def trial(folder: Path, plan: Plan) -> Iterator[Trial]:
    """A trial that is ready to go, with a small disk of its own where the plan fills it."""
    folder.mkdir(parents=True)
    mounted = "full disk" in plan.modes and mount_small_disk(folder)
    try:
        project = _project(folder / "proyecto", plan)
        names = ("500", "reset") if plan.faults else ()
        faults = [Fault(name, share=plan.fault_share) for name in names]
        settings = {"latency": plan.latency, "seed": plan.seed, "faults": faults}
        with WatchedServer(project.folder / "responses", **settings) as server:
            yield Trial(folder, plan, server, project)
    finally:
        if mounted:
            unmount_small_disk(folder)


def _project(folder: Path, plan: Plan) -> Project:
    project = Project(folder)
    project.configure(extractor="openai", openai="{requests_per_minute: 100000, timeout_seconds: 20}")
    for path in (folder / "data" / "interviews").glob("*.json"):
        path.unlink()
    for number in range(plan.interviews):
        project.write(
            f"p{number}", f"Mi clave p{number} es esta. Uso Opera y se cae los lunes del turno {number}."
        )
    if plan.variant:
        variants.apply(plan.variant, folder)
    return project
