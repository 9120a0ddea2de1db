"""The import: every file of the inbox read, its interviews written, and nothing touched that did not change."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import ValidationError

from intelligence_capture.errors import IntakeError
from intelligence_capture.intake.formats import RECORDINGS, read_file
from intelligence_capture.intake.mapping import FILE, Mapping, load_mapping
from intelligence_capture.intake.records import Draft, Reading
from intelligence_capture.interviews import safe_id
from intelligence_capture.records import Record
from intelligence_capture.state import write_whole

STATE = ".imported.json"
"""Beside the interviews: which of them were imported, from where, and with what content."""
FORMS = (".csv", ".xlsx")
"""Files of many interviews: each is named after its respondent, not after the file."""

Change = Literal["new", "changed", "unchanged", "kept as edited by hand", "removed"]


class Imported(Record):
    """One interview of the inbox, and what became of its file."""

    name: str
    place: str
    questions: int
    respondent: str
    change: Change


class FileReport(Record):
    """What was understood of one file; `refusal` says why it was not imported, '' where it was."""

    file: str
    format: str = ""
    interviews: tuple[Imported, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: str = ""


class ImportReport(Record):
    """What an import did."""

    inbox: str
    files: tuple[FileReport, ...]
    left_alone: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


class _Wanted(NamedTuple):
    """An interview as its file has it, on the way to the disk."""

    file: str
    draft: Draft
    name: str
    content: bytes


class Written(Record):
    """What an import wrote under a name: from which file, with which checksum."""

    file: str
    sha256: str


class _State(Record):
    """The content of `.imported.json`."""

    interviews: dict[str, Written] = {}


def import_inbox(inbox: Path, interviews: Path) -> ImportReport:
    """Make `interviews` hold what the files of `inbox` say, and return what was understood of each.

    A file that is not understood wholly is refused and what it gave before stays; the others go on. What
    an import wrote and no file holds any more is removed; what a person edited is never overwritten.
    IntakeError where there is nothing to import at all.
    """
    paths, left_alone = _files(inbox, interviews)
    mapping = _checked(load_mapping(inbox), inbox, [*paths, *left_alone])
    readings, refusals = _read(inbox, paths, mapping)
    wanted, notes = _named(readings, refusals)
    before = _read_state(interviews / STATE)
    changes, edited = _changes(wanted, interviews, before)
    refusals |= edited
    wanted = [one for one in wanted if one.file not in refusals]
    after = _write(wanted, interviews, changes)
    removed, kept = _remove_gone(interviews, before, after, refusals)
    if after != before:
        state = _State(interviews=dict(sorted(after.items())))
        write_whole(interviews / STATE, state.model_dump_json(indent=1) + "\n")
    reports = [
        FileReport(file=file, refusal=refusals[file])
        if file in refusals
        else FileReport(
            file=file,
            format=readings[file].format,
            interviews=tuple(_imported(one, changes[one.name]) for one in wanted if one.file == file),
            notes=(*readings[file].notes, *notes[file], *_unsaid(readings[file])),
        )
        for file in paths
    ]
    return ImportReport(
        inbox=str(inbox),
        files=tuple(reports),
        left_alone=tuple(left_alone),
        removed=tuple(removed),
        kept=tuple(kept),
    )


def imported(interviews: Path) -> dict[str, Written]:
    """What an import wrote into this folder, by name; nothing where the interviews are a bundle."""
    return _read_state(interviews / STATE) if interviews.is_dir() else {}


def state_without(path: Path, interview: str) -> bytes:
    """What this `.imported.json` says without an interview."""
    left = {name: one for name, one in _read_state(path).items() if name != interview}
    return _State(interviews=left).model_dump_json(indent=1).encode() + b"\n"


def content_of(draft: Draft) -> tuple[bytes, str]:
    """The file that an import makes of a draft, and its checksum."""
    content = _json(draft)
    return content, _sha256(content)


def _files(inbox: Path, interviews: Path) -> tuple[list[str], list[str]]:
    """The files to read and the recordings beside them, as paths inside the inbox."""
    if not inbox.is_dir():
        raise IntakeError(f"{inbox}: no such folder; put your files there, or set `inbox` in config.yaml")
    if interviews.is_file():
        raise IntakeError(f"{interviews}: a bundle; to import, set `interviews` to a folder in config.yaml")
    found = sorted(path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if not path.is_dir())
    names = [name for name in found if name != FILE and not _of_the_system(name)]
    left_alone = [name for name in names if Path(name).suffix.lower() in RECORDINGS]
    files = [name for name in names if name not in left_alone]
    if not files:
        raise IntakeError(f"{inbox}: nothing to import; put the exports, documents and transcripts there")
    return files, left_alone


def _of_the_system(name: str) -> bool:
    """Whether a file is one that Word, Windows or macOS leave behind while they work."""
    last = Path(name).name
    hidden = any(part.startswith(".") for part in Path(name).parts)
    return hidden or last.startswith("~$") or last in ("Thumbs.db", "desktop.ini")


def _checked(mapping: Mapping, inbox: Path, files: Iterable[str]) -> Mapping:
    unknown = sorted(set(mapping.files) - set(files))
    if unknown:
        raise IntakeError(f"{inbox / FILE}: files: there is no {unknown[0]!r} in {inbox}; correct its name")
    return mapping


def _read(inbox: Path, files: list[str], mapping: Mapping) -> tuple[dict[str, Reading], dict[str, str]]:
    readings: dict[str, Reading] = {}
    refusals: dict[str, str] = {}
    for file in files:
        try:
            readings[file] = read_file(inbox / file, mapping.of(file))
        except IntakeError as error:
            refusals[file] = str(error)
        except OSError as error:
            refusals[file] = f"cannot be read: {error.strerror}"
    return readings, refusals


def _named(
    readings: dict[str, Reading], refusals: dict[str, str]
) -> tuple[list[_Wanted], dict[str, list[str]]]:
    """Every interview under its name; two files that are one interview or share a name are refused."""
    wanted: list[_Wanted] = []
    notes: dict[str, list[str]] = defaultdict(list)
    by_content: dict[bytes, _Wanted] = {}
    for file, reading in readings.items():
        for draft in reading.drafts:
            content = _json(draft)
            twin = by_content.get(content)
            if twin is None:
                by_content[content] = _Wanted(file, draft, _name(file, draft, content), content)
                wanted.append(by_content[content])
            elif draft.place:
                notes[file].append(f"{draft.place} is the same as in {twin.file}, {twin.draft.place}: once")
            else:
                refusals[file] = f"the same interview as {twin.file}; remove one of them"
    return list(_told_apart(wanted, refusals)), notes


def _name(file: str, draft: Draft, content: bytes) -> str:
    """The interview's id: after its file or, as in a bundle, after respondent, company and date."""
    if Path(file).suffix.lower() not in FORMS:
        return safe_id(str(Path(file).with_suffix("")))
    meta = draft.meta
    said = " ".join(filter(None, (meta.respondent, meta.company, meta.date)))
    return safe_id(said) if said else f"interview-{_sha256(content)[:8]}"


