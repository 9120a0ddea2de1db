"""Backups without one interview: its extraction gone, the database and the decisions of people rewritten."""

import os
import shutil
from collections.abc import Callable, Collection
from pathlib import Path

from intelligence_capture.forgetting.marks import Marks
from intelligence_capture.forgetting.reviews import csv_without, workbook_without
from intelligence_capture.forgetting.search import search
from intelligence_capture.records import Record
from intelligence_capture.state import write_whole
from intelligence_capture.storage.backup import (
    DATABASES,
    EXTRACTIONS,
    MANIFEST,
    Manifest,
    SavedFile,
    checksum,
    manifest_of,
)
from intelligence_capture.storage.connect import publish
from intelligence_capture.storage.forget import cells, holds_interview, write_without


class Forgotten(Record):
    """Whom to forget: the id, all ids that stand for the interview and its entities, and the marks of its words."""

    interview: str
    about: frozenset[str]
    marks: Marks


def backups_with(backups: Path, who: Forgotten) -> list[Path]:
    """The folders of backups that tell of the person, and those that a crash left half made."""
    folders = sorted(path for path in backups.glob("*") if path.is_dir())
    return [
        folder
        for folder in folders
        if folder.name.endswith(".tmp")
        or (folder / "results" / EXTRACTIONS[0] / f"{who.interview}.json").exists()
        or any(holds_interview(folder / "results" / database, who.interview) for database in DATABASES)
        or any(
            found.unreadable or found.kinds - {"told"} for found in search(who.marks, [folder], cells=cells)
        )
    ]


def rewrite(folder: Path, who: Forgotten) -> None:
    """Take the person out of this backup; reports and graph go, since a run makes them of what stays.

    The manifest is written before the files are replaced: after a crash the same call finishes it.
    """
    if not (folder / MANIFEST).is_file():
        _empty(folder, who)
        return
    manifest = manifest_of(folder)
    kept: list[SavedFile] = []
    replacements: list[tuple[Path, Path]] = []
    for saved in manifest.files:
        path = folder / saved.root / saved.path
        if not path.is_file() or not _stays(saved, who):
            continue
        if edited := _edited(path, saved, who):
            replacements.append((edited, path))
            saved = saved.model_copy(update={"sha256": checksum(edited), "size": edited.stat().st_size})
        kept.append(saved)
    _finish(folder, manifest.model_copy(update={"files": tuple(kept)}), replacements)


def _finish(folder: Path, manifest: Manifest, replacements: list[tuple[Path, Path]]) -> None:
    write_whole(folder / MANIFEST, manifest.model_dump_json(indent=2))
    for edited, path in replacements:
        publish(edited, path)
    listed = {folder / MANIFEST, *(folder / saved.root / saved.path for saved in manifest.files)}
    for path in [path for path in folder.rglob("*") if not path.is_dir()]:
        if path not in listed:
            path.unlink()
    _remove_empty_folders(folder)


def _stays(saved: SavedFile, who: Forgotten) -> bool:
    if saved.root == "reviews":
        return True
    if saved.path == f"{EXTRACTIONS[0]}/{who.interview}.json":
        return False
    return saved.path in (DATABASES[0], EXTRACTIONS[1]) or saved.path.startswith(f"{EXTRACTIONS[0]}/")


def _edited(path: Path, saved: SavedFile, who: Forgotten) -> Path | None:
    """Another file that is to take the place of this one, None where it stays as it is."""
    edited = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    if saved.path == DATABASES[0]:
        write_without(path, who.interview, edited)
        return edited
    if saved.root == "reviews" and (content := review_without(path, who)) is not None:
        edited.write_bytes(content)
        return edited
    return None


def review_without(path: Path, who: Forgotten) -> bytes | None:
    """What a file of `reviews/` is without the person, None where it need not change."""
    edit: dict[str, Callable[[], bytes | None]] = {
        ".csv": lambda: csv_without(path.read_bytes(), who.about, who.marks),
        ".xlsx": lambda: workbook_without(path, who.about, who.marks),
    }
    if path.suffix not in edit or not _tells(path, who):
        return None
    content = edit[path.suffix]()
    return None if content == path.read_bytes() else content


def _tells(path: Path, who: Forgotten) -> bool:
    raw = path.read_bytes()
    named: Collection[str] = who.about if path.suffix == ".csv" else ()
    found = search(who.marks, [path], cells=cells)
    return bool(found) or any(ident.encode() in raw for ident in named)


def _empty(folder: Path, who: Forgotten) -> None:
    """What is no whole backup: a half-made one goes, of a damaged database moved aside what tells of the person."""
    if folder.name.endswith(".tmp"):
        shutil.rmtree(folder)
        return
    for found in search(who.marks, [folder], cells=cells):
        found.path.unlink()
    _remove_empty_folders(folder)


def _remove_empty_folders(folder: Path) -> None:
    for below in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(below.iterdir()):
            below.rmdir()
    if not any(folder.iterdir()):
        folder.rmdir()
