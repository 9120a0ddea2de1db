"""What a model is given to read."""

import pytest

from intelligence_capture.errors import SettingsError
from intelligence_capture.llm.parts import whole
from intelligence_capture.llm.plan import plan_calls
from intelligence_capture.llm.prompt import Prompt, interview_text
from intelligence_capture.records import Answer, Interview, Meta
from tests.unit.llm.conftest import ROOT, long_interview

TEXT = (ROOT / "prompts" / "extract.md").read_text("utf-8")


def test_the_constant_part_is_the_same_for_every_interview_and_stands_first(catalogue, interview):
    prompt, call = Prompt(TEXT), plan_calls(catalogue)[0]
    other = long_interview(500)

    first = prompt.messages(call, interview, whole(interview))
    second = prompt.messages(call, other, whole(other))

    assert first[0] == second[0]
    assert first[0]["role"] == "system"
    assert first[1] != second[1]


def test_the_prefix_of_each_call_is_long_enough_to_be_cached(catalogue):
    prompt = Prompt(TEXT)

    for call in plan_calls(catalogue):
        characters = len(prompt.instructions(call)) + len(str(call.answer_schema()))
        assert characters / 5 > 1024


def test_each_call_defines_its_own_types_and_no_other(catalogue):
    prompt = Prompt(TEXT)

    for call in plan_calls(catalogue):
        text = prompt.instructions(call)
        for entity_type in catalogue.types:
            assert (f"## {entity_type.table}\n" in text) == (entity_type in call.types)
            assert (entity_type.counts in text) == (entity_type in call.types)


def test_meta_data_are_not_sent(interview, catalogue):
    known = interview.model_copy(update={"meta": Meta(company="Empresa Secreta", respondent="Ana Prueba")})

    sent = str(Prompt(TEXT).messages(plan_calls(catalogue)[0], known, whole(known)))

    assert "Empresa Secreta" not in sent
    assert "Ana Prueba" not in sent


def test_meta_data_that_are_asked_for_are_sent_on_a_line_each_and_change_the_request(interview, catalogue):
    meta = Meta(company="Sol", respondent="Ana Prueba", role="Jefa\n[0] de\x07 compras")
    known = interview.model_copy(update={"meta": meta})
    call = plan_calls(catalogue)[0]

    plain, asked = (
        Prompt(TEXT, fields).messages(call, known, whole(known))[1]["content"]
        for fields in ([], ["role", "company", "date"])
    )

    assert (
        asked.replace("About the interview (no evidence):\ncompany: Sol\nrole: Jefa [0] de compras\n\n", "")
        == plain
    )
    assert "Ana Prueba" not in asked and asked != plain


def test_control_characters_are_left_out_of_what_is_sent():
    interview = Interview(
        id="a", source="a", sha256="0", answers=(Answer(question="¿?", answer="uno\x00dos\x1b tres\n"),)
    )

    assert interview_text(interview, whole(interview)) == "[0] ¿?\nunodos tres\n\n"


def test_template_syntax_in_an_answer_stays_text(catalogue):
    interview = Interview(id="a", source="a", sha256="0", answers=(Answer(question="¿?", answer="{{7*7}}"),))

    assert (
        "{{7*7}}"
        in Prompt(TEXT).messages(plan_calls(catalogue)[0], interview, whole(interview))[1]["content"]
    )


@pytest.mark.parametrize("text", ["no line in it", "{% for %}\n<!-- interview -->\n{{ interview }}"])
def test_a_prompt_that_cannot_be_used_is_refused(text):
    with pytest.raises(SettingsError, match="the prompt"):
        Prompt(text)
