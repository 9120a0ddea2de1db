"""report.json: every figure and every entity with its quotes, for other programs."""

import json
from pathlib import Path
from typing import Any

from intelligence_capture.reports.files import write_whole
from intelligence_capture.reports.records import ReportData
from intelligence_capture.reports.wording import first_lines


def write_json(data: ReportData, path: Path) -> None:
    """Write report.json: the same data give the same bytes."""
    content = json.dumps(json_report(data), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    write_whole(path, content.encode("utf-8", "replace"))


def json_report(data: ReportData) -> dict[str, Any]:
    """The content of report.json."""
    # The catalogue is the user's own, and whole answers stay in the database: quotes carry their offsets.
    content = data.model_dump(
        mode="json", exclude={"catalogue": True, "interviews": {"__all__": {"answers"}}}
    )
    return content | {"first": list(first_lines(data, data.language))}
