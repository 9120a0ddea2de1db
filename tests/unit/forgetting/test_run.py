"""Whom `forget` takes for the person: the one interview with that id, and nobody who is like it."""

import shutil

import pytest

from intelligence_capture.errors import ForgetError
from intelligence_capture.jobs.extract import run_extraction
from intelligence_capture.jobs.forget import run_forget
from intelligence_capture.jobs.keep import run_restore
from intelligence_capture.records import Extraction
from intelligence_capture.settings import load_settings
from intelligence_capture.storage.backup import save
from tests.conftest import ROOT, write_interview

SAID = {
    "sol": ("Sol Paz", "Zarandeo los pedidos quisquillosos con Opera cada martes de lluvia."),
    "sol-ana": ("Ana Lua", "La balanza destartalada se atasca y copio todo a mano en Excel."),
    "sol-ana-ruiz": ("Ana Ruiz", "Reviso el turno en SAP. El sistema se cae los lunes de feria."),
    "sol-ana-ruiz-2": ("Ana Ruiz", "Llevo la caja chica en Odoo y espero las firmas del gerente."),
}
LABEL = "Cierre mensual tardío"
HEAD = "decision,interview,type,entity_id,label,quote\n"


def row(interview, label=LABEL):
    return f"accept,{interview},pain_points,pain-{interview},{label},\n"


def settings(**given):
    return load_settings({"interviews": "interviews", "ontology": str(ROOT / "ontology"), **given})


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project with four extracted interviews, each with findings of one name, and decisions on them."""
    tmp_path = tmp_path_factory.mktemp("project")
    for name, (respondent, answer) in SAID.items():
        write_interview(tmp_path / f"interviews/{name}.json", {"¿Qué haces?": answer}, respondent=respondent)
    (tmp_path / "reviews").mkdir()
    (tmp_path / "reviews/decisions.csv").write_text(HEAD + "".join(map(row, SAID)), "utf-8")

    of_it = settings(interviews=str(tmp_path / "interviews"))
    for name in SAID:
        output = tmp_path / f"results/extracted/{name}.json"
        record = run_extraction(of_it, name, file=None, version="v", output=output)
        table, entities = next(iter(record.entities.items()))
        named = tuple(entity.model_copy(update={"label": LABEL}) for entity in entities)
        record = record.model_copy(update={"entities": {table: named}})
        output.write_text(record.model_dump_json(), "utf-8")
        assert Extraction.model_validate_json(output.read_bytes()).entities[table][0].label == LABEL
    return tmp_path


@pytest.fixture
def desk(project, tmp_path, monkeypatch):
    """A copy of the project, in which the test is."""
    shutil.copytree(project, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "ident", ["*", "sol-*", "sol-an?", "[s]ol", "../extracted/sol", "sol-an", "Sol", " "]
)
def test_an_id_that_is_nobodys_is_no_pattern_and_no_path(desk, ident):
    before = files(desk)

    with pytest.raises(ForgetError, match="there is no interview"):
        run_forget(settings(forget=ident, confirm=True))

    assert files(desk) == before


@pytest.mark.parametrize("ident", list(SAID))
def test_whose_id_begins_alike_who_has_the_name_and_who_said_the_same_keep_everything(desk, ident):
    others = [name for name in SAID if name != ident]
    kept = {
        path: path.read_bytes()
        for name in others
        for path in (desk / f"interviews/{name}.json", desk / f"results/extracted/{name}.json")
    }

    told = run_forget(settings(forget=ident, confirm=True))

    assert f"{ident} is forgotten" in told
    assert {path: path.read_bytes() for path in kept} == kept
    assert (desk / "reviews/decisions.csv").read_text("utf-8") == HEAD + "".join(map(row, others))
    assert not (desk / f"interviews/{ident}.json").exists()
    assert not (desk / f"results/extracted/{ident}.json").exists()


def test_a_backup_from_elsewhere_does_not_bring_somebody_back_without_a_word(desk):
    saved = save(
        desk / "results", desk / "reviews", desk / "backups", reason="x", timestamp="20260101T000000Z"
    )
    shutil.copytree(saved, desk.parent / f"{desk.name}-elsewhere")
    run_forget(settings(forget="sol-ana", confirm=True))
    shutil.rmtree(saved)
    shutil.copytree(desk.parent / f"{desk.name}-elsewhere", saved)
    there = {name: {} for name in SAID if name != "sol-ana"}

    told = run_restore(settings(backup=saved.name), made_of=there)
    again = run_forget(settings(forget="sol-ana", confirm=True))

    assert "interviews that are not there: sol-ana." in told and "snakemake forget" in told
    assert "sol-ana is forgotten" in again and not (desk / "results/extracted/sol-ana.json").exists()