def _told_apart(wanted: list[_Wanted], refusals: dict[str, str]) -> Iterable[_Wanted]:
    groups: dict[str, list[_Wanted]] = defaultdict(list)
    for one in wanted:
        groups[one.name].append(one)
    for one in wanted:
        group = groups[one.name]
        if len(group) == 1:
            yield one
        elif all(Path(other.file).suffix.lower() in FORMS for other in group):
            yield one._replace(name=f"{one.name}-{_sha256(one.content)[:8]}")
        else:
            files = " and ".join(sorted({other.file for other in group}))
            refusals[one.file] = f"two interviews would be named {one.name!r}: {files}; rename one"


def _changes(
    wanted: list[_Wanted], interviews: Path, before: dict[str, Written]
) -> tuple[dict[str, Change], dict[str, str]]:
    """What is to become of each interview by name, and the files that would overwrite a person's work."""
    changes: dict[str, Change] = {}
    refusals: dict[str, str] = {}
    for one in wanted:
        target, digest = interviews / f"{one.name}.json", _sha256(one.content)
        old = before.get(one.name)
        present = _sha256(target.read_bytes()) if target.is_file() else None
        if present == digest:
            changes[one.name] = "unchanged"
        elif present is None or (old and present == old.sha256):
            changes[one.name] = "changed" if present else "new"
        elif old and old.sha256 == digest:
            changes[one.name] = "kept as edited by hand"
        else:
            refusals[one.file] = (
                f"{target} was edited by hand or is not from here; move it away to import anew"
            )
    return changes, refusals


def _write(wanted: list[_Wanted], interviews: Path, changes: dict[str, Change]) -> dict[str, Written]:
    """Write what is new or changed; returns what the import answers for now."""
    for one in wanted:
        if changes[one.name] in ("new", "changed"):
            write_whole(interviews / f"{one.name}.json", one.content)
    return {one.name: Written(file=one.file, sha256=_sha256(one.content)) for one in wanted}


def _remove_gone(
    interviews: Path, before: dict[str, Written], after: dict[str, Written], refusals: dict[str, str]
) -> tuple[list[str], list[str]]:
    """Remove what no file gives any more; what refused files gave before stays in `after`."""
    removed, kept = [], []
    for name, old in sorted(before.items()):
        target = interviews / f"{name}.json"
        if name in after:
            continue
        if old.file in refusals:
            after[name] = old
        elif target.is_file() and _sha256(target.read_bytes()) == old.sha256:
            target.unlink()
            removed.append(name)
        elif target.is_file():
            kept.append(name)
    return removed, kept


def _read_state(path: Path) -> dict[str, Written]:
    if not path.is_file():
        return {}
    try:
        return _State.model_validate_json(path.read_bytes()).interviews
    except ValidationError as error:
        raise IntakeError(
            f"{path}: damaged; remove it, and imported interviews that you did not edit"
        ) from error


def _json(draft: Draft) -> bytes:
    """The interview as a file of the input format."""
    content: dict[str, object] = {
        "meta": {key: value for key, value in draft.meta if value},
        "qa_pairs": [[answer.question, answer.answer] for answer in draft.answers],
    }
    if any(answer.times for answer in draft.answers):
        content["times"] = [[list(mark) for mark in answer.times] for answer in draft.answers]
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _unsaid(reading: Reading) -> list[str]:
    """A note on what no interview of the file says of itself."""
    wanted = ("respondent", "company", "role", "date")
    unsaid = [key for key in wanted if not any(getattr(draft.meta, key) for draft in reading.drafts)]
    return [f"nothing says the {', '.join(unsaid)}: say it as `meta` in import.yaml"] if unsaid else []


def _imported(one: _Wanted, change: Change) -> Imported:
    return Imported(
        name=one.name,
        place=one.draft.place,
        questions=len(one.draft.answers),
        respondent=one.draft.meta.respondent,
        change=change,
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
