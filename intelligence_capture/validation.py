"""Validation: every check with its verdict and an example, and the gate that they open or close.

It judges facts that were read from the database; who reads them is the script's matter.
"""

from collections.abc import Callable, Iterator
from typing import Literal

from intelligence_capture.records import Record
from intelligence_capture.settings import ValidationSettings
from intelligence_capture.texts import inert_markdown, one_line

Verdict = Literal["pass", "warn", "fail"]
Gate = Literal["open", "closed"]


class Problem(Record):
    """One thing that a check objects to, and where it stands."""

    where: str
    what: str


class InterviewState(Record):
    """One interview as the database has it."""

    id: str
    source: str
    status: str
    error: str
    company: str
    company_as_written: str
    known_place: bool
    characters: int
    entities: int
    warnings: tuple[str, ...]


class DatabaseFacts(Record):
    """What the checks need to know of a database."""

    interviews: tuple[InterviewState, ...]
    expected_interviews: int
    entities_by_type: dict[str, int]
    entities: int
    for_review: int
    unverified: int
    mean_confidence: float
    integrity: str
    dangling_references: int
    wrong_offsets: tuple[Problem, ...]
    unverified_examples: tuple[Problem, ...]
    unproven_not_for_review: tuple[Problem, ...]
    placeholder_labels: tuple[Problem, ...]
    garbled_labels: tuple[Problem, ...]
    long_labels: tuple[Problem, ...]
    duplicates: tuple[Problem, ...]
    decisions: int = 0
    idle_decisions: tuple[Problem, ...] = ()


class Check(Record):
    """One check: what it says, how many it found, and one of them."""

    name: str
    group: Literal["completeness", "quality", "consistency", "integrity"]
    verdict: Verdict
    message: str
    count: int = 0
    example: str = ""


class Validation(Record):
    """All checks and what follows from them."""

    gate: Gate
    summary: str
    interviews_ok: int
    interviews_total: int
    failed: tuple[Problem, ...]
    pending: tuple[Problem, ...]
    idle_decisions: tuple[Problem, ...] = ()
    checks: tuple[Check, ...]


def validate(facts: DatabaseFacts, settings: ValidationSettings) -> Validation:
    """The verdict on a database; the gate is closed where any check fails."""
    checks = tuple(check for group in _GROUPS for check in group(facts, settings))
    ok = sum(interview.status == "ok" for interview in facts.interviews)
    return Validation(
        gate="closed" if any(check.verdict == "fail" for check in checks) else "open",
        summary=_summary(facts, ok),
        interviews_ok=ok,
        interviews_total=facts.expected_interviews,
        failed=tuple(_with_status(facts, "failed")),
        pending=tuple(_with_status(facts, "pending")),
        idle_decisions=facts.idle_decisions,
        checks=checks,
    )


def gate_message(validation: Validation) -> str:
    """What the last lines of a run say: why the gate is closed and what to do, or that it is open."""
    if validation.gate == "open":
        warnings = sum(check.verdict == "warn" for check in validation.checks)
        return f"Quality gate open: {validation.summary}; {warnings} warning{'s' * (warnings != 1)}, see validation.md."
    lines = [f"Quality gate CLOSED: {validation.summary}."]
    lines += [f"  failed   {problem.where}: {one_line(problem.what)}" for problem in validation.failed]
    lines += [f"  pending  {problem.where}: {one_line(problem.what)}" for problem in validation.pending[:3]]
    if len(validation.pending) > 3:
        lines.append(f"  pending  and {len(validation.pending) - 3} more")
    lines += [
        f"  {check.name}: {check.message}"
        + (f" (for example {one_line(check.example)})" if check.example else "")
        for check in validation.checks
        if check.verdict == "fail" and check.name != "interviews_extracted"
    ]
    if validation.failed or validation.pending:
        lines.append("Run the same command again: it repeats just what failed or is pending.")
    return "\n".join(lines)


