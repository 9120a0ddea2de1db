"""How large the dashboard is and how soon it can be used, for many entities and a graph.

    python -m benchmarks.dashboard results [--entities 5000] [--nodes 2000]

Takes the extractions of a finished run, repeats its interviews until there are at least so many entities,
invents a graph over them, writes the dashboard and drives it in headless Chromium.
"""

import argparse
import random
import tempfile
import time
from itertools import cycle
from pathlib import Path

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.organisation import Organisation
from intelligence_capture.records import Extraction
from intelligence_capture.reports.compose import compose
from intelligence_capture.reports.dashboard import write_dashboard
from intelligence_capture.reports.records import ReportData
from intelligence_capture.reports.rows import Canonical, Graph, Item, Relation, Rows
from intelligence_capture.storage.merge import merge_database
from intelligence_capture.storage.report_data import report_data
from tests.unit.reports.chromium import Page

DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
VIEWS = "summary pains automation systems companies graph explore quality".split()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("results", type=Path)
    parser.add_argument("--entities", type=int, default=5_000)
    parser.add_argument("--nodes", type=int, default=2_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        data = with_graph(repeated(wanted.results, work, wanted.entities), wanted.nodes)
        begun = time.perf_counter()
        write_dashboard(data, work / "dashboard.html")
        print(f"entities          {len(data.entities)}")
        print(f"nodes, relations  {len(data.graph.entities)}, {len(data.graph.relations)}")
        print(f"written in        {time.perf_counter() - begun:.2f} s")
        print(f"size              {(work / 'dashboard.html').stat().st_size / 1e6:.2f} MB")
        measure(work)


def repeated(results: Path, work: Path, wanted: int) -> ReportData:
    """The report's record of a database with at least so many entities."""
    catalogue = load_catalogue(Path("ontology"))
    files = cycle(sorted((results / "extracted").glob("*.json")))
    paths, count = [], 0
    while count < wanted:
        extraction = Extraction.model_validate_json(next(files).read_bytes())
        suffix = f"-{len(paths)}"
        entities = {
            table: tuple(one.model_copy(update={"id": one.id + suffix}) for one in found)
            for table, found in extraction.entities.items()
        }
        count += sum(map(len, entities.values()))
        paths.append(work / f"{len(paths)}.json")
        copy = extraction.model_copy(update={"id": extraction.id + suffix, "entities": entities})
        paths[-1].write_text(copy.model_dump_json(), "utf-8")
    merge_database(paths, work / "intelligence.db", catalogue=catalogue, organisation=Organisation())
    return report_data(work / "intelligence.db", catalogue=catalogue)


def with_graph(data: ReportData, wanted: int) -> ReportData:
    """The same with so many canonical entities and about three relations each."""
    chance = random.Random(7)
    entities = tuple(_canonical(item, number) for number, item in enumerate(data.entities[:wanted]))
    relations = tuple(
        Relation(
            source_id=chance.choice(entities).id,
            relation=chance.choice(["uses", "causes", "affects", "owned_by"]),
            # Few are hubs, as in life.
            target_id=entities[int(len(entities) * chance.random() ** 4)].id,
            ground=chance.choice(["stated", "co-mentioned"]),
            strength=round(chance.random(), 2),
        )
        for _ in range(3 * wanted)
    )
    rows = Rows(
        types=data.catalogue,
        talks=data.interviews,
        items=data.entities,
        graph=Graph(entities=entities, relations=relations),
    )
    return compose(rows, language="es")


def _canonical(item: Item, number: int) -> Canonical:
    return Canonical(
        id=f"c{number}",
        type=item.type,
        label=item.label,
        mention_count=1,
        interview_count=1 + 40 // (number + 1),
        items=(item.id,),
    )


def measure(work: Path) -> None:
    """Print how soon the page can be used and drawn, and how long its parts take."""
    page = Page(work / "profile")
    try:
        page.open(work / "dashboard.html")
        page.run(DRAWN)
        usable = page.run("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        print(f"usable after      {usable:.0f} ms")
        print(f"drawn after       {page.run('performance.now()'):.0f} ms")
        for view in VIEWS:
            print(f"view {view:12} {page.run(_timed(view)):.0f} ms")
        page.run("location.hash = 'explore'; " + DRAWN)
        print(f"sorting           {page.run(SORTING):.0f} ms")
        print(f"searching         {page.run(SEARCHING):.0f} ms")
        print(f"console           {page.console or 'silent'}")
    finally:
        page.close()


def _timed(view: str) -> str:
    return (
        "new Promise((done) => { const begun = performance.now(); location.hash = '" + view + "';"
        " setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() =>"
        " done(performance.now() - begun))), 0) })"
    )


SORTING = (
    "(() => { const begun = performance.now(); document.querySelector('.sort').click();"
    " return performance.now() - begun })()"
)
# Without the 120 ms for which the search waits for the next letter.
SEARCHING = """
new Promise((done) => {
  const input = document.querySelector('input[type=search]'), body = document.querySelector('tbody');
  input.value = 'sap excel';
  const begun = performance.now();
  new MutationObserver(() => done(performance.now() - begun - 120)).observe(body, { childList: true });
  input.dispatchEvent(new Event('input'));
})
"""


if __name__ == "__main__":
    main()
