"""Workers against one after the other: the real workflow on a loopback server with a fixed latency a call.

    python -m benchmarks.workers                    5 interviews with 2 workers, 10 with 4, and 8 with 1 against 4
    python -m benchmarks.workers --latency 1

Seconds are counted from the moment all jobs are known to the end of the last extraction; `whole run` is
beside it.
`ideal` is calls x latency / workers. The figures hold for the machine; the ratios are what to compare.
"""

import argparse
import os
import platform
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.loopback import LoopbackServer
from tests.workflow.conftest import Project


@dataclass
class Figures:
    """What one run took."""

    interviews: int
    workers: int
    ok: int
    errors: int
    calls: int
    peak: int
    seconds: float
    whole: float

    def ideal(self, latency: float) -> float:
        return self.calls * latency / self.workers


def measured(interviews: int, workers: int, latency: float) -> Figures:
    """One run from nothing, with so many interviews and workers."""
    with tempfile.TemporaryDirectory() as folder, LoopbackServer(latency=latency) as server:
        project = Project(Path(folder) / "project")
        project.configure(extractor="openai", openai="{requests_per_minute: 100000, max_cost_usd: null}")
        for path in (project.folder / "data" / "interviews").iterdir():
            path.unlink()
        for number in range(interviews):
            project.write(
                f"p{number}", f"Uso Opera en el turno {number}. El sistema {number} se cae los lunes."
            )
        environment = {
            "OPENAI_API_KEY": "sk-loopback",
            "OPENAI_BASE_URL": server.url,
            "XDG_STATE_HOME": folder,
        }
        begun = time.monotonic()
        process = project.start("-j", str(workers), "--resources", f"api_calls={workers}", **environment)
        first = last = 0.0
        assert process.stdout is not None
        for line in process.stdout:
            if " jobs: " in line:
                first = time.monotonic()
            if re.match(r" *\d+/\d+ ", line):
                last = time.monotonic()
        process.wait()
        whole = time.monotonic() - begun
        texts = [
            path.read_text("utf-8") for path in (project.folder / "results" / "extracted").glob("*.json")
        ]
        ok = sum('"status": "ok"' in text for text in texts)
        return Figures(
            interviews, workers, ok, interviews - ok, len(server.accepted), server.peak, last - first, whole
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--latency", type=float, default=5.0, help="seconds a call")
    latency = parser.parse_args().latency
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, latency {latency} s a call\n")
    print("| interviews | workers | ok | errors | calls | peak | seconds | over ideal | whole run |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    runs = [measured(*one, latency) for one in ((5, 2), (10, 4), (8, 1), (8, 4))]
    for run in runs:
        over = run.seconds / run.ideal(latency)
        print(
            f"| {run.interviews} | {run.workers} | {run.ok} | {run.errors} | {run.calls} | {run.peak} "
            f"| {run.seconds:.1f} | {over:.2f} | {run.whole:.1f} |"
        )
    print(f"\n8 interviews: -j 4 is {runs[2].seconds / runs[3].seconds:.2f} times as fast as -j 1")


if __name__ == "__main__":
    main()
