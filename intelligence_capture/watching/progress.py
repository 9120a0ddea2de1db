"""How far a run is, and how long the rest takes by the medians of its rules."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Job:
    """A job as the log describes it when it starts."""

    rule: str
    started: float
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Left:
    """The seconds that are left; `whole` is false where a rule is left that nobody has seen run."""

    seconds: float
    whole: bool


class Progress:
    """What a run has done, does and has to do; times are seconds of any clock."""

    def __init__(self, usual: Mapping[str, float]) -> None:
        """`usual` holds medians of earlier runs, for the rules that did not run yet."""
        self._usual = dict(usual)
        self._seconds: dict[str, list[float]] = defaultdict(list)
        self._planned: Counter[str] = Counter()
        self._running: dict[int, Job] = {}
        self._abreast: Counter[str] = Counter()

    @property
    def planned(self) -> int:
        """How many jobs the run has."""
        return self._planned.total()

    @property
    def finished(self) -> int:
        """How many of them are done."""
        return sum(map(len, self._seconds.values()))

    def of(self, rule: str) -> tuple[int, int]:
        """How many jobs of this rule are done, and how many there are."""
        return len(self._seconds[rule]), self._planned[rule]

    def plan(self, jobs: Mapping[str, int]) -> None:
        """Take down how many jobs of each rule are to run."""
        self._planned = Counter(jobs)

    def start(self, number: int, job: Job) -> None:
        """Take down that a job runs."""
        self._running[number] = job
        now = sum(one.rule == job.rule for one in self._running.values())
        self._abreast[job.rule] = max(self._abreast[job.rule], now)

    def finish(self, number: int, at: float) -> Job | None:
        """The job that ended well, None for one that nobody saw start."""
        job = self._running.pop(number, None)
        if job:
            self._seconds[job.rule].append(at - job.started)
        return job

    def fail(self, number: int) -> None:
        """Take down that a job ended badly."""
        self._running.pop(number, None)

    def left(self, at: float) -> Left:
        """What is left: the jobs of each rule times its median, over as many as ran abreast."""
        medians = self.medians()
        seconds, whole = 0.0, True
        for rule, planned in self._planned.items():
            open_jobs = planned - len(self._seconds[rule])
            if open_jobs <= 0:
                continue
            usual = medians.get(rule)
            whole = whole and usual is not None
            done = sum(
                min(at - job.started, usual or 0.0) for job in self._running.values() if job.rule == rule
            )
            seconds += (open_jobs * (usual or 0.0) - done) / max(self._abreast[rule], 1)
        return Left(seconds, whole)

    def medians(self) -> dict[str, float]:
        """The median seconds of each rule: of this run, else of earlier ones."""
        return self._usual | {rule: median(times) for rule, times in self._seconds.items() if times}
