"""Call plans and their schemas."""

import json

import pytest
from jsonschema import Draft202012Validator

from intelligence_capture.catalogue import Catalogue
from intelligence_capture.llm.plan import MOST_PROPERTIES, count_properties, plan_calls


def levels(schema: dict) -> int:
    below = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    container = schema.get("type") in ("object", "array")
    return int(container) + max((levels(part) for part in below), default=0)


def test_the_default_plan_has_four_calls_that_ask_for_every_type_once(catalogue):
    calls = plan_calls(catalogue)

    assert len(calls) == 4
    assert sorted(table for call in calls for table in call.tables) == sorted(catalogue.tables)


@pytest.mark.parametrize(("mode", "number"), [("single", 1), ("per_type", 17)])
def test_other_plans_have_one_call_or_one_a_type(catalogue, mode, number):
    assert len(plan_calls(catalogue, mode)) == number


def test_every_schema_of_the_default_plan_keeps_the_limits_of_older_servers(catalogue):
    for call in plan_calls(catalogue):
        schema = call.answer_schema()

        assert count_properties(schema) <= 100
        assert levels(schema) <= 5
        Draft202012Validator.check_schema(schema)


def test_every_object_is_closed_and_requires_all_of_its_properties(catalogue):
    def check(schema):
        if schema.get("type") == "object":
            assert schema["required"] == list(schema["properties"])
            assert schema["additionalProperties"] is False
        for part in [
            *schema.get("properties", {}).values(),
            *([schema["items"]] if "items" in schema else []),
        ]:
            check(part)

    for call in plan_calls(catalogue, "single"):
        check(call.answer_schema())


def test_no_schema_asks_for_a_derived_field(catalogue):
    assert "quadrant" not in json.dumps([call.answer_schema() for call in plan_calls(catalogue)])


def test_editing_a_type_changes_the_schema_of_its_group_alone(catalogue):
    edited = catalogue["kpis"].model_copy(update={"fields": dict(list(catalogue["kpis"].fields.items())[1:])})
    types = tuple(edited if t.table == "kpis" else t for t in catalogue.types)

    before = {call.name: call.answer_schema() for call in plan_calls(catalogue)}
    after = {call.name: call.answer_schema() for call in plan_calls(Catalogue(types=types))}

    assert [name for name in before if before[name] != after[name]] == ["measures"]


def test_a_group_that_is_too_large_for_a_schema_becomes_several_calls(catalogue):
    types = tuple(entity_type.model_copy(update={"call_group": "all"}) for entity_type in catalogue.types)

    calls = plan_calls(Catalogue(types=types))

    assert [call.name for call in calls] == ["all_1", "all_2", "all_3"]
    assert all(count_properties(call.answer_schema()) <= MOST_PROPERTIES for call in calls)
