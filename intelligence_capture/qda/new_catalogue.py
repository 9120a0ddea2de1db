"""A codebook of another program as an entity catalogue: each code that can be applied becomes a type."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

import yaml
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from intelligence_capture.catalogue import RESERVED, Cues, EntityType, Texts
from intelligence_capture.errors import CatalogueError
from intelligence_capture.texts import fold

LARGEST = 10_000_000
"""Bytes of a codebook; a long one has thousands."""
DEEPEST = 50
MOST_CODES = 200
"""Each becomes a table, and the questions over all types one SQL statement, which SQLite bounds at 500 parts."""
LONGEST_NAME = 60
TYPES_A_CALL = 5


class Code(NamedTuple):
    """A code as the file has it: its name within the codes above it, and what it means."""

    names: tuple[str, ...]
    definition: str
    codable: bool

    @property
    def path(self) -> str:
        """Where it stands, for messages."""
        return " > ".join(self.names)


def read_codebook(path: Path) -> tuple[EntityType, ...]:
    """The types that a .qdc file makes; CatalogueError names the file and the code that cannot be one."""
    try:
        if path.stat().st_size > LARGEST:
            raise CatalogueError(f"{path}: more than {LARGEST // 1_000_000} MB; that is no codebook")
        root = fromstring(path.read_bytes(), forbid_dtd=True)
    except OSError as error:
        raise CatalogueError(
            f"{path}: cannot be read: {error.strerror}; set --config codebook=FILE"
        ) from error
    except DefusedXmlException as error:
        raise CatalogueError(
            f"{path}: it defines entities of its own, which a codebook has no need of"
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise CatalogueError(f"{path}: not XML ({error}); export it as a REFI-QDA codebook (.qdc)") from error
    if _local(root.tag) != "CodeBook":
        raise CatalogueError(
            f"{path}: a REFI-QDA codebook begins with CodeBook, this with {_local(root.tag)}"
        )
    codes = [code for part in root if _local(part.tag) == "Codes" for code in _codes(part, (), path)]
    return _types([code for code in codes if code.codable], path)


def as_files(types: tuple[EntityType, ...]) -> dict[str, str]:
    """What stands in each file of the catalogue, by its name."""
    return {
        f"{one.table}.yaml": yaml.safe_dump(_as_data(one), allow_unicode=True, sort_keys=False)
        for one in types
    }


def _as_data(one: EntityType) -> dict[str, object]:
    return one.model_dump(mode="json", exclude_defaults=True)


def _codes(parent: Element, above: tuple[str, ...], path: Path) -> Iterator[Code]:
    """Every code within `parent`, those below a code after it.

    Programs write namespaces of their own versions, so that only the local name counts.
    """
    for element in parent:
        if _local(element.tag) != "Code":
            continue
        name = " ".join((element.get("name") or "").split())
        if not name:
            raise CatalogueError(f"{path}: code {element.get('guid')}{_below(above)} has no name")
        names = (*above, name)
        if len(names) > DEEPEST:
            raise CatalogueError(
                f"{path}: codes lie deeper than {DEEPEST}, below {' > '.join(names[:3])} > …"
            )
        definition = next((part.text or "" for part in element if _local(part.tag) == "Description"), "")
        yield Code(names, definition.strip(), element.get("isCodable", "true") in ("true", "1"))
        yield from _codes(element, names, path)


def _below(above: tuple[str, ...]) -> str:
    return f" below {' > '.join(above)}" if above else ""


def _types(codes: list[Code], path: Path) -> tuple[EntityType, ...]:
    if not codes:
        raise CatalogueError(f"{path}: no code in it can be applied (isCodable)")
    if len(codes) > MOST_CODES:
        raise CatalogueError(
            f"{path}: {len(codes)} codes, at most {MOST_CODES} can be types; export fewer of them"
        )
    tables = _tables(codes, path)
    return tuple(
        EntityType(
            table=table,
            name=table,
            order=order,
            title=Texts(es=code.names[-1], en=code.names[-1]),
            call_group=f"codes_{(order - 1) // TYPES_A_CALL + 1}",
            counts=code.definition or code.path,
            fields={},
            cues=_cues(code.names[-1]),
            examples=Cues(es=_examples(code), en=_examples(code)),
        )
        for order, (table, code) in enumerate(zip(tables, codes, strict=True), start=1)
    )


def _tables(codes: list[Code], path: Path) -> list[str]:
    """A table's name for each code: its own, with those above it where two codes share one."""
    own = [_table(code.names[-1]) for code in codes]
    often = Counter(own)
    tables = [
        name if often[name] == 1 else _table(" ".join(code.names))
        for name, code in zip(own, codes, strict=True)
    ]
    for table, code in zip(tables, codes, strict=True):
        if not table:
            raise CatalogueError(
                f"{path}: code {code.path}: no table can be named so; give it a Latin letter"
            )
        if tables.count(table) > 1:
            others = ", ".join(one.path for other, one in zip(tables, codes, strict=True) if other == table)
            raise CatalogueError(
                f"{path}: {others}: these codes would be one table, {table}; rename all but one"
            )
    return tables


def _table(name: str) -> str:
    """The name in lower case, with ASCII letters, digits and underscores only; '' where nothing is left."""
    words = "_".join(re.findall("[a-z0-9]+", fold(name)))[:LONGEST_NAME].strip("_")
    if not re.search("[a-z]", words):
        return ""
    return f"code_{words}" if not words[0].isalpha() else f"{words}_code" if words in RESERVED else words


def _examples(code: Code) -> tuple[str, ...]:
    """What the offline extractor compares sentences with: there is nothing else to go by."""
    return tuple(filter(None, (code.names[-1], code.definition)))


def _cues(name: str) -> Cues:
    """The words of the name, wherever they are said."""
    pattern = rf"\b{re.escape(fold(name))}\b"
    return Cues(es=(pattern,), en=(pattern,))


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
