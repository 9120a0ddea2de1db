"""44 interviews on a server with a fixed latency: the product beside a bare client and its peers.

    python -m benchmarks.speed [--latency 1 5] [--in-flight 4 16] [--repeats 3] [--tool NAME ...] [--faults]

All get the same texts and the same 17 types. `seconds` goes from the start of the first extraction to the end
of the last one; for a peer, from after its imports. `over ideal` divides it by calls x latency / in flight.
`whole` and `CPU s` are those of the command: for the product Snakemake and all of its jobs. Tokens are counted by
o200k. With `--faults` the server limits, cuts or fails instead. Peers are installed into an environment of
their own (`benchmarks/peers/requirements.txt`).
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import venv
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.server import AnyToolServer
from benchmarks.timed import Took, heading, row, timed
from benchmarks.tokens import Tokenizer
from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.interviews import find_interviews
from intelligence_capture.llm.factory import openai_extractor
from intelligence_capture.llm.plan import plan_calls
from intelligence_capture.llm.prompt import Prompt, interview_text
from intelligence_capture.llm.request import Dialect
from intelligence_capture.settings import OpenAISettings
from tests.loopback import Fault, Limits
from tests.workflow.conftest import Project

ROOT = Path(__file__).parents[1]
OURS = {
    "ours, a job each": {"interviews_per_job": 1, "parallel_calls": 1},
    "ours, sharing a job": {"interviews_per_job": 44, "parallel_calls": None},
}
PEERS = ("bare AsyncOpenAI", "instructor", "docetl", "langextract", "langextract, its chunks")
FAULTS: dict[str, dict[str, Any]] = {
    "8 a second allowed, else 429": {"limits": [Limits(8, 1.0)]},
    "10 % of answers cut": {"faults": [Fault("cut", share=0.1)]},
    "30 % HTTP 500": {"faults": [Fault("500", share=0.3)]},
}
COLUMNS = ("tool", "ok", "calls", "seconds", "over ideal", "whole", "CPU s", "tokens a document")


class Figures(NamedTuple):
    """What one run of one tool took."""

    ok: int
    calls: int
    seconds: float
    ideal: float
    took: Took
    sent: list[str]


def tasks(interviews: Path) -> dict[str, Any]:
    """What all tools are given: texts, types, and the product's own requests for those that take them."""
    catalogue = load_catalogue(ROOT / "ontology")
    text = (ROOT / "prompts" / "extract.md").read_text("utf-8")
    folder = Path(tempfile.mkdtemp())
    extractor = openai_extractor(
        settings=OpenAISettings(), catalogue=catalogue, prompt=text, responses=folder, state=folder
    )
    documents, calls = {}, []
    for source in find_interviews(interviews):
        assert source.interview
        for dialogue in extractor.dialogues(source.interview):
            documents[source.id] = interview_text(dialogue.shown.interview, dialogue.part)
            body = Dialect().body(extractor.request(dialogue))
            calls.append({"document": source.id, "schema": dialogue.call.name, "body": body})
    shutil.rmtree(folder)
    fields = {
        one.table: ["label", "description", "quote", *(n for n, f in one.fields.items() if not f.derived)]
        for one in catalogue.types
    }
    return {
        "documents": documents,
        "calls": calls,
        "schemas": {call.name: call.answer_schema() for call in plan_calls(catalogue)},
        "instructions": Prompt(text).instructions(plan_calls(catalogue, "single")[0]),
        "fields": fields,
        "examples": [
            {"table": one.table, "quote": one.examples.es[0], "fields": fields[one.table]}
            for one in catalogue.types
        ],
    }


def peers_python() -> Path:
    """The interpreter of the peers' environment, installed on first use."""
    folder = ROOT / ".peers"
    if not (folder / "installed").exists():
        venv.create(folder, with_pip=True)
        requirements = ROOT / "benchmarks" / "peers" / "requirements.txt"
        install = [str(folder / "bin" / "pip"), "install", "--quiet", "--requirement", str(requirements)]
        subprocess.run(install, check=True)
        (folder / "installed").touch()
    return folder / "bin" / "python"


