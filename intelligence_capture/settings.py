"""What the user may change: the typed truth behind config.yaml and config.schema.json."""

import json
import os
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from yaml import YAMLError

from intelligence_capture.errors import SettingsError
from intelligence_capture.yaml_files import read_yaml

JudgeQuestion = Literal["same_thing", "contradiction"]
"""What a model is asked about pairs of texts, which is the name of the prompt, too."""


MetaField = Literal["company", "business_unit", "department", "respondent", "role", "date"]
"""What an interview's file says besides the questions and answers."""
NumberPattern = Literal["email", "telephone", "account", "identity"]
"""Addresses and numbers that pseudonyms replace."""


class Section(BaseModel):
    """A part of the configuration; a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Price(Section):
    """What a model costs, in US dollars for a million tokens; 0 for a local one."""

    input: float = Field(ge=0, description="Dollars per million prompt tokens")
    cached_input: float | None = Field(None, ge=0, description="Dollars per million cached prompt tokens")
    output: float = Field(ge=0, description="Dollars per million completion tokens")


class OpenAISettings(Section):
    """The extraction by a model, on any OpenAI-compatible server."""

    base_url: str | None = Field(None, description="The server; else OPENAI_BASE_URL, else OpenAI's own")
    models: list[str] = Field(
        ["gpt-4o-mini"], min_length=1, description="The first is used, the next are fallbacks in order"
    )
    mode: Literal["live", "batch"] = Field(
        "live", description="batch: all open requests at half price through the Batch API, within 24 hours"
    )
    batch_poll_seconds: float = Field(30, gt=0, description="How often to ask whether a batch has ended")
    call_plan: Literal["grouped", "single", "per_type"] = Field(
        "grouped", description="grouped: the catalogue's call groups; single: one call; per_type: one a type"
    )
    parallel_calls: int = Field(
        1, ge=1, le=64, description="Calls in flight per job; each counts as one api_calls"
    )
    requests_per_minute: int = Field(50, ge=1, description="Shared by all jobs of all runs on this machine")
    tokens_per_minute: int | None = Field(None, ge=1, description="Shared likewise; null for no limit")
    redis_url: str | None = Field(None, description="Share the limits between machines through this Redis")
    max_cost_usd: float | None = Field(
        5.0, ge=0, description="The run stops cleanly before it spends more; null for no limit"
    )
    prices: dict[str, Price] = Field({}, description="Prices of models that the price table does not know")
    service_tier: Literal["auto", "default", "flex"] | None = Field(
        None, description="flex costs half and answers later, where the server has it"
    )
    temperature: float | None = Field(0.0, ge=0, le=2, description="null leaves it to the server")
    timeout_seconds: float = Field(120, gt=0, description="Wall-clock limit of one call")
    max_tries: int = Field(
        8, ge=1, description="Tries of one call that the server cannot take at the moment (5xx); not billed"
    )
    max_wait_seconds: float = Field(
        300, gt=0, description="A server that asks for a longer wait than this stops the run"
    )
    max_output_tokens: int = Field(8000, ge=256, description="Room for one answer")
    max_input_tokens: int = Field(24000, ge=1000, description="An interview above this is split")
    send_meta: list[MetaField] = Field(
        [], description="Meta data that are sent with an interview; none unless named here"
    )


class PseudonymSettings(Section):
    """What is replaced before anything is sent to a model: names of respondents always, and this."""

    map: str | None = Field(None, description="A CSV file of names besides: name, aliases, kind")
    patterns: list[NumberPattern] = Field(
        ["email", "telephone", "account", "identity"],
        description="Addresses and numbers that are replaced: email, telephone, account, identity",
    )
    key: str = Field(
        "private/pseudonyms.key",
        description="The secret that placeholders follow from; made where it is missing",
    )


class SecondReaderSettings(Section):
    """Who reads each interview again; what is not said here is as for the first reader."""

    extractor: Literal["offline", "openai"] = Field(description="offline, or openai: a model")
    models: list[str] | None = Field(
        None, min_length=1, description="Its models, as `openai.models`; null for those"
    )
    prompt: str | None = Field(
        None, min_length=1, description="Its prompt; null for the one of the first reader"
    )

    @model_validator(mode="after")
    def _offline_asks_nobody(self) -> Self:
        if self.extractor == "offline" and (self.models or self.prompt):
            raise ValueError("the offline extractor has neither models nor a prompt")
        return self


class OfflineSettings(Section):
    """The extraction without a key or a network."""

    minimum_confidence: float = Field(
        0.0, ge=0, le=1, description="Entities below this are not stored; the type's own threshold holds too"
    )
    gazetteer: str | None = Field(
        None, description="A YAML file with names of your own systems, channels and parties"
    )


class ValidationSettings(Section):
    """The limits of the quality gate."""

    required_types: Literal["all", "none"] | list[str] = Field(
        "all", description="Types that must have data: all, none or a list; another empty type is a warning"
    )
    max_unverified_share: float = Field(
        0.1, ge=0, le=1, description="Share of entities without verified evidence that the gate lets pass"
    )
    max_review_share: float = Field(
        0.6, ge=0, le=1, description="Share of entities up for review above which there is a warning"
    )
    min_mean_confidence: float = Field(
        0.4, ge=0, le=1, description="Mean confidence below which there is a warning"
    )
    max_label_words: int = Field(12, ge=1, description="Words of a label above which there is a warning")
    silent_interview_characters: int = Field(
        500, ge=1, description="An interview longer than this without an entity blocks"
    )


class EvaluationSettings(Section):
    """What `snakemake evaluate` holds against what."""

    gold: list[str] = Field(
        ["data/gold/development", "data/gold/test"],
        min_length=1,
        description="Gold folders: labels/ and, where they bring their own, interviews/",
    )
    second: str | None = Field(
        "data/gold/second", description="A second person's labels of some of these interviews, for agreement"
    )
    compare: str | None = Field(None, description="The results folder of another run, put side by side")
    graph: str | None = Field(
        "data/gold/graph",
        description="Gold of the knowledge graph; left out where the run lacks one of its interviews",
    )
    graph_labels: list[str] = Field(
        ["data/gold/development", "data/gold/training"],
        description="Gold folders with the labels that the graph gold speaks of",
    )


class GraphSettings(Section):
    """What counts as the same thing and as a pattern in the knowledge graph."""

    same: float = Field(0.55, ge=0, le=1, description="Likeness from which two free texts are one thing")
    same_on_average: float = Field(
        0.47, ge=0, le=1, description="Mean likeness below which two groups of texts are not joined"
    )
    doubtful: float = Field(
        0.45, ge=0, le=1, description="Likeness from which two free texts are shown to a person"
    )
    judge: Literal["rules", "model"] = Field(
        "rules", description="Who decides on pairs of free texts: rules, or a model, which is paid for"
    )
    judge_from: float = Field(
        0.3, ge=0, le=1, description="Likeness from which the model is asked about two free texts"
    )
    judge_calls: int = Field(
        50, ge=0, description="Calls to the model at most, half of them on sameness, half on contradictions"
    )
    prompts: str = Field("prompts", description="The folder of same_thing.md and contradiction.md")
    pattern_interviews: int = Field(2, ge=1, description="Interviews that make something a pattern")
    pattern_share: float = Field(
        0.0, ge=0, le=1, description="Share of a company's interviews that a pattern needs besides"
    )

    @property
    def prompt_files(self) -> dict[JudgeQuestion, Path]:
        """The prompt of each question that a model is asked."""
        names: tuple[JudgeQuestion, ...] = ("same_thing", "contradiction")
        return {name: Path(self.prompts) / f"{name}.md" for name in names}

    def prompt_texts(self) -> dict[JudgeQuestion, str]:
        """What stands in the prompts."""
        return {name: path.read_text("utf-8") for name, path in self.prompt_files.items()}


class Reader(Section):
    """One who reads every interview: an extractor, and the settings and the prompt of a model."""

    extractor: Literal["offline", "openai"]
    openai: OpenAISettings
    prompt: str

    def reads_as(self, other: "Reader") -> bool:
        """Whether both may put the same request to the same model; the second would get the first's answer."""
        return bool(set(self.openai.models) & set(other.openai.models)) and (
            Path(self.prompt).read_text("utf-8") == Path(other.prompt).read_text("utf-8")
        )


