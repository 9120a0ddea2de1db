"""JSON from outside: the same as json, but for what is nested too deeply."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture.untrusted_json import DEEPEST, TooDeep, loads

SCALARS = st.none() | st.booleans() | st.integers() | st.text()
DOCUMENTS = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@given(DOCUMENTS)
def test_reads_what_json_reads(document):
    assert loads(json.dumps(document)) == document
    assert loads(json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")) == document


@pytest.mark.parametrize("opener", ["[", '{"a":', '[{"a": "]", "b":'])
def test_refuses_deep_nesting_before_python_recurses(opener):
    with pytest.raises(TooDeep):
        loads(opener * 100_000)


def test_takes_the_deepest_that_it_allows_and_no_deeper():
    assert loads("[" * DEEPEST + "]" * DEEPEST)

    with pytest.raises(TooDeep):
        loads("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))


def test_brackets_in_texts_and_beside_each_other_are_no_nesting():
    many = [{"a": '\\"' + "[{" * 1000}] * 1000

    assert loads(json.dumps(many)) == many


@pytest.mark.parametrize("unended", ['"' + '\\"' * 200_000, '"' + "[" * 1000, '"' + "x" * 300 + "\\"])
def test_a_string_without_an_end_is_no_json_and_looked_through_once(unended):
    with pytest.raises(json.JSONDecodeError):
        loads("[" + "[]," * 300 + unended)
