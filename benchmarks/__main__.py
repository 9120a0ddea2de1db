"""All benchmarks of speed, calls, tokens and growth, into one page.

    python -m benchmarks [--quick] [--output benchmarks/figures.md]

Takes most of a day with 10,000 interviews on two cores, about two hours with `--quick`; each section stands in the
page as soon as it is measured, so that an interrupted run leaves what it has. Nothing else should run meanwhile:
the page says the load of the machine at its beginning and at each table.
"""

import argparse
import importlib.metadata
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECTIONS = {
    "One after the other, and several workers": ("workers", [], []),
    "Beside a bare client and peers": ("speed", ["--repeats", "3"], ["--repeats", "1", "--latency", "1"]),
    "The same where the server limits, cuts or fails": (
        "speed",
        ["--faults", "--latency", "1", "--in-flight", "16", "--repeats", "3"],
        ["--faults", "--latency", "0.3", "--in-flight", "16", "--repeats", "1"],
    ),
    "Tokens and cost by call plan, and of what peers send": ("tokens", ["--peers"], ["--peers"]),
    "Thousands of interviews, offline": ("many", ["44", "1000", "10000"], ["44", "1000"]),
    "Thousands of interviews, with a model": (
        "many",
        ["44", "1000", "10000", "--loopback"],
        ["44", "1000", "--loopback"],
    ),
}


def machine() -> str:
    """What the figures hold for."""
    names = ("snakemake", "openai", "pydantic", "numpy", "pandas")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    peers = (ROOT / "benchmarks" / "peers" / "requirements.txt").read_text("utf-8").split()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.machine()}, "
        f"{os.cpu_count()} cores, {memory:.0f} GB, load {os.getloadavg()[0]:.1f} at the beginning.\n"
        f"{versions}; peers: {', '.join(peers)}.\n"
    )


def main() -> None:
    """Run every section and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--quick", action="store_true", help="one repeat, 1 s a call, at most 1,000 interviews"
    )
    parser.add_argument("--output", type=Path, default=ROOT / "benchmarks" / "figures.md")
    given = parser.parse_args()
    page = f"# Figures\n\nWritten by `python -m benchmarks{' --quick' * given.quick}`.\n{machine()}"
    for title, (module, whole, quick) in SECTIONS.items():
        arguments = quick if given.quick else whole
        command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
        print(f"{title} …", file=sys.stderr)
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        page += f"\n## {title}\n\n`python -m benchmarks.{' '.join([module, *arguments])}`\n\n{done.stdout}"
        if done.returncode:
            page += f"\nIt ended with exit status {done.returncode}.\n"
        given.output.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
