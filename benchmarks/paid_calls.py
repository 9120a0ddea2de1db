"""44 interviews on servers that limit, cut or fail: how many are done, with how many calls, in what time.

python -m benchmarks.paid_calls --interviews data/interviews [--workers 16] [SCENARIO ...]
"""

import argparse
import json
import multiprocessing
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.extraction import extract_interview
from intelligence_capture.interviews import find_interviews
from intelligence_capture.llm.factory import openai_extractor
from intelligence_capture.llm.run import begin_run
from intelligence_capture.settings import OpenAISettings
from tests.loopback import Fault, Limits, LoopbackServer

ROOT = Path(__file__).parents[1]

SCENARIOS: dict[str, dict[str, Any]] = {
    "good": {"server": {"latency": 1.0}},
    "50_a_minute": {
        "server": {"latency": 1.0, "limits": [Limits(50, 60.0, "5")]},
        "settings": {"requests_per_minute": 50},
    },
    "8_a_second": {"server": {"latency": 1.0, "limits": [Limits(8, 1.0)]}},
    "10_percent_cut": {"server": {"latency": 0.3, "faults": [Fault("cut", share=0.1)]}},
    "10_percent_length": {"server": {"latency": 0.3, "faults": [Fault("length", share=0.1)]}},
    "30_percent_500": {"server": {"latency": 0.3, "faults": [Fault("500", share=0.3)]}},
}


def work(arguments: tuple[str, str, dict[str, Any], int, str]) -> tuple[str, float, float]:
    """One interview in a worker process."""
    folder, url, settings, number, interviews = arguments
    source = find_interviews(Path(interviews))[number]
    begun = time.time()
    catalogue = load_catalogue(ROOT / "ontology")
    extractor = openai_extractor(
        settings=OpenAISettings.model_validate({"base_url": url, "requests_per_minute": 6000} | settings),
        catalogue=catalogue,
        prompt=(ROOT / "prompts" / "extract.md").read_text("utf-8"),
        responses=Path(folder) / "responses",
        state=Path(folder) / "state",
    )
    record = extract_interview(source, extractor, catalogue)
    return record.status, begun, time.time()


def measure(name: str, interviews: str, workers: int) -> dict[str, Any]:
    """One scenario's figures."""
    scenario = SCENARIOS[name]
    folder = tempfile.mkdtemp()
    os.environ["XDG_STATE_HOME"] = folder
    begin_run(Path(folder) / "state")
    number = len(find_interviews(Path(interviews)))
    with (
        LoopbackServer(**scenario["server"]) as server,
        multiprocessing.get_context("spawn").Pool(workers) as pool,
    ):
        jobs = [(folder, server.url, scenario.get("settings", {}), n, interviews) for n in range(number)]
        done = pool.map(work, jobs, chunksize=1)
        rejected = [call for call in server.calls if not call["billed"]]
        return {
            "scenario": name,
            "workers": workers,
            "interviews": number,
            "ok": sum(status == "ok" for status, _, _ in done),
            "calls_accepted": len(server.accepted),
            "calls_rejected": len(rejected),
            "calls_429": sum(call["fault"] == "429" for call in rejected),
            "peak_in_flight": server.peak,
            "seconds": round(max(end for _, _, end in done) - min(begun for _, begun, _ in done), 1),
        }


def main() -> None:
    """Print one line of JSON a scenario."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interviews", default=str(ROOT / "data" / "interviews"))
    parser.add_argument("--workers", type=int, default=16)
    parser.add_argument("scenarios", nargs="*", default=list(SCENARIOS))
    given = parser.parse_args()
    for name in given.scenarios:
        print(json.dumps(measure(name, given.interviews, given.workers)), flush=True)


if __name__ == "__main__":
    main()
