"""Contradictions in free text: pairs of statements about one thing or topic, put to a judge."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from intelligence_capture.graph.canonical import Node
from intelligence_capture.graph.claims import same_place
from intelligence_capture.graph.contradictions import WISHES
from intelligence_capture.graph.free_text import Judge
from intelligence_capture.graph.judging import (
    LONGEST_TEXT,
    Judgement,
    PairJudge,
    Question,
    question,
    shortened,
)
from intelligence_capture.graph.records import (
    Claim,
    Contradiction,
    Item,
    JudgedPair,
    Mention,
    Proof,
    Source,
    Talk,
)
from intelligence_capture.graph.relations import Owners
from intelligence_capture.graph.sentences import own_sentence
from intelligence_capture.graph.wording import wording
from intelligence_capture.grounding import ground
from intelligence_capture.records import Answer

ONE_TOPIC = 0.2
"""Likeness of words from which two sentences are about one topic; less will do for one canonical entity."""
ONE_THING = 0.12
SHARED_STEMS = 2
FEWEST_STEMS = 4
"""A sentence with fewer ("El stock no cuadra.") names something and claims nothing more."""


class Statement(NamedTuple):
    """A sentence of an interview with its entities; `things` are the canonical ones that it is about."""

    proof: Proof
    talk: Talk
    type: str
    things: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The sentence after the question that it answers: "three days" says nothing alone."""
        asked = self.talk.answers[self.proof.question_index].question.strip()
        return shortened(f"({shortened(asked, LONGEST_TEXT // 3)}) {self.proof.quote}")


class Disputes(NamedTuple):
    """What was found, and everything that was judged on the way."""

    contradictions: tuple[Contradiction, ...] = ()
    judgements: tuple[JudgedPair, ...] = ()


def find_disputes(
    source: Source, owners: Owners, known: Iterable[Contradiction], judge: PairJudge | None
) -> Disputes:
    """What a judge finds to be contradictory beyond `known`; nothing where there is no judge."""
    if judge is None:
        return Disputes()
    settled = {_places(one.a.proof, one.b.proof) for one in known}
    pairs = [
        (likeness, a, b)
        for likeness, a, b in _candidates(_statements(source, owners))
        if _places(a.proof, b.proof) not in settled
    ]
    questions = [question("contradiction", "", a.shown, b.shown) for _, a, b in pairs]
    answers = judge(tuple(dict.fromkeys(questions)))
    found, rows = [], []
    for (likeness, a, b), asked in zip(pairs, questions, strict=True):
        if said := answers.get(asked):
            clash = _contradiction(a, b, asked, said)
            dropped = said.verdict == "contradiction" and clash is None
            rows.append(_row(a, b, likeness, said, "no quote supports it: " if dropped else ""))
            found += [clash] if clash else []
    return Disputes(tuple(found), tuple(rows))


def _statements(source: Source, owners: Owners) -> dict[str, list[Statement]]:
    """Each sentence with an entity in it once, by company; wishes contradict nobody."""
    talks = {talk.id: talk for talk in source.talks}
    at: dict[tuple[str, int, int, int], list[tuple[Proof, Item]]] = defaultdict(list)
    for item in sorted(source.items, key=lambda item: item.id):
        where = own_sentence(talks[item.interview_id], item)
        claims = where and len(wording(where.quote).stems) >= FEWEST_STEMS
        if where and claims and item.type not in WISHES and owners.get(item.id):
            at[where.interview_id, where.question_index, where.start, where.end].append((where, item))
    found = defaultdict(list)
    for place in sorted(at):
        proof, item = at[place][0]
        things = tuple(sorted({one for _, other in at[place] for one in owners[other.id]}))
        found[talks[place[0]].company].append(Statement(proof, talks[place[0]], item.type, things))
    return dict(found)


def _candidates(statements: Mapping[str, list[Statement]]) -> Iterator[tuple[float, Statement, Statement]]:
    """Pairs of two people on one thing or topic, first where one denies it, then those with most in common."""
    found = []
    for company in sorted(statements):
        told = statements[company]
        nodes = [Node(company, one.proof.quote, (_mention(one),)) for one in told]
        wordings = [wording(node.text) for node in nodes]
        # Words alone: to embed every sentence would take longer than the rest of the graph.
        nowhere = dict.fromkeys((node.text for node in nodes), np.zeros(1, dtype=np.float32))
        likeness = Judge(nodes, wordings, nowhere)
        for a, b in likeness.candidates():
            one, other = told[a], told[b]
            if one.talk.id == other.talk.id or not same_place(one.talk, other.talk):
                continue
            if len(wordings[a].stems & wordings[b].stems) < SHARED_STEMS:
                continue
            alike = round(likeness.lexical(a, b), 4)
            if alike >= (ONE_THING if set(one.things) & set(other.things) else ONE_TOPIC):
                denied = bool(wordings[a].negated ^ wordings[b].negated)
                found.append((not denied, -alike, one.proof, other.proof, one, other))
    return iter([(-alike, one, other) for _, alike, _, _, one, other in sorted(found, key=lambda x: x[:4])])


def _contradiction(a: Statement, b: Statement, asked: Question, said: Judgement) -> Contradiction | None:
    """The contradiction with both claims in the speakers' own words; None where a quote is not theirs."""
    if said.verdict != "contradiction":
        return None
    quotes = (said.quote_a, said.quote_b) if a.shown == asked.a else (said.quote_b, said.quote_a)
    proofs = [_quoted(one, quote) for one, quote in zip((a, b), quotes, strict=True)]
    if proofs[0] is None or proofs[1] is None:
        return None
    thing = min(set(a.things) & set(b.things) or a.things)
    sides = [
        Claim(
            thing,
            "statement",
            proof.quote,
            proof.quote,
            one.talk.company,
            one.talk.business_unit,
            proof,
        )
        for one, proof in zip((a, b), (proofs[0], proofs[1]), strict=True)
    ]
    return Contradiction(thing, "statement", "statement", f"{said.judge}: {said.reason}", *sides)


def _quoted(one: Statement, quote: str) -> Proof | None:
    """The quote at its place in the sentence, None where nobody said it there."""
    found = ground(quote, (Answer(question="", answer=one.proof.quote),))
    if found.start is None or found.end is None:
        return None
    start = one.proof.start
    return one.proof._replace(quote=found.quote, start=start + found.start, end=start + found.end)


def _row(a: Statement, b: Statement, likeness: float, said: Judgement, remark: str) -> JudgedPair:
    told = ("contradiction", a.type, said.verdict, said.judge, remark + said.reason, likeness)
    ids = (a.proof.entity_id, b.proof.entity_id, a.proof.interview_id, b.proof.interview_id)
    return JudgedPair(*told, a.proof.quote, b.proof.quote, *ids)


def _places(a: Proof, b: Proof) -> tuple[tuple[str, int, int], ...]:
    """Where two claims stand, by the answers that hold them."""
    return tuple(sorted((one.interview_id, one.question_index, one.start) for one in (a, b)))


def _mention(one: Statement) -> Mention:
    return Mention(one.type, one.talk.company, one.proof.quote, one.proof.entity_id, one.proof.interview_id)
