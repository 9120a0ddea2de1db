"""The configuration: every key checked, the schema and the pins in step."""

import json
import os
import re
import tempfile
import tomllib
from pathlib import Path

import pytest
import yaml

from intelligence_capture.errors import SettingsError
from intelligence_capture.settings import Settings, check_places, config_schema, load_settings
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


@pytest.fixture
def places():
    """Settings whose places all lie in a folder that anybody may enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "prompt.md").write_text("a prompt", "utf-8")
        keys = ("results", "backups", "responses")
        yield Settings(prompt=str(folder / "prompt.md"), **{key: str(folder / key) for key in keys})


@pytest.mark.parametrize("key", ["results", "backups", "responses"])
def test_a_file_in_the_place_of_a_folder_stops_with_its_name(places, key):
    check_places(places)
    Path(getattr(places, key)).write_text("a file in its place", "utf-8")

    with pytest.raises(SettingsError, match=f"{key}: a file stands where `{key}` should be a folder"):
        check_places(places)


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ({"extractor": "offline"}, "the offline extractor says the same twice"),
        ({"extractor": "offline", "models": ["gpt-4o"]}, "neither models nor a prompt"),
        ({"extractor": "openai", "model": "gpt-4o"}, r"second_reader\.model: there is no such key"),
        ({"extractor": "openai", "models": []}, "at least 1 item"),
        ({"models": ["gpt-4o"]}, r"second_reader\.extractor: Field required"),
    ],
)
def test_a_second_reader_that_could_not_differ_or_is_misspelt_is_refused(second, said):
    with pytest.raises(SettingsError, match=said):
        load_settings({"second_reader": second})


def test_a_second_reader_is_like_the_first_where_it_does_not_say_otherwise():
    settings = load_settings(
        {
            "extractor": "openai",
            "openai": {"models": ["a", "b"], "parallel_calls": 3},
            "second_reader": {"extractor": "openai", "prompt": "other.md"},
        }
    )

    first, second = settings.models_reading
    assert second == first.model_copy(update={"prompt": "other.md"})
    assert [reader.extractor for reader in Settings().readers] == ["offline"]
    assert Settings().models_reading == ()


def test_the_same_model_with_the_same_prompt_is_no_second_reader(places):
    folder = Path(places.results).parent
    (folder / "copy.md").write_text("a prompt", "utf-8")
    (folder / "other.md").write_text("another prompt", "utf-8")

    def with_second(**second):
        config = places.model_dump() | {
            "extractor": "openai",
            "openai": {"models": ["gpt-4o-mini", "gpt-4o"]},
        }
        check_places(load_settings(config | {"second_reader": {"extractor": "openai", **second}}))

    for same in ({}, {"prompt": str(folder / "copy.md")}, {"models": ["gpt-4o"]}):
        with pytest.raises(SettingsError, match="the same model with the same prompt"):
            with_second(**same)
    with pytest.raises(SettingsError, match=r"correct `second_reader\.prompt`"):
        with_second(prompt="none.md")
    with_second(prompt=str(folder / "other.md"))
    with_second(models=["o3"])


def as_somebody_without_rights(function):
    """What the function does where the files are not the user's own, as words: root may write anywhere."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            function()
            os.write(writing, b"nothing")
        except BaseException as error:
            os.write(writing, str(error).encode())
        os._exit(0)
    os.waitpid(child, 0)
    return os.read(reading, 10_000).decode()


def test_a_folder_that_cannot_be_written_stops_with_its_name(places):
    folder = Path(places.results)
    folder.mkdir()
    folder.chmod(0o555)
    for key in ("backups", "responses"):
        Path(getattr(places, key)).mkdir()
        Path(getattr(places, key)).chmod(0o777)

    assert as_somebody_without_rights(lambda: check_places(places)).startswith(f"{folder}: not writable")
    folder.chmod(0o777)
    assert as_somebody_without_rights(lambda: check_places(places)) == "nothing"


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
