"""The extractor by a model: all calls of an interview in one process, every quote looked up."""

import re
from concurrent.futures import Executor, ThreadPoolExecutor
from threading import Event
from typing import Any, Protocol

from intelligence_capture.catalogue import Catalogue
from intelligence_capture.errors import ExtractionFailed, RunStopped
from intelligence_capture.grounding import ground
from intelligence_capture.llm.answers import AnswerProblem, Content, Cut, Declined, Invalid, read_answer
from intelligence_capture.llm.parts import CHARACTERS_A_TOKEN, Part, Piece, halves, split
from intelligence_capture.llm.plan import Call, plan_calls
from intelligence_capture.llm.prompt import Prompt
from intelligence_capture.llm.request import About, Request
from intelligence_capture.llm.retry import Refused, TooLong
from intelligence_capture.llm.shown import ShownInterview
from intelligence_capture.llm.store import Stored
from intelligence_capture.pseudonyms.pseudonyms import NO_PSEUDONYMS, Pseudonyms
from intelligence_capture.records import Answer, Candidate, Evidence, Extracted, Interview, Usage
from intelligence_capture.settings import OpenAISettings

SMALLEST_PART = 200
"""A part with fewer characters than this is not cut again."""


class Asker(Protocol):
    """Where answers come from."""

    def ask(self, request: Request, about: About) -> Stored:
        """The answer; TooLong, Refused or RunStopped where there is none."""

    def set_aside(self, answer: Stored, why: str) -> None:
        """Keep an answer as evidence only, so that a later try asks again."""


class Dialogue:
    """One call's types in one part of an interview as it is shown: the answers it took and what they hold."""

    def __init__(self, shown: ShownInterview, call: Call, part: Part, name: str) -> None:
        self.shown = shown
        self.call = call
        self.part = part
        self.name = name
        self.answers: list[Stored] = []
        self.candidates: list[Candidate] = []
        self.flags: list[str] = []


