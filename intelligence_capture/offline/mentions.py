"""Entities that are named rather than told: systems, channels and outside parties."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from intelligence_capture.offline.folding import Folded, compile_folded
from intelligence_capture.offline.gazetteer import Gazetteer, Named
from intelligence_capture.offline.mention_patterns import (
    ARTEFACT,
    ARTICLES,
    GROUP,
    HEADED,
    ITEM_BREAK,
    NAMES,
    NEGATED,
    NEVER_LOWER,
    NO_NAMES,
    PARTY,
    PARTY_NAME,
    PERSON,
    USE,
    USES,
    WISH,
)
from intelligence_capture.offline.wordlist import commonness, is_wordlike

MENTION_TYPES = ("systems", "communication_channels", "external_dependencies")
COMMON_WORD = 3.0
"""Zipf frequency from which a word is an everyday one (wordfreq: 3 is once in a million words)."""
_MORE_IN_TOOLS = ("form", "rare", "unheard_of", "headed", "artefact", "listed", "listed_beside")
_NEARBY = 400
"""Characters around a name that are looked at: no sentence of sense is longer, and pasted text has no end."""
_LIST_LENGTH = 160
"""Characters after "uso" in which what is used may be listed."""


class Mention(NamedTuple):
    """A name at a place of an answer's folded text, with what speaks for and against its type."""

    type: str
    start: int
    end: int
    name: str
    flags: frozenset[str]


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
    systems += _listed(text, systems, around)
    channels = [*_channels(text, gazetteer), *_messaging(systems, gazetteer)]
    parties = _parties(text, gazetteer)
    everything = [_with_context(mention, text, around) for mention in [*systems, *channels, *parties]]
    return sorted(set(everything), key=lambda m: (m.type, m.start, m.end, m.name))


def _known_systems(text: Folded, gazetteer: Gazetteer, around: Surroundings) -> Iterator[Mention]:
    known = [named for named in gazetteer.systems_in(text.folded) if not _is_plain_word(text, named)]
    for index, named in enumerate(known):
        entry = gazetteer.systems[named.name]
        flags = {"weak" if entry.weak else "known"}
        if entry.weak and _looks_like_a_name(text, named.start, named.end):
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
    """Whether this is no name but the everyday word: "cada mes", "veo"."""
    return (
        text.folded[named.start : named.end] in NEVER_LOWER and text.raw[text.origin[named.start]].islower()
    )


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
    taken = _covered(known, len(text))
    place = {origin: index for index, origin in enumerate(text.origin)}
    for match in NAMES.finditer(text.raw):
        start, end = place.get(match.start()), place.get(match.end() - 1)
        if start is None or end is None or any(taken[start : end + 1]):
            continue
        words = match.group().lower().split()
        if max(commonness(word) for word in words) >= COMMON_WORD + 1 or len(match.group()) < 2:
            continue
        if correct := gazetteer.misspelt(text.folded[start : end + 1].replace(" ", "")):
            yield Mention("systems", start, end + 1, correct, frozenset({"misspelt"}))
            continue
        flags = set(_form_flags(match.group(), words))
        if _starts_sentence(text.raw, match.start()):
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


def _listed(text: Folded, known: list[Mention], around: Surroundings) -> Iterator[Mention]:
    """Rare words in lower case where tools are listed: "uso excel, toteat y nubox"."""
    taken = _covered(known, len(text))
    for start, end in _lists_of_tools(text.folded, "tools" in around.kinds):
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


def _covered(mentions: list[Mention], length: int) -> bytearray:
    """For each character whether it belongs to a name."""
    covered = bytearray(length)
    for mention in mentions:
        covered[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    return covered


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
    sentence = _sentence_around(text.folded, mention.start, mention.end)
    flags = set(mention.flags) | {f"question={kind}" for kind in around.kinds}
    tests = {
        "used": USE.search(before),
        "person_before": PERSON.search(before),
        "named_like": HEADED.search(before),
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


def _sentence_around(folded: str, start: int, end: int) -> str:
    """The sentence, or as much of an endless one as may say something about the name."""
    far, wide = max(0, start - _NEARBY), min(len(folded), end + _NEARBY)
    first = max(folded.rfind(mark, far, start) for mark in (". ", "\n", "? ", "! "))
    lasts = [place for mark in (". ", "\n", "? ", "! ") if (place := folded.find(mark, end, wide)) >= 0]
    return folded[max(first + 1, far) : min(lasts, default=wide)]


def _looks_like_a_name(text: Folded, start: int, end: int) -> bool:
    """Whether the word is capitalised where an everyday word would not be."""
    first = text.origin[start]
    raw = text.raw[first : text.origin[end - 1] + 1]
    return raw[:1].isupper() and (raw.isupper() or not _starts_sentence(text.raw, first))


def _starts_sentence(raw: str, start: int) -> bool:
    before = raw[:start].rstrip(" \t\"'¿¡(*•-–—")
    return (
        not before
        or before[-1] in ".!?:\n\r\u2028\u2029"
        or bool(re.search(r"(?:^|\n)\s*\w{1,2}[.)]$", before[-8:]))
    )