def as_markdown(validation: Validation) -> str:
    """validation.md: the gate first, then what failed, then every check."""
    lines = [f"# Validation: gate {validation.gate}", "", validation.summary + ".", ""]
    for title, problems in (
        ("Failed interviews", validation.failed),
        ("Pending interviews", validation.pending),
        ("Decisions of people that could not be applied", validation.idle_decisions),
    ):
        if problems:
            lines += [f"## {title}", ""]
            lines += [f"- `{inert_markdown(p.where)}`: {inert_markdown(p.what)}" for p in problems] + [""]
    lines += [
        "## Checks",
        "",
        "| verdict | group | check | found | example |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {c.verdict} | {c.group} | {c.name} | {inert_markdown(c.message)} | {inert_markdown(c.example)} |"
        for c in validation.checks
    ]
    return "\n".join(lines) + "\n"


def _summary(facts: DatabaseFacts, ok: int) -> str:
    types = sum(count > 0 for count in facts.entities_by_type.values())
    text = (
        f"{ok} of {facts.expected_interviews} interviews, {types} of {len(facts.entities_by_type)} types "
        f"with data, {facts.entities} entities"
    )
    stopped = next((i.error for i in facts.interviews if i.status == "pending"), "")
    return f"{text}; stopped: {stopped}" if stopped else text


def _with_status(facts: DatabaseFacts, status: str) -> Iterator[Problem]:
    for interview in facts.interviews:
        if interview.status == status:
            yield Problem(where=interview.id, what=interview.error or interview.source)


def _completeness(facts: DatabaseFacts, settings: ValidationSettings) -> Iterator[Check]:
    undone = [i for i in facts.interviews if i.status != "ok"]
    missing = facts.expected_interviews - len(facts.interviews)
    done = facts.expected_interviews - len(undone) - missing
    yield Check(
        name="interviews_extracted",
        group="completeness",
        verdict="fail" if undone or missing else "pass",
        message=f"{done} of {facts.expected_interviews} interviews",
        count=len(undone) + missing,
        example=undone[0].error if undone else "",
    )
    required = _required(facts, settings)
    empty = [table for table, count in facts.entities_by_type.items() if not count]
    blocking = [table for table in empty if table in required]
    yield Check(
        name="types_with_data",
        group="completeness",
        verdict="fail" if blocking else "warn" if empty else "pass",
        message=f"{len(facts.entities_by_type) - len(empty)} of {len(facts.entities_by_type)} types have data"
        + (f"; nobody mentioned: {', '.join(empty)}" if empty else ""),
        count=len(empty),
        example=", ".join(blocking),
    )
    silent = [
        i
        for i in facts.interviews
        if i.status == "ok" and not i.entities and i.characters > settings.silent_interview_characters
    ]
    yield _check("interviews_with_entities", "completeness", "fail", [_place(i) for i in silent],
                 "long interviews without an entity")  # fmt: skip
    unknown = sorted(set(_required(facts, settings)) - set(facts.entities_by_type))
    if unknown:
        yield Check(
            name="required_types_exist",
            group="completeness",
            verdict="fail",
            message="validation.required_types names types that the catalogue does not have",
            count=len(unknown),
            example=", ".join(unknown),
        )


