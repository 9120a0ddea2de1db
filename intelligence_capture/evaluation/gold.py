"""Gold folders: labels by hand, the interviews that they belong to, and where their extractions lie.

A gold folder holds `labels/{interview}.json` and beside it, where it brings its own, `interviews/`. A second
person's labels of some of the same interviews stand in `labels/` of a folder of their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import Field, ValidationError

from intelligence_capture.catalogue import Catalogue
from intelligence_capture.errors import GoldError
from intelligence_capture.evaluation.items import Item
from intelligence_capture.interviews import Source, find_interviews, safe_id
from intelligence_capture.records import Interview, Record, Value
from intelligence_capture.spans import Span

SHOWN_PROBLEMS = 10


class GoldQuote(Record):
    """Words of an answer; `occurrence` says which, counted from 0, where they stand there more than once."""

    question_index: int = Field(ge=0)
    quote: str = Field(min_length=1)
    occurrence: int = Field(0, ge=0)


class GoldLabel(Record):
    """One entity as a person labelled it; a field that is not there was not labelled."""

    type: str
    label: str
    evidence: tuple[GoldQuote, ...] = Field(min_length=1)
    fields: dict[str, Value] = Field(default_factory=dict)


class GoldLabels(Record):
    """One file of labels."""

    interview: str
    labels: tuple[GoldLabel, ...]


@dataclass(frozen=True)
class GoldFolder:
    """A gold folder as it was found on disk; label files and own interviews by the id of the interview."""

    name: str
    path: Path
    labels: Mapping[str, Path]
    second: Mapping[str, Path]
    own: Mapping[str, Source]

    def extraction(self, results: Path, interview: str) -> Path:
        """Where a results folder has the extraction: the run's own, or one made for this gold folder."""
        folder = results / "evaluation" / self.name if interview in self.own else results / "extracted"
        return folder / f"{interview}.json"

    @property
    def interviews(self) -> Path:
        """Where interviews stand that the gold folder brings itself."""
        return self.path / "interviews"

    def files(self) -> list[Path]:
        """All label files, those of a second labeller too."""
        return [*self.labels.values(), *self.second.values()]


class Gold:
    """The gold folders of a configuration, read when first needed: other rules do not ask for them."""

    def __init__(self, paths: Sequence[str], second: str | None = None) -> None:
        self.paths = paths
        self.second = second

    @cached_property
    def folders(self) -> list[GoldFolder]:
        """The folders in their order; GoldError where one cannot be used."""
        second = Path(self.second) if self.second else None
        return gold_folders([Path(path) for path in self.paths], second)

    def source(self, folder: str, interview: str) -> Source:
        """An interview that the gold folder of this name brings itself; KeyError where it does not."""
        return self._named(folder).own[interview]

    def source_files(self, folder: str, interview: str) -> list[str]:
        """The file of such an interview, for Snakemake to see; nothing for one that must not be opened."""
        source = self.source(folder, interview)
        return _visible([source.path] if source.openable else [])

    def interviews(self, folder: str) -> str:
        """Where the gold folder of this name keeps its own interviews."""
        return str(self._named(folder).interviews)

    def label_files(self) -> list[str]:
        """All label files of all folders, for Snakemake to see."""
        return _visible([path for folder in self.folders for path in folder.files()])

    def extractions(self, results: str, run: Iterable[str]) -> list[str]:
        """The extractions of all labelled interviews; GoldError where one is neither here nor in the run."""
        known = set(run)
        for folder in self.folders:
            for interview, file in folder.labels.items():
                if interview not in known and interview not in folder.own:
                    raise GoldError(
                        f"{file}: no interview {interview} in {folder.interviews} nor among "
                        "those of the run (`interviews`); set `evaluation.gold` to the folders that fit"
                    )
        return self._extractions(results)

    def compared(self, other: str | None) -> list[str]:
        """Those in the results of another run, if any; GoldError where they were not made."""
        paths = self._extractions(other) if other else []
        for path in paths:
            if not Path(path).is_file():
                raise GoldError(
                    f"{path}: no such extraction to compare with; make it with `snakemake evaluate` "
                    f"and the settings of that run (results={other})"
                )
        return paths

    def _named(self, folder: str) -> GoldFolder:
        return {each.name: each for each in self.folders}[folder]

    def _extractions(self, results: str) -> list[str]:
        return [
            str(folder.extraction(Path(results), interview))
            for folder in self.folders
            for interview in folder.labels
        ]


