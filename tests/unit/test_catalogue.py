"""The catalogue as data."""

import shutil

import pytest
import yaml

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.errors import CatalogueError
from tests.conftest import ROOT

TABLES = (
    "pain_points processes systems kpis automation_candidates inefficiencies communication_channels "
    "decision_points data_flows temporal_patterns failure_modes team_structures knowledge_gaps "
    "success_patterns budget_constraints external_dependencies roles"
).split()


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(ROOT / "ontology", tmp_path / "ontology")


def edit(folder, file, **changes):
    path = folder / file
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text("utf-8")) | changes), "utf-8")


def test_holds_the_seventeen_types_in_their_order(catalogue):
    assert list(catalogue.tables) == TABLES


def test_has_four_call_groups(catalogue):
    groups = catalogue.groups()

    assert len(groups) == 4
    assert sorted(t.table for types in groups.values() for t in types) == sorted(TABLES)


def test_a_dropped_type_is_gone_and_changes_the_digest(folder, catalogue):
    (folder / "roles.yaml").unlink()

    smaller = load_catalogue(folder)

    assert "roles" not in smaller
    assert smaller.digest() != catalogue.digest()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"table": "robert'); drop table x"}, "table"),
        ({"fields": {"id": {"kind": "text", "description": "x"}}}, "'id' cannot be the name"),
        ({"fields": {"x": {"kind": "enum", "description": "x"}}}, "enum"),
        ({"colour": "red"}, "colour"),
        ({"table": "relations"}, "'relations' cannot be the name"),
        ({"cues": {"es": ["(abc"]}}, "not a regular expression"),
        ({"table": "systems"}, "given by two files"),
    ],
)
def test_a_wrong_file_is_named_with_its_place(folder, changes, message):
    edit(folder, "roles.yaml", **changes)

    with pytest.raises(CatalogueError, match=message):
        load_catalogue(folder)


def test_text_that_is_not_yaml_is_named(folder):
    (folder / "roles.yaml").write_text("a: [", "utf-8")

    with pytest.raises(CatalogueError, match=r"roles\.yaml: not readable"):
        load_catalogue(folder)