class OpenAIExtractor:
    """An Extractor on any OpenAI-compatible server."""

    name = "openai"

    def __init__(
        self,
        *,
        caller: Asker,
        catalogue: Catalogue,
        prompt: Prompt,
        settings: OpenAISettings,
        server: str,
        pseudonyms: Pseudonyms = NO_PSEUDONYMS,
        in_flight: Executor | None = None,
    ) -> None:
        self._caller = caller
        self._pseudonyms = pseudonyms
        self._calls = plan_calls(catalogue, settings.call_plan)
        self._prompt = prompt
        self._settings = settings
        self._server = server
        # One for all interviews and readers of a job, which may be under way together.
        self._in_flight = in_flight or ThreadPoolExecutor(settings.parallel_calls)

    def __call__(self, interview: Interview) -> Extracted:
        """Everything the model finds; ExtractionFailed or RunStopped where it cannot be had."""
        dialogues = self.dialogues(interview)
        self._hold_all(dialogues)
        return _extracted(dialogues)

    def dialogues(self, interview: Interview) -> list[Dialogue]:
        """What is to be asked about this interview: each call of the plan about each of its parts."""
        if not any(answer.answer.strip() for answer in interview.answers):
            return []
        shown = ShownInterview(interview, self._pseudonyms)
        parts = first_parts(shown.interview, self._settings)
        return [
            Dialogue(shown, call, part, f"{number}/{len(parts)}")
            for number, part in enumerate(parts, start=1)
            for call in self._calls
        ]

    def hold(self, dialogue: Dialogue) -> None:
        """Ask what this dialogue is about and keep the answers in it."""
        self._hold(dialogue, dialogue.part)

    def request(self, dialogue: Dialogue) -> Request:
        """The request that begins this dialogue."""
        return self._request(dialogue, dialogue.part)

    def _hold_all(self, dialogues: list[Dialogue]) -> None:
        """Hold the dialogues; the first that fails ends the interview: what was not begun is not asked."""
        failed = Event()

        def hold(dialogue: Dialogue) -> None:
            if failed.is_set():
                return
            try:
                self.hold(dialogue)
            except BaseException:
                failed.set()
                raise

        running = [self._in_flight.submit(hold, dialogue) for dialogue in dialogues]
        try:
            problems = [error for future in running if (error := future.exception())]
        except BaseException:  # Ctrl-C: no further call
            failed.set()
            raise
        problems.sort(key=lambda error: not isinstance(error, RunStopped))
        if problems:
            raise problems[0]

    def _hold(self, dialogue: Dialogue, part: Part) -> None:
        """Get this part's entities, in smaller parts where it has to be."""
        interview = dialogue.shown.interview
        try:
            content = self._content(dialogue, part)
        except (TooLong, Cut) as problem:
            smaller = halves(interview, part)
            if len(smaller) < 2 or part.characters < SMALLEST_PART:
                self._forget(dialogue, "cut")
                what = f"{dialogue.call.name}, {part.characters} characters"
                raise ExtractionFailed(f"{what}: {problem}; it cannot be split further") from None
            for half in smaller:
                self._hold(dialogue, half)
            return
        dialogue.flags += content.flags
        dialogue.candidates += map(dialogue.shown.in_own_words, candidates(interview, part, content))

    def _content(self, dialogue: Dialogue, part: Part) -> Content:
        """The checked answer: asked for again with more room, or with what was wrong, once each."""
        request = self._request(dialogue, part)
        about = About(interview=dialogue.shown.interview.id, call=dialogue.call.name, part=dialogue.name)
        roomy = repaired = False
        while True:
            try:
                return self._read(dialogue, request, about)
            except Cut:
                if roomy:
                    raise
                roomy = True
                request = request.model_copy(update={"max_output_tokens": 2 * request.max_output_tokens})
            except Invalid as problem:
                if repaired:
                    self._forget(dialogue, "invalid")
                    what = f"{dialogue.call.name}: invalid answers, twice: {problem}"
                    raise ExtractionFailed(what) from None
                repaired = True
                request = _with_remark(request, problem)

    def _read(self, dialogue: Dialogue, request: Request, about: About) -> Content:
        """A readable answer to this request; what is no answer at all is asked for once more."""
        problem: AnswerProblem | None = None
        for _ in range(2):
            try:
                answer = self._caller.ask(request, about)
            except Refused as refused:
                raise ExtractionFailed(f"{dialogue.call.name}: {refused}") from None
            try:
                content = read_answer(answer.body, dialogue.call)
            except (Cut, Invalid):
                dialogue.answers.append(answer)
                raise
            except Declined as declined:
                self._caller.set_aside(answer, "declined")
                raise ExtractionFailed(f"{dialogue.call.name}: declined: {declined}") from None
            except AnswerProblem as error:
                self._caller.set_aside(answer, "unreadable")
                problem = error
                continue
            dialogue.answers.append(answer)
            return content
        raise ExtractionFailed(f"{dialogue.call.name}: no answer in the response, twice: {problem}")

    def _forget(self, dialogue: Dialogue, why: str) -> None:
        for answer in dialogue.answers:
            self._caller.set_aside(answer, why)

    def _request(self, dialogue: Dialogue, part: Part) -> Request:
        call = dialogue.call
        return Request(
            server=self._server,
            model=self._settings.models[0],
            messages=tuple(self._prompt.messages(call, dialogue.shown.interview, part)),
            schema_name=re.sub(r"[^A-Za-z0-9_-]", "_", call.name)[:64],
            answer_schema=call.answer_schema(),
            temperature=self._settings.temperature,
            max_output_tokens=self._settings.max_output_tokens,
        )


def _with_remark(request: Request, problem: Invalid) -> Request:
    """The request with what was wrong with its answer."""
    *first, last = request.messages
    remark = f"\nYour last answer could not be used ({problem}). Return one JSON object of the schema.\n"
    return request.model_copy(update={"messages": (*first, {**last, "content": last["content"] + remark})})


