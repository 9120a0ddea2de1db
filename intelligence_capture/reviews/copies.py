"""Copies of workbooks that people wrote into: a run would write over them."""

import hashlib
import shlex
from pathlib import Path

from intelligence_capture.settings import Settings
from intelligence_capture.state import write_whole
from intelligence_capture.written import is_changed_by_hand

WORKBOOK = "reports/report.xlsx"
COPIES = "workbooks"


def keep_edited_workbook(settings: Settings) -> str:
    """Put a copy of a workbook that people wrote into beside their decisions: a run writes it anew.

    Returns what to tell them, '' where the workbook is as a run wrote it.
    """
    results = Path(settings.results)
    workbook = results / WORKBOOK
    if not is_changed_by_hand(results, workbook):
        return ""
    content = workbook.read_bytes()
    copy = Path(settings.reviews) / COPIES / f"report-{hashlib.sha256(content).hexdigest()[:12]}.xlsx"
    if not copy.exists():
        write_whole(copy, content)
    return (
        f"{workbook} was changed since a run wrote it; a copy is kept in {copy}. Its decisions are read with\n"
        f"    snakemake read_reviews --config workbook={shlex.quote(str(copy))}"
    )
