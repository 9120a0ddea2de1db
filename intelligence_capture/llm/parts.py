"""Parts of an interview: what one call is given to read, cut at question and sentence borders."""

import re
from collections.abc import Iterator

from intelligence_capture.records import Interview, Record

CONTEXT_CHARACTERS = 400
"""How much of the same answer before a cut is shown again, so that a part can be understood."""

CHARACTERS_A_TOKEN = 3.5
"""A safe divisor for estimates: Spanish has about 4.4 characters a token."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_SPACE = re.compile(r"\s+")


class Piece(Record):
    """The characters `start` to `end` of one answer; from `context_start` they are shown for context."""

    question_index: int
    context_start: int
    start: int
    end: int


class Part(Record):
    """What one call reads: pieces of answers in order. Every character belongs to one part only."""

    pieces: tuple[Piece, ...]

    @property
    def characters(self) -> int:
        """How much text it shows."""
        return sum(piece.end - piece.context_start for piece in self.pieces)


def whole(interview: Interview) -> Part:
    """The part that is the whole interview."""
    return Part(
        pieces=tuple(
            Piece(question_index=index, context_start=0, start=0, end=len(answer.answer))
            for index, answer in enumerate(interview.answers)
        )
    )


def split(interview: Interview, *, characters: int) -> tuple[Part, ...]:
    """The interview as parts of at most `characters` (and their context), in order."""
    return split_part(interview, whole(interview), characters=characters)


def halves(interview: Interview, part: Part) -> tuple[Part, ...]:
    """The part in two or a few smaller ones; one where it cannot be cut any more."""
    own = sum(piece.end - piece.start for piece in part.pieces)
    return split_part(interview, part, characters=max((own + 1) // 2, 1))


def split_part(interview: Interview, part: Part, *, characters: int) -> tuple[Part, ...]:
    """The part as parts of at most `characters` of their own each."""
    parts: list[list[Piece]] = [[]]
    room = characters
    for piece in part.pieces:
        for cut in _cut(interview.answer(piece.question_index), piece, characters):
            length = cut.end - cut.start
            if length > room and parts[-1]:
                parts.append([])
                room = characters
            _append(parts[-1], cut)
            room -= length
    return tuple(Part(pieces=tuple(pieces)) for pieces in parts if pieces)


def _append(pieces: list[Piece], cut: Piece) -> None:
    """Add a cut to a part; where it goes on from the last one, they are one piece."""
    last = pieces[-1] if pieces else None
    if last and last.question_index == cut.question_index and last.end == cut.start:
        pieces[-1] = last.model_copy(update={"end": cut.end})
    else:
        pieces.append(cut)


def _cut(answer: str, piece: Piece, characters: int) -> Iterator[Piece]:
    """The piece itself where it is short enough, else pieces of it that end at sentences."""
    if piece.end - piece.start <= characters:
        yield piece
        return
    start, context = piece.start, piece.context_start
    while start < piece.end:
        end = _border(answer, start, min(start + characters, piece.end), piece.end)
        yield Piece(question_index=piece.question_index, context_start=context, start=start, end=end)
        start = end
        context = _context(answer, start)


def _border(answer: str, start: int, limit: int, last: int) -> int:
    """The best place to cut before `limit`: after a sentence, else at a space, else right there."""
    if limit >= last:
        return last
    for pattern in (_SENTENCE_END, _SPACE):
        ends = [match.end() for match in pattern.finditer(answer, start, limit)]
        if ends and ends[-1] > start + (limit - start) // 4:
            return ends[-1]
    return limit


def _context(answer: str, start: int) -> int:
    """Where the context of a piece that starts at `start` begins: at a sentence, if there is one near."""
    earliest = max(0, start - CONTEXT_CHARACTERS)
    ends = [match.end() for match in _SENTENCE_END.finditer(answer, earliest, start) if match.end() < start]
    return ends[0] if ends else earliest
