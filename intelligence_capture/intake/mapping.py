"""import.yaml in the inbox: what the files do not say themselves, in the words of the person who knows."""

from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from intelligence_capture.errors import IntakeError
from intelligence_capture.intake.words import ColumnUse, SpeakerUse, words
from intelligence_capture.records import Meta
from intelligence_capture.texts import fold
from intelligence_capture.yaml_files import read_yaml

FILE = "import.yaml"


class FileMapping(BaseModel):
    """What holds for one file; `meta` replaces what the file says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    meta: Meta = Meta()
    columns: dict[str, ColumnUse] = {}
    speakers: dict[str, SpeakerUse] = {}
    encoding: str | None = None
    sheet: str | None = None

    @field_validator("meta", mode="before")
    @classmethod
    def _as_text(cls, meta: object) -> object:
        """YAML takes 2025-10-14 for a date and 7 for a number."""
        if not isinstance(meta, dict):
            return meta
        return {key: str(value) if isinstance(value, date | int) else value for key, value in meta.items()}

    def column(self, heading: str) -> ColumnUse:
        """What a column with this heading is; a question where nobody knows the heading."""
        given = {fold(key): use for key, use in self.columns.items()}
        return given.get(fold(heading)) or words().heading(heading)

    def speaker(self, label: str) -> SpeakerUse | None:
        """What a speaker with this label is, None where nobody says."""
        given = {fold(key): use for key, use in self.speakers.items()}
        return given.get(fold(label)) or given.get(fold(words().plain_name(label))) or words().speaker(label)

    def over(self, meta: Meta) -> Meta:
        """What the file says, with what import.yaml says in its place."""
        return meta.model_copy(update={key: value for key, value in self.meta if value})


class Mapping(FileMapping):
    """The whole import.yaml: what holds for all files, and below `files` for one."""

    files: dict[str, FileMapping] = {}

    def of(self, name: str) -> FileMapping:
        """What holds for the file with this path inside the inbox; what is said of it alone comes first."""
        own = self.files.get(name, FileMapping())
        return FileMapping(
            meta=own.over(self.meta),
            columns=self.columns | own.columns,
            speakers=self.speakers | own.speakers,
            encoding=own.encoding or self.encoding,
            sheet=own.sheet or self.sheet,
        )


def load_mapping(inbox: Path) -> Mapping:
    """import.yaml of this inbox, empty where there is none; IntakeError names what is wrong in it."""
    path = inbox / FILE
    if not path.is_file():
        return Mapping()
    try:
        return Mapping.model_validate(read_yaml(path) or {})
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise IntakeError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise IntakeError(f"{path}: {problems}; docs/import.md shows the keys") from error
