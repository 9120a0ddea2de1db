"""Our dashboard beside the viewers of its peers, on the same entities: langextract's HTML and Datasette.

    python -m benchmarks.viewers results [--entities 5000] [--environments FOLDER]

The peers are installed in environments of their own below FOLDER (a temporary one unless given), ours are the
page and database that `benchmarks.dashboard` makes. langextract shows one document: all answers one after the
other. Datasette shows its first page of all entities. Each is opened three times; the median counts.
"""

import argparse
import json
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.dashboard import DRAWN, repeated, with_graph
from intelligence_capture.reports.dashboard import write_dashboard
from intelligence_capture.reports.records import ReportData
from tests.unit.reports.chromium import Page

PEERS = ("langextract==1.7.1", "datasette==0.65.5")
LANGEXTRACT = """
import json, sys
import langextract as lx
given = json.load(open(sys.argv[1], encoding="utf-8"))
extractions = [
    lx.data.Extraction(
        extraction_class=one["type"],
        extraction_text=one["text"],
        char_interval=lx.data.CharInterval(start_pos=one["start"], end_pos=one["end"]),
    )
    for one in given["extractions"]
]
page = lx.visualize(lx.data.AnnotatedDocument(text=given["text"], extractions=extractions))
open(sys.argv[2], "w", encoding="utf-8").write(getattr(page, "data", page))
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("results", type=Path)
    parser.add_argument("--entities", type=int, default=5_000)
    parser.add_argument("--environments", type=Path)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        peers = {name: installed(name, wanted.environments or work) for name in PEERS}
        data = with_graph(repeated(wanted.results, work, wanted.entities), 2_000)
        write_dashboard(data, work / "dashboard.html")
        as_langextract(data, peers[PEERS[0]], work)
        print(
            "| viewer | entities in it | MB | usable after ms | drawn after ms |\n| --- | --- | --- | --- | --- |"
        )
        for name in ("dashboard", "langextract"):
            path = work / f"{name}.html"
            row(name, len(data.entities), path.stat().st_size, path.as_uri(), work)
        with Datasette(peers[PEERS[1]], work / "intelligence.db") as server:
            url = f"{server.url}/intelligence/all_entities"
            row("Datasette, first 100 rows", 100, None, url, work)
            row("Datasette, 1,000 rows", 1_000, None, f"{url}?_size=max", work)


def installed(package: str, folder: Path) -> Path:
    """The folder of programs of an environment with this package alone."""
    environment = folder / package.partition("=")[0]
    if not environment.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        pip = [environment / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", package]
        subprocess.run(pip, check=True)
    return environment / "bin"


def as_langextract(data: ReportData, programs: Path, work: Path) -> None:
    """Write langextract.html with every verified quote in the text of all answers."""
    text, places = "", {}
    for talk in data.interviews:
        for index, answer in enumerate(talk.answers):
            places[talk.id, index] = len(text)
            text += answer.answer + "\n\n"
    extractions = [
        {
            "type": item.type,
            "text": quote.quote,
            "start": places[item.interview_id, quote.question_index] + (quote.start or 0),
            "end": places[item.interview_id, quote.question_index] + (quote.end or 0),
        }
        for item in data.entities
        for quote in item.evidence[:1]
        if quote.verified and quote.question_index is not None
    ]
    (work / "given.json").write_text(json.dumps({"text": text, "extractions": extractions}), "utf-8")
    command = [programs / "python", "-c", LANGEXTRACT, work / "given.json", work / "langextract.html"]
    subprocess.run(command, check=True)


class Datasette:
    """Datasette on this database while the context lasts."""

    def __init__(self, programs: Path, database: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{port}"
        self._command = [programs / "datasette", "serve", "-p", port, "--immutable", database]

    def __enter__(self) -> "Datasette":
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port, deadline = int(self.url.rpartition(":")[2]), time.monotonic() + 120
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return self
            time.sleep(0.2)
        raise TimeoutError("Datasette does not answer")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()


def row(name: str, entities: int, size: int | None, url: str, work: Path) -> None:
    """Print one viewer's figures."""
    usable, drawn, bytes_ = [], [], 0
    for number in range(3):
        page = Page(work / f"profile-{name[:5]}-{entities}-{number}")
        try:
            page.send("Page.navigate", url=url)
            while not page.run(
                f"location.href.startsWith({url[:12]!r}) && document.readyState == 'complete'"
            ):
                time.sleep(0.02)
            page.run(DRAWN)
            drawn.append(page.run("performance.now()"))
            timing = "performance.getEntriesByType('navigation')[0]"
            usable.append(page.run(f"{timing}.domContentLoadedEventEnd"))
            bytes_ = size or page.run(f"{timing}.decodedBodySize")
        finally:
            page.close()
    print(
        f"| {name} | {entities:,} | {bytes_ / 1e6:.2f} | {median(usable):.0f} | {median(drawn):.0f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
