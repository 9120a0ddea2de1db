"""The catalogue as a codebook: a code per type."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable

from intelligence_capture.catalogue import EntityType
from intelligence_capture.qda.markup import ORIGIN, add, as_bytes, guid
from intelligence_capture.reports.records import Language
from intelligence_capture.reports.wording import wording

NAMESPACE = "urn:QDA-XML:codebook:1.0"


def codebook_file(types: Iterable[EntityType], language: Language) -> bytes:
    """The bytes of a .qdc file."""
    root = ET.Element("CodeBook", origin=ORIGIN)
    add_codes(root, types, language)
    return as_bytes(root, NAMESPACE)


def add_codes(parent: ET.Element, types: Iterable[EntityType], language: Language) -> None:
    """Put the codes into `parent`, in the catalogue's order."""
    codes = add(parent, "Codes")
    for entity_type in types:
        code = add(
            codes,
            "Code",
            guid=code_guid(entity_type.table),
            name=getattr(entity_type.title, language),
            isCodable="true",
        )
        add(code, "Description", _definition(entity_type, language))


def code_guid(table: str) -> str:
    """The id of the code of a type."""
    return guid("code", table)


def _definition(entity_type: EntityType, language: Language) -> str:
    if not entity_type.does_not_count:
        return entity_type.counts
    return f"{entity_type.counts}\n{wording(language)['does_not_count']}: {entity_type.does_not_count}"