def gold_folders(paths: Sequence[Path], second: Path | None = None) -> list[GoldFolder]:
    """The gold folders at these paths, in order, each with what there is of it in the second labelling.

    GoldError where one holds no labels or shares its name with another.
    """
    again = _labels_in(second) if second else {}
    folders = [_gold_folder(path, again) for path in paths]
    names = [folder.name for folder in folders]
    for folder in folders:
        if names.count(folder.name) > 1:
            raise GoldError(f"{folder.path}: two gold folders are called {folder.name}; rename one")
    return folders


def gold_items(file: Path, interview: Interview, catalogue: Catalogue) -> list[Item]:
    """The labels in a file as items with the places of their quotes; GoldError names what does not fit."""
    labels = _read_labels(file)
    problems: list[str] = []
    if safe_id(labels.interview) != interview.id:
        problems.append(f"it says that it belongs to interview {labels.interview!r}")
    items = []
    for number, label in enumerate(labels.labels, start=1):
        place = f"label {number} ({label.label})"
        if label.type not in catalogue:
            problems.append(f"{place}: no type {label.type!r} in the catalogue")
            continue
        unknown = [name for name in label.fields if name not in catalogue[label.type].fields]
        problems += [f"{place}: {label.type} have no field {name!r}" for name in unknown]
        spans = [_span(quote, interview) for quote in label.evidence]
        problems += [f"{place}: {span}" for span in spans if isinstance(span, str)]
        items.append(
            Item(
                type=label.type,
                label=label.label,
                spans=tuple(span for span in spans if isinstance(span, Span)),
                quotes=tuple(quote.quote for quote in label.evidence),
                fields=label.fields,
            )
        )
    if problems:
        more = len(problems) - SHOWN_PROBLEMS
        shown = problems[:SHOWN_PROBLEMS] + ([f"and {more} more"] if more > 0 else [])
        raise GoldError("\n  ".join([f"{file}:", *shown]))
    return items


def _gold_folder(path: Path, again: Mapping[str, Path]) -> GoldFolder:
    labels = _labels_in(path)
    own = path / "interviews"
    return GoldFolder(
        name=safe_id(path.resolve().name),
        path=path,
        labels=labels,
        second={interview: file for interview, file in again.items() if interview in labels},
        own={source.id: source for source in find_interviews(own)} if own.exists() else {},
    )


def _visible(paths: Iterable[Path]) -> list[str]:
    """The paths that Snakemake does not take for patterns; the others are read all the same."""
    return [str(path) for path in paths if not set(str(path)) & set("{}*?[]\n\r")]


def _labels_in(folder: Path) -> dict[str, Path]:
    files = sorted(path for path in (folder / "labels").glob("*.json") if path.name[0] != ".")
    if not files:
        raise GoldError(f"{folder}: no labels/*.json in it; see `evaluation` in config.yaml")
    return {safe_id(path.stem): path for path in files}


def _read_labels(file: Path) -> GoldLabels:
    try:
        return GoldLabels.model_validate_json(file.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise GoldError(f"{file}: {place}: {first['msg']}") from error


def _span(wanted: GoldQuote, interview: Interview) -> Span | str:
    """Where the quote stands, or what is wrong with it."""
    if wanted.question_index >= len(interview.answers):
        return f"there is no answer {wanted.question_index}; they count from 0"
    answer = interview.answer(wanted.question_index)
    start = -1
    for _ in range(wanted.occurrence + 1):
        start = answer.find(wanted.quote, start + 1)
        if start < 0:
            which = f" (occurrence {wanted.occurrence})" if wanted.occurrence else ""
            return f"answer {wanted.question_index} does not say {wanted.quote!r}{which}"
    return Span(wanted.question_index, start, start + len(wanted.quote))
