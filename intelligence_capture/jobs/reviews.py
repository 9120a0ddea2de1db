"""Decisions of people: read back from the workbook into `reviews/`, and taken as gold."""

import json
from collections import Counter
from pathlib import Path

from intelligence_capture.catalogue import Catalogue, load_catalogue
from intelligence_capture.errors import ReviewError
from intelligence_capture.respondents import KEY_FILE, project_codes
from intelligence_capture.reviews.copies import WORKBOOK
from intelligence_capture.reviews.decisions import (
    FILE_NAME,
    Decision,
    Said,
    as_csv,
    load_decisions,
    new_decisions,
    said_json,
)
from intelligence_capture.reviews.gold import gold_labels
from intelligence_capture.reviews.workbook import read_workbook
from intelligence_capture.settings import Settings
from intelligence_capture.state import write_whole
from intelligence_capture.storage.report_data import all_items, machine_said, reviewed_interviews

GOLD = "reviewed_gold"


def run_read_reviews(settings: Settings, *, date: str) -> str:
    """Add the workbook's decisions to reviews/entities.csv and return what was read.

    Rows that are there already stay as they are. ReviewError lists the rows that were not understood, after
    the others were written.
    """
    catalogue = load_catalogue(Path(settings.ontology))
    path = Path(settings.reviews) / FILE_NAME
    known = load_decisions(path, catalogue)
    workbook = Path(settings.workbook) if settings.workbook else Path(settings.results) / WORKBOOK
    read = read_workbook(workbook, catalogue, reviewer=settings.reviewer or "", date=date)
    new = new_decisions(known, _on_what_was_said(read.decisions, settings, catalogue))
    said = machine_said(Path(settings.results) / "intelligence.db", catalogue, {d.entity_id for d in new})
    add_decisions(path, _with_machine(new, known, said))
    kinds = Counter(decision.decision for decision in new)
    counted = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "nothing new"
    lines = [f"{workbook}: {len(read.decisions)} decisions, of them new: {counted}."]
    if new:
        lines.append(f"Added to {path}; the next run applies them.")
    if read.problems:
        raise ReviewError("\n  ".join(["\n".join(lines), "Not understood, and left out:", *read.problems]))
    return "\n".join(lines)


def add_decisions(path: Path, new: tuple[Decision, ...]) -> None:
    """Write these behind what the file holds; what is there already stays byte for byte."""
    if not new:
        return
    held = path.read_bytes() if path.is_file() else b"\xef\xbb\xbf"  # Excel needs the mark to read UTF-8
    if held and not held.endswith(b"\n") and path.is_file():
        held += b"\r\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, held + as_csv(new, heading=not path.is_file()).encode())


def _with_machine(
    new: tuple[Decision, ...], known: tuple[Decision, ...], said: dict[str, Said]
) -> tuple[Decision, ...]:
    """The decisions with what the machine had said: of entities decided on before, what stood there then."""
    before = {d.entity_id: d.machine for d in reversed(known) if d.entity_id and d.machine}
    return tuple(
        decision.model_copy(
            update={
                "machine": before.get(decision.entity_id)
                or said_json(said.get(decision.entity_id, Said(label=decision.label)))
            }
        )
        for decision in new
    )


def _on_what_was_said(
    decisions: tuple[Decision, ...], settings: Settings, catalogue: Catalogue
) -> tuple[Decision, ...]:
    """The decisions with ids and words of the database, where the workbook has what stands for people instead."""
    database = Path(settings.results) / "intelligence.db"
    if not decisions or not KEY_FILE.is_file() or not database.is_file():
        return decisions
    codes = project_codes()
    items = {codes.entity(item.id): item for item in all_items(database, catalogue)}
    return tuple(
        decision.model_copy(
            update={
                "entity_id": item.id,
                "interview": item.interview_id,
                "label": item.label,
                "quote": item.evidence[0].quote if item.evidence else "",
            }
        )
        if (item := items.get(decision.entity_id))
        else decision
        for decision in decisions
    )


def run_reviewed_gold(settings: Settings) -> str:
    """Write the labels of each interview in which people decided on every entity; returns what was written."""
    catalogue = load_catalogue(Path(settings.ontology))
    folder = Path(settings.results) / GOLD
    done = reviewed_interviews(Path(settings.results) / "intelligence.db", catalogue)
    for old in (folder / "labels").glob("*.json"):
        old.unlink()
    for interview, entities, answers in done:
        labels = gold_labels(interview, entities, answers)
        text = json.dumps(labels, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_whole(folder / "labels" / f"{interview}.json", text)
    if not done:
        return "In no interview did people decide on every entity yet: there is nothing to take as gold."
    return (
        f"{folder}: labels of {len(done)} reviewed interviews. Measure against them with\n"
        f"  snakemake evaluate --config 'evaluation={{gold: [{folder}], second: null}}'"
    )
