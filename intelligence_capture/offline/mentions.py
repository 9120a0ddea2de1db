"""Entities that are named rather than told: systems, channels and outside parties."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from intelligence_capture.offline.folding import Folded, compile_folded
from intelligence_capture.offline.gazetteer import Gazetteer, Named
from intelligence_capture.offline.listed import listed_names
from intelligence_capture.offline.mention import Mention, covered, looks_like_a_name, starts_sentence
from intelligence_capture.offline.mention_patterns import (
    ARTEFACT,
    GROUP,
    HEADED,
    INFLECTED,
    NAMES,
    NEGATED,
    NEVER_LOWER,
    NO_NAMES,
    NO_PRODUCTS,
    OF_A_GROUP,
    PARTY,
    PARTY_NAME,
    PERSON,
    USE,
    USES,
    WISH,
)
from intelligence_capture.offline.wordlist import commonness

MENTION_TYPES = ("systems", "communication_channels", "external_dependencies")
COMMON_WORD = 3.0
"""Zipf frequency from which a word is an everyday one (wordfreq: 3 is once in a million words)."""
_MORE_IN_TOOLS = ("form", "rare", "unheard_of", "headed", "artefact", "listed", "listed_beside")
_NEARBY = 400
"""Characters around a name that are looked at: no sentence of sense is longer, and pasted text has no end."""


class Surroundings(NamedTuple):
    """What is known of the answer that a name stands in."""

    kinds: frozenset[str]
    people: frozenset[str]
    """Folded words of the respondent's and the company's names, which are no systems."""


def mentions_in(text: Folded, gazetteer: Gazetteer, around: Surroundings) -> list[Mention]:
    """Everything in an answer that may name a system, a channel or an outside party, in order."""
    systems = [
        *_known_systems(text, gazetteer, around),
        *_artefacts(text, gazetteer),
        *_headed(text, gazetteer),
    ]
    systems += _by_form(text, systems, gazetteer)
    systems += listed_names(text, systems, about_tools="tools" in around.kinds)
    channels = [*_channels(text, gazetteer), *_messaging(systems, gazetteer)]
    parties = _parties(text, gazetteer)
    everything = [_with_context(mention, text, around) for mention in [*systems, *channels, *parties]]
    return sorted(set(everything), key=lambda m: (m.type, m.start, m.end, m.name))


def _known_systems(text: Folded, gazetteer: Gazetteer, around: Surroundings) -> Iterator[Mention]:
    known = [named for named in gazetteer.systems_in(text.folded) if not _is_plain_word(text, named)]
    for index, named in enumerate(known):
        entry = gazetteer.systems[named.name]
        flags = {"weak" if entry.weak else "known"}
        if entry.weak and looks_like_a_name(text, named.start, named.end):
            flags.add("weak_named")
        if any(
            o is not named and abs(o.start - named.end) < 60 and not gazetteer.systems[o.name].weak
            for o in known[max(0, index - 8) : index + 9]
        ):
            flags.add("beside_known")
        if entry.weak and "tools" in around.kinds:
            flags.add("weak_in_tools")
        yield Mention(
            "systems", named.start, named.end, named.name, frozenset(flags | {f"category={entry.category}"})
        )


def _is_plain_word(text: Folded, named: Named) -> bool:
    """Whether this is no name but the everyday word: "cada mes", "veo", "His"."""
    if text.folded[named.start : named.end] not in NEVER_LOWER:
        return False
    raw = text.words(named.start, named.end)
    return raw[0].islower() or (named.name.isupper() and not raw.isupper())


def _artefacts(text: Folded, gazetteer: Gazetteer) -> Iterator[Mention]:
    for match in ARTEFACT.finditer(text.folded):
        name = text.words(match.start(), match.end())
        yield Mention(
            "systems",
            match.start(),
            match.end(),
            name,
            frozenset({"artefact", f"artefact={match['kind'].split()[0].rstrip('s')}"}),
        )


def _headed(text: Folded, gazetteer: Gazetteer) -> Iterator[Mention]:
    """ "el sistema Faro", "una app que se llama brisa": a name after a word that says what it is."""
    for match in _head_pattern(gazetteer.heads).finditer(text.folded):
        word = match["name"]
        raw = text.words(match.start("name"), match.end("name"))
        if word in NO_NAMES or (raw.islower() and not match["called"] and commonness(word) >= COMMON_WORD):
            continue
        flags = {"headed", "called"} if match["called"] else {"headed"}
        if raw[0].isupper():
            flags.add("upper")
        if not gazetteer.systems_in(word):
            yield Mention("systems", match.start("name"), match.end("name"), raw, frozenset(flags))


@lru_cache(maxsize=8)
def _head_pattern(heads: tuple[str, ...]) -> re.Pattern[str]:
    called = r"(?P<called>(?:que )?(?:llamad[oa]|denominad[oa]|se llama|called|named) )?"
    return compile_folded(
        rf"\b(?:{'|'.join(heads)})\b [\"']?{called}[\"']?(?P<name>[a-z][a-z0-9.+-]{{1,}}\w)"
    )


def _by_form(text: Folded, known: list[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    """Capitalised words that are rare in both languages: names of something."""
    taken = covered(known, len(text))
    place = {origin: index for index, origin in enumerate(text.origin)}
    for match in NAMES.finditer(text.raw):
        start, end = place.get(match.start()), place.get(match.end() - 1)
        if start is None or end is None or any(taken[start : end + 1]):
            continue
        words = match.group().lower().split()
        if max(commonness(word) for word in words) >= COMMON_WORD + 1 or len(match.group()) < 2:
            continue
        if words[0].rstrip("s") in NO_PRODUCTS and len(words) == 1:
            continue
        folded = text.folded[start : end + 1]
        first = starts_sentence(text.raw, match.start())
        if folded in gazetteer.places or (first and match.group()[1:].islower() and INFLECTED.search(folded)):
            continue
        if correct := gazetteer.misspelt(folded.replace(" ", "")):
            yield Mention("systems", start, end + 1, correct, frozenset({"misspelt"}))
            continue
        flags = set(_form_flags(match.group(), words))
        if first:
            flags.add("starts_sentence")
        yield Mention("systems", start, end + 1, match.group(), frozenset(flags))
        yield Mention("external_dependencies", start, end + 1, match.group(), frozenset(flags))
    yield from _misspelt_lower(text, taken, gazetteer)


def _misspelt_lower(text: Folded, taken: bytearray, gazetteer: Gazetteer) -> Iterator[Mention]:
    for match in re.finditer(r"(?<![\w.@])[a-z]{6,16}(?![\w@])", text.folded):
        word = match.group()
        raw = text.raw[text.origin[match.start()] : text.origin[match.end() - 1] + 1].lower()
        if any(taken[match.start() : match.end()]) or commonness(raw) >= 2.0:
            continue
        if correct := gazetteer.misspelt(word):
            yield Mention("systems", match.start(), match.end(), correct, frozenset({"misspelt"}))


def _form_flags(raw: str, words: list[str]) -> Iterator[str]:
    yield "form"
    rarest = min(commonness(word) for word in words)
    yield "unheard_of" if rarest < 1.0 else "rare" if rarest < COMMON_WORD else "uncommon"
    if raw.isupper() and len(raw) <= 6:
        yield "acronym"
    if re.search(r"[a-z][A-Z]|\d", raw):
        yield "camel"
    if len(words) > 1:
        yield "several_words"


def _channels(text: Folded, gazetteer: Gazetteer) -> Iterator[Mention]:
    for match in GROUP.finditer(text.folded):
        name = text.words(match.start(), match.end())
        yield Mention("communication_channels", match.start(), match.end(), name, frozenset({"group"}))
    for named in gazetteer.channels_in(text.folded):
        said = text.words(named.start, named.end)
        name = (
            said if named.name in ("Reunión", "Comité", "Briefing", "Pizarra") and " " in said else named.name
        )
        flags = {"channel", f"channel={named.name}"} | ({"specific"} if " " in said else set())
        yield Mention("communication_channels", named.start, named.end, name, frozenset(flags))


def _messaging(systems: list[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    for mention in systems:
        entry = gazetteer.systems.get(mention.name)
        if entry and entry.channel:
            flags = mention.flags | {"messaging", f"channel={mention.name}"}
            yield mention._replace(type="communication_channels", flags=flags)


def _parties(text: Folded, gazetteer: Gazetteer) -> Iterator[Mention]:
    for named in gazetteer.parties_in(text.folded):
        yield Mention("external_dependencies", named.start, named.end, named.name, frozenset({"known_party"}))
    for match in PARTY.finditer(text.folded):
        flags = {"party_word", f"party={match['head'].split()[0][:8]}"} | (
            {"party_rest"} if match["rest"] else set()
        )
        yield Mention(
            "external_dependencies",
            match.start(),
            match.end(),
            text.words(match.start(), match.end()),
            frozenset(flags),
        )
    place = {origin: index for index, origin in enumerate(text.origin)}
    for found in PARTY_NAME.finditer(text.raw):
        start, end = place.get(found.start("name")), place.get(found.end("name") - 1)
        if start is not None and end is not None:
            yield Mention("external_dependencies", start, end + 1, found["name"], frozenset({"party_name"}))


def _with_context(mention: Mention, text: Folded, around: Surroundings) -> Mention:
    """The mention with flags from the words around it and from the question."""
    before = text.folded[max(0, mention.start - 40) : mention.start]
    sentence, place = _sentence_around(text.folded, mention.start, mention.end)
    flags = set(mention.flags) | {f"question={kind}" for kind in around.kinds}
    tests = {
        "used": USE.search(before),
        "worked_with": USES.search(sentence[:place]),
        "person_before": PERSON.search(before),
        "named_like": HEADED.search(before),
        "of_a_group": OF_A_GROUP.search(sentence[max(0, place - 60) : place]),
        "wish": WISH.search(sentence),
        "negated": NEGATED.search(sentence),
        "list": sentence.count(",") >= 2,
        "many_commas": sentence.count(",") >= 4,
        "alone": len(sentence.split()) <= 4,
        "of_the_people": any(word in around.people for word in Folded(mention.name).folded.split()),
    }
    flags |= {name for name, holds in tests.items() if holds}
    if mention.type == "systems" and "tools" in around.kinds:
        flags |= {f"tools&{flag}" for flag in _MORE_IN_TOOLS if flag in flags}
    return mention._replace(flags=frozenset(flags))


def _sentence_around(folded: str, start: int, end: int) -> tuple[str, int]:
    """The sentence, or as much of an endless one as may say something about the name, and where that begins."""
    far, wide = max(0, start - _NEARBY), min(len(folded), end + _NEARBY)
    first = max(far, max(folded.rfind(mark, far, start) for mark in (". ", "\n", "? ", "! ")) + 1)
    lasts = [place for mark in (". ", "\n", "? ", "! ") if (place := folded.find(mark, end, wide)) >= 0]
    return folded[first : min(lasts, default=wide)], start - first
