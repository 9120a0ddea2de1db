"""A project of one's own: everything it needs, nothing of the samples, and never over something else."""

import subprocess

import pytest
import yaml

from intelligence_capture.errors import ProjectError
from intelligence_capture.intake.mapping import load_mapping
from intelligence_capture.organisation import load_organisation
from intelligence_capture.project import create_project
from intelligence_capture.settings import load_settings
from tests.conftest import ROOT


def test_a_project_has_settings_that_hold_and_no_sample(tmp_path):
    folder = tmp_path / "el proyecto ñandú"

    create_project(folder)

    settings = load_settings(yaml.safe_load((folder / "config.yaml").read_text("utf-8")))
    assert (folder / settings.interviews).is_dir() and (folder / settings.inbox).is_dir()
    load_organisation(folder / settings.organisation)
    load_mapping(folder / settings.inbox)
    assert f'CHECKOUT = "{ROOT}"' in (folder / "Snakefile").read_text("utf-8")
    profile = "profiles/default/config.yaml"
    assert (folder / profile).read_bytes() == (ROOT / profile).read_bytes()
    assert list(folder.rglob("*.json")) == []


def test_nothing_that_is_there_is_written_over(tmp_path):
    (tmp_path / "mine.txt").write_text("x", "utf-8")

    with pytest.raises(ProjectError, match="something is there already"):
        create_project(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_project_inside_the_checkout_is_refused():
    with pytest.raises(ProjectError, match="inside the checkout"):
        create_project(ROOT / "nuevo")


def test_make_hands_the_name_over_as_it_is(tmp_path):
    folder = tmp_path / "a 'b' & c;d"
    made = subprocess.run(
        ["make", "-o", ".venv/installed", "project", f"DIR={folder}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert made.returncode == 0, made.stderr
    assert (folder / "Snakefile").is_file() and [path.name for path in tmp_path.iterdir()] == [folder.name]
