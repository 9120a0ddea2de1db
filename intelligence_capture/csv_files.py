"""CSV files that people write: read as records, or refused with the file and the line."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from intelligence_capture.errors import SettingsError

R = TypeVar("R", bound=BaseModel)


def read_records(path: Path, record: type[R], *, required: Sequence[str]) -> Iterator[tuple[int, R]]:
    """Each row with its line in the file, none where there is no file; empty rows and columns are left out.

    Separators are commas or, as Excel writes them in much of the world, semicolons. SettingsError names the
    place of what cannot be read.
    """
    if not path.is_file():
        return
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), dialect=_dialect(path), restkey="")
    _check_columns(path, reader.fieldnames or (), record, required)
    try:
        for row in reader:
            given = {name: value.strip() for name, value in row.items() if name and value and value.strip()}
            if row.get(""):
                raise SettingsError(f"{path}, line {reader.line_num}: more cells than columns")
            if given:
                yield reader.line_num, record.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the row"
        raise SettingsError(f"{path}, line {reader.line_num}: {place}: {first['msg']}") from error
    except csv.Error as error:
        raise SettingsError(f"{path}, line {reader.line_num}: {error}") from error


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"{path}, byte {error.start}: not UTF-8; save it from Excel as 'CSV UTF-8 (comma delimited)'"
        ) from error
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error


def _dialect(path: Path) -> type[csv.Dialect]:
    head = _text(path).split("\n", 1)[0]

    class Written(csv.excel):
        delimiter = ";" if head.count(";") > head.count(",") else ","
        strict = True

    return Written


def _check_columns(
    path: Path, found: Sequence[str], record: type[BaseModel], required: Sequence[str]
) -> None:
    columns = ", ".join(record.model_fields)
    if missing := [name for name in required if name not in found]:
        raise SettingsError(f"{path}: column {', '.join(missing)} is missing; it has {columns}")
    if unknown := [name for name in found if name and name not in record.model_fields]:
        raise SettingsError(f"{path}: no column is called {', '.join(unknown)}; it has {columns}")
