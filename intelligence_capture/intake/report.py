"""What an import says of itself: import.md for reading at leisure, a summary for the terminal."""

from collections import Counter

from intelligence_capture.errors import IntakeError
from intelligence_capture.intake.inbox import FileReport, ImportReport
from intelligence_capture.texts import inert_markdown, one_line


def as_markdown(report: ImportReport) -> str:
    """import.md: what was refused first, then of every file what was understood and how."""
    lines = ["# Import", "", summary(report).splitlines()[0], ""]
    for file in sorted(report.files, key=lambda file: (not file.refusal, file.file)):
        lines += [f"## {inert_markdown(file.file)}", "", *_of_file(file), ""]
    for title, names in (
        ("Left alone (recordings and pictures)", report.left_alone),
        ("Removed, since no file holds them any more", report.removed),
        ("No file holds them any more, kept since they were edited by hand", report.kept),
    ):
        if names:
            lines += [f"## {title}", "", *(f"- {inert_markdown(name)}" for name in names), ""]
    return "\n".join(lines).rstrip() + "\n"


def summary(report: ImportReport) -> str:
    """How many interviews came out of how many files, and every refusal with its reason."""
    changes = Counter(one.change for file in report.files for one in file.interviews)
    changes["removed"] = len(report.removed)
    refused = [file for file in report.files if file.refusal]
    counted = ", ".join(f"{count} {change}" for change, count in sorted(changes.items()) if count)
    read = len(report.files) - len(refused)
    lines = [f"{read} of {len(report.files)} files of {report.inbox} imported: {counted or 'no interview'}."]
    return "\n".join([*lines, *(f"  refused   {one_line(f'{f.file}: {f.refusal}')}" for f in refused)])


def check(report: ImportReport) -> None:
    """IntakeError where a file was refused."""
    refused = sum(bool(file.refusal) for file in report.files)
    if refused:
        raise IntakeError(
            f"{refused} of {len(report.files)} files were refused, the others are imported; "
            "correct them, or say what they lack in import.yaml: docs/import.md"
        )


def _of_file(file: FileReport) -> list[str]:
    if file.refusal:
        return [f"Refused: {inert_markdown(file.refusal)}"]
    lines = [f"Read as {inert_markdown(file.format)}.", ""]
    lines += [f"- {inert_markdown(note)}" for note in file.notes]
    lines += ["", "| interview | from | respondent | questions | file |", "| --- | --- | --- | --- | --- |"]
    return lines + [
        f"| {one.name} | {inert_markdown(one.place)} | {inert_markdown(one.respondent)} "
        f"| {one.questions} | {one.change} |"
        for one in file.interviews
    ]
