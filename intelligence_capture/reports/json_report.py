"""report.json: every figure and every entity with its quotes, for other programs."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from intelligence_capture.reports.records import ReportData
from intelligence_capture.reports.wording import first_lines
from intelligence_capture.state import write_whole


def write_json(data: ReportData, path: Path) -> None:
    """Write report.json: the same data give the same bytes."""
    write_whole(path, json_text(data).encode("utf-8", "replace"))


def json_text(data: ReportData) -> str:
    """The text of report.json: what must be read first, then everything but whole answers.

    It is put together entry by entry: 10,000 interviews as one tree of Python objects take more than a gigabyte.
    """
    # The catalogue is the user's own, and whole answers stay in the database: quotes carry their offsets.
    names = sorted({"first", *ReportData.model_fields} - {"catalogue"})
    parts = (f" {json.dumps(name)}: {_part(name, data)}" for name in names)
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _part(name: str, data: ReportData) -> str:
    value = first_lines(data, data.language) if name == "first" else getattr(data, name)
    if not isinstance(value, list | tuple) or not value:
        return _plain(value).replace("\n", "\n ")
    without = {"answers"} if name == "interviews" else None
    entries = ("  " + _plain(one, without).replace("\n", "\n  ") for one in value)
    return "[\n" + ",\n".join(entries) + "\n ]"


def _plain(value: Any, without: set[str] | None = None) -> str:  # noqa: ANN401 - a record or JSON
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", exclude=without)
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True)


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
    return _plain({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}) + "\n"
