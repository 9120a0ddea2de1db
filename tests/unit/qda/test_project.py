"""A project is what the standard says, and another program reads every coding as the evidence table has it."""

import io
import zipfile

import pytest
from defusedxml.ElementTree import fromstring

from intelligence_capture.qda.project import project_file
from intelligence_capture.qda.transcript import plain, transcript
from intelligence_capture.records import Answer
from tests.unit.qda.readers import quotes_of, quotes_read, read_by_another_program, schema_errors

QDA = "{urn:QDA-XML:project:1.0}"


@pytest.fixture(scope="module")
def project(data):
    return project_file(data)


def tree(project):
    with zipfile.ZipFile(io.BytesIO(project.content)) as archive:
        return fromstring(archive.read("project.qde"))


def test_it_is_valid_by_the_official_schema(project):
    assert schema_errors(tree(project), "Project.xsd") == []


def test_its_codings_are_the_verified_quotes_of_the_evidence_table(project, data, database, tmp_path):
    path = tmp_path / "project.qdpx"
    path.write_bytes(project.content)

    assert quotes_read(path) == quotes_of(database, data.catalogue, "es")
    assert project.codings == sum(quotes_of(database, data.catalogue, "es").values()) > 0


def test_a_reader_that_is_not_ours_finds_the_same_codings(project, data, database, tmp_path):
    path = tmp_path / "project.qdpx"
    path.write_bytes(project.content)

    found = read_by_another_program(path, tmp_path / "unpacked")

    assert found == quotes_of(database, data.catalogue, "es")


def test_quotes_without_a_place_are_counted_and_said(project):
    assert project.without_place == 1
    assert "1 citas que ninguna respuesta contiene" in tree(project).findtext(f"{QDA}Description")
    said = f"3 interviews, {project.codings} codings; 1 quotes that no answer holds are left out"
    assert project.summary() == said


def test_the_same_data_give_the_same_bytes(project, data):
    assert project_file(data).content == project.content


def test_interviews_are_filtered_by_company_and_role(project):
    root = tree(project)
    names = {one.get("guid"): one.get("name") for one in root.iter(f"{QDA}Variable")}
    cases = {
        case.get("name"): {
            names[value.find(f"{QDA}VariableRef").get("targetGUID")]: value[1].text
            for value in case.findall(f"{QDA}VariableValue")
        }
        for case in root.iter(f"{QDA}Case")
    }

    assert cases["Sol – Ana Ríos"]["Empresa"] == "Sol"
    assert cases["Sol – Ana Ríos"]["Fecha"] == "2025-10-23"
    assert set(cases) == {"Sol – Ana Ríos", "Sol – Luz Paz", "Eva Moss"}
    assert [one.get("name") for one in root.iter(f"{QDA}Set")] == ["Sol"]


def test_the_comment_of_a_selection_says_its_fields_how_sure_it_is_and_who_confirmed_it(project):
    memos = {
        selection.get("name"): selection.findtext(f"{QDA}Description")
        for source in tree(project).iter(f"{QDA}TextSource")
        for selection in source.iter(f"{QDA}PlainTextSelection")
        if source.get("name") != "Sol – Luz Paz"
    }

    assert memos["Opera se cae todos los viernes"] == (
        "Gravedad: Crítica\nFrecuencia: todos los viernes\nConfianza: 0.90"
    )
    assert memos["SAP"] == "Confianza: 0.90\nConfirmado por: Ana <b>Ruiz</b>"


def test_two_interviews_of_one_person_have_two_names(data):
    twice = [talk.model_copy(update={"id": f"{talk.id}-2"}) for talk in data.interviews if talk.id == "ana"]
    root = tree(project_file(data.model_copy(update={"interviews": (*data.interviews, *twice)})))

    names = [one.get("name") for one in root.iter(f"{QDA}TextSource")]

    assert {"Sol – Ana Ríos (ana)", "Sol – Ana Ríos (ana-2)"} < set(names) and len(set(names)) == 4


def test_an_interview_reads_as_it_was_asked_and_answered(data):
    talk = next(talk for talk in data.interviews if talk.id == "ana")

    text, (_, start) = transcript(talk)

    assert text.startswith("Ana Ríos\nJefa de recepción, Sol\n2025-10-23\n\nP: ")
    assert text[start:].startswith("Opera se cae todos los viernes")
    assert text[:start].endswith("\nR: ")


@pytest.mark.parametrize(
    ("said", "shown"),
    [("a\r\nb", "a \nb"), ("a\rb", "a\nb"), ("a\0\x0bb", "a\ufffd\ufffdb"), ("😀é\tñ", "😀é\tñ")],
)
def test_the_plain_text_has_a_character_for_each_of_the_answer(said, shown):
    assert plain(said) == shown and len(plain(said)) == len(said)


def test_offsets_hold_behind_windows_line_ends_and_emoji(data):
    talk = next(talk for talk in data.interviews if talk.id == "ana")
    answers = (
        Answer(question="¿Uno?\r\n", answer="😀 sí\r\nno"),
        Answer(question="¿Dos?", answer="Opera se cae"),
    )

    text, starts = transcript(talk.model_copy(update={"answers": answers}))

    assert text[starts[0] :].startswith("😀 sí \nno\n") and text[starts[1] :] == "Opera se cae\n"
    assert "\r" not in text
