"""reviews/entities.csv: read as people and Excel write it, refused with the line, added to and never rewritten."""

import pytest

from intelligence_capture.errors import SettingsError
from intelligence_capture.reviews.decisions import (
    Decision,
    Said,
    as_csv,
    load_decisions,
    new_decisions,
    said_json,
)

HEAD = "decision,interview,type,quote,field,value,by\n"


def test_excels_semicolons_and_byte_order_mark_are_read(tmp_path, catalogue):
    path = tmp_path / "entities.csv"
    path.write_text("\ufeffdecision;interview;type;quote\r\nreject;ana;systems;Uso Opera, Excel\r\n", "utf-8")

    assert [(d.decision, d.quote) for d in load_decisions(path, catalogue)] == [
        ("reject", "Uso Opera, Excel")
    ]


def test_no_file_is_no_decision(tmp_path, catalogue):
    assert load_decisions(tmp_path / "entities.csv", catalogue) == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("drop,ana,systems,Opera,,,", "line 2: decision"),
        ("reject,ana,sistemas,Opera,,,", "line 2: type: no type 'sistemas'"),
        ("edit,ana,systems,Opera,colour,red,", "line 2: field: no entity has a field 'colour'"),
        ("edit,ana,systems,Opera,type,sistemas,", "line 2: value: no type 'sistemas'"),
        ("edit,ana,systems,Opera,,red,", "line 2: the row: .*names its field"),
        ("reject,ana,systems,,,,", "line 2: the row: .*entity_id or the quote"),
        ("reject,ana,systems,Opera,,,Eva,too much", "line 2: more cells than columns"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path, catalogue, row, said):
    path = tmp_path / "entities.csv"
    path.write_text(HEAD + row + "\n", "utf-8")

    with pytest.raises(SettingsError, match=said):
        load_decisions(path, catalogue)


@pytest.mark.parametrize(
    "row",
    [
        {"decision": "reject", "type": "sistemas"},
        {"decision": "edit", "type": "systems", "field": "colour", "value": "red"},
    ],
)
def test_a_row_that_was_right_before_the_catalogue_changed_is_kept(tmp_path, catalogue, row):
    machine = said_json(Said(label="Opera"))
    known = Decision.model_validate({"interview": "ana", "quote": "Opera", "machine": machine, **row})
    path = tmp_path / "entities.csv"
    path.write_text(as_csv([known], heading=True), "utf-8", newline="")

    assert load_decisions(path, catalogue) == (known,)


def test_a_file_that_is_not_utf8_is_refused_with_the_byte_and_what_to_do(tmp_path, catalogue):
    path = tmp_path / "entities.csv"
    path.write_bytes(HEAD.encode() + "reject,ana,systems,gestión,,,\n".encode("latin-1"))

    with pytest.raises(SettingsError, match=rf"byte {len(HEAD) + 24}.*CSV UTF-8"):
        load_decisions(path, catalogue)


def test_what_is_written_is_read_back_and_opens_no_formula(tmp_path, catalogue):
    row = Decision(
        decision="edit", interview="ana", type="systems", quote="=1+1", field="label", value="-x", note="a\nb"
    )
    path = tmp_path / "entities.csv"
    path.write_text(as_csv([row], heading=True), "utf-8", newline="")

    assert load_decisions(path, catalogue) == (row,)
    assert ",=1+1" not in path.read_text("utf-8")


def test_the_last_word_is_not_written_twice_but_a_change_of_mind_is(catalogue):
    def row(decision):
        return Decision(decision=decision, interview="ana", type="systems", entity_id="x", date="2026-01-01")

    known = (row("accept"), row("reject"))

    assert new_decisions(known, [row("reject").model_copy(update={"date": "2026-02-02"})]) == ()
    assert new_decisions(known, [row("accept")]) == (row("accept"),)
