"""Restoring a backup, and removing what runs made."""

import os
from collections.abc import Mapping
from pathlib import Path

from intelligence_capture.jobs.kept import KEPT
from intelligence_capture.settings import Settings
from intelligence_capture.state import FOLDER, holds
from intelligence_capture.storage import backup
from intelligence_capture.written import NOTES, note_written


def run_restore(settings: Settings, *, made_of: Mapping[str, Mapping[str, str]]) -> str:
    """Bring a backup back after saving the present state; returns what was done and what a run would do.

    `made_of` has what the extraction of each interview would say of itself: `sha256` and `fingerprint`.
    """
    results, reviews, backups = Path(settings.results), Path(settings.reviews), Path(settings.backups)
    folder = backup.find_backup(backups, settings.backup)
    manifest = backup.read_manifest(folder)
    present = backup.save(
        results, reviews, backups, reason=backup.BEFORE_RESTORE, timestamp=backup.timestamp_now()
    )
    backup.put_back(folder, manifest, results=results, reviews=reviews)
    note_written(results, _restored(results, manifest))
    extracted = results / "extracted"
    outdated = [
        interview
        for interview, wanted in sorted(made_of.items())
        if not holds(extracted / f"{interview}.json", status="ok", **wanted)
    ]
    lines = [f"Restored {folder} ({manifest.reason}, {len(manifest.files)} files)."]
    if present:
        lines.append(f"What was there before is in {present}.")
    marker = results / backup.EXTRACTIONS[1]
    gone = sorted(path.stem for path in extracted.glob("*.json") if path.stem not in made_of)
    if gone:
        lines.append(
            f"It brought back what was found in interviews that are not there: {', '.join(gone)}. If they were "
            f"forgotten, do so again: snakemake forget --config forget={gone[0]} confirm=true"
        )
    if outdated or gone or not marker.exists():
        marker.unlink(missing_ok=True)
        lines.append(
            f"The next run would extract {len(outdated)} interviews again"
            + (f" ({', '.join(outdated[:3])}{', …' if len(outdated) > 3 else ''})" if outdated else "")
            + ", and rebuild the database and the reports; paid answers are not paid again."
        )
    else:
        lines.append("The next run would rebuild nothing, unless settings or code have changed since.")
    return "\n".join(lines)


def _restored(results: Path, manifest: backup.Manifest) -> list[Path]:
    """The results that came back, each as the job that writes it names it: some are folders."""
    names = [Path(file.path) for file in manifest.files if file.root == "results"]
    outputs = {next((Path(f) for f in backup.FOLDERS if name.is_relative_to(f)), name) for name in names}
    return sorted(results / name for name in outputs if not name.is_relative_to(FOLDER))


def clean_results(results: Path) -> int:
    """Remove what runs have produced in `results`, and nothing else; returns how many files that were."""
    names = (
        *backup.DATABASES,
        *backup.REPORTS,
        *backup.EXTRACTIONS,
        "evaluation",
        "reviewed_gold",
        "spending.json",
        "import.md",
        f"{FOLDER}/gate",
        f"{FOLDER}/extract_again",
        f"{FOLDER}/merge_again",
        f"{FOLDER}/graph_again",
        NOTES,
        f"{FOLDER}/embeddings",
        KEPT,
    )
    count = 0
    for name in names:
        path = results / name
        files = sorted(path.rglob("*"), reverse=True) if path.is_dir() and not path.is_symlink() else []
        for file in (*files, path):
            if file.is_dir() and not file.is_symlink():
                file.rmdir()
            elif os.path.lexists(file):
                file.unlink()
                count += 1
    return count
