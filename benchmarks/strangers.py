"""People who never met, taken as of one company: who contradicts another here does it by mistake.

    python -m benchmarks.strangers [results/intelligence.db] [--list]

Without a database the 136 lessons of the offline extractor, each of another business, with what is marked in
them as entities. With one, its interviews, of which only pairs of two companies count: some do speak of the
same thing ("the monthly close takes…"), and would contradict each other in one company.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.graph.build import build_graph
from intelligence_capture.graph.records import Claim, Item, Source, Talk
from intelligence_capture.grounding import spoken
from intelligence_capture.jobs.graph import encoder, graph_rules
from intelligence_capture.offline.lessons import read_lessons
from intelligence_capture.settings import load_settings
from intelligence_capture.storage.graph import read_source

ROOT = Path(__file__).parents[1]
ONE = {"company": "One", "business_unit": ""}


def main() -> None:
    """Print how many pairs of people there are, and how many contradict each other."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", nargs="?", type=Path)
    parser.add_argument("--list", action="store_true", help="name each pair")
    chosen = parser.parse_args()
    settings = load_settings({"ontology": str(ROOT / "ontology")})
    catalogue = load_catalogue(Path(settings.ontology))
    source = read_source(chosen.database, catalogue) if chosen.database else None
    company = {talk.id: talk.company for talk in source.talks} if source else {}
    source = source or Source(types=catalogue.types, talks=(), items=()).model_copy(update=_lessons())
    together = source.model_copy(
        update={
            "talks": tuple(talk.model_copy(update=ONE) for talk in source.talks),
            "items": tuple(item.model_copy(update=ONE) for item in source.items),
        }
    )
    rules = graph_rules(settings, catalogue, None)
    graph = build_graph(together, rules, settings=settings.graph, embed=encoder(settings))
    ids = sorted(talk.id for talk in source.talks)
    pairs = sum(_strangers(company, a, b) for number, a in enumerate(ids) for b in ids[number + 1 :])
    flagged = [
        one
        for one in graph.contradictions
        if _strangers(company, one.a.proof.interview_id, one.b.proof.interview_id)
    ]
    print(f"{len(ids)} people, {pairs} pairs of strangers, {len(flagged)} contradictions")
    for one in flagged if chosen.list else ():
        print(f"{one.field}: {one.reason}", *map(_side, (one.a, one.b)), sep="\n    ")


def _lessons() -> dict[str, Iterable[Talk | Item]]:
    """The lessons as interviews, with what is marked in them as entities."""
    talks, items = [], []
    for number, lesson in enumerate(read_lessons(ROOT / "data" / "lessons")):
        name = f"lesson-{number:03}"
        answers = lesson.interview.answers
        role = lesson.interview.meta.role
        talks.append(
            Talk(id=name, company="One", role=role, language=lesson.interview.language, answers=answers)
        )
        for place, (table, spans) in enumerate(lesson.labels):
            evidence = tuple(spoken(answers, *span) for span in spans)
            items.append(
                Item(
                    id=f"{name}-{place}",
                    type=table,
                    interview_id=name,
                    label=evidence[0].quote,
                    company="One",
                    confidence=1.0,
                    evidence=evidence,
                )
            )
    return {"talks": tuple(talks), "items": tuple(items)}


def _strangers(company: dict[str, str], a: str, b: str) -> bool:
    return not company or company[a] != company[b]


def _side(claim: Claim) -> str:
    return f"{claim.proof.interview_id} ({claim.said}): {claim.proof.quote}"


if __name__ == "__main__":
    main()
