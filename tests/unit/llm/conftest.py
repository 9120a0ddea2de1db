"""An extractor on a real server on loopback, in a folder of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from intelligence_capture.catalogue import Catalogue, load_catalogue
from intelligence_capture.llm.extractor import OpenAIExtractor
from intelligence_capture.llm.factory import openai_extractor, policy_of
from intelligence_capture.llm.gate import Gate
from intelligence_capture.llm.ledger import read_ledger
from intelligence_capture.llm.run import begin_run
from intelligence_capture.records import Answer, Interview
from intelligence_capture.settings import OpenAISettings
from tests.loopback import Fault, LoopbackServer

KEY = "canary-key-3f1b9a77c2"
ROOT = Path(__file__).parents[3]


class Patience(Exception):
    """Somebody had to wait."""


def has_to_wait(gate: Gate) -> bool:
    """Whether a call would have to wait at this gate, told without a clock."""
    looks = iter((False, True))

    def check() -> None:
        if next(looks):
            raise Patience

    try:
        gate.pass_through(0, check)
    except Patience:
        return True
    return False


class Bench:
    """A server, a folder and extractors between them."""

    def __init__(self, folder: Path, catalogue: Catalogue, server: LoopbackServer) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self.server = server
        self.responses = folder / "responses"
        self.state = folder / "results" / ".state"
        self.prompt = (ROOT / "prompts" / "extract.md").read_text("utf-8")

    def settings(self, **settings: object) -> OpenAISettings:
        usual = {"base_url": self.server.url, "requests_per_minute": 6000, "timeout_seconds": 5}
        return OpenAISettings.model_validate(usual | settings)

    def extractor(
        self, *, new_run: bool = True, policy: dict | None = None, **settings: object
    ) -> OpenAIExtractor:
        """An extractor as a job of a run has it; backoffs are short, so that tests are."""
        if new_run:
            begin_run(self.state)
        given = self.settings(**settings)
        quick = {"base_seconds": 0.02, "longest_seconds": 0.1} | (policy or {})
        return openai_extractor(
            settings=given,
            catalogue=self.catalogue,
            prompt=self.prompt,
            responses=self.responses,
            state=self.state,
            policy=policy_of(given).model_copy(update=quick),
            limits=self.folder / "limits",
        )

    def ledger(self, event: str | None = None) -> list[dict]:
        events = read_ledger(self.responses / "ledger")
        return [item for item in events if event in (None, item["event"])]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "ontology")


@pytest.fixture
def make_bench(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Bench]]:
    """Makes a bench whose server has these faults and settings."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    with ExitStack() as stack:

        def make(*faults: Fault | str, **server: object) -> Bench:
            scripted = [Fault(fault) if isinstance(fault, str) else fault for fault in faults]
            played = stack.enter_context(LoopbackServer(faults=scripted, **server))
            return Bench(tmp_path, catalogue, played)

        yield make


@pytest.fixture
def interview() -> Interview:
    """An invented interview of three answers, the last one empty."""
    return Interview(
        id="ana-prueba",
        source="ana.json",
        sha256="0" * 64,
        answers=(
            Answer(
                question="¿Cuál es tu rol?",
                answer="Soy jefa de almacén y respondo por el inventario. Superviso a cuatro auxiliares.",
            ),
            Answer(
                question="¿Qué te cuesta más?",
                answer="El conteo se hace a mano en hojas sueltas.\n"
                "Cada lunes pasamos las hojas al Excel de saldos. "
                "El sistema Kardex se cae los fines de mes y paramos los despachos.",
            ),
            Answer(question="¿Algo más?", answer=""),
        ),
    )


def long_interview(characters: int) -> Interview:
    """An interview with one long answer of distinct sentences."""
    sentences, length = [], 0
    while length < characters:
        sentences.append(
            f"En el turno {len(sentences)} revisamos la cámara {len(sentences) * 7} del depósito norte."
        )
        length += len(sentences[-1]) + 1
    return Interview(
        id="larga",
        source="larga.json",
        sha256="1" * 64,
        answers=(Answer(question="¿Qué haces?", answer=" ".join(sentences)),),
    )