class Settings(Section):
    """The whole configuration."""

    interviews: str = Field(
        "data/interviews",
        description="A folder of interview files, or one bundle file (a list of interviews)",
    )
    inbox: str = Field("inbox", description="The files that `import_files` turns into interviews")
    ontology: str = Field("ontology", description="The folder of the entity catalogue")
    prompt: str = Field("prompts/extract.md", description="The prompt of the extraction by a model")
    organisation: str | None = Field(
        None, description="Optional: companies, business units, departments and their aliases"
    )
    results: str = Field("results", description="Everything that is produced")
    backups: str = Field("backups", description="What was saved before it was replaced")
    responses: str = Field("responses", description="Paid responses; no rule but `forget` deletes any")
    reviews: str = Field("reviews", description="Corrections by people; never overwritten")
    language: Literal["es", "en"] = Field("es", description="The language of reports")
    respondents: Literal["name", "role", "code"] = Field(
        "name", description="What stands for a respondent in reports and exports: docs/privacy.md"
    )
    extractor: Literal["offline", "openai"] = Field(
        "offline", description="offline, or openai for any OpenAI-compatible server"
    )
    interviews_per_job: int = Field(
        1, ge=1, le=1000, description="Interviews that share a job and its start; each keeps its own record"
    )
    second_reader: SecondReaderSettings | None = Field(
        None, description="Optional: who reads each interview again, so that both are compared"
    )
    offline: OfflineSettings = OfflineSettings()
    openai: OpenAISettings = OpenAISettings()
    pseudonyms: PseudonymSettings | None = Field(
        None, description="Names and numbers are replaced before they are sent; null sends them as they are"
    )
    validation: ValidationSettings = ValidationSettings()
    evaluation: EvaluationSettings = EvaluationSettings()
    graph: GraphSettings = GraphSettings()
    codebook: str | None = Field(None, description="The .qdc file that `import_codebook` reads")
    workbook: str | None = Field(
        None, description="The workbook that `read_reviews` reads; null for the one among the reports"
    )
    reviewer: str | None = Field(
        None, description="Who decides, where the workbook's sheet of decisions does not say"
    )
    backup: str | None = Field(None, description="The time stamp that `restore` takes; null for the newest")

    forget: str | None = Field(None, description="The id of the interview that `forget` removes everywhere")
    confirm: bool = Field(False, description="Whether `forget` removes it; else it says what it would remove")

    @property
    def asks_model(self) -> bool:
        """Whether a run sends anything to a model."""
        return bool(self.models_reading) or self.graph.judge == "model"

    @field_validator(
        "interviews", "inbox", "ontology", "prompt", "results", "backups", "responses", "reviews"
    )
    @classmethod
    def _paths_are_named(cls, path: str) -> str:
        if not path.strip():
            raise ValueError("name a path")
        return path.rstrip("/") or "/"

    @field_validator("second_reader")
    @classmethod
    def _two_readers_differ(
        cls, second: SecondReaderSettings | None, info: ValidationInfo
    ) -> SecondReaderSettings | None:
        if second and second.extractor == info.data.get("extractor") == "offline":
            raise ValueError(
                "the offline extractor says the same twice: use openai as one of the two readers, or null"
            )
        return second

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Who reads each interview: one, or the first and the second."""
        first = Reader(extractor=self.extractor, openai=self.openai, prompt=self.prompt)
        second = self.second_reader
        if second is None:
            return (first,)
        openai = self.openai.model_copy(update={"models": second.models or self.openai.models})
        return (first, Reader(extractor=second.extractor, openai=openai, prompt=second.prompt or self.prompt))

    @property
    def models_reading(self) -> tuple[Reader, ...]:
        """Those of the readers that ask a model, and are paid for."""
        return tuple(reader for reader in self.readers if reader.extractor == "openai")


def load_settings(config: dict[str, Any]) -> Settings:
    """The settings in a Snakemake config; SettingsError names every key that is wrong.

    Numbers may come as strings, as `--config 'openai={max_cost_usd: 2}'` hands them over.
    """
    try:
        return Settings.model_validate(_without_null_words(config))
    except ValidationError as error:
        problems = "\n".join(f"  {_place(e['loc'])}: {_meaning(e)}" for e in error.errors())
        raise SettingsError(f"config.yaml or --config:\n{problems}\nSee docs/configuration.md.") from error


def project_settings(file: Path = Path("config.yaml")) -> Settings:
    """The settings of the project in this folder, for commands that Snakemake does not run; else the defaults."""
    try:
        return load_settings(read_yaml(file) or {} if file.is_file() else {})
    except (YAMLError, UnicodeDecodeError, AttributeError) as error:
        raise SettingsError(f"{file}: cannot be read: {error}") from error


def check_places(settings: Settings) -> None:
    """SettingsError where a file that is named is not there, or results cannot be written: before any call."""
    named = [("prompt", settings.prompt), ("offline.gazetteer", settings.offline.gazetteer)]
    if settings.pseudonyms:
        named.append(("pseudonyms.map", settings.pseudonyms.map))
    if settings.second_reader:
        named.append(("second_reader.prompt", settings.second_reader.prompt))
    if settings.graph.judge == "model":
        named += [("graph.prompts", str(path)) for path in settings.graph.prompt_files.values()]
    for key, name in named:
        if name and not Path(name).is_file():
            raise SettingsError(f"{name}: no such file; correct `{key}` in config.yaml")
    asking = settings.models_reading
    if len(asking) == 2 and asking[1].reads_as(asking[0]):
        raise SettingsError(
            "second_reader: the same model with the same prompt would say the same, from the stored answers of "
            "the first reader; give it models that are not in openai.models, or another prompt"
        )
    for key in ("results", "backups", "responses"):
        place = Path(getattr(settings, key))
        if place.exists() and not place.is_dir():
            raise SettingsError(f"{place}: a file stands where `{key}` should be a folder; move it away")
        nearest = next(folder for folder in (place, *place.absolute().parents) if folder.exists())
        if not os.access(nearest, os.W_OK):
            raise SettingsError(f"{nearest}: not writable; correct `{key}` in config.yaml or the permissions")


def config_schema() -> str:
    """The text of config.schema.json."""
    schema = Settings.model_json_schema()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _without_null_words(value: Any) -> Any:  # noqa: ANN401 - a config is any tree
    if isinstance(value, dict):
        return {key: _without_null_words(item) for key, item in value.items()}
    return None if value in ("null", "None", "~") else value


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location)


def _meaning(error: Any) -> str:  # noqa: ANN401 - pydantic's ErrorDetails
    if error["type"] == "extra_forbidden":
        return "there is no such key; is it misspelt?"
    return f"{error['msg']} (got {error['input']!r})"
