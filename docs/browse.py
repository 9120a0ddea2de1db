"""Write the configuration by which Datasette shows a run: the questions of the pages as canned queries.

    python -m docs.browse results FILE
    make browse                          the same, and opens it

Each ```sql block of docs/*.md is one query, the first line of the paragraph before it its title.
"""

import json
import re
import sys
from pathlib import Path

from docs.answers import BLOCK


def configuration(pages: list[str]) -> dict[str, object]:
    """Datasette's configuration with every question of these pages, by the database that answers it."""
    queries: dict[str, dict[str, dict[str, str]]] = {"intelligence": {}, "knowledge_graph": {}}
    for page in pages:
        for match in BLOCK.finditer(page):
            title, _, note = page[: match.start()].strip().rpartition("\n\n")[2].partition("\n")
            database = "knowledge_graph" if match["database"] else "intelligence"
            name = "-".join(re.findall(r"\w+", title.lower()))[:60]
            queries[database][name] = {"title": title, "description": note, "sql": match["sql"].strip()}
    return {"databases": {name: {"queries": found} for name, found in queries.items()}}


def main(results: str, target: str) -> None:
    """Write the configuration where both databases of a run are there."""
    for name in ("intelligence.db", "graph/knowledge_graph.db"):
        if not (Path(results) / name).is_file():
            sys.exit(f"{results}/{name} is not there yet: run `snakemake -j 4 --resources api_calls=4` first")
    pages = [page.read_text("utf-8") for page in sorted(Path(__file__).parent.glob("*.md"))]
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_text(json.dumps(configuration(pages), ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
