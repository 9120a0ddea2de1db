"""Answers cut into sentences, and sentences into clauses, the way people really type."""

import re
from itertools import pairwise
from typing import NamedTuple

from intelligence_capture.offline.folding import Folded


class Unit(NamedTuple):
    """A stretch of folded text that may hold an entity: a whole sentence, or a clause of it.

    `sentence` numbers the sentences of the answer; `clause` is -1 for the sentence itself, else the number
    of the clause that the unit begins with, and `width` says how many clauses it holds.
    """

    start: int
    end: int
    sentence: int
    clause: int
    item: bool
    width: int = 1


LONG_UNIT = 120
"""A longer sentence says several things: its clauses are offered in pairs too, and a long clause in parts."""
LONG_RUN_ON = 220
"""A sentence longer than this is cut at its connectives, as if the speaker had typed full stops."""
LONGEST_SENTENCE = 600
"""Where even that finds nothing (a wall of words), it is cut at a blank."""

_MARKER = re.compile(
    r"[ \t]*(?:[-*•—>+]+[ \t]+|[-•*]|\(?\d{1,2}[.)°º-]+-?[ \t]*(?![\d/:])|\(?[a-h][.)][ \t]+)"
)
_INLINE_MARKER = re.compile(
    r"(?<=[ .;:,])(?:\(?[1-9]\d?\)|[1-9]\d?[.-]-? |\(?[a-h]\)|•|[a-h]\. )[ ]*(?=[^\W\d])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:sr|sra|srta|dr|dra|ing|arq|lic|mr|mrs|ms|st|nro|num|no|art|aprox|ej|etc|vs|"
    r"ud|uds|depto|dpto|gg|"
    r"tel|cel|av|jr|cia|inc|corp|ltd|fig|pag|approx|dept|prof|i\.e|e\.g|p\.ej|a\.m|p\.m|ee|"
    r"rr|hh|s\.a|s\.a\.c"
    r"|min|max|hrs?|sgte|ref|s/)|\b[a-z])\.$"
)
_END = re.compile(r"[.!?]+[\"')\]]*(?=\s|$)|(?<=[a-z)])\.(?=[a-z]{2})")
_CONNECTIVE = (
    r"pero|porque|por ?que|xq|pq|ya que|por lo que|por lo cual|lo que|lo cual|por lo tanto|"
    r"asi que|entonces|sino|"
    r"aunque|mientras|puesto que|debido a|para que|de modo que|o sea|ademas|adicionalmente|"
    r"tambien|luego|despues|"
    r"posteriormente|finalmente|por ejemplo|sobre todo|donde|"
    r"y (?:luego|despues|tambien|ademas|a veces|cuando|si|no|se|me|nos|le|les|lo|la (?:que|"
    r"verdad)|eso|esto|ahi|asi|"
    r"que|al final|por|entonces|hay|tengo|tenemos|es|son|estan?|hacer|todo|ya|de ahi|"
    r"muchas veces|siempre|nunca|yo)|"
    r"e (?:informo|ingreso|identifico|informamos|ingresamos)|"
    r"but|because|since|so(?: that)?|which|although|though|while|whereas|however|then|therefore|"
    r"and (?:then|also|so|it|i|we|they|the|there|that|this|if|when|not|sometimes|have|has|is|are|make|get)|"
    r"or (?:i|we|if|to)|in order to|for example|for instance|especially|instead of|"
    r"when|cuando|if|si"
)
_BREAK = re.compile(
    r"(?P<mark>(?<!\d)[,;:](?=\s)|(?<=\d)[,;](?=\s)|;|:(?=\s)| [-—]+ ?|—|\s*[()\[\]]\s*|"
    r"\n+|\.(?=\s)|(?<=\s)/(?=\s))"
    rf"|(?P<word>\s+(?=(?:{_CONNECTIVE})\b))"
    r"|(?P<inf>\s+y (?=(?:[a-z]{3,}(?:ar|er|ir|arlos?|arlas?)\b)|(?:el|la|los|las) [a-z]{4,}))"
    r"|(?P<ing>\s+and (?=[a-z]{3,}ing\b))"
)
_RUN_ON = re.compile(rf"(?:\s+(?={_CONNECTIVE}\b)|,\s+)")
_SOFT_BREAK = re.compile(
    r"\s+(?=(?:and|or|y|o|that|que|with|con|para|to|for|como|as|where|who|de acuerdo|segun)\b)"
)
_ONLY_A_TIME = re.compile(
    r"(?:(?:los|el|la|las|a|al|de|desde|hasta|y|entre|por|en|cada|todos|todas|dia|dias|"
    r"lunes|martes|miercoles|jueves|"
    r"viernes|sabados?|domingos?|mañana|manana|tarde|noche|hrs?|horas|am|pm|a\.m\.?|"
    r"p\.m\.?|on|at|by|from|to|every|"
    r"mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|mornings?|"
    r"afternoons?|evenings?|in|the|"
    r"diario|diariamente|semanal|semanalmente|mensual|mensualmente|daily|weekly|monthly|"
    r"cierre|luego|\d{1,2}(?:[:.h]\d{2})?h?)"
    r"[ ,./—-]*)+"
)
_WORD = re.compile(r"\w")


