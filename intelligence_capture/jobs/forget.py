"""Forgetting one interview: what is removed and rewritten, and the search that proves it."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from intelligence_capture import seen
from intelligence_capture.errors import ForgetError, NoInterviewsError
from intelligence_capture.forgetting.marks import Marks, Said, kept_marks, make_marks
from intelligence_capture.forgetting.search import Found, search
from intelligence_capture.forgetting.sources import bundle_without, texts_of_source
from intelligence_capture.intake.withdraw import forget_import, origin_without
from intelligence_capture.interviews import Source, find_interviews
from intelligence_capture.jobs.kept import KEPT
from intelligence_capture.llm import forget as store
from intelligence_capture.project import CHECKOUT
from intelligence_capture.records import Extraction
from intelligence_capture.respondents import KEY_FILE, project_codes
from intelligence_capture.settings import Settings
from intelligence_capture.state import FOLDER, write_whole
from intelligence_capture.storage import backup, backup_without
from intelligence_capture.storage.backup_without import Forgotten, review_without
from intelligence_capture.storage.connect import remove_with_journals
from intelligence_capture.storage.forget import cells
from intelligence_capture.written import NOTES

MARKS = f"{FOLDER}/forgetting.json"
"""The hashes that the search goes by, from the first removal until nothing is found any more."""
MADE_ANEW = (
    *backup.REPORTS,
    backup.EXTRACTIONS[1],
    "evaluation",
    "reviewed_gold",
    "spending.json",
    "import.md",
    f"{FOLDER}/gate",
    f"{FOLDER}/embeddings",
    f"{FOLDER}/fetched",
    seen.FILE,
)
"""Results that a run, or the command that made them, makes of the other interviews."""
WORKED_IN = ("logs", ".snakemake")
"""Folders of Snakemake, in which nothing is lost that a run needs."""


class Step(NamedTuple):
    """One thing to do: `path` is removed or rewritten by `do`."""

    what: str
    path: Path
    do: Callable[[], object]


def run_forget(settings: Settings, *, leave: Iterable[Path] = ()) -> str:
    """Say what forgetting `settings.forget` removes or, where it is confirmed, remove it; what was done, as text.

    `leave` are files of this very job. ForgetError where it cannot be done, or something still tells of the
    person afterwards; each such file was printed then.
    """
    task = _Task(settings, tuple(leave))
    if not settings.confirm:
        lines = [f"  {what:<8} {path}" for path, what in task.plan().items()]
        said = f"Forgetting {settings.forget} would remove or rewrite {len(lines)} files and folders:"
        again = f"Nothing was changed. It cannot be undone; to do it:\n{_command(settings)} confirm=true"
        return "\n".join([said, *lines, *task.also_by_them(), again])
    task.keep_marks()
    count = 0
    for step in task.steps():
        step.do()
        count += 1
    return task.proof(count)


class _Task:
    """Whom to forget and where: steps come in an order in which a run that is killed can be given again."""

    def __init__(self, settings: Settings, leave: tuple[Path, ...]) -> None:
        if not settings.forget:
            raise ForgetError("which interview? snakemake forget --config forget=INTERVIEW_ID")
        self._settings = settings
        self._interview = settings.forget
        self._sources = _sources(Path(settings.interviews))
        if not re.fullmatch(r"[a-z0-9-]+", self._interview):  # it becomes part of paths and patterns
            raise self._unknown()
        self._results = Path(settings.results)
        self._leave = (*leave, self._results / MARKS)
        self._source = next((one for one in self._sources if one.id == self._interview), None)
        self._extractions = list(self._all_extractions())
        store.refuse_open_batches(Path(settings.responses), self._interview)
        self._who = Forgotten(interview=self._interview, about=self._ids(), marks=self._marks())

    def steps(self) -> Iterator[Step]:
        """What goes, the source last: as long as it is there, the marks can be made anew."""
        yield from self._made_of_it()
        yield from self._backups()
        yield from self._responses()
        yield from self._reviews()
        yield from self._gold()
        yield from self._worked_in()
        yield from self._origin()

    def plan(self) -> dict[Path, str]:
        """The steps without those on files in folders that go as a whole."""
        planned: dict[Path, str] = {}
        for step in self.steps():
            if not any(planned.get(folder) == "remove" for folder in (step.path, *step.path.parents)):
                planned[step.path] = step.what
        return planned

    def keep_marks(self) -> None:
        """Put the marks on the disk before anything is removed."""
        write_whole(self._results / MARKS, self._who.marks.model_dump_json())

    def proof(self, steps: int) -> str:
        """What the search says after `steps` were done; ForgetError where it found something."""
        found = search(self._who.marks, self._places(), cells=cells, leave=self._leave)
        left = [one for one in found if one.unreadable or one.kinds - {"told"}]
        told = [one for one in found if one not in left]
        lines = [f"  {one.path}" for one in told]
        if lines:
            lines.insert(0, "Others name them in their own words, or are called alike; what is theirs stays:")
        if left:
            print("\n".join([*lines, "Still there:", *map(_line, left)]), file=sys.stderr)
            raise ForgetError(
                f"{len(left)} files still tell of the interview: take it out of each, then give the command again"
            )
        (self._results / MARKS).unlink(missing_ok=True)
        lines += self.also_by_them()
        if Path().resolve() == CHECKOUT:
            lines.append("The checkout's own samples and labels (data/gold) are not searched.")
        return "\n".join(
            [
                f"{self._interview} is forgotten: {steps} files and folders were removed or rewritten, and the "
                "search through all files of the project finds none of its words, nor its id.",
                *lines,
                "The next run makes databases and reports of the others, without a paid call for an extraction.",
            ]
        )

    def also_by_them(self) -> list[str]:
        """A line on each other interview of the same respondent."""
        name = self._respondent()
        others = [
            one.id
            for one in self._sources
            if one.interview and name and one is not self._source and one.interview.meta.respondent == name
        ]
        return [
            f"The same respondent also gave {ident}: it stays until it is forgotten, too." for ident in others
        ]

    def _made_of_it(self) -> Iterator[Step]:
        name = f"{self._interview}.json"
        for path in (self._results / "extracted" / name, self._results / KEPT / name):
            yield from self._removal(path)
        yield from self._removal(self._results / NOTES / "extracted" / name)
        for database in backup.DATABASES:
            path = self._results / database
            if any(path.parent.glob(f"{path.name}*")):
                yield Step("remove", path, partial(remove_with_journals, path))
            yield from self._removal(self._results / NOTES / database)
        for made in MADE_ANEW:
            yield from self._removal(self._results / made)
            yield from self._removal(self._results / NOTES / made)
        for copy in sorted((self._results / FOLDER).glob("shared-*")):
            yield from self._removal(copy)

    def _backups(self) -> Iterator[Step]:
        for folder in backup_without.backups_with(Path(self._settings.backups), self._who):
            yield Step("rewrite", folder, partial(backup_without.rewrite, folder, self._who))

    def _responses(self) -> Iterator[Step]:
        responses = Path(self._settings.responses)
        for path in store.answers_about(responses, self._interview):
            yield from self._removal(path)
        for path, batch in store.batches_about(responses, self._interview):
            if batch is None:
                yield from self._removal(path)
            else:
                yield _rewriting(path, batch.model_dump_json().encode())
        # The ledger last: it says which answers are about whom.
        for path in store.ledgers_about(responses, self._interview):
            yield _rewriting(path, store.ledger_without(path, self._interview))

    def _reviews(self) -> Iterator[Step]:
        for path in sorted(Path(self._settings.reviews).rglob("*")):
            if path.is_file() and (content := review_without(path, self._who)) is not None:
                yield _rewriting(path, content)

    def _gold(self) -> Iterator[Step]:
        """Labels by hand of the project; the samples of the checkout are not the project's."""
        chosen = self._settings.evaluation
        for folder in (*chosen.gold, chosen.second, *chosen.graph_labels):
            for kind in ("labels", "interviews"):
                path = Path(folder or "", kind, f"{self._interview}.json")
                if folder and not path.resolve().is_relative_to(CHECKOUT):
                    yield from self._removal(path)

    def _worked_in(self) -> Iterator[Step]:
        """Logs and what Snakemake remembers of jobs, and whatever else in the results tells of them."""
        results = [path for path in self._results.glob("*") if path.name != "extracted"]
        places = [*map(Path, WORKED_IN), *results]
        # A name that others say is found in their results, too; Snakemake's files quote nobody.
        for found in search(self._who.marks, places, cells=cells, leave=self._leave):
            if found.kinds - {"told"} or found.path.parts[0] in WORKED_IN:
                yield from self._removal(found.path)

    def _origin(self) -> Iterator[Step]:
        interviews = Path(self._settings.interviews)
        origin = origin_without(Path(self._settings.inbox), interviews, self._interview)
        if origin and origin.problem:
            yield Step(f"BY HAND  ({origin.problem})", origin.path, lambda: None)
        elif origin and origin.content is not None:
            yield _rewriting(origin.path, origin.content)
        elif origin:
            yield from self._removal(origin.path)
        if self._source and self._source.openable:
            yield from self._source_without(self._source)
        state = forget_import(interviews, self._interview)
        if state is not None:
            yield _rewriting(interviews / ".imported.json", state)

    def _source_without(self, source: Source) -> Iterator[Step]:
        content = None if source.position is None else bundle_without(source.path, source.position)
        if content is None:
            yield from self._removal(source.path)
        else:
            yield _rewriting(source.path, content)

    def _removal(self, path: Path) -> Iterator[Step]:
        if path.is_dir() and not path.is_symlink():
            yield Step("remove", path, partial(_remove_folder, path))
        elif path.exists() or path.is_symlink():
            yield Step("remove", path, partial(path.unlink, missing_ok=True))

    def _places(self) -> list[Path]:
        """Where the search looks: the project's folder; of the checkout itself what is the user's there."""
        chosen = self._settings
        own = (
            chosen.interviews,
            chosen.inbox,
            chosen.results,
            chosen.backups,
            chosen.responses,
            chosen.reviews,
        )
        places = [Path(place) for place in (*own, *WORKED_IN, "config.yaml", chosen.organisation) if place]
        here = Path().resolve()
        if here == CHECKOUT:
            return places
        return [
            Path(),
            *(place for place in places if place.is_symlink() or not place.resolve().is_relative_to(here)),
        ]

    def _marks(self) -> Marks:
        if marks := kept_marks(self._results / MARKS, self._interview):
            return marks
        answers = texts_of_source(self._source) if self._source else ()
        before = [answer.answer for one in self._extractions for answer in one.interview.answers]
        if not self._source and not self._extractions:
            raise self._unknown()
        labels = [e.label for one in self._extractions for group in one.entities.values() for e in group]
        said = Said(self._interview, self._respondent(), (*answers, *before), tuple(labels))
        return make_marks(said, self._of_others())

    def _unknown(self) -> ForgetError:
        there = ", ".join(one.id for one in self._sources[:20]) or "none"
        return ForgetError(f"there is no interview {self._interview!r}; there are: {there}")

    def _of_others(self) -> Iterator[str]:
        """What others are called and said, and what was found in it: it tells of nobody alone."""
        for record in self._records("[!.]*.json"):
            if record.id != self._interview:
                yield from (e.label for group in record.entities.values() for e in group)
        for source in self._sources:
            if source is not self._source:
                yield source.id
            if source.interview and source is not self._source:
                yield source.interview.meta.respondent
                for answer in source.interview.answers:
                    yield answer.question
                    yield answer.answer
        if self._source and self._source.interview:
            yield from (answer.question for answer in self._source.interview.answers)

    def _respondent(self) -> str:
        records = [self._source.interview] if self._source and self._source.interview else []
        records += [one.interview for one in self._extractions]
        return next((one.meta.respondent for one in records if one.meta.respondent), "")

    def _all_extractions(self) -> Iterator[Extraction]:
        """Every record of the interview, those in backups too: it may have said other things then."""
        return self._records(f"{self._interview}.json")

    def _records(self, name: str) -> Iterator[Extraction]:
        """The readable records in files of this name."""
        patterns = ((self._results, f"extracted/{name}"), (self._results, f"{KEPT}/{name}"))
        for root, pattern in (*patterns, (Path(self._settings.backups), f"*/results/extracted/{name}")):
            for path in sorted(root.glob(pattern)):
                try:
                    yield Extraction.model_validate_json(path.read_bytes())
                except ValueError:
                    continue

    def _ids(self) -> frozenset[str]:
        """The id of the interview and those of its entities, and what stands for them in workbooks with codes."""
        entities = {e.id for one in self._extractions for group in one.entities.values() for e in group}
        codes = project_codes() if KEY_FILE.is_file() else None
        shown = {codes.interview(self._interview), *map(codes.entity, entities)} if codes else set()
        return frozenset({self._interview, *entities, *shown})


def _sources(interviews: Path) -> list[Source]:
    try:
        return find_interviews(interviews)
    except NoInterviewsError:
        return []


def _rewriting(path: Path, content: bytes) -> Step:
    return Step("rewrite", path, partial(write_whole, path, content))


def _remove_folder(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
    folder.rmdir()


def _line(found: Found) -> str:
    what = {"words": "words of its answers", "who": "its id or respondent", "told": "the name"}
    said = found.unreadable and f"cannot be read: {found.unreadable}"
    return f"  {found.path}: {said or ', '.join(what[kind] for kind in sorted(found.kinds))}"


def _command(settings: Settings) -> str:
    return f"    snakemake forget --config forget={settings.forget}"
