"""Questions and answers out of who said what: the interviewer asks, the respondent answers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from intelligence_capture.errors import IntakeError
from intelligence_capture.intake.mapping import FileMapping
from intelligence_capture.intake.records import Draft, Turn
from intelligence_capture.intake.words import SpeakerUse, words
from intelligence_capture.records import Answer, Meta
from intelligence_capture.texts import fold

Roles = dict[str, SpeakerUse]


def draft_of(turns: Sequence[Turn], meta: Meta, mapping: FileMapping) -> tuple[Draft, list[str]]:
    """The interview in these turns, and notes; IntakeError where nobody says who asks and who answers."""
    meta = mapping.over(meta)
    roles, notes = _roles(turns, meta, mapping)
    respondents = [speaker for speaker, use in roles.items() if use == "respondent"]
    pairs, left_out = _pairs(turns, roles, named=len(respondents) > 1)
    if left_out:
        notes.append(f"{len(left_out)} acknowledgements of the interviewer left out: {_quoted(left_out)}")
    names = [words().plain_name(one) for one in respondents if not words().speaker(one)]
    if not meta.respondent:
        meta = meta.model_copy(update={"respondent": ", ".join(names)})
    return Draft(place="", meta=meta, answers=tuple(pair.answer() for pair in pairs)), notes


def _roles(turns: Sequence[Turn], meta: Meta, mapping: FileMapping) -> tuple[Roles, list[str]]:
    """Who asks and who answers, each with the ground of it as a note."""
    roles: Roles = {}
    notes = []
    speakers = list(dict.fromkeys(turn.speaker for turn in turns))
    for speaker in speakers:
        use = mapping.speaker(speaker)
        ground = "its label says so" if words().speaker(speaker) else "import.yaml says so"
        if not use and meta.respondent and fold(words().plain_name(speaker)) == fold(meta.respondent):
            use, ground = "respondent", "the file or import.yaml names the respondent"
        if use and use != "text":
            roles[speaker] = use
            notes.append(f"{use}: {speaker!r} ({ground})")
    others = [speaker for speaker in speakers if speaker not in roles]
    missing = {"interviewer", "respondent"} - set(roles.values())
    if len(others) == 1 and len(missing) == 1:
        use = "interviewer" if "interviewer" in missing else "respondent"
        roles[others[0]] = use
        notes.append(f"{use}: {others[0]!r} (the only other speaker)")
    elif others:
        raise IntakeError(
            f"it is not known who asks and who answers: {', '.join(map(repr, others))}; "
            "say `interviewer` or `respondent` of each (or `text`) under `speakers` in import.yaml"
        )
    elif missing:
        raise IntakeError(f"there is no {' and no '.join(sorted(missing))} among {_quoted(speakers)}")
    return roles, notes


@dataclass
class _Pair:
    """A question, and the answer to it as it grows."""

    question: str = ""
    text: str = ""
    times: list[tuple[int, float]] = field(default_factory=list)
    speaker: str = ""

    def ask(self, turn: Turn) -> None:
        self.question += (turn.glue if self.question else "") + turn.text

    def say(self, turn: Turn, *, named: bool) -> None:
        name = f"{words().plain_name(turn.speaker)}: " if named and turn.speaker != self.speaker else ""
        self.text += (("\n" if name else turn.glue) if self.text else "") + name
        if turn.seconds is not None:
            self.times.append((len(self.text), turn.seconds))
        self.text += turn.text
        self.speaker = turn.speaker

    def answer(self) -> Answer:
        return Answer(question=self.question, answer=self.text, times=tuple(self.times))


def _pairs(turns: Sequence[Turn], roles: Roles, *, named: bool) -> tuple[list[_Pair], list[str]]:
    """Every question with what was said until the next, and the acknowledgements that are no question."""
    pairs, left_out = [_Pair()], []
    for turn, whole in zip(turns, _whole_turns(turns), strict=True):
        last = pairs[-1]
        if roles[turn.speaker] == "respondent":
            last.say(turn, named=named)
        elif not last.text:
            last.ask(turn)
        elif _acknowledges(whole):
            left_out.append(turn.text)
        else:
            pairs.append(_Pair(question=turn.text))
    return pairs, left_out


def _whole_turns(turns: Sequence[Turn]) -> Iterator[str]:
    """For each turn all that its speaker says in a row: a transcript breaks turns into pieces."""
    run: list[Turn] = []
    for turn in turns:
        if run and turn.speaker != run[-1].speaker:
            yield from [" ".join(one.text for one in run)] * len(run)
            run = []
        run.append(turn)
    yield from [" ".join(one.text for one in run)] * len(run)


def _acknowledges(text: str) -> bool:
    parts = [fold(part) for part in re.split(r"[.,;!¡…\n]", text)]
    return all(part in words().acknowledgements for part in parts if part)


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(repr(text) for text in dict.fromkeys(texts))
