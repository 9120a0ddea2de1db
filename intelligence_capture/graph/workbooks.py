"""A product's name that stands for something made with it: "Excel", where "mi Excel de mermas" is said."""

import re

from intelligence_capture.graph.naming import NameRules
from intelligence_capture.graph.records import Item, Talk
from intelligence_capture.graph.sentences import places
from intelligence_capture.texts import fold

_DETERMINED = re.compile(
    r"\b(?:el|un|mi|su|tu|este|ese|otro|nuestro|the|an|my|our|her|his|their|this) $", re.IGNORECASE
)
_OF_WHAT = re.compile(
    r"^(?:(?: sheet| file| compartido)? (?:de|del|of)(?: (?:el|la|los|las|mi|my|the))? (?P<what>[^\W\d_]{3,})|"
    r" (?:compartido|maestro|propio|shared)\b)"
)


def made_of(item: Item, talk: Talk, rules: NameRules) -> str:
    """The label with the words behind it that name a thing of one's own; the label where any mention has none."""
    if fold(item.label) not in rules.artefacts:
        return item.label
    found = []
    for question, start, end in places(item):
        answer = talk.answers[question].answer
        named = answer.casefold().find(item.label.casefold(), start, end + 1)
        behind = _OF_WHAT.match(answer[named + len(item.label) :]) if named >= 0 else None
        by_maker = behind and behind["what"] and rules.maker(fold(behind["what"]))
        if not behind or by_maker or not _DETERMINED.search(answer[:named]):
            return item.label
        found.append(item.label + behind.group())
    return min(found, default=item.label)
