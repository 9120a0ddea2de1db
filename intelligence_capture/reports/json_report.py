"""report.json: every figure and every entity with its quotes, for other programs."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from intelligence_capture.reports.records import ReportData
from intelligence_capture.reports.rows import Graph
from intelligence_capture.reports.wording import first_lines
from intelligence_capture.state import write_whole

GRAPH_FIELDS = set(Graph.model_fields) - {"unlisted"}
"""Of the graph; how many contradictions are not listed is among the first lines."""


def write_json(data: ReportData, path: Path) -> None:
    """Write report.json: the same data give the same bytes."""
    write_whole(path, (part.encode("utf-8", "replace") for part in json_parts(data)))


def json_parts(data: ReportData) -> Iterator[str]:
    """The text of report.json: what must be read first, then everything but whole answers.

    It comes entry by entry: 10,000 interviews as one tree of Python objects, or one text, take more than a gigabyte.
    """
    # The catalogue is the user's own, and whole answers stay in the database: quotes carry their offsets.
    names = sorted({"first", *ReportData.model_fields} - {"catalogue"})
    first = first_lines(data, data.language)
    yield from _members({name: first if name == "first" else getattr(data, name) for name in names}, "\n")
    yield "\n"


def _members(values: Mapping[str, object], margin: str) -> Iterator[str]:
    for place, (name, value) in enumerate(values.items()):
        yield f"{',' if place else '{'}{margin} {json.dumps(name)}: "
        yield from _value(value, margin + " ", {"answers"} if name == "interviews" else None)
    yield margin + "}"


def _value(value: object, margin: str, without: set[str] | None) -> Iterator[str]:
    if isinstance(value, Graph):
        yield from _members({name: getattr(value, name) for name in sorted(GRAPH_FIELDS)}, margin)
    elif isinstance(value, list | tuple) and value:
        for place, one in enumerate(value):
            yield f"{',' if place else '['}{margin} " + _plain(one, without).replace("\n", margin + " ")
        yield margin + "]"
    else:
        yield _plain(value).replace("\n", margin)


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
