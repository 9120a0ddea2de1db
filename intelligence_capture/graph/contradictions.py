"""Claims about the same thing that cannot both hold: both are kept, neither is preferred."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from intelligence_capture.embedding import Embedder
from intelligence_capture.graph.claims import (
    OWN,
    Said,
    at_their_sites,
    same_place,
)
from intelligence_capture.graph.marks import DISSATISFIED, SATISFIED
from intelligence_capture.graph.opposites import AXES
from intelligence_capture.graph.quantities import ROUNDING, plain, quantities
from intelligence_capture.graph.records import Canonical, Claim, Contradiction, Item, Proof, Source, Talk
from intelligence_capture.graph.relations import Owners
from intelligence_capture.graph.resolve import Resolver
from intelligence_capture.graph.sentences import own_sentence, places, proof, sentences
from intelligence_capture.graph.statements import clashing_statements
from intelligence_capture.graph.terms import stems_of
from intelligence_capture.texts import fold

WISHES = ("automation_candidates",)
"""What somebody wishes for contradicts nobody."""
AMOUNTS = {
    "duration_minutes": "minutes",
    "recovery_minutes": "minutes",
    "time_wasted_minutes": "minutes",
    "response_minutes": "minutes",
    "team_size": "people",
}
"""Fields that hold a number, with its unit."""
TEXTS_WITH_AMOUNTS = ("frequency", "cadence", "target", "approval_threshold", "formula")
PEOPLE = ("decision_maker", "approver", "reports_to", "coordinator", "owner")
KINDS = {
    "approver": "people",
    "owner": "people",
    "reports_to": "people",
    "method": "method",
    "satisfaction": "field",
    "statement": "field",
    "kept_in": "field",
    "comes_from": "field",
    "where": "field",
    "supplier": "field",
}
"""The kind of contradiction by its field; all other fields are amounts."""
FIELDS = {
    "is it so": "statement",
    "who does it": "owner",
    "total": "count",
    "headcount": "people",
    "weekday": "when",
    "day of the month": "when",
    "time of day": "when",
    "month": "when",
    "system": "kept_in",
    "source": "comes_from",
    "place": "where",
}
"""What a claim of this kind is called where people read it."""
Quoted = tuple[int, int, frozenset[str], Item]
"""Where a quote of an entity begins and ends, with the stems of its label."""
_MARK = re.compile(r"\b(?:satisf\w*|puntaje|nota|califi\w*|de 10|sobre 10|out of 10|of 10|rate|score)\b")


def find_contradictions(
    source: Source, canonicals: Iterable[Canonical], owners: Owners, resolver: Resolver, embed: Embedder
) -> tuple[Contradiction, ...]:
    """All contradictions, from fields and from sentences, one for each pair of interviews and thing; sorted."""
    source = source.model_copy(update={"talks": at_their_sites(_of_known_companies(source.talks))})
    talks = {talk.id: talk for talk in source.talks}
    items = {item.id: item for item in source.items}
    canonicals = tuple(canonicals)
    found = [
        *_from_fields(canonicals, items, talks, resolver),
        *_from_sentences(source, owners, resolver, embed),
    ]
    best: dict[tuple[object, ...], Contradiction] = {}
    for one in found:
        places_ = tuple(
            sorted((c.proof.interview_id, c.proof.question_index, c.proof.start) for c in (one.a, one.b))
        )
        best.setdefault(places_, one)
    return tuple(sorted(best.values(), key=in_order))


def in_order(one: Contradiction) -> tuple[object, ...]:
    """By what contradictions are sorted."""
    return (one.canonical_id, one.field, one.a.proof, one.b.proof)


def _of_known_companies(talks: tuple[Talk, ...]) -> tuple[Talk, ...]:
    """The talks that can contradict one another: where some name a company, who names none may be of any."""
    named = tuple(talk for talk in talks if talk.company)
    return named or talks


def _from_fields(
    canonicals: tuple[Canonical, ...],
    items: Mapping[str, Item],
    talks: Mapping[str, Talk],
    resolver: Resolver,
) -> Iterator[Contradiction]:
    for canonical in canonicals:
        claims: dict[str, list[tuple[Claim, object]]] = defaultdict(list)
        for entity in sorted({mention.entity_id for mention in canonical.mentions}):
            item = items[entity]
            for field, said, value in _values(item, resolver) if item.interview_id in talks else ():
                where = own_sentence(talks[item.interview_id], item)
                if field == "satisfaction":
                    where = _marked(talks[item.interview_id], item, canonical.id, said, resolver) or where
                if where is not None:
                    place = (item.company, item.business_unit, where)
                    claims[field].append((Claim(canonical.id, field, said, _as_text(value), *place), value))
        for field in sorted(claims):
            for (a, value_a), (b, value_b) in combinations(
                sorted(claims[field], key=lambda c: c[0].proof), 2
            ):
                here, there = talks[a.proof.interview_id], talks[b.proof.interview_id]
                if here.id != there.id and same_place(here, there) and _clash(value_a, value_b):
                    kind = "people" if field in PEOPLE else "field"
                    yield Contradiction(canonical.id, field, kind, "the same field holds two values", a, b)


def _values(item: Item, resolver: Resolver) -> Iterator[tuple[str, str, object]]:
    """The fields that can clash: field, what was said, and the value on one scale."""
    fields = item.fields
    own = OWN.search(plain(" ".join([item.label, *(quote.quote for quote in item.evidence)])))
    for field, unit in () if own else AMOUNTS.items():
        value = fields.get(field)
        if isinstance(value, int | float):
            yield field, f"{value:g} {unit}", (unit, float(value), float(value))
    amount = fields.get("amount")
    if isinstance(amount, int | float) and not own:
        currency = fields.get("currency") or "money"
        yield "amount", f"{amount:g} {currency}", (str(currency), float(amount), float(amount))
    for field in TEXTS_WITH_AMOUNTS:
        said = fields.get(field)
        for one in quantities(said)[:1] if isinstance(said, str) and _said_here(item, said) else []:
            yield field, str(said), (one.kind, one.low, one.high)
    for field in PEOPLE:
        said = fields.get(field)
        if isinstance(said, str) and said.strip() and _said_here(item, said):
            ident = resolver.named("roles", said, company=item.company, interview=item.interview_id)
            yield field, said, frozenset([ident]) if ident else stems_of(fold(said).split())
    method = fields.get("method")
    if method in ("manual", "automatic"):
        yield "method", str(method), str(method)
    mark = fields.get("satisfaction")
    if isinstance(mark, int | float) and not DISSATISFIED < mark < SATISFIED:
        yield "satisfaction", f"{mark:g} of 10", "satisfied" if mark >= SATISFIED else "not satisfied"


def _as_text(value: object) -> str:
    """The value on its scale, as a person reads it."""
    if isinstance(value, tuple):
        kind, low, high = value
        return f"{low:g} {kind}" if low == high else f"{low:g} to {high:g} {kind}"
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def _marked(talk: Talk, item: Item, ident: str, said: str, resolver: Resolver) -> Proof | None:
    """The sentence that gives the system this mark: it seldom is the one that proves the system."""
    for index, answer in enumerate(talk.answers):
        for start, end in sentences(answer.answer):
            text = answer.answer[start:end]
            if (
                _MARK.search(plain(text))
                and said.split()[0] in re.findall(r"\d+", text)
                and ident in resolver.named_in("systems", text, company=talk.company)
            ):
                return proof(talk, item, index, start, end)
    return None


def _said_here(item: Item, words: str) -> bool:
    """Whether the words stand in a quote of the item: what the extractor inferred contradicts nobody."""
    return any(fold(words) in fold(quote.quote) for quote in item.evidence)


def _clash(a: object, b: object) -> bool:
    if isinstance(a, tuple) and isinstance(b, tuple):
        room = ROUNDING * max(abs(a[2]), abs(b[2]))
        return bool(a[0] == b[0] and (a[1] > b[2] + room or b[1] > a[2] + room))
    if isinstance(a, frozenset) and isinstance(b, frozenset):
        return bool(a and b) and not a & b
    return a != b


def _from_sentences(
    source: Source, owners: Owners, resolver: Resolver, embed: Embedder
) -> Iterator[Contradiction]:
    """Sentences about the same thing with amounts or approvers that clash."""
    at: dict[tuple[str, int], list[Quoted]] = defaultdict(list)
    for item in sorted(source.items, key=lambda item: item.id):
        stems = stems_of(fold(item.label).split())
        for question, start, end in places(item):
            at[item.interview_id, question].append((start, end, stems, item))
    talks = {talk.id: talk for talk in source.talks}
    for a, b, reason in clashing_statements(source.talks, resolver, embed):
        found = [_subject(said, at, owners) for said in (a, b)]
        known = [one for one in found if one]
        if not known or any(item.type in WISHES for _, item in known):
            continue
        ident = known[0][0]
        sides = [
            _side(ident, said, subject[1].id if subject else "", talks[said.interview_id])
            for said, subject in zip((a, b), found, strict=True)
        ]
        field = field_of(a.kind)
        yield Contradiction(ident, field, KINDS.get(field, "amount"), reason, *sides)


def field_of(kind: str) -> str:
    """What is in dispute, in the words of the catalogue: what is aimed at, once or a year only parts claims."""
    if kind.endswith(" aimed at"):
        return "target"
    if kind.startswith("approver"):
        return "approver"
    plainly = re.sub(r" (?:once|until|from|before)$", "", re.sub(r"(?<!times) a year$", "", kind))
    return "statement" if plainly in AXES and plainly != "method" else FIELDS.get(plainly, plainly)


def _side(ident: str, said: Said, entity: str, talk: Talk) -> Claim:
    """One side of the clash; the sentence proves it, also where no entity was extracted from it."""
    quote = talk.answers[said.question_index].answer[said.start : said.end]
    where = Proof(talk.id, entity, said.question_index, said.start, said.end, quote)
    value = said.quantity.text if said.quantity else said.text
    return Claim(ident, field_of(said.kind), said.text, value, said.company, said.business_unit, where)


def _subject(
    said: Said, at: Mapping[tuple[str, int], list[Quoted]], owners: Owners
) -> tuple[str, Item] | None:
    """The entity whose words the claim stands in, the closest fit; None where nothing was extracted there."""
    near = [
        (len(stems ^ said.near), item.id, item)
        for start, end, stems, item in at.get((said.interview_id, said.question_index), [])
        if start < said.end and end > said.start and owners.get(item.id)
    ]
    if not near:
        return None
    item = min(near, key=lambda one: one[:2])[2]
    return owners[item.id][0], item
