"""Names that mean the same thing, gathered over an interview and judged together."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from intelligence_capture.offline.features import Answered
from intelligence_capture.offline.folding import Folded
from intelligence_capture.offline.mention import Mention

_FORMS = (
    "form",
    "headed",
    "artefact",
    "channel",
    "group",
    "party_word",
    "known_party",
    "party_name",
    "weak",
    "known",
)
_TURNS = (
    "wish",
    "negated",
    "used",
    "worked_with",
    "person_before",
    "starts_sentence",
    "unheard_of",
    "acronym",
    "camel",
    "list",
    "alone",
    "specific",
    "of_the_people",
    "question=tools",
    "question=improvements",
    "question=difficulties",
)


class Place(NamedTuple):
    """A mention and the answer it stands in."""

    answer: int
    mention: Mention


class Group(NamedTuple):
    """All places of one interview that name the same thing."""

    type: str
    name: str
    places: tuple[Place, ...]


def groups_in(answers: Sequence[Answered]) -> list[Group]:
    """The named things of an interview; a name inside a longer one of its type is no thing of its own."""
    places: dict[tuple[str, str], list[Place]] = {}
    for index, answered in enumerate(answers):
        for mention in _outermost(answered.mentions):
            places.setdefault((mention.type, name_key(mention.name)), []).append(Place(index, mention))
    merged = _merged_by_prefix(places)
    return [Group(key[0], _shown(found), tuple(found)) for key, found in sorted(merged.items())]


def name_key(name: str) -> str:
    """What two wordings of one name have in common."""
    words = [w for w in re.findall(r"\w+", Folded(name).folded) if w not in _LITTLE]
    return (
        " ".join(word[:-1] if len(word) > 5 and word.endswith("s") else word for word in words)
        or name.lower()
    )


def group_features(group: Group, *, english: bool) -> dict[str, float]:
    """What speaks for and against the group being an entity of its type."""
    features = {flag: 1.0 for place in group.places for flag in place.mention.flags}
    features |= {
        f"{form}&{turn}": 1.0 for form in _FORMS if form in features for turn in _TURNS if turn in features
    }
    features["count"] = min(len(group.places), 4) / 2
    features["answers"] = min(len({place.answer for place in group.places}), 4) / 2
    features["words"] = min(len(group.name.split()), 6) / 3
    features["english"] = float(english)
    return features


def linear(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """The weighted sum of the features, with the weight of '' as a constant."""
    return weights.get("", 0.0) + sum(weights.get(name, 0.0) * features[name] for name in sorted(features))


def _outermost(mentions: Sequence[Mention]) -> Iterator[Mention]:
    for mention in mentions:
        around = (
            other
            for other in mentions
            if other.type == mention.type
            and other.start <= mention.start
            and other.end >= mention.end
            and (other.end - other.start > mention.end - mention.start)
            and "form" not in other.flags
        )
        if next(around, None) is None:
            yield mention


def _merged_by_prefix(places: dict[tuple[str, str], list[Place]]) -> dict[tuple[str, str], list[Place]]:
    """The groups with "sap" and "sap business one" as one, where nothing tells that they are two."""
    merged = dict(places)
    for table, key in sorted(places):
        longer = [
            other
            for t, other in sorted(merged)
            if t == table and other.startswith(f"{key} ") and other != key
        ]
        if table == "systems" and len(longer) == 1 and _same_product(places[table, longer[0]]):
            merged[table, longer[0]] = sorted(merged[table, longer[0]] + merged.pop((table, key)))
    return merged


def _same_product(places: Sequence[Place]) -> bool:
    return not any("artefact" in place.mention.flags for place in places)


def _shown(places: Sequence[Place]) -> str:
    """The name most often used, the longest of these, the first in the alphabet of these."""
    names = [place.mention.name for place in places]
    return min(names, key=lambda name: (-names.count(name), -len(name), name))


_LITTLE = frozenset("el la los las un una de del the a an of nuestro nuestra mi our my por con para".split())
