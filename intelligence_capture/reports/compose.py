"""From the rows that were read to every figure of the reports."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from intelligence_capture.catalogue import EntityType
from intelligence_capture.reports.companies import by_company
from intelligence_capture.reports.contradictions import in_order
from intelligence_capture.reports.findings import findings
from intelligence_capture.reports.pains import rank_pains
from intelligence_capture.reports.rankings import (
    SEVERITIES,
    rank_automation,
    rank_parties,
    rank_systems,
)
from intelligence_capture.reports.records import (
    CompanyFigures,
    Confirmed,
    Cost,
    Language,
    ModelCost,
    Progress,
    Quality,
    Reason,
    ReportData,
    TypeFigures,
)
from intelligence_capture.reports.rows import Item, Rows, Spent, Talk
from intelligence_capture.reports.wording import reason_kind


def compose(rows: Rows, *, language: Language) -> ReportData:
    """Every figure, from these rows alone and in an order that depends on nothing but content."""
    return ReportData(
        **_told(rows),
        language=language,
        progress=_progress(rows.talks),
        validation=rows.validation,
        types=tuple(_type_figures(rows, entity_type) for entity_type in rows.types),
        companies=_company_figures(rows),
        graph=rows.graph.model_copy(update={"contradictions": in_order(rows.graph)}),
        interviews=rows.talks,
        entities=rows.items,
        catalogue=rows.types,
    )


def mean_confidence(items: Iterable[Item]) -> float | None:
    """The mean confidence of these entities to four decimals, None where there are none."""
    values = [item.confidence for item in items]
    return round(sum(values) / len(values), 4) if values else None


def _told(rows: Rows) -> dict[str, Any]:
    """The fields of `Told`: what these interviews tell, as if there were no others."""
    systems = rank_systems(rows)
    pains = rank_pains(rows, systems, rank_parties(rows))
    automation = rank_automation(rows, systems)
    return {
        "quality": _quality(rows),
        "findings": findings(rows, pains, automation),
        "severities": _tally(rows, "pain_points", "severity"),
        "quadrants": _tally(rows, "automation_candidates", "quadrant"),
        "pain_points": pains,
        "automation": automation,
        "systems": systems,
    }


def _progress(talks: tuple[Talk, ...]) -> Progress:
    status = Counter(talk.status for talk in talks)
    return Progress(
        interviews=len(talks),
        extracted=status["ok"],
        failed=status["failed"],
        pending=status["pending"],
        stopped=tuple(sorted({talk.error for talk in talks if talk.status == "pending" and talk.error})),
    )


def _type_figures(rows: Rows, entity_type: EntityType) -> TypeFigures:
    items = [item for item in rows.items if item.type == entity_type.table]
    return TypeFigures(
        type=entity_type.table,
        name_es=entity_type.title.es,
        name_en=entity_type.title.en,
        entities=len(items),
        interviews=len({item.interview_id for item in items}),
        needs_review=sum(item.needs_review for item in items),
        without_verified_quote=sum(not item.verified for item in items),
        mean_confidence=mean_confidence(items),
    )


def _company_figures(rows: Rows) -> tuple[CompanyFigures, ...]:
    figures = []
    for company, part in by_company(rows).items():
        talks, items = part.talks, part.items
        counts = Counter(item.type for item in items)
        figures.append(
            CompanyFigures(
                **_told(part),
                company=company,
                interviews=len(talks),
                extracted=sum(talk.status == "ok" for talk in talks),
                entities=len(items),
                by_type={entity_type.table: counts[entity_type.table] for entity_type in rows.types},
                critical_or_high=sum(item.fields.get("severity") in SEVERITIES[:2] for item in items),
                needs_review=sum(item.needs_review for item in items),
                mean_confidence=mean_confidence(items),
            )
        )
    return tuple(sorted(figures, key=lambda one: (not one.company, -one.interviews, one.company)))


def _quality(rows: Rows) -> Quality:
    tenths = Counter(min(int(item.confidence * 10), 9) for item in rows.items)
    reasons = Counter(kind for item in rows.items for kind in {*map(reason_kind, item.review_reasons)})
    speaking = {item.interview_id for item in rows.items}
    present = {item.type for item in rows.items}
    quotes = [quote for item in rows.items for quote in item.evidence]
    spent = [talk.spent for talk in rows.talks]
    return Quality(
        entities=len(rows.items),
        with_verified_quote=sum(item.verified for item in rows.items),
        quotes=len(quotes),
        unverified_quotes=sum(not quote.verified for quote in quotes),
        needs_review=sum(item.needs_review for item in rows.items),
        without_company=tuple(talk.id for talk in rows.talks if not talk.company),
        mean_confidence=mean_confidence(rows.items),
        confidence_tenths=tuple(tenths[tenth] for tenth in range(10)),
        reasons=tuple(
            Reason(reason=reason, entities=count)
            for reason, count in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        confirmed=sum(bool(item.decided) for item in rows.items),
        confirmed_by=_confirmed(rows),
        empty_types=tuple(t.table for t in rows.types if t.table not in present),
        silent_interviews=tuple(
            talk.id for talk in rows.talks if talk.status == "ok" and talk.id not in speaking
        ),
        cost=Cost(**_sums(spent)),
        cost_by_model=_cost_by_model(spent),
    )


def _confirmed(rows: Rows) -> tuple[Confirmed, ...]:
    by: dict[str, Counter[str]] = defaultdict(Counter)
    for item in rows.items:
        if item.decided:
            by[item.decided_by][item.decided] += 1
    return tuple(
        Confirmed(by=who, accepted=how["accepted"], edited=how["edited"], added=how["added"])
        for who, how in sorted(by.items())
    )


def _cost_by_model(spent: list[Spent]) -> tuple[ModelCost, ...]:
    by_model = defaultdict(list)
    for one in spent:
        by_model[one.extractor, one.model].append(one)
    return tuple(
        ModelCost(extractor=extractor, model=model, **_sums(by_model[extractor, model]))
        for extractor, model in sorted(by_model)
    )


def _sums(spent: list[Spent]) -> dict[str, Any]:
    """What these extractions took together; a cost is the sum of the known ones, None where none is known."""
    known = [one.cost_usd for one in spent if one.cost_usd is not None]
    return {
        "interviews": len(spent),
        "calls": sum(one.calls for one in spent),
        "prompt_tokens": _total([one.prompt_tokens for one in spent]),
        "completion_tokens": _total([one.completion_tokens for one in spent]),
        "cost_usd": round(sum(known), 6) if known or not spent else None,
        "unknown_cost_interviews": len(spent) - len(known),
    }


def _total(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _tally(rows: Rows, table: str, field: str) -> dict[str, int]:
    """How many entities of the table hold each value of an enum; empty without that type or field."""
    spec = next((t.fields[field] for t in rows.types if t.table == table and field in t.fields), None)
    if spec is None:
        return {}
    counts = Counter(item.fields.get(field) for item in rows.items if item.type == table)
    return {value: counts[value] for value in spec.values}
