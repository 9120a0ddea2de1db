"""Turning the files that people have into interviews."""

from pathlib import Path

from intelligence_capture.intake.inbox import ImportReport, import_inbox
from intelligence_capture.intake.report import as_markdown
from intelligence_capture.settings import Settings
from intelligence_capture.state import write_whole

REPORT = "import.md"


def run_import(settings: Settings) -> ImportReport:
    """Import the inbox into the folder of interviews; results/import.md says what was understood."""
    report = import_inbox(Path(settings.inbox), Path(settings.interviews))
    write_whole(Path(settings.results) / REPORT, as_markdown(report))
    return report
