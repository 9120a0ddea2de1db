"""Contradictions in sets of interviews that were written for it, by people who did not know the rules.

    python -m benchmarks.clashes data/clashes/dairy [--list] [--keep FOLDER]

Each folder holds `interviews/` and `contradictions.json`, which has the form of the graph gold. The offline
workflow extracts them as a user's would be, and the graph is held against the file: what was found, what of it
is right, and how many traps were flagged. `--list` names the mistakes; not to be used on a set that is held out.
"""

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.evaluation.graph_gold import GoldClash
from intelligence_capture.evaluation.graph_scores import (
    FoundClash,
    FoundSide,
    Share,
    clash_mistakes,
    clash_scores,
)
from intelligence_capture.graph.build import build_graph
from intelligence_capture.graph.records import Claim
from intelligence_capture.jobs.graph import encoder, graph_rules
from intelligence_capture.settings import load_settings
from intelligence_capture.spans import Span
from intelligence_capture.storage.graph import read_source

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Print a row for each set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true", help="name each mistake")
    parser.add_argument("--keep", type=Path, help="a folder for results, to be used again")
    chosen = parser.parse_args()
    print("| set | interviews | flagged | precision | clear | recall | arguable flagged | traps flagged |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as temporary:
        for folder in chosen.sets:
            for line in _measured(folder, (chosen.keep or Path(temporary)) / folder.name, chosen.list):
                print(line, flush=True)


def _measured(folder: Path, results: Path, listed: bool) -> Iterator[str]:
    named = folder.resolve() / "organisation.yaml"
    config = {
        "interviews": str(folder.resolve() / "interviews"),
        "organisation": str(named) if named.exists() else None,
    }
    database = _extract(config, results.resolve())
    settings = load_settings(config)
    catalogue = load_catalogue(ROOT / settings.ontology)
    source = read_source(database, catalogue)
    rules = graph_rules(settings, catalogue, named if named.exists() else None)
    graph = build_graph(source, rules, settings=settings.graph, embed=encoder(settings))
    found = [FoundClash(one.field, _side(one.a), _side(one.b)) for one in graph.contradictions]
    answers = {talk.id: tuple(answer.answer for answer in talk.answers) for talk in source.talks}
    both = json.loads((folder / "contradictions.json").read_bytes())
    read = TypeAdapter(tuple[GoldClash, ...]).validate_python
    gold = (*read(both["contradictions"]), *read(both["traps"]))
    score = clash_scores(gold, found, answers)["all"]
    yield (
        f"| {folder.name} | {len(answers)} | {score.clear.found} | {_share(score.clear, 'precision')} "
        f"| {score.clear.gold} | {_share(score.clear, 'recall')} | {score.arguable_found} "
        f"| {score.traps} of {sum(one.strength is None for one in gold)} |"
    )
    for one in clash_mistakes(gold, found, answers) if listed else ():
        yield f"  {one.kind}: {one.about}\n    {one.a}\n    {one.b}"


def _extract(config: dict[str, str | None], results: Path) -> Path:
    """The database of the interviews, by the workflow's own rules."""
    database = results / "intelligence.db"
    given = [f"{key}={json.dumps(value)}" for key, value in (config | {"results": str(results)}).items()]
    command = ["snakemake", "-q", "all", "-j", "2", "--resources", "api_calls=4", "--config", *given]
    subprocess.run([*command, "--", str(database)], cwd=ROOT, check=True)
    return database


def _share(share: Share, name: str) -> str:
    part, of = (share.right, share.found) if name == "precision" else (share.hit, share.gold)
    return f"{part / of:.2f} ({part} of {of})" if of else "-"


def _side(claim: Claim) -> FoundSide:
    where = claim.proof
    return FoundSide(where.interview_id, Span(where.question_index, where.start, where.end), claim.value)


if __name__ == "__main__":
    main()
