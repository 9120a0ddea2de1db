"""Names in lower case, known by standing where people list what they work with."""

import re
from collections.abc import Iterator

from intelligence_capture.offline.folding import Folded
from intelligence_capture.offline.mention import Mention, covered
from intelligence_capture.offline.mention_patterns import ARTICLES, ITEM_BREAK, USES
from intelligence_capture.offline.wordlist import is_wordlike

_LIST_LENGTH = 160
"""Characters after "uso" in which what is used may be listed."""


def listed_names(text: Folded, known: list[Mention], *, about_tools: bool) -> Iterator[Mention]:
    """Rare words in lower case where tools are listed: "uso excel, toteat y nubox"."""
    taken = covered(known, len(text))
    for start, end in _lists_of_tools(text.folded, about_tools):
        first = start
        items = []
        for stop in [*ITEM_BREAK.finditer(text.folded, start, end), None]:
            last = stop.start() if stop else end
            items.append((first, last))
            first = stop.end() if stop else end
        near = [any(taken[first:last]) for first, last in items]
        for index, (first, last) in enumerate(items):
            if mention := _listed_name(text, first, last):
                if any(taken[mention.start : mention.end]):
                    continue
                beside = any(near[max(0, index - 1) : index + 2])
                flags = mention.flags | ({"listed_beside"} if beside else set())
                yield mention._replace(flags=flags)


def _lists_of_tools(folded: str, everywhere: bool) -> Iterator[tuple[int, int]]:
    """The places where what is worked with is named: all of an answer about tools, or after "uso"."""
    if everywhere:
        yield 0, len(folded)
        return
    end = 0
    for match in USES.finditer(folded):
        if match.end() >= end:
            stop = re.compile(r"[.;!?](?=\s|$)|\n").search(folded, match.end(), match.end() + _LIST_LENGTH)
            end = stop.start() if stop else min(match.end() + _LIST_LENGTH, len(folded))
            yield match.end(), end


def _listed_name(text: Folded, start: int, end: int) -> Mention | None:
    """The name that an item of a list is, None where it is everyday words."""
    item = text.folded[start:end].rstrip()
    lead = ARTICLES.match(item)
    first = start + (lead.end() if lead else 0)
    item = text.folded[first : start + len(item)]
    words = item.split()
    if not 1 <= len(words) <= 2 or not re.fullmatch(r"[a-z][a-z0-9.+& -]{2,24}", item):
        return None
    if any(is_wordlike(word) for word in words) or not text.raw[text.origin[first]].islower():
        return None
    flags = {"listed", f"listed_words={len(words)}"}
    name = text.words(first, first + len(item))
    return Mention("systems", first, first + len(item), name, frozenset(flags))
