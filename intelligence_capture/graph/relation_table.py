"""The relations that the catalogue knows, as ontology/_relations.yaml lists them."""

from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from intelligence_capture.catalogue import Catalogue
from intelligence_capture.errors import CatalogueError
from intelligence_capture.records import Record

FILE_NAME = "_relations.yaml"


class RelationType(Record):
    """One row of the table; the file explains each key."""

    source: str
    relation: str
    targets: tuple[str, ...]
    fields: tuple[str, ...] = ()
    target_fields: tuple[str, ...] = ()
    only_stated: bool = False
    not_after: tuple[str, ...] = ()


def load_relations(folder: Path, catalogue: Catalogue) -> tuple[RelationType, ...]:
    """The relations between types that the catalogue has; CatalogueError says what is wrong with the file."""
    path = folder / FILE_NAME
    if not path.is_file():
        return ()
    try:
        rows = TypeAdapter(tuple[RelationType, ...]).validate_python(
            yaml.safe_load(path.read_text("utf-8")) or ()
        )
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: not readable as YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise CatalogueError(f"{path}: row {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    # A user may have dropped a type: its relations go with it.
    known = [
        row.model_copy(update={"targets": tuple(t for t in row.targets if t in catalogue)}) for row in rows
    ]
    return tuple(row for row in known if row.source in catalogue and row.targets)