def units_of(text: Folded) -> list[Unit]:
    """All units of an answer in order: each sentence, followed by its clauses where it has several."""
    units: list[Unit] = []
    for number, (start, end, item) in enumerate(_sentences(text)):
        units.append(Unit(start, end, number, -1, item))
        clauses = _clauses(text.folded, start, end)
        if len(clauses) > 1:
            units += [Unit(*span, number, index, item) for index, span in enumerate(clauses)]
            if end - start > LONG_UNIT:
                units += _pairs(clauses, number, item)
    return units


def _pairs(clauses: list[tuple[int, int]], number: int, item: bool) -> list[Unit]:
    """Neighbouring clauses taken together, where the two are not too long."""
    joined = [(first[0], second[1]) for first, second in pairwise(clauses)]
    return [
        Unit(*span, number, index, item, width=2)
        for index, span in enumerate(joined)
        if span[1] - span[0] <= LONG_UNIT
    ]


def _sentences(text: Folded) -> list[tuple[int, int, bool]]:
    found = []
    for start, end, item in _lines(text):
        for first, last in _split_at_stops(text, start, end):
            for span in _split_run_on(text.folded, first, last):
                if trimmed := trim(text.folded, *span):
                    found.append((*trimmed, item))
    return found


def _lines(text: Folded) -> list[tuple[int, int, bool]]:
    """The lines and list items of an answer; a hard-wrapped line goes on in the next."""
    lines: list[tuple[int, int, bool]] = []
    position = 0
    for line in text.folded.split("\n"):
        end = position + len(line)
        if line.strip():
            marker = _MARKER.match(line)
            if lines and marker is None and _goes_on(text, lines[-1], position):
                lines[-1] = (lines[-1][0], end, lines[-1][2])
            else:
                lines.append((position + (marker.end() if marker else 0), end, marker is not None))
        position = end + 1
    return [piece for line in lines for piece in _inline_items(text.folded, *line)]


def _goes_on(text: Folded, before: tuple[int, int, bool], position: int) -> bool:
    """Whether the line at `position` is the rest of a sentence that was wrapped by hand."""
    last = text.folded[before[0] : before[1]].rstrip()
    first = text.raw[text.origin[position]]
    only_one_break = position - before[1] == 1
    return only_one_break and first.islower() and len(last) >= 55 and last[-1].isalnum()


def _inline_items(folded: str, start: int, end: int, item: bool) -> list[tuple[int, int, bool]]:
    """ "1) … 2) … 3) …" typed in one line, as one piece an item."""
    marks = list(_INLINE_MARKER.finditer(folded, start, end))
    if len(marks) < 2:
        return [(start, end, item)]
    starts = [mark.end() for mark in marks]
    ends = [mark.start() for mark in marks[1:]] + [end]
    pieces = [(first, last, True) for first, last in zip(starts, ends, strict=True)]
    return [(start, marks[0].start(), item), *pieces] if marks[0].start() > start else pieces


