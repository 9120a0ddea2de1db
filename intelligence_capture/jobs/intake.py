"""Turning the files that people have into interviews."""

from collections.abc import Mapping
from pathlib import Path

from intelligence_capture.intake.inbox import FileReport, ImportReport, import_inbox
from intelligence_capture.intake.report import as_markdown
from intelligence_capture.respondents import Person, Respondents, Shown, project_respondents
from intelligence_capture.settings import Settings
from intelligence_capture.state import write_whole

REPORT = "import.md"


def run_import(settings: Settings) -> ImportReport:
    """Import the inbox into the folder of interviews; results/import.md says what was understood."""
    report = import_inbox(Path(settings.inbox), Path(settings.interviews))
    write_whole(Path(settings.results) / REPORT, as_markdown(as_shared(report, settings.respondents)))
    return report


def as_shared(report: ImportReport, shown: Shown) -> ImportReport:
    """The report as others may read it: where names are not shown, interviews have codes and files numbers.

    The terminal names the files that were refused, to the person who has them.
    """
    if shown == "name":
        return report
    people = [
        Person(interview=one.name, respondent=one.respondent)
        for file in report.files
        for one in file.interviews
    ]
    respondents = project_respondents("code", people)
    files = sorted({*(file.file for file in report.files), *report.left_alone})
    numbers = {name: f"{number}{Path(name).suffix.lower()}" for number, name in enumerate(files, start=1)}
    return report.model_copy(
        update={
            "files": tuple(_file(file, respondents, numbers) for file in report.files),
            "left_alone": tuple(numbers[name] for name in report.left_alone),
            "removed": tuple(map(respondents.interview, report.removed)),
            "kept": tuple(map(respondents.interview, report.kept)),
        }
    )


def _file(file: FileReport, respondents: Respondents, numbers: Mapping[str, str]) -> FileReport:
    def plain(text: str) -> str:
        for name in sorted(numbers, key=len, reverse=True):
            text = text.replace(name, numbers[name])
        return respondents.text(text)

    interviews = tuple(
        one.model_copy(
            update={
                "name": respondents.interview(one.name),
                "respondent": respondents.name(one.name),
                "place": plain(one.place),
            }
        )
        for one in file.interviews
    )
    return file.model_copy(
        update={
            "file": numbers[file.file],
            "interviews": interviews,
            "notes": tuple(map(plain, file.notes)),
            "refusal": plain(file.refusal),
        }
    )
