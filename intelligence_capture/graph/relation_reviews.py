"""What people said of relations: reviews/relations.csv, an input that no rule writes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import field_validator, model_validator

from intelligence_capture.csv_files import read_records
from intelligence_capture.graph.records import (
    Canonical,
    Proof,
    Relation,
    RelationOutcome,
    RelationResult,
    Talk,
)
from intelligence_capture.graph.relation_table import RelationType
from intelligence_capture.graph.resolve import Resolver
from intelligence_capture.grounding import ground
from intelligence_capture.records import Record
from intelligence_capture.texts import active_text, fold

FILE_NAME = "relations.csv"
CERTAIN = 1.0
"""The strength of a relation that a person keeps."""

Ends = tuple[str, str, str]
"""Source, relation and target of a relation."""


class RelationReview(Record):
    """One row: `source` and `target` are ids of entities, or labels; without a company it holds in all."""

    action: Literal["accept", "reject", "add"]
    source_type: str
    source: str
    relation: str
    target_type: str
    target: str
    company: str = ""
    interview: str = ""
    quote: str = ""
    note: str = ""
    by: str = ""
    date: str = ""

    @field_validator("source", "target", "quote", "note", "by")
    @classmethod
    def _as_it_was(cls, text: str) -> str:
        return active_text(text)

    @model_validator(mode="after")
    def _is_complete(self) -> "RelationReview":
        if not (self.source and self.target):
            raise ValueError("name the source and the target, each by its label or by the id of an entity")
        if bool(self.quote) != bool(self.interview):
            raise ValueError("a quote and the id of the interview that it is from belong together")
        return self


Numbered = tuple[int, RelationReview]
"""A row with its line in the file."""


def load_relation_reviews(path: Path) -> tuple[Numbered, ...]:
    """The rows of the file, none where there is no file; SettingsError names the line that is wrong."""
    required = ("action", "source_type", "source", "relation", "target_type", "target")
    return tuple(read_records(path, RelationReview, required=required))


def decide_relations(
    relations: Iterable[Relation],
    reviews: Sequence[Numbered],
    *,
    table: Sequence[RelationType],
    talks: Iterable[Talk],
    canonicals: Sequence[Canonical],
    resolver: Resolver,
) -> tuple[tuple[Relation, ...], tuple[RelationOutcome, ...]]:
    """The relations as people want them, sorted, and what became of each row."""
    if not reviews:
        return tuple(relations), ()
    desk = _Desk({one[:3]: one for one in relations}, table, talks, canonicals, resolver)
    about: dict[Ends, list[Numbered]] = defaultdict(list)
    for line, review in reviews:
        for ends in desk.meant(line, review):
            about[ends].append((line, review))
    for ends, rows in sorted(about.items()):
        desk.decide(ends, rows)
    return tuple(sorted(desk.relations.values())), desk.outcomes(reviews)


class Became(NamedTuple):
    """What became of a row with one pair of things."""

    result: RelationResult
    why: str = ""


class _Desk:
    """The relations on the desk."""

    def __init__(
        self,
        relations: dict[Ends, Relation],
        table: Sequence[RelationType],
        talks: Iterable[Talk],
        canonicals: Sequence[Canonical],
        resolver: Resolver,
    ) -> None:
        self.relations = relations
        self._allowed = {(row.source, row.relation, target) for row in table for target in row.targets}
        self._talks = {talk.id: talk for talk in talks}
        self._canonicals = {one.id: one for one in canonicals}
        self._resolver = resolver
        self._called = _names(canonicals)
        self._scopes = sorted({company for found in self._called.values() for company, _ in found})
        self._became: dict[int, list[Became]] = defaultdict(list)

    def meant(self, line: int, review: RelationReview) -> list[Ends]:
        """The pairs of things that a row speaks of; none where it cannot hold, and why is noted."""
        kinds = (review.source_type, review.relation, review.target_type)
        if kinds not in self._allowed:
            self._note(line, "invalid", f"the catalogue has no relation {' '.join(kinds)}")
            return []
        sources = self._named(review.source_type, review.source, review.company)
        targets = self._named(review.target_type, review.target, review.company)
        for found, words in ((sources, review.source), (targets, review.target)):
            if not found:
                self._note(line, "not_found", f"nothing is called {words}")
                return []
        pairs = [(a.id, review.relation, b.id) for a in sources for b in targets if _together(a, b)]
        if not pairs:
            self._note(line, "not_found", "they belong to different companies")
        return pairs

    def _named(self, kind: str, words: str, company: str) -> list[Canonical]:
        """The things of this type that the words name: by id or label, else as names are matched in fields."""
        scopes = [scope for scope in self._scopes if not company or fold(scope) == fold(company)]
        called = {*self._called.get((kind, words), ()), *self._called.get((kind, fold(words)), ())}
        found = {ident for scope, ident in called if scope in scopes}
        if not found:
            named = (self._resolver.named(kind, words, company=scope, interview="") for scope in scopes)
            found = {ident for ident in named if ident}
        return [self._canonicals[ident] for ident in sorted(found)]

    def decide(self, ends: Ends, rows: list[Numbered]) -> None:
        """Apply what people decided on one relation, or note that they disagree."""
        current: dict[str, Numbered] = {}
        for line, review in rows:
            if earlier := current.get(fold(review.by)):
                self._note(earlier[0], "superseded")
            current[fold(review.by)] = (line, review)
        rejected = {review.action == "reject" for _, review in current.values()}
        if len(rejected) > 1:
            said = sorted({f"{review.by or '?'}: {review.action}" for _, review in current.values()})
            for line, _ in current.values():
                self._note(line, "conflict", "; ".join(said))
        elif True in rejected:
            there = self.relations.pop(ends, None)
            for line, _ in current.values():
                if there:
                    self._note(line, "applied")
                else:
                    self._note(line, "not_needed", "no rule finds it")
        else:
            self._keep(ends, list(current.values()))

    def _keep(self, ends: Ends, rows: list[Numbered]) -> None:
        there = self.relations.get(ends)
        proofs: set[tuple[str, Proof]] = set()
        by: set[str] = set()
        for line, review in rows:
            proof = self._proof(review, ends)
            if review.quote and proof is None:
                self._note(line, "not_found", "these words are not in the interview")
                continue
            proofs |= {("stated", proof)} if proof else set()
            by.add(review.by)
            if there is not None or review.action == "add":
                self._note(line, "applied")
            else:
                self._note(line, "restored", "no rule finds it any more")
        if by:
            self.relations[ends] = _kept(ends, there, proofs, ", ".join(sorted(by - {""})) or "?")

    def _proof(self, review: RelationReview, ends: Ends) -> Proof | None:
        """The words of the interview that a person says state the relation."""
        talk = self._talks.get(review.interview)
        if talk is None:
            return None
        words = ground(review.quote, talk.answers)
        if not words.verified or words.question_index is None or words.start is None or words.end is None:
            return None
        mentions = [m for end in (ends[0], ends[2]) for m in self._canonicals[end].mentions]
        here = [m for m in mentions if m.interview_id == talk.id] or mentions
        return Proof(talk.id, here[0].entity_id, words.question_index, words.start, words.end, words.quote)

    def _note(self, line: int, result: RelationResult, why: str = "") -> None:
        self._became[line].append(Became(result, why))

    def outcomes(self, reviews: Sequence[Numbered]) -> tuple[RelationOutcome, ...]:
        """What became of each row, in the order of the file; where it spoke of several pairs, by `_FIRST`."""
        return tuple(_outcome(line, review, self._became[line]) for line, review in reviews)


def _names(canonicals: Iterable[Canonical]) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """The company and the thing that an entity's id or a name of it means, by type and that id or name."""
    called: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for one in canonicals:
        for mention in one.mentions:
            for words in {mention.entity_id, fold(mention.text), fold(one.label)} - {""}:
                called[one.type, words].add((mention.scope, one.id))
    return called


def _together(a: Canonical, b: Canonical) -> bool:
    return a.id != b.id and (a.scope == b.scope or "" in (a.scope, b.scope))


def _kept(ends: Ends, there: Relation | None, proofs: set[tuple[str, Proof]], by: str) -> Relation:
    """The relation that people keep: on its own ground, on a quote of theirs, or else on their word."""
    own = there.proofs if there and there.ground != "answer" else ()
    all_proofs = tuple(sorted({*own, *proofs}, key=lambda one: one[1]))
    name = "stated" if proofs else there.ground if own and there else "review"
    interviews = len({proof.interview_id for _, proof in all_proofs})
    return Relation(*ends, name, CERTAIN, interviews, all_proofs, by)


_FIRST: tuple[RelationResult, ...] = (
    *("conflict", "applied", "restored", "superseded", "not_found", "not_needed", "invalid"),
)
"""Which result a row shows that spoke of several pairs: a conflict is never hidden."""


def _outcome(line: int, review: RelationReview, became: Iterable[Became]) -> RelationOutcome:
    result, why = min(became, key=lambda one: _FIRST.index(one.result))
    return RelationOutcome(line=line, result=result, explanation=why, **review.model_dump())