def run_ours(given: dict[str, Any], server: AnyToolServer, in_flight: int, how: Mapping[str, Any]) -> Figures:
    """The extractions of the real workflow, without what follows them."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder) / "project")
        together = how["parallel_calls"] or in_flight
        settings = f"parallel_calls: {together}, requests_per_minute: 1000000, max_cost_usd: null"
        project.configure(
            extractor="openai",
            openai=f"{{{settings}}}",
            interviews_per_job=str(how["interviews_per_job"]),
            interviews=str(given["interviews"]),
        )
        targets = [f"results/extracted/{name}.json" for name in given["documents"]]
        limits = ["-j", str(in_flight), "--resources", f"api_calls={in_flight}"]
        environment = project.environment(**_server(server), XDG_STATE_HOME=folder)
        took = timed(project.command(*limits, "--", *targets), folder=project.folder, environment=environment)
        made = [project.folder / target for target in targets]
        ok = sum(file.exists() and '"status": "ok"' in file.read_text("utf-8") for file in made)
        return _figures(ok, _extraction_seconds(project.folder), took, server, in_flight)


def _extraction_seconds(project: Path) -> float:
    """From the start of the first extraction to the end of the last one, as Snakemake keeps it."""
    records = [json.loads(file.read_bytes()) for file in (project / ".snakemake" / "metadata").iterdir()]
    return max((r["endtime"] for r in records), default=0.0) - min(
        (r["starttime"] for r in records), default=0.0
    )


def run_peer(given: dict[str, Any], server: AnyToolServer, in_flight: int, tool: str) -> Figures:
    """One peer on all documents."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tasks.json"
        file.write_text(json.dumps(given, default=str), "utf-8")
        script = ROOT / "benchmarks" / "peers" / "run.py"
        command = [str(peers_python()), str(script), tool, str(file), str(in_flight)]
        environment = {**os.environ, **_server(server), "HOME": folder, "OPENAI_API_BASE": server.url}
        took = timed(command, folder=Path(folder), environment=environment)
        try:
            said = json.loads(took.output.splitlines()[-1])
        except (ValueError, IndexError):
            said = {"ok": 0, "work": took.seconds}
            print("\n".join(f"    {line}" for line in took.output.splitlines()[-3:]))
        return _figures(said["ok"], said["work"], took, server, in_flight)


def _server(server: AnyToolServer) -> dict[str, str]:
    return {"OPENAI_API_KEY": "sk-loopback", "OPENAI_BASE_URL": server.url}


def _figures(ok: int, seconds: float, took: Took, server: AnyToolServer, in_flight: int) -> Figures:
    calls = len(server.calls)
    ideal = len(server.accepted) * server.latency / in_flight
    return Figures(ok, calls, seconds, ideal, took, server.sent)


def measured(given: dict[str, Any], tool: str, in_flight: int, **server: Any) -> Figures:  # noqa: ANN401 - AnyToolServer's
    """One run of one tool from nothing."""
    with AnyToolServer(**server) as running:
        if tool in OURS:
            return run_ours(given, running, in_flight, OURS[tool])
        return run_peer(given, running, in_flight, tool)


def show(tool: str, runs: list[Figures], documents: int, tokenizer: Tokenizer) -> None:
    """A row of the table: the medians, and the spread of the ratio where there are several runs."""
    ratios = [one.seconds / one.ideal if one.ideal else 0.0 for one in runs]
    spread = f" ({min(ratios):.2f} to {max(ratios):.2f})" if len(runs) > 1 else ""
    counts = tokenizer.counts(runs[0].sent)
    row(
        (
            tool,
            f"{min(one.ok for one in runs)} of {documents}",
            int(statistics.median(one.calls for one in runs)),
            statistics.median(one.seconds for one in runs),
            f"{statistics.median(ratios):.2f}{spread}",
            statistics.median(one.took.seconds for one in runs),
            statistics.median(one.took.cpu for one in runs),
            sum(counts[text] for text in runs[0].sent) // documents,
        )
    )


def main() -> None:
    """Print one table for each latency and number in flight, or for each fault."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--latency", type=float, nargs="+", default=[1.0, 5.0])
    parser.add_argument("--in-flight", type=int, nargs="+", default=[4, 16])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--tool", action="append", choices=[*OURS, *PEERS])
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--interviews", type=Path, default=ROOT / "data" / "interviews")
    wanted = parser.parse_args()
    given = tasks(wanted.interviews) | {"interviews": wanted.interviews.absolute()}
    tokenizer = Tokenizer(ROOT / ".tokenizer")
    tools = wanted.tool or [*OURS, *PEERS]
    if set(tools) & set(PEERS):
        peers_python()
    settings: list[tuple[str, dict[str, Any]]] = [("", {})]
    if wanted.faults:
        settings = list(FAULTS.items())
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, medians of {wanted.repeats}")
    for latency in wanted.latency:
        for in_flight in wanted.in_flight:
            for fault, server in settings:
                what = f"{latency:g} s a call, {in_flight} in flight{fault and ', ' + fault}"
                print(f"\n{what}; load {os.getloadavg()[0]:.1f}\n")
                heading(COLUMNS)
                for tool in tools:
                    runs = [
                        measured(given, tool, in_flight, latency=latency, **server)
                        for _ in range(wanted.repeats)
                    ]
                    show(tool, runs, len(given["documents"]), tokenizer)


if __name__ == "__main__":
    main()
