"""A run as it is watched: told of each event, it answers with the lines to print."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from intelligence_capture.llm.ledger import Ledger
from intelligence_capture.llm.run import current_run
from intelligence_capture.records import Extraction
from intelligence_capture.respondents import Person, project_respondents
from intelligence_capture.settings import Settings
from intelligence_capture.state import FOLDER, write_whole
from intelligence_capture.watching import lines
from intelligence_capture.watching.progress import Job, Progress

EXTRACTED = ("extract_interview", "extract_gold_interview", "extract_batch")
BATCH = re.compile(r"^(extract_batch)_\w+$")


class Watch:
    """One run from its start to its end; every `at` is a time in seconds."""

    def __init__(self, settings: Settings, at: float) -> None:
        self._settings = settings
        self._results = Path(settings.results)
        self._began = at
        self._usual = self._results / FOLDER / "seconds.json"
        self._progress = Progress(_numbers(self._usual))
        self._made: list[str] = []
        self._failed: set[str] = set()
        self._speaking: set[int] = set()
        self._interviews: Counter[str] = Counter()
        self._ledger: Ledger | None = None

    @property
    def has_failed(self) -> bool:
        """Whether a job ended badly."""
        return bool(self._failed)

    def planned(self, jobs: Mapping[str, int]) -> list[str]:
        """What the run is about to do."""
        families: Counter[str] = Counter()
        for rule, count in jobs.items():
            if rule != "total":
                families[_family(rule)] += count
        self._progress.plan(families)
        return [lines.plan_line(families)] if len(families) > 1 else []

    def started(self, number: int, job: Job) -> None:
        """Take down that a job runs."""
        self._progress.start(number, replace(job, rule=_family(job.rule)))
        if self._speaks_for_itself(job):
            self._speaking.add(number)

    def finished(self, number: int, at: float) -> list[str]:
        """The lines of a job that ended well; none for one that speaks for itself."""
        job = self._progress.finish(number, at)
        self._speaking.discard(number)
        if not job or self._speaks_for_itself(job):
            return []
        self._made += job.outputs
        if job.rule not in EXTRACTED:
            return [lines.job_line(job.rule, at - job.started)]
        extractions = [one for output in job.outputs if (one := _extraction(Path(output)))]
        self._interviews.update(one.status for one in extractions)
        place = self._progress.of(job.rule)
        people = [_person(one) for one in extractions]
        shown = project_respondents(self._settings.respondents, people)
        return [lines.interview_line(one, place, shown) for one in extractions]

    def failed(self, number: int, rule: str, log: str, *, log_is_shown: bool) -> list[str]:
        """The tail of the log of a job that ended badly, unless it is shown already, and what to do."""
        self._progress.fail(number)
        self._speaking.discard(number)
        self._failed.add(rule)
        tail = lines.log_tail(Path(log))
        step = lines.next_step(rule, log if tail else "", self._settings.results)
        return [step] if log_is_shown else [*tail, step]

    def status(self, at: float) -> str:
        """The status line; '' where there is nothing to do, and while a job prints what it has to say."""
        done, planned = self._progress.finished, self._progress.planned
        if done >= planned or self._speaking:
            return ""
        spent = self._spent()
        return lines.status_text(
            done, planned, self._progress.left(at), spent, self._settings.openai.max_cost_usd
        )

    def nothing_to_do(self) -> list[str]:
        """Where to look at what is there already."""
        return self._places([str(self._results / name) for name in lines.WHERE_TO_LOOK])

    def ended(self, at: float) -> list[str]:
        """How the run ended and where to look; nothing for a command that made nothing."""
        progress = self._progress
        if progress.finished:
            medians = {rule: round(seconds, 2) for rule, seconds in progress.medians().items()}
            write_whole(self._usual, json.dumps(medians, indent=1, sort_keys=True) + "\n")
        if not self._made and not self._failed:
            return []
        spent = self._spent()
        return [
            lines.summary(
                jobs=(progress.finished, progress.planned),
                failed=self._failed,
                interviews=self._interviews,
                seconds=at - self._began,
                cost="" if spent is None else f"{lines.dollars(spent)} spent",
            ),
            *self._places(self._made),
        ]

    def _speaks_for_itself(self, job: Job) -> bool:
        """Whether a job makes nothing that anybody reads: then it is there for what it prints."""
        state = self._results / FOLDER
        return all(Path(output).is_relative_to(state) for output in job.outputs)

    def _places(self, made: list[str]) -> list[str]:
        return lines.places(self._results, [file for file in made if Path(file).exists()])

    def _spent(self) -> float | None:
        """The dollars of this run so far; None where none can be spent."""
        if not self._settings.models_reading:
            return None
        if not self._ledger:
            run, folder = current_run(self._results / FOLDER), Path(self._settings.responses) / "ledger"
            if not (folder / f"{run}.jsonl").exists():
                return 0.0
            self._ledger = Ledger(folder, run=str(run), limit_usd=self._settings.openai.max_cost_usd)
        return self._ledger.spent()


def _family(rule: str) -> str:
    """The name under which a rule's jobs are counted: each batch of interviews is a rule of its own."""
    return BATCH.sub(r"\1", rule)


def _extraction(path: Path) -> Extraction | None:
    try:
        return Extraction.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        return None  # the merge says what is wrong with it


def _person(extraction: Extraction) -> Person:
    meta = extraction.interview.meta
    return Person(interview=extraction.id, respondent=meta.respondent, role=meta.role, company=meta.company)


def _numbers(path: Path) -> dict[str, float]:
    try:
        found = json.loads(path.read_bytes())
        return {str(rule): float(seconds) for rule, seconds in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}  # only the guess of the time left is worse for it
