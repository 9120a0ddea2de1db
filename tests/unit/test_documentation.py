"""The pages name every rule, every configuration key and every decision that exists; scripts follow rules."""

import json
import re

import pytest

from intelligence_capture.settings import config_schema
from tests.conftest import ROOT

RULE_FILES = sorted((ROOT / "rules").glob("*.smk"))
RULES = {
    rule: file for file in RULE_FILES for rule in re.findall(r"(?m)^ *rule (\w+):", file.read_text("utf-8"))
}
PAGES = "\n".join(
    page.read_text("utf-8") for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
)


def config_keys():
    schema = json.loads(config_schema())
    sections = [schema, *(schema["$defs"][name] for name in schema["$defs"])]
    return sorted({key for section in sections for key in section["properties"]})


def test_each_script_belongs_to_a_rule_or_is_a_command_of_the_readme():
    used = {
        name
        for file in RULE_FILES
        for name in re.findall(r'"\.\./scripts/(\w+)\.py"', file.read_text("utf-8"))
    }

    used |= set(re.findall(r"`python scripts/(\w+)\.py", (ROOT / "README.md").read_text("utf-8")))

    assert used == {path.stem for path in (ROOT / "scripts").glob("*.py")}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_is_documented(rule):
    assert re.search(rf"\b{rule}\b", PAGES), f"no page names the rule {rule}"


@pytest.mark.parametrize("key", config_keys())
def test_every_configuration_key_is_documented(key):
    assert f"`{key}`" in (ROOT / "docs" / "configuration.md").read_text("utf-8") or f"{key}:" in PAGES


def test_links_of_the_pages_lead_somewhere():
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_fault_has_its_row_and_every_test_that_is_named_exists():
    page = (ROOT / "docs" / "faults.md").read_text("utf-8")
    rows = re.findall(r"(?m)^\| (\d+) \| [^|]+ \| [^|]+ \| ([^|]+) \|$", page)
    named = [
        (number, *test.split("::")) for number, tests in rows for test in re.findall(r"`([^`]+)`", tests)
    ]

    assert [int(number) for number, _ in rows] == list(range(1, 48))
    assert {number for number, *_ in named} == {number for number, _ in rows}
    for number, file, test in named:
        source = (ROOT / "tests" / file).read_text("utf-8")
        assert re.search(rf"(?m)^def {test}\(", source), f"fault {number}: {file} has no {test}"


def test_no_file_names_a_registry_or_a_machine():
    for path in [*ROOT.glob("requirements*.txt"), ROOT / "environment.yml"]:
        assert "://" not in path.read_text("utf-8")


def test_inputs_of_the_checkout_are_marked_so_that_a_storage_holds_results_alone():
    """Such as `catalogue()` and `never_stored(…)` of rules/places.smk; an S3 run would miss the others."""
    for path in RULE_FILES:
        for block in re.findall(r"(?m)^    input:\n((?:        .*\n)+)", path.read_text("utf-8")):
            for line in block.splitlines():
                from_settings = "SETTINGS." in line or "catalogue_files(" in line
                assert not from_settings or "never_stored(" in line, f"{path.name}: {line}"


def test_rule_files_and_scripts_stay_small():
    for path in RULE_FILES:
        assert len(path.read_text("utf-8").splitlines()) <= 165, path.name
    for path in (ROOT / "scripts").glob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= 32, path.name
