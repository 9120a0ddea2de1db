"""The configuration: every key checked, the schema and the pins in step."""

import json
import re
import tomllib

import pytest
import yaml

from intelligence_capture.errors import SettingsError
from intelligence_capture.settings import Settings, config_schema, load_settings
from tests.conftest import ROOT


def test_a_misspelt_key_is_refused_with_its_name():
    with pytest.raises(SettingsError, match=r"openai\.max_cost: there is no such key"):
        load_settings({"openai": {"max_cost": 2}})


def test_numbers_may_come_as_words_from_the_command_line():
    settings = load_settings({"openai": {"max_cost_usd": "2", "tokens_per_minute": "null"}})

    assert (settings.openai.max_cost_usd, settings.openai.tokens_per_minute) == (2.0, None)


def test_all_wrong_keys_are_named_at_once():
    with pytest.raises(SettingsError, match=r"(?s)language.*extractor"):
        load_settings({"language": "fr", "extractor": "magic"})


def test_config_yaml_holds_and_says_the_defaults_but_for_the_samples():
    given = yaml.safe_load((ROOT / "config.yaml").read_text("utf-8"))

    assert load_settings(given | {"organisation": None}) == Settings()


def test_the_schema_is_the_one_of_the_settings():
    assert (ROOT / "config.schema.json").read_text("utf-8") == config_schema()


def test_every_setting_is_described():
    text = json.loads(config_schema())
    for section in [text, *text["$defs"].values()]:
        for name, spec in section["properties"].items():
            assert "description" in spec or "$ref" in spec, name


def test_environment_and_pins_follow_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = dict(
        re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    )
    pins = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pins.items()}
    names = [re.match(r"[\w.-]+", dependency)[0] for dependency in project["dependencies"]]
    wanted = [f"{name}=={pins[re.sub(r'[-_.]+', '-', name).lower()]}" for name in names]

    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))

    assert environment["dependencies"][-1]["pip"] == wanted
