"""Pairs judged by a model: several in a call, each answered once, whatever call it was asked in.

The store has the answers, and the ledger says which pairs each of them is about: nothing else is kept.
"""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

from intelligence_capture.errors import RunStopped
from intelligence_capture.graph.judging import NOT_JUDGED, VERDICTS, Judgement, Question
from intelligence_capture.llm.answers import AnswerProblem, Invalid, read_object
from intelligence_capture.llm.extractor import Asker
from intelligence_capture.llm.ledger import read_ledger
from intelligence_capture.llm.request import About, Request
from intelligence_capture.llm.retry import Refused, TooLong
from intelligence_capture.llm.shown import ShownPair
from intelligence_capture.llm.store import ResponseStore, Stored
from intelligence_capture.pseudonyms.pseudonyms import NO_PSEUDONYMS, Pseudonyms
from intelligence_capture.settings import JudgeQuestion as Kind
from intelligence_capture.settings import OpenAISettings

log = logging.getLogger(__name__)

PAIRS_A_CALL = 25
LONGEST_REASON = 300
WHO = "(graph)"
"""Whose calls these are in the ledger; no interview has brackets in its id."""

_TEXTS: dict[Kind, tuple[str, ...]] = {
    "same_thing": ("reason",),
    "contradiction": ("reason", "quote_a", "quote_b"),
}


