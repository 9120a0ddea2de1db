"""Decisions of people on one extraction: they hold whatever the machine says next time."""

import pytest

from intelligence_capture.extraction import assemble
from intelligence_capture.grounding import ground
from intelligence_capture.records import Answer, Candidate, Extraction, Interview
from intelligence_capture.reviews.apply import corrected
from intelligence_capture.reviews.decisions import Decision, Said, said_json

ANSWERS = (
    Answer(question="¿Qué usas?", answer="Uso Opera y Excel. El sistema se cae los viernes y hay colas."),
)


def extraction(catalogue, *found, status="ok"):
    """An extraction of these (type, label, quote, fields)."""
    candidates = tuple(
        Candidate(type=t, label=label, confidence=0.4, evidence=(ground(quote, ANSWERS),), fields=fields)
        for t, label, quote, fields in found
    )
    return Extraction(
        id="ana",
        sha256="0",
        status=status,
        extractor="offline",
        interview=Interview(id="ana", source="ana.json", sha256="0", answers=ANSWERS),
        entities=assemble("ana", candidates, catalogue, extractor="offline"),
    )


def opera(catalogue, **fields):
    return extraction(catalogue, ("systems", "Opera", "Opera", fields))


def decide(decision, entity=None, **more):
    """A row as the workbook writes it."""
    row = {"decision": decision, "interview": "ana", "by": "Eva"}
    if entity:
        said = Said(label=entity.label, confidence=entity.confidence, fields=entity.fields)
        row |= {
            "type": entity.type,
            "entity_id": entity.id,
            "quote": entity.evidence[0].quote,
            "label": entity.label,
            "machine": said_json(said),
        }
    return Decision.model_validate(row | more)


def apply(made, catalogue, *decisions):
    after, outcomes = corrected(made, enumerate(decisions), catalogue)
    entities = [entity for group in after.entities.values() for entity in group]
    return entities, [outcome.result for outcome in outcomes]


def only(made):
    return next(entity for group in made.entities.values() for entity in group)


def test_an_accepted_entity_needs_no_review_any_more(catalogue):
    made = opera(catalogue)
    assert only(made).needs_review

    entities, results = apply(made, catalogue, decide("accept", only(made)))

    assert [(e.needs_review, e.review_reasons, e.id) for e in entities] == [(False, (), only(made).id)]
    assert results == ["applied"]


def test_what_nobody_said_stays_up_for_review_though_it_was_accepted(catalogue):
    made = extraction(catalogue, ("systems", "SAP", "usamos SAP", {}))

    entities, _ = apply(made, catalogue, decide("accept", only(made)))

    assert [(e.needs_review, e.review_reasons) for e in entities] == [(True, ("no verified evidence",))]


def test_a_rejected_entity_is_gone_and_stays_gone_under_another_id(catalogue):
    made = opera(catalogue)
    otherwise = extraction(catalogue, ("systems", "Opera PMS", "Uso Opera", {}))
    row = decide("reject", only(made))

    assert apply(made, catalogue, row) == ([], ["applied"])
    assert apply(otherwise, catalogue, row) == ([], ["applied"])
    assert apply(extraction(catalogue), catalogue, row) == ([], ["not_needed"])


def test_an_accepted_entity_that_the_machine_no_longer_finds_is_kept_as_it_was(catalogue):
    made = opera(catalogue, used_for="reservas")
    entity = only(made)

    entities, results = apply(extraction(catalogue), catalogue, decide("accept", entity))

    assert results == ["restored"]
    assert [(e.id, e.label, e.fields["used_for"], e.extractor) for e in entities] == [
        (entity.id, "Opera", "reservas", "review")
    ]
    assert entities[0].evidence[0].verified


@pytest.mark.parametrize(
    ("field", "value", "seen"),
    [
        ("label", "Opera PMS", lambda e: e.label == "Opera PMS"),
        ("description", "Reservas", lambda e: e.description == "Reservas"),
        (
            "type",
            "communication_channels",
            lambda e: e.type == "communication_channels" and "used_for" not in e.fields,
        ),
        ("quote", "Uso Opera", lambda e: e.evidence[0].quote == "Uso Opera" and e.evidence[0].verified),
        ("used_for", "reservas", lambda e: e.fields["used_for"] == "reservas"),
        (
            "integration_problems",
            "lento; caro",
            lambda e: e.fields["integration_problems"] == ["lento", "caro"],
        ),
    ],
)
def test_an_edit_changes_its_field_and_confirms_the_entity(catalogue, field, value, seen):
    made = opera(catalogue)

    entities, results = apply(made, catalogue, decide("edit", only(made), field=field, value=value))

    assert results == ["applied"]
    assert seen(entities[0])
    assert not entities[0].needs_review