def _quality(facts: DatabaseFacts, settings: ValidationSettings) -> Iterator[Check]:
    share = facts.unverified / facts.entities if facts.entities else 0.0
    yield Check(
        name="verified_evidence",
        group="quality",
        verdict="fail" if share > settings.max_unverified_share else "warn" if facts.unverified else "pass",
        message=f"{facts.unverified} of {facts.entities} entities have no verified quote ({share:.1%})",
        count=facts.unverified,
        example=_example(facts.unverified_examples),
    )
    share = facts.for_review / facts.entities if facts.entities else 0.0
    yield Check(
        name="share_for_review",
        group="quality",
        verdict="warn" if share > settings.max_review_share else "pass",
        message=f"{facts.for_review} of {facts.entities} entities are up for review ({share:.0%}); "
        f"warns above {settings.max_review_share:.0%}",
        count=facts.for_review,
    )
    low = facts.entities > 0 and facts.mean_confidence < settings.min_mean_confidence
    yield Check(
        name="mean_confidence",
        group="quality",
        verdict="warn" if low else "pass",
        message=f"mean confidence {facts.mean_confidence:.2f}; warns below {settings.min_mean_confidence:.2f}",
    )
    yield _check("no_placeholders", "quality", "fail", facts.placeholder_labels, "labels that say nothing")
    yield _check("no_mojibake", "quality", "warn", facts.garbled_labels, "labels that were wrongly decoded")
    yield _check("short_labels", "quality", "warn", facts.long_labels,
                 f"labels of more than {settings.max_label_words} words")  # fmt: skip
    strange = [Problem(where=i.id, what="; ".join(i.warnings)) for i in facts.interviews if i.warnings]
    yield _check("clean_input", "quality", "warn", strange, "interviews with something odd in their text")


def _consistency(facts: DatabaseFacts, _: ValidationSettings) -> Iterator[Check]:
    unknown = [
        Problem(where=i.id, what=i.company_as_written or "no company")
        for i in facts.interviews
        if i.status == "ok" and not i.known_place
    ]
    yield _check("known_companies", "consistency", "warn", unknown,
                 "interviews whose company or unit the organisation file does not know")  # fmt: skip
    without = [_place(i) for i in facts.interviews if i.status == "ok" and not i.company]
    yield _check("company_given", "consistency", "warn", without, "interviews without a company")
    yield _check("no_duplicates_within_interview", "consistency", "warn", facts.duplicates,
                 "labels that stand twice in one interview and type")  # fmt: skip
    yield Check(
        name="decisions_hold",
        group="consistency",
        verdict="warn" if facts.idle_decisions else "pass",
        message=f"{len(facts.idle_decisions)} of {facts.decisions} decisions of people could not be applied",
        count=len(facts.idle_decisions),
        example=_example(facts.idle_decisions),
    )


def _integrity(facts: DatabaseFacts, _: ValidationSettings) -> Iterator[Check]:
    yield Check(
        name="database_is_sound",
        group="integrity",
        verdict="pass" if facts.integrity == "ok" else "fail",
        message=facts.integrity,
    )
    yield Check(
        name="no_dangling_reference",
        group="integrity",
        verdict="fail" if facts.dangling_references else "pass",
        message=f"{facts.dangling_references} dangling references",
        count=facts.dangling_references,
    )
    yield _check("quotes_stand_where_they_say", "integrity", "fail", facts.wrong_offsets,
                 "verified quotes that are not at their offsets")  # fmt: skip
    yield _check("unproven_is_for_review", "integrity", "fail", facts.unproven_not_for_review,
                 "entities without verified evidence that are not up for review")  # fmt: skip


_GROUPS: tuple[Callable[[DatabaseFacts, ValidationSettings], Iterator[Check]], ...] = (
    _completeness,
    _quality,
    _consistency,
    _integrity,
)


def _required(facts: DatabaseFacts, settings: ValidationSettings) -> list[str]:
    if settings.required_types == "all":
        return list(facts.entities_by_type)
    return [] if settings.required_types == "none" else list(settings.required_types)


def _check(
    name: str,
    group: Literal["completeness", "quality", "consistency", "integrity"],
    verdict: Verdict,
    problems: tuple[Problem, ...] | list[Problem],
    what: str,
) -> Check:
    return Check(
        name=name,
        group=group,
        verdict=verdict if problems else "pass",
        message=f"{len(problems)} {what}",
        count=len(problems),
        example=_example(problems),
    )


def _example(problems: tuple[Problem, ...] | list[Problem]) -> str:
    return f"{problems[0].where}: {problems[0].what[:200]}" if problems else ""


def _place(interview: InterviewState) -> Problem:
    return Problem(where=interview.id, what=interview.source)
