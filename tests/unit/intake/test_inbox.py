"""Importing again changes only what changed, and nothing that a person wrote."""

import json
import os

import pytest

from intelligence_capture.errors import IntakeError
from intelligence_capture.intake.inbox import import_inbox
from intelligence_capture.intake.report import as_markdown, check, summary

FORM = """Marca temporal,Nombre,¿Qué haces?
2025/10/12 3:51:20 p. m. GMT-5,Ana,{ana}
2025/10/13 9:10:00 a. m. GMT-5,Luis,Vendo telas
"""
TALK = "P: ¿Qué haces?\nR: Compro telas.\n"


@pytest.fixture
def desk(tmp_path):
    """An inbox with a form of two people and a talk, imported once."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "form.csv").write_text(FORM.format(ana="Coso"), "utf-8")
    (tmp_path / "inbox" / "eva.txt").write_text(TALK, "utf-8")
    run(tmp_path)
    for file in interviews(tmp_path).values():
        os.utime(file, (1, 1))
    return tmp_path


def run(folder):
    return import_inbox(folder / "inbox", folder / "interviews")


def interviews(folder):
    return {path.stem: path for path in (folder / "interviews").glob("[!.]*.json")}


def touched(folder):
    return sorted(name for name, path in interviews(folder).items() if path.stat().st_mtime != 1)


ANA, LUIS = "ana-2025-10-12-15-51-20", "luis-2025-10-13-09-10-00"


def test_the_same_files_touch_nothing(desk):
    report = run(desk)

    assert sorted(interviews(desk)) == [ANA, "eva", LUIS]
    assert touched(desk) == []
    assert summary(report) == f"2 of 2 files of {desk / 'inbox'} imported: 3 unchanged."


def test_one_answer_changed_touches_one_interview(desk):
    (desk / "inbox" / "form.csv").write_text(FORM.format(ana="Bordo"), "utf-8")

    run(desk)

    assert touched(desk) == [ANA]
    assert json.loads(interviews(desk)[ANA].read_text("utf-8"))["qa_pairs"] == [["¿Qué haces?", "Bordo"]]


def test_an_export_under_another_name_is_the_same_interviews(desk):
    (desk / "inbox" / "form.csv").rename(desk / "inbox" / "form (1).csv")

    report = run(desk)

    assert touched(desk) == [] and report.removed == ()


def test_two_exports_that_overlap_give_each_interview_once(desk):
    (desk / "inbox" / "form (1).csv").write_text(FORM.format(ana="Coso"), "utf-8")

    report = run(desk)

    assert sorted(interviews(desk)) == [ANA, "eva", LUIS]
    assert "row 2 (line 2) is the same as in form (1).csv, row 2 (line 2): once" in report.files[2].notes


def test_a_row_that_is_gone_takes_its_interview_along(desk):
    lines = FORM.format(ana="Coso").splitlines(keepends=True)
    (desk / "inbox" / "form.csv").write_text("".join(lines[:2]), "utf-8")

    report = run(desk)

    assert report.removed == (LUIS,) and sorted(interviews(desk)) == [ANA, "eva"]


def test_a_file_that_breaks_keeps_what_it_gave_before(desk):
    (desk / "inbox" / "form.csv").write_text(FORM.format(ana="Coso, bordo"), "utf-8")

    report = run(desk)

    assert "row 2 (line 2) has 4 cells" in report.files[1].refusal
    assert sorted(interviews(desk)) == [ANA, "eva", LUIS] and touched(desk) == []
    with pytest.raises(IntakeError, match="1 of 2 files were refused"):
        check(report)


def test_an_edited_interview_is_kept_while_its_file_is_the_same(desk):
    edited = '{"qa_pairs": {"¿Qué haces?": "Coso y plancho"}}'
    interviews(desk)[ANA].write_text(edited, "utf-8")

    report = run(desk)

    assert interviews(desk)[ANA].read_text("utf-8") == edited
    assert "kept as edited by hand" in {one.change for one in report.files[1].interviews}


def test_an_edited_interview_is_never_overwritten(desk):
    edited = '{"qa_pairs": {"¿Qué haces?": "Coso y plancho"}}'
    interviews(desk)[ANA].write_text(edited, "utf-8")
    (desk / "inbox" / "form.csv").write_text(FORM.format(ana="Bordo"), "utf-8")

    report = run(desk)

    assert interviews(desk)[ANA].read_text("utf-8") == edited
    assert "was edited by hand" in report.files[1].refusal


def test_an_interview_that_was_there_before_is_never_overwritten(desk):
    (desk / "interviews" / "tito.json").write_text("{}", "utf-8")
    (desk / "inbox" / "Tito.txt").write_text(TALK.replace("telas", "hilo"), "utf-8")

    report = run(desk)

    assert (desk / "interviews" / "tito.json").read_text("utf-8") == "{}"
    assert "is not from here" in report.files[0].refusal


def test_two_files_with_one_name_are_refused_both(desk):
    (desk / "inbox" / "Eva.md").write_text("## ¿Qué haces?\n\nVendo.\n", "utf-8")

    report = run(desk)

    refused = [file.refusal for file in report.files if file.refusal]
    assert refused == ["two interviews would be named 'eva': Eva.md and eva.txt; rename one"] * 2


def test_the_same_interview_in_two_files_names_both(desk):
    (desk / "inbox" / "eva copia.txt").write_text(TALK, "utf-8")

    report = run(desk)

    assert [file.refusal for file in report.files if file.refusal] == [
        "the same interview as eva copia.txt; remove one of them"
    ]


def test_recordings_and_what_programs_leave_behind_are_left_alone(desk):
    for name in ("zoom.mp4", "~$eva.docx", ".DS_Store", "Thumbs.db"):
        (desk / "inbox" / name).write_bytes(b"x")

    report = run(desk)

    assert report.left_alone == ("zoom.mp4",) and len(report.files) == 2


def test_a_format_that_is_not_read_is_refused_by_name(desk):
    (desk / "inbox" / "viejo.doc").write_bytes(b"\xd0\xcf\x11\xe0")

    report = run(desk)

    assert ".doc is not read; save it as one of .csv, .docx" in report.files[2].refusal


def test_an_empty_inbox_removes_nothing(desk):
    for file in (desk / "inbox").iterdir():
        file.unlink()

    with pytest.raises(IntakeError, match="nothing to import"):
        run(desk)

    assert len(interviews(desk)) == 3


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ("colums: {}", "colums: Extra inputs are not permitted"),
        ("speakers: {Ana: boss}", "speakers.Ana"),
        ("files: {nadie.txt: {}}", "there is no 'nadie.txt'"),
        ("a: [", "not valid YAML"),
    ],
)
def test_a_mistake_in_the_mapping_is_named(desk, mapping, reason):
    (desk / "inbox" / "import.yaml").write_text(mapping, "utf-8")

    with pytest.raises(IntakeError, match=r"import\.yaml") as error:
        run(desk)

    assert reason in str(error.value)


def test_the_report_is_inert(desk):
    (desk / "inbox" / "<img src=x>.txt").write_text("P: <script>\nR: x\n[x](y): z\n", "utf-8")

    text = as_markdown(run(desk))

    assert "<img" not in text and "<script" not in text