def first_parts(interview: Interview, settings: OpenAISettings) -> tuple[Part, ...]:
    """The parts that an interview is read in to begin with: one, unless it is too long for a call."""
    return split(interview, characters=int(settings.max_input_tokens * CHARACTERS_A_TOKEN))


def candidates(interview: Interview, part: Part, content: Content) -> list[Candidate]:
    """The entities of an answer with every quote looked up; what only the context shows is left out."""
    answers = tuple(
        Answer(
            question=interview.answers[piece.question_index].question,
            answer=interview.answer(piece.question_index)[piece.context_start : piece.end],
        )
        for piece in part.pieces
    )
    found = []
    for table, entities in content.entities.items():
        for entity in entities:
            candidate = _candidate(table, entity, part, answers)
            if not _only_in_context(candidate, part):
                found.append(candidate)
    return found


def _candidate(table: str, entity: dict[str, Any], part: Part, answers: tuple[Answer, ...]) -> Candidate:
    own = {
        name: value
        for name, value in entity.items()
        if name not in ("label", "description", "confidence", "evidence")
    }
    evidence = tuple(_evidence(claim, part, answers) for claim in entity["evidence"])
    lost = sum(not item.verified for item in evidence)
    return Candidate(
        type=table,
        label=entity["label"],
        description=entity["description"],
        confidence=min(max(float(entity["confidence"]), 0.0), 1.0),
        evidence=evidence,
        fields=own,
        review_reasons=("a quote was not found in the answers",) if lost else (),
    )


def _evidence(claim: dict[str, Any], part: Part, answers: tuple[Answer, ...]) -> Evidence:
    """The quote in the answer's own offsets, wherever the part begins."""
    indexes = [piece.question_index for piece in part.pieces]
    claimed = indexes.index(claim["question_index"]) if claim["question_index"] in indexes else None
    local = ground(claim["quote"], answers, question_index=claimed)
    if local.question_index is None:
        return local
    piece = part.pieces[local.question_index]
    moved: dict[str, Any] = {"question_index": piece.question_index}
    if local.start is not None and local.end is not None:
        moved |= {"start": local.start + piece.context_start, "end": local.end + piece.context_start}
    return local.model_copy(update=moved)


def _only_in_context(candidate: Candidate, part: Part) -> bool:
    """Whether the part before this one has found it, too: all its quotes begin before this part does."""
    begins: dict[int, Piece] = {piece.question_index: piece for piece in reversed(part.pieces)}
    verified = [item for item in candidate.evidence if item.verified]
    return bool(verified) and all(
        item.question_index is not None
        and item.end is not None
        and item.end <= begins[item.question_index].start
        for item in verified
    )


def _extracted(dialogues: list[Dialogue]) -> Extracted:
    answers = [answer for dialogue in dialogues for answer in dialogue.answers]
    costs = [answer.usd for answer in answers]
    flags = [f"{dialogue.call.name}: {flag}" for dialogue in dialogues for flag in dialogue.flags]
    return Extracted(
        candidates=tuple(item for dialogue in dialogues for item in dialogue.candidates),
        model=", ".join(dict.fromkeys(answer.model for answer in answers)),
        usage=_usage(answers),
        cost_usd=None if None in costs else round(sum(cost for cost in costs if cost is not None), 8),
        warnings=tuple(dict.fromkeys(flags)),
    )


def _usage(answers: list[Stored]) -> Usage:
    def total(name: str) -> int | None:
        counts = [answer.usage[name] if answer.usage else None for answer in answers]
        return None if None in counts else sum(count for count in counts if count is not None)

    return Usage(
        calls=len(answers),
        calls_from_store=sum(answer.from_store for answer in answers),
        prompt_tokens=total("prompt_tokens"),
        cached_tokens=total("cached_tokens"),
        completion_tokens=total("completion_tokens"),
    )
