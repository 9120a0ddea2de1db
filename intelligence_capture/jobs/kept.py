"""Copies of finished extractions, for interviews that share a job with one that changed."""

from contextlib import suppress
from pathlib import Path

from intelligence_capture.interviews import Source
from intelligence_capture.jobs.versions import Fingerprints
from intelligence_capture.records import Extraction
from intelligence_capture.state import FOLDER

KEPT = f"{FOLDER}/kept"


class KeptExtractions:
    """The folder of copies; each is good for one content of one interview and one fingerprint."""

    def __init__(self, results: Path, fingerprints: Fingerprints) -> None:
        self._folder = results / KEPT
        self._fingerprints = fingerprints

    def content(self, source: Source) -> str | None:
        """The text of the extraction that would be made of this interview again; None where there is none."""
        try:
            content = self._path(source.id).read_text("utf-8")
            kept = Extraction.model_validate_json(content)
        except (OSError, ValueError):
            return None
        same = kept.interview == source.interview and kept.fingerprint == self._fingerprints.of(source)
        return content if same and kept.status == "ok" else None

    def keep(self, extraction: Extraction, content: str) -> None:
        """Keep a copy of what succeeded; one that is cut, or finds no room, is no copy and costs time later."""
        if extraction.status == "ok":
            with suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                self._path(extraction.id).write_text(content, "utf-8")

    def _path(self, interview: str) -> Path:
        return self._folder / f"{interview}.json"
