"""What returns: counted by interviews, never by repetitions, each with its share, its companies and its quotes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from intelligence_capture.graph.clusters import Clusters
from intelligence_capture.graph.records import Canonical, Item, Pattern, Proof, Relation, Source, Talk
from intelligence_capture.graph.sentences import always_after, own_words, stands_in
from intelligence_capture.settings import GraphSettings

PAINS = ("pain_points", "failure_modes", "inefficiencies")
"""Types whose entities say that something hurts."""
QUOTES = 12
"""Quotes that a pattern is shown with; its count is of all."""
MEANS = ("por", "via", "en", "con", "al", "by", "on", "in", "through", "over", "with")
"""Words before a name that make it a means or a place."""


class _Evidence:
    """Where each canonical entity was spoken of."""

    def __init__(
        self, source: Source, canonicals: Iterable[Canonical], relations: Iterable[Relation]
    ) -> None:
        self.talks: Mapping[str, Talk] = {talk.id: talk for talk in source.talks}
        self.asked = Counter(talk.company for talk in self.talks.values())
        self.items: Mapping[str, Item] = {item.id: item for item in source.items}
        self.canonicals: Mapping[str, Canonical] = {one.id: one for one in canonicals}
        self.relations = [one for one in relations if one.ground != "answer"]

    def of(self, *idents: str) -> dict[str, list[Proof]]:
        """The own words of the mentions of these entities, by interview."""
        found: dict[str, list[Proof]] = defaultdict(list)
        for entity in sorted({m.entity_id for ident in idents for m in self.canonicals[ident].mentions}):
            item = self.items[entity]
            if words := own_words(self.talks[item.interview_id], item):
                found[item.interview_id].append(words)
            else:
                found[item.interview_id]
        return found

    def blames(self, trouble: str, system: str, interview: str) -> bool:
        """Whether the words of the trouble in this interview name the system as more than a means."""
        names = {m.text for m in self.canonicals[system].mentions if m.interview_id == interview}
        items = {m.entity_id for m in self.canonicals[trouble].mentions if m.interview_id == interview}
        said = [quote.quote for item in sorted(items) for quote in self.items[item].evidence]
        return any(
            stands_in(name, words) and not always_after(MEANS, name, words)
            for name in names
            for words in said
        )


def find_patterns(
    source: Source,
    canonicals: Iterable[Canonical],
    relations: Iterable[Relation],
    alike: Iterable[tuple[str, str, float]],
    *,
    settings: GraphSettings,
) -> tuple[Pattern, ...]:
    """All patterns that enough interviews speak of, the most frequent of each kind first."""
    evidence = _Evidence(source, canonicals, relations)
    found = [
        *_recurring_pains(evidence),
        *_problematic_systems(evidence),
        *_manual_flows(evidence),
        *_bottleneck_roles(evidence),
        *_shared_pains(evidence, alike),
        *_automation(evidence),
    ]
    patterns = [_pattern(evidence, settings, *one) for one in found]
    kept = [pattern for pattern in patterns if pattern is not None]
    return tuple(
        sorted(kept, key=lambda p: (p.kind, -p.interview_count, -p.weight, p.canonical_id, p.other_id))
    )


_Found = tuple[str, str, str, dict[str, list[Proof]], float]
"""Kind, entity, other entity, proofs by interview, weight."""


def _pattern(
    evidence: _Evidence,
    settings: GraphSettings,
    kind: str,
    ident: str,
    other: str,
    proofs: dict[str, list[Proof]],
    weight: float,
) -> Pattern | None:
    """The pattern, None where too few interviews speak of it; its share is of the interviews of its companies."""
    spoken_in = {evidence.talks[interview].company for interview in proofs}
    asked = sum(evidence.asked[company] for company in spoken_in)
    share = len(proofs) / asked if asked else 0.0
    if len(proofs) < settings.pattern_interviews or share < settings.pattern_share:
        return None
    quotes = [words for interview in sorted(proofs) for words in proofs[interview][:1]]
    return Pattern(
        kind,
        ident,
        other,
        len(proofs),
        round(share, 4),
        tuple(sorted(spoken_in - {""})),  # an interview that names no company speaks of none
        round(weight, 4),
        tuple(quotes[:QUOTES]),
    )


def _recurring_pains(evidence: _Evidence) -> Iterator[_Found]:
    for ident, canonical in sorted(evidence.canonicals.items()):
        if canonical.type in PAINS:
            yield "recurring_pain", ident, "", evidence.of(ident), canonical.confidence


def _problematic_systems(evidence: _Evidence) -> Iterator[_Found]:
    """Systems that cause pains or break, by the interviews that say so.

    A field has to say it, or the words of the trouble name the system, and not as a means: an order that gets
    lost "por WhatsApp" is no complaint about WhatsApp.
    """
    proofs: dict[str, dict[str, list[Proof]]] = defaultdict(lambda: defaultdict(list))
    for relation in evidence.relations:
        ends = {
            "causes": (relation.source_id, relation.target_id),
            "breaks": (relation.target_id, relation.source_id),
        }
        system, trouble = ends.get(relation.relation, ("", ""))
        if system and evidence.canonicals[system].type == "systems":
            for ground, where in relation.proofs:
                if ground == "stated" or evidence.blames(trouble, system, where.interview_id):
                    proofs[system][where.interview_id].append(where)
    for system in sorted(proofs):
        used = len(evidence.canonicals[system].interviews)
        yield "problematic_system", system, "", proofs[system], len(proofs[system]) / used if used else 0.0


def _manual_flows(evidence: _Evidence) -> Iterator[_Found]:
    """Data carried by hand between the same two ends."""
    ends: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for relation in evidence.relations:
        if relation.relation in ("reads_from", "writes_to"):
            for _, where in relation.proofs:
                ends[where.entity_id][relation.relation].add(relation.target_id)
    proofs: dict[tuple[str, str], dict[str, list[Proof]]] = defaultdict(lambda: defaultdict(list))
    for entity in sorted(ends):
        item = evidence.items[entity]
        words = own_words(evidence.talks[item.interview_id], item)
        if item.fields.get("method") not in ("manual", "semi-automatic") or words is None:
            continue
        for origin in ends[entity]["reads_from"]:
            for target in ends[entity]["writes_to"] - {origin}:
                proofs[origin, target][item.interview_id].append(words)
    for (origin, target), said in sorted(proofs.items()):
        yield "manual_flow", origin, target, said, float(sum(len(words) for words in said.values()))


def _bottleneck_roles(evidence: _Evidence) -> Iterator[_Found]:
    """Roles by whom decisions are taken or on whom others wait, by the interviews that name them so."""
    proofs: dict[str, dict[str, list[Proof]]] = defaultdict(lambda: defaultdict(list))
    subjects: dict[str, set[str]] = defaultdict(set)
    for relation in evidence.relations:
        if relation.relation in ("decided_by", "escalates_to"):
            subjects[relation.target_id].add(relation.source_id)
            for _, where in relation.proofs:
                proofs[relation.target_id][where.interview_id].append(where)
    for role in sorted(proofs):
        yield "bottleneck_role", role, "", proofs[role], float(len(subjects[role]))


def _shared_pains(evidence: _Evidence, alike: Iterable[tuple[str, str, float]]) -> Iterator[_Found]:
    """Pains alike in several companies, named by the most frequent; and those that recur in one alone."""
    pains = sorted(ident for ident, one in evidence.canonicals.items() if one.type in PAINS)
    number = {ident: place for place, ident in enumerate(pains)}
    groups = Clusters(len(pains))
    for a, b, _ in sorted(alike, key=lambda pair: (-pair[2], pair)):
        if a in number and b in number:
            groups.join(number[a], number[b])
    for members in groups.sets():
        idents = [pains[place] for place in members]
        companies = {m.scope for ident in idents for m in evidence.canonicals[ident].mentions} - {""}
        leader = min(idents, key=lambda ident: (-len(evidence.canonicals[ident].interviews), ident))
        kind = "shared_pain" if len(companies) > 1 else "company_pain"
        if companies:
            yield kind, leader, "", evidence.of(*idents), float(len(companies))


def _automation(evidence: _Evidence) -> Iterator[_Found]:
    """Candidates for automation with the pains behind them."""
    behind: dict[str, set[str]] = defaultdict(set)
    for relation in evidence.relations:
        if relation.relation == "addresses":
            behind[relation.source_id].add(relation.target_id)
    for ident, canonical in sorted(evidence.canonicals.items()):
        if canonical.type == "automation_candidates":
            pains = Counter(behind[ident])
            yield "automation_demand", ident, "", evidence.of(ident, *sorted(pains)), float(len(pains))
