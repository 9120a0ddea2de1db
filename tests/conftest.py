"""What every test shares: no network beyond loopback, the catalogue, small interviews and extractors."""

import json
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from intelligence_capture.catalogue import Catalogue, load_catalogue
from intelligence_capture.grounding import ground
from intelligence_capture.records import Answer, Candidate, Extracted, Interview

ROOT = Path(__file__).parent.parent
LOOPBACK = ("127.0.0.1", "::1", "localhost")

# A busy machine is slow; how long an example takes is no property of the code.
hypothesis_settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("patient")


@pytest.fixture(autouse=True)
def no_network(monkeypatch, request):
    """Refuse every connection that leaves this machine, but in tests marked `live`."""
    if "live" in request.keywords:
        return
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise RuntimeError(f"a test tried to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "ontology")


def interview(*answers: str, name: str = "ana", **meta: str) -> Interview:
    """An interview with these answers."""
    pairs = tuple(Answer(question=f"¿Pregunta {n}?", answer=text) for n, text in enumerate(answers))
    return Interview(id=name, source=f"{name}.json", sha256="0" * 64, meta=meta, answers=pairs)


class QuoteExtractor:
    """An extractor that finds the given quotes: {type: [quotes]}."""

    name = "quotes"

    def __init__(self, wanted: dict[str, list[str]], confidence: float = 0.9) -> None:
        self.wanted = wanted
        self.confidence = confidence

    def __call__(self, given: Interview) -> Extracted:
        return Extracted(
            candidates=tuple(
                Candidate(
                    type=table,
                    label=quote,
                    confidence=self.confidence,
                    evidence=(ground(quote, given.answers),),
                )
                for table, quotes in self.wanted.items()
                for quote in quotes
            )
        )


def write_interview(path: Path, answers: dict[str, object] | list[list[object]], **meta: object) -> Path:
    """Write an interview file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"meta": meta, "qa_pairs": answers}, ensure_ascii=False), "utf-8")
    return path