class ModelJudge:
    """A PairJudge on any OpenAI-compatible server; `unanswered` says why questions went without an answer."""

    def __init__(
        self,
        *,
        caller: Asker,
        prompts: Mapping[Kind, str],
        settings: OpenAISettings,
        server: str,
        responses: Path,
        calls: int,
        pseudonyms: Pseudonyms = NO_PSEUDONYMS,
    ) -> None:
        self._caller = caller
        self._prompts = prompts
        self._settings = settings
        self._server = server
        self._responses = responses
        self._pseudonyms = pseudonyms
        self._left = dict.fromkeys(prompts, calls // 2)
        self.unanswered: dict[str, int] = {}

    def __call__(self, questions: Sequence[Question]) -> dict[Question, Judgement]:
        """The answers, in the words of the questions; with NOT_JUDGED where one was asked for in vain.

        What goes beyond the limit on calls is left out. The limit counts answers that are in the store, too:
        which questions are asked follows from the questions alone.
        """
        pairs = {question: ShownPair(question, self._pseudonyms) for question in questions}
        answers = self._answers(tuple(dict.fromkeys(pair.question for pair in pairs.values())))
        return {
            question: pair.in_own_words(answers[pair.question])
            for question, pair in pairs.items()
            if pair.question in answers
        }

    def _answers(self, questions: Sequence[Question]) -> dict[Question, Judgement]:
        """The answers to questions as they are shown."""
        if not questions:
            return {}
        kind = questions[0].kind
        within = questions[: self._left[kind] * PAIRS_A_CALL]
        self._left[kind] -= -(-len(within) // PAIRS_A_CALL)
        if beyond := len(questions) - len(within):
            log.warning("%s: %d pairs are beyond graph.judge_calls and not asked about", kind, beyond)
        addresses = {question: self.address(question) for question in within}
        answers = {
            question: self._known[address]
            for question, address in addresses.items()
            if address in self._known
        }
        missing = [question for question in within if question not in answers]
        batches = [missing[i : i + PAIRS_A_CALL] for i in range(0, len(missing), PAIRS_A_CALL)]
        log.info("%s: %d pairs known, %d to ask in %d calls", kind, len(answers), len(missing), len(batches))
        with ThreadPoolExecutor(self._settings.parallel_calls) as pool:
            for said in pool.map(lambda batch: self._ask(batch, addresses), batches):
                answers |= said
        return answers

    def address(self, question: Question) -> str:
        """What a pair as it is shown is known by: all that its answer depends on, but not its neighbours."""
        return self._request([question]).key[:32]

    def _ask(self, batch: Sequence[Question], addresses: Mapping[Question, str]) -> dict[Question, Judgement]:
        kind = batch[0].kind
        about = About(interview=WHO, call=kind, items=tuple(addresses[one] for one in batch))
        try:
            answer = self._caller.ask(self._request(batch), about)
        except (RunStopped, Refused, TooLong) as problem:
            return self._in_vain(batch, str(problem))
        try:
            said = read_judgements(answer, kind, about.items)
        except AnswerProblem as problem:
            self._caller.set_aside(answer, "unreadable")
            return self._in_vain(batch, f"no usable answer: {problem}")
        found = {one: said[address] for one in batch if (address := addresses[one]) in said}
        left = [one for one in batch if one not in found]
        if left:  # the next run asks for these alone
            found |= self._in_vain(left, "the answer passed them over")
        return found

    def _request(self, batch: Sequence[Question]) -> Request:
        prompt = self._prompts[batch[0].kind]
        return pair_request(batch, prompt=prompt, settings=self._settings, server=self._server)

    def _in_vain(self, batch: Sequence[Question], why: str) -> dict[Question, Judgement]:
        log.warning("%d pairs were not judged, likeness decides on them: %s", len(batch), why)
        self.unanswered[why] = self.unanswered.get(why, 0) + len(batch)
        return dict.fromkeys(batch, Judgement(NOT_JUDGED, self._settings.models[0], why[:LONGEST_REASON]))

    @cached_property
    def _known(self) -> dict[str, Judgement]:
        """Every judgement in the store by the address of its pair; of two on one pair the first."""
        store = ResponseStore(self._responses)
        known: dict[str, Judgement] = {}
        for key, kind, items in self._asked():
            if answer := store.look(key):
                try:
                    known = read_judgements(answer, kind, items) | known
                except AnswerProblem:
                    continue
        return known

    def _asked(self) -> Iterator[tuple[str, Kind, tuple[str, ...]]]:
        seen = set()
        for event in read_ledger(self._responses / "ledger"):
            items = event.get("items")
            if (
                event.get("call") in self._prompts
                and isinstance(items, list)
                and event.get("key") not in seen
            ):
                seen.add(event["key"])
                yield event["key"], event["call"], tuple(items)


def pair_request(
    questions: Sequence[Question], *, prompt: str, settings: OpenAISettings, server: str
) -> Request:
    """The request about these pairs: as JSON, in which no text can be taken for anything else."""
    kind = questions[0].kind
    pairs = [
        {"pair": number, **({"type": one.topic} if one.topic else {}), "a": one.a, "b": one.b}
        for number, one in enumerate(questions, start=1)
    ]
    return Request(
        server=server,
        model=settings.models[0],
        messages=(
            {"role": "system", "content": prompt},
            {"role": "user", "content": json.dumps(pairs, ensure_ascii=False, indent=0) + "\n"},
        ),
        schema_name=kind,
        answer_schema=_schema(kind),
        temperature=settings.temperature,
        max_output_tokens=settings.max_output_tokens,
    )


def read_judgements(answer: Stored, kind: Kind, items: Sequence[str]) -> dict[str, Judgement]:
    """The usable judgements in an answer by the address of their pair; Invalid where there is none at all."""
    pairs = read_object(answer.body).get("pairs")
    if not isinstance(pairs, list):
        raise Invalid("no list of pairs in it")
    found: dict[str, Judgement] = {}
    contested = set()
    for one in pairs:
        if (said := _judgement(one, kind, len(items), answer.model)) is None:
            continue
        address = items[one["pair"] - 1]
        if address in found and found[address].verdict != said.verdict:
            contested.add(address)
        found.setdefault(address, said)
    if not found:
        raise Invalid("no usable judgement in it")
    return {address: said for address, said in found.items() if address not in contested}


def _judgement(one: Any, kind: Kind, count: int, model: str) -> Judgement | None:  # noqa: ANN401 - any JSON
    if not isinstance(one, dict) or one.get("verdict") not in VERDICTS[kind]:
        return None
    number = one.get("pair")
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= count:
        return None
    texts = {name: text if isinstance(text := one.get(name), str) else "" for name in _TEXTS[kind]}
    texts["reason"] = texts["reason"][:LONGEST_REASON]
    return Judgement(one["verdict"], model, **texts)


def _schema(kind: Kind) -> dict[str, Any]:
    """Pair by pair, the reason before the verdict: the model looks before it decides."""
    properties: dict[str, Any] = {"pair": {"type": "integer"}}
    properties |= {name: {"type": "string"} for name in _TEXTS[kind]}
    properties["verdict"] = {"type": "string", "enum": list(VERDICTS[kind])}
    item = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"pairs": {"type": "array", "items": item}},
        "required": ["pairs"],
        "additionalProperties": False,
    }