def test_a_value_that_cannot_be_is_listed_and_changes_nothing(catalogue):
    made = extraction(catalogue, ("pain_points", "caídas", "El sistema se cae los viernes", {}))

    entities, results = apply(made, catalogue, decide("edit", only(made), field="severity", value="enorme"))

    assert results == ["invalid"]
    assert entities[0].fields["severity"] is None


def test_what_a_person_adds_is_there_with_their_quote_and_only_once(catalogue):
    row = decide("add", type="systems", label="Excel", quote="Excel")
    found = extraction(catalogue, ("systems", "Excel", "Excel", {}))

    added, added_results = apply(extraction(catalogue), catalogue, row)
    same, _ = apply(found, catalogue, row)

    assert [(e.label, e.extractor, e.evidence[0].verified) for e in added] == [("Excel", "review", True)]
    assert added_results == ["applied"]
    assert [e.id for e in same] == [only(found).id]


def test_words_that_nobody_said_are_listed_and_not_added(catalogue):
    row = decide("add", type="systems", label="SAP", quote="usamos SAP todos los días")

    assert apply(extraction(catalogue), catalogue, row) == ([], ["not_found"])


def test_where_people_disagree_nothing_is_done_and_both_are_listed(catalogue):
    made = opera(catalogue)
    rows = (decide("accept", only(made), by="Eva"), decide("reject", only(made), by="Leo"))

    entities, results = apply(made, catalogue, *rows)

    assert results == ["conflict", "conflict"]
    assert entities[0].needs_review
    assert "people disagree: Eva: accept; Leo: reject" in entities[0].review_reasons


def test_who_decides_otherwise_later_is_not_in_conflict_with_themselves(catalogue):
    made = opera(catalogue)
    entity = only(made)

    gone, first = apply(made, catalogue, decide("accept", entity), decide("reject", entity))
    kept, second = apply(
        made,
        catalogue,
        decide("reject", entity),
        decide("edit", entity, field="label", value="A"),
        decide("edit", entity, field="label", value="B"),
    )

    assert (gone, first) == ([], ["superseded", "applied"])
    assert [e.label for e in kept] == ["B"]
    assert second == ["superseded", "superseded", "applied"]


def test_decisions_wait_for_an_interview_that_is_not_extracted(catalogue):
    made = extraction(catalogue, status="failed")

    _, outcomes = corrected(made, enumerate([decide("reject", type="systems", quote="Opera")]), catalogue)

    assert [(outcome.result, outcome.why) for outcome in outcomes] == [("waiting", "the interview is failed")]


def test_the_outcome_does_not_depend_on_the_order_of_different_subjects(catalogue):
    made = extraction(catalogue, ("systems", "Opera", "Opera", {}), ("systems", "Excel", "Excel", {}))
    first, second = made.entities["systems"]
    rows = [decide("reject", first), decide("edit", second, field="label", value="Hojas")]

    one, _ = corrected(made, enumerate(rows), catalogue)
    other, _ = corrected(made, enumerate(rows[::-1]), catalogue)

    assert one == other


def test_decisions_on_a_type_that_the_catalogue_has_no_more_are_listed(catalogue):
    made = extraction(catalogue, ("pain_points", "Caídas", "El sistema se cae", {}))
    gone = {"type": "sistemas", "entity_id": "gone-1", "quote": "Opera", "label": "Opera", "interview": "ana"}
    said = {"machine": said_json(Said(label="Opera")), "by": "Eva"}

    after, outcomes = corrected(
        made,
        enumerate(
            [
                Decision.model_validate(gone | said | {"decision": "accept"}),
                Decision.model_validate(gone | said | {"decision": "reject", "entity_id": "gone-2"}),
                decide("edit", only(made), field="type", value="sistemas"),
                decide("edit", only(made), field="colour", value="red", entity_id="pain-point-0"),
            ]
        ),
        catalogue,
    )

    assert [(outcome.result, outcome.why) for outcome in outcomes] == [
        ("not_found", "type: no type 'sistemas' in the catalogue"),
        ("not_needed", "the machine does not find it any more"),
        ("invalid", "value: no type 'sistemas' in the catalogue"),
        ("invalid", "field: no entity has a field 'colour'"),
    ]
    assert [(e.type, e.label) for e in after.entities["pain_points"]] == [("pain_points", "Caídas")]
