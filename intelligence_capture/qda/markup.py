"""What every REFI-QDA file is made of: elements, ids that stay the same, and its bytes."""

import uuid
import xml.etree.ElementTree as ET

from intelligence_capture.texts import xml_text

ORIGIN = "intelligence-capture"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://www.qdasoftware.org/intelligence-capture")


def guid(*parts: object) -> str:
    """The id of what these parts name: the same on every run and every machine."""
    return str(uuid.uuid5(_SPACE, "\x1f".join(map(str, parts))))


def add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """A new element within `parent`; what no XML file can hold is replaced."""
    element = ET.SubElement(parent, tag, {name: xml_text(value) for name, value in attributes.items()})
    element.text = xml_text(text) or None
    return element


def as_bytes(root: ET.Element, namespace: str) -> bytes:
    """The file with `root`, whose elements all belong to the namespace."""
    root.set("xmlns", namespace)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
