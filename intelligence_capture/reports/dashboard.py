"""dashboard.html: one file that opens from disk, with its data, and without a network."""

import base64
import hashlib
import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from intelligence_capture.reports.payload import payload
from intelligence_capture.reports.records import ReportData
from intelligence_capture.reports.wording import first_lines, wording
from intelligence_capture.state import write_whole

_TEMPLATES = Path(__file__).with_name("templates")
_SCRIPTS = (
    "base.js",
    "model.js",
    "parts.js",
    "table.js",
    "proof.js",
    "charts.js",
    "views.js",
    "rows.js",
    "graph.js",
    "app.js",
)
_HARMLESS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""What could end the data's script element or a line in it, as JSON escapes."""


def write_dashboard(data: ReportData, path: Path) -> None:
    """Write dashboard.html: the same data give the same bytes."""
    write_whole(path, dashboard(data).encode("utf-8", "replace"))


def dashboard(data: ReportData) -> str:
    """The page. A policy in it forbids every request, and every script and style but its own."""
    style = _asset("style.css")
    script = "'use strict';\n(() => {\n" + "\n".join(map(_asset, _SCRIPTS)) + "\n})();\n"
    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True)
    return environment.get_template("dashboard.html.j2").render(
        language=data.language,
        say=wording(data.language),
        lines=first_lines(data, data.language),
        policy=(
            f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
            "base-uri 'none'; form-action 'none'"
        ),
        # Our own files and escaped JSON: the only text that is not escaped by the template.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        data=Markup(embedded_json(payload(data))),  # noqa: S704
    )


def embedded_json(content: object) -> str:
    """JSON that is safe inside a script element."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character, escape in _HARMLESS.items():
        text = text.replace(character, escape)
    return text


def _asset(name: str) -> str:
    return (_TEMPLATES / "dashboard" / name).read_text("utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
