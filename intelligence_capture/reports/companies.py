"""The rows of each company: each row is looked at once, however many companies there are."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from intelligence_capture.reports.rows import Rows

_T = TypeVar("_T")


def by_company(rows: Rows) -> dict[str, Rows]:
    """What the interviews of each company say, with the things of the graph that its entities speak of."""
    company_of = {item.id: item.company for item in rows.items}
    home = {talk.id: talk.company for talk in rows.talks}
    speaking = {
        thing.id: {company_of[item] for item in thing.items if item in company_of}
        for thing in rows.graph.entities
    }
    talks = _parted(rows.talks, lambda talk: {talk.company})
    items = _parted(rows.items, lambda item: {item.company})
    things = _parted(rows.graph.entities, lambda thing: speaking[thing.id])
    relations = _parted(rows.graph.relations, lambda one: speaking[one.source_id] & speaking[one.target_id])
    clashes = _parted(
        rows.clashes, lambda one: {home[end] for end in (one.interview_a, one.interview_b) if end in home}
    )
    return {
        company: rows.model_copy(
            update={
                "talks": tuple(talks[company]),
                "items": tuple(items[company]),
                "graph": rows.graph.model_copy(
                    update={
                        "entities": tuple(things[company]),
                        "relations": tuple(relations[company]),
                    }
                ),
                "clashes": tuple(clashes[company]),
            }
        )
        for company in talks
    }


def _parted(rows: Iterable[_T], companies: Callable[[_T], Iterable[str]]) -> defaultdict[str, list[_T]]:
    parts: defaultdict[str, list[_T]] = defaultdict(list)
    for row in rows:
        for company in companies(row):
            parts[company].append(row)
    return parts
