"""The store without one interview: its answers and open notes go, what they cost stays."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from intelligence_capture import untrusted_json
from intelligence_capture.errors import ForgetError
from intelligence_capture.llm.batch_folder import Batch, BatchFolder
from intelligence_capture.llm.judge import WHO

FORGOTTEN = "(forgotten)"
"""Whose calls these were, in the ledger; no interview has brackets in its id."""


def refuse_open_batches(responses: Path, interview: str) -> None:
    """ForgetError where a batch that asks about this interview is still under way."""
    asked = (request.about.interview for batch in BatchFolder(responses).open() for request in batch.requests)
    if interview in asked:
        raise ForgetError(
            "a batch with questions about this interview is under way, and its answers would come back: "
            "run the workflow until it is collected, then give this command again"
        )


def answers_about(responses: Path, interview: str) -> list[Path]:
    """The files of the store that hold answers about this interview, or say how asking went.

    A judgement of the graph is about two interviews and words of both: all of those go where there are any.
    """
    keys = {
        str(event.get("key")) for event in _events(responses) if event.get("interview") in (interview, WHO)
    }
    files = sorted(responses.glob("[0-9a-f][0-9a-f]/*"))
    return [path for path in files if path.name.partition(".")[0] in keys or _is_about(path, interview)]


def ledgers_about(responses: Path, interview: str) -> list[Path]:
    """The files of the ledger that name this interview."""
    name = json.dumps(interview).encode()
    return [path for path in sorted((responses / "ledger").glob("*.jsonl")) if name in path.read_bytes()]


def ledger_without(path: Path, interview: str) -> bytes:
    """The file of the ledger with another name in the interview's place; a line that was cut goes if it names it."""
    return b"".join(_lines_without(path.read_bytes(), interview))


def batches_about(responses: Path, interview: str) -> list[tuple[Path, Batch | None]]:
    """The records of batches that asked about this interview, each without its requests, None where none is left."""
    found: list[tuple[Path, Batch | None]] = []
    for batch in BatchFolder(responses).all():
        others = tuple(request for request in batch.requests if request.about.interview != interview)
        if others != batch.requests:
            left = batch.model_copy(update={"requests": others}) if others else None
            found.append((responses / "batches" / f"{batch.name}.json", left))
    return found


def _events(responses: Path) -> Iterator[dict[str, Any]]:
    for path in sorted((responses / "ledger").glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            if event := _object(line):
                yield event


def _is_about(path: Path, interview: str) -> bool:
    """Whether an answer says that it is about this interview, or about two; what cannot be read does not."""
    about = _object(path.read_bytes()).get("about") if path.suffix == ".json" else None
    return isinstance(about, dict) and about.get("interview") in (interview, WHO)


def _object(content: bytes) -> dict[str, Any]:
    try:
        value = untrusted_json.loads(content.rstrip(b"\x00"))  # spare room that a dead process left
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _lines_without(content: bytes, interview: str) -> Iterator[bytes]:
    name = json.dumps(interview).encode()
    for line in content.splitlines(keepends=True):
        if name not in line:
            yield line
        elif event := _object(line):
            yield json.dumps(_replaced(event, interview), ensure_ascii=False).encode() + b"\n"


def _replaced(value: Any, interview: str) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {key: _replaced(one, interview) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, interview) for one in value]
    return FORGOTTEN if value == interview else value
