"""report.json: every figure and every entity with its quotes, for other programs."""

import json
from pathlib import Path
from typing import Any

from intelligence_capture.reports.records import ReportData
from intelligence_capture.reports.wording import first_lines
from intelligence_capture.state import write_whole


def write_json(data: ReportData, path: Path) -> None:
    """Write report.json: the same data give the same bytes."""
    write_whole(path, _text(json_report(data)).encode("utf-8", "replace"))


def json_report(data: ReportData) -> dict[str, Any]:
    """The content of report.json: what must be read first, then everything but whole answers."""
    # The catalogue is the user's own, and whole answers stay in the database: quotes carry their offsets.
    content = data.model_dump(
        mode="json", exclude={"catalogue": True, "interviews": {"__all__": {"answers"}}}
    )
    return content | {"first": list(first_lines(data, data.language))}


def json_report_schema() -> str:
    """The text of docs/report.schema.json."""
    schema = ReportData.model_json_schema(mode="serialization")
    schema["title"] = "report.json"
    schema["properties"]["first"] = {
        "description": "What must be read before any figure",
        "items": {"type": "string"},
        "type": "array",
    }
    del schema["properties"]["catalogue"]
    del schema["$defs"]["Talk"]["properties"]["answers"]
    schema["required"] = sorted(schema["properties"])
    for unused in ("EntityType", "FieldSpec", "Cues", "Texts", "Answer"):
        del schema["$defs"][unused]
    return _text({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
