"""Fill the answers into the pages: each ```sql block of docs/*.md is followed by its real output.

    python docs/answers.py results      rewrite the pages from the databases of this run
    make docs                           the same, after a run on the samples

tests/workflow/test_samples.py fails where a page says something else than the database of the samples.
"""

import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

BLOCK = re.compile(r"```sql(?P<database> graph)?\n(?P<sql>.*?)```\n(?:\n```text\n.*?```\n)?", re.DOTALL)
ROWS = 10
WIDTH = 64


def answered(page: str, results: Path) -> str:
    """The page with the first rows of each query below it."""

    def with_output(match: re.Match[str]) -> str:
        name = "graph/knowledge_graph.db" if match["database"] else "intelligence.db"
        output = table(match["sql"], results / name)
        return f"```sql{match['database'] or ''}\n{match['sql']}```\n\n```text\n{output}```\n"

    return BLOCK.sub(with_output, page)


def table(sql: str, database: Path) -> str:
    """The first rows of a query as text, columns aligned."""
    with closing(sqlite3.connect(database.resolve().as_uri() + "?mode=ro", uri=True)) as connection:
        cursor = connection.execute(sql)
        names = [description[0] for description in cursor.description]
        rows = [[_cell(value) for value in row] for row in cursor.fetchmany(ROWS)]
        more = len(cursor.fetchall())
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    lines = [names, ["-" * width for width in widths], *rows]
    text = "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in lines
    )
    return text + (f"… and {more} more\n" if more else "")


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def main() -> None:
    """Rewrite the pages beside this file."""
    for page in sorted(Path(__file__).parent.glob("*.md")):
        text = page.read_text("utf-8")
        if (new := answered(text, Path(sys.argv[1]))) != text:
            page.write_text(new, "utf-8")


if __name__ == "__main__":
    main()