def _split_at_stops(text: Folded, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    first = start
    for stop in _END.finditer(text.folded, start, end):
        after = stop.end()
        if text.folded[stop.start()] == "." and not _ends_sentence(text, first, after, end):
            continue
        spans.append((first, after))
        first = after
    return [*spans, (first, end)]


def _ends_sentence(text: Folded, first: int, after: int, end: int) -> bool:
    """Whether the full stop before `after` ends a sentence, and isn't part of an abbreviation or a name."""
    nearby = text.folded[max(first, after - 12) : after]
    following = text.folded[after : min(after + 3, end)]
    upper = (
        bool(following.strip())
        and text.raw[text.origin[after + len(following) - len(following.lstrip())]].isupper()
    )
    if following and not following[0].isspace():
        return upper and text.raw[text.origin[after - 2]].islower()
    if _ABBREVIATION.search(nearby):
        return upper and bool(re.search(r"(?:etc|a\.m|p\.m|hrs?)\.$", nearby))
    return True


def _split_run_on(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence, or its parts where it runs on for too long without a full stop."""
    if end - start <= LONG_RUN_ON:
        return [(start, end)]
    spans = []
    first = start
    last = None
    for cut in _RUN_ON.finditer(folded, start, end):
        if cut.start() - first > LONG_RUN_ON and last is not None and last - first > 60:
            spans.append((first, last))
            first = last
        last = cut.end()
    spans.append((first, end))
    return [piece for span in spans for piece in _split_wall(folded, *span)]


def _split_wall(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    while end - start > LONGEST_SENTENCE:
        blank = folded.rfind(" ", start + 100, start + LONGEST_SENTENCE)
        cut = blank if blank > 0 else start + LONGEST_SENTENCE
        spans.append((start, cut))
        start = cut
    return [*spans, (start, end)]


def _clauses(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses of a sentence; what is too short to say anything stays with its neighbour."""
    cuts: list[tuple[int, int]] = []
    first = start
    for mark in _BREAK.finditer(folded, start, end):
        if mark.lastgroup == "word" and (mark.start() - first < 12 or end - mark.end() < 12):
            continue
        if mark.lastgroup == "inf" and (mark.start() - first < 10 or end - mark.end() < 6):
            continue
        cuts.append((first, mark.start()))
        first = mark.end()
    cuts.append((first, end))
    spans = [span for cut in cuts if (span := trim(folded, *cut)) and span[1] - span[0] >= 3]
    return [part for span in _with_their_times(folded, spans) for part in _parts(folded, *span)]


def _with_their_times(folded: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """ "10:30", "los lunes" and the like go with the clause that says what happens then."""
    joined: list[tuple[int, int]] = []
    for span in spans:
        if joined and _ONLY_A_TIME.fullmatch(folded, *joined[-1]) and span[0] - joined[-1][1] <= 4:
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined


def _parts(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """A clause, or its halves where it is long and can be cut near the middle."""
    if end - start <= LONG_UNIT:
        return [(start, end)]
    middle = (start + end) // 2
    cuts = list(_SOFT_BREAK.finditer(folded, start + 30, end - 30))
    if not cuts:
        return [(start, end)]
    cut = min(cuts, key=lambda m: (abs(m.start() - middle), m.start()))
    halves = [span for pair in ((start, cut.start()), (cut.start(), end)) if (span := trim(folded, *pair))]
    return [part for half in halves for part in _parts(folded, *half)] if len(halves) == 2 else [(start, end)]


def trim(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without blanks and marks at its ends; None where no word is left."""
    while start < end and not (_WORD.match(folded[start]) or folded[start] in "¿¡\"'$%€(#@+-<="):
        start += 1
    while end > start and not (_WORD.match(folded[end - 1]) or folded[end - 1] in "%$€?!\"')º°+"):
        end -= 1
    if end - start < 2 or not _WORD.search(folded, start, end):
        return None
    if folded[start] in "(-+" and (")" not in folded[start:end] or folded[start] != "("):
        start += 1
        return trim(folded, start, end) if not _WORD.match(folded[start]) else (start, end)
    return start, end
