"""An interview out of the captions of a recording: VTT of Teams and Zoom, SRT."""

import html
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError
from webvtt.models import Caption

from intelligence_capture.errors import IntakeError
from intelligence_capture.intake.decoding import decode
from intelligence_capture.intake.labels import labelled, seconds, speakers_among
from intelligence_capture.intake.mapping import FileMapping
from intelligence_capture.intake.records import Reading, Turn
from intelligence_capture.intake.turns import draft_of
from intelligence_capture.records import Meta
from intelligence_capture.texts import fold

_TIME = r"(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,3}"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(\s.*)?")
_ZOOM_NAME = re.compile(r"GMT(\d{4})(\d{2})(\d{2})-\d{6}")


def read_transcript(path: Path, mapping: FileMapping) -> Reading:
    """The one interview of a transcript; every answer keeps when its words were said."""
    text, encoding = decode(path.read_bytes(), encoding=mapping.encoding)
    kind = path.suffix[1:].lower()
    captions = _captions(text, kind)
    voiced = any(caption.voice for caption in captions)
    turns, notes = _by_voices(captions) if voiced else _by_labels(captions, mapping)
    meta = Meta()
    if match := _ZOOM_NAME.match(path.name):
        meta = Meta(date="-".join(match.groups()))
        notes.append(f"date: {meta.date!r} (Zoom's file name)")
    draft, more = draft_of(list(_joined(turns)), meta, mapping)
    how = "voice tags" if voiced else "names before the words"
    return Reading(format=f"{kind.upper()}, {encoding}, {how}", drafts=(draft,), notes=tuple(notes + more))


def _captions(text: str, kind: str) -> list[Caption]:
    """The captions that hold words; IntakeError with the line where some would be lost."""
    count = _count_of_timings(re.split(r"\r\n|\r|\n", text), kind)
    try:
        parsed = webvtt.from_buffer(io.StringIO(text), format=kind).captions
    except (MalformedCaptionError, MalformedFileError) as error:
        raise IntakeError(f"no valid {kind.upper()}: {error}") from error
    if not count or len(parsed) > count:
        raise IntakeError("there is no caption in it")
    return [caption for caption in parsed if caption.text.strip()]


def _count_of_timings(lines: list[str], kind: str) -> int:
    """How many captions there are; IntakeError names the first line that belongs to none."""
    count, inside = 0, kind == "vtt"  # the header of a VTT file is no caption
    for number, (line, after) in enumerate(zip(lines, [*lines[1:], ""], strict=True), start=1):
        if "-->" in line:
            if not _TIMING.fullmatch(line):
                raise IntakeError(f"line {number} is no time of a caption: {line!r}; is the file whole?")
            count, inside = count + 1, True
        elif not line.strip():
            inside = False
        elif line.startswith(("NOTE", "STYLE", "REGION")):
            inside = True
        elif not inside and "-->" not in after:
            raise IntakeError(f"line {number} belongs to no caption: {line!r}")
    return count


def _by_voices(captions: list[Caption]) -> tuple[list[Turn], list[str]]:
    """The captions of Teams, each in the voice of its speaker."""
    for caption in captions:
        if not caption.voice:
            raise IntakeError(f"the caption at {caption.start} has no speaker, though others have")
    return [_turn(caption, caption.voice or "", caption.text) for caption in captions], []


def _by_labels(captions: list[Caption], mapping: FileMapping) -> tuple[list[Turn], list[str]]:
    """The captions of Zoom and others, with names before the words; without a name the last one goes on."""
    texts = [caption.text for caption in captions]
    speakers, doubtful = speakers_among(texts, mapping)
    turns: list[Turn] = []
    unnamed = 0
    for caption in captions:
        found = labelled(caption.text)
        if found and fold(found.label) in speakers:
            turns.append(_turn(caption, found.label, found.text))
        elif not turns:
            raise IntakeError(f"the caption at {caption.start} names no speaker: {_flat(caption.text)!r}")
        elif found and found.label in doubtful:
            raise IntakeError(
                f"the caption at {caption.start}: {found.label!r} may be a speaker or not; "
                "say so under `speakers` in import.yaml"
            )
        else:
            unnamed += 1
            turns.append(_turn(caption, turns[-1].speaker, caption.text))
    notes = [f"{unnamed} captions without a name taken as words of the speaker before"] if unnamed else []
    return turns, notes


def _turn(caption: Caption, speaker: str, text: str) -> Turn:
    # VTT writes & and < as HTML does.
    return Turn(speaker, _flat(text), f"at {caption.start}", seconds(caption.start))


def _joined(turns: list[Turn]) -> Iterator[Turn]:
    """The turns; within one a caption follows the last after a space, since captions break sentences."""
    last = ""
    for turn in turns:
        yield replace(turn, glue=" ") if turn.speaker == last else turn
        last = turn.speaker


def _flat(text: str) -> str:
    """The words of a caption on one line, as they were said."""
    return " ".join(html.unescape(text).split())
