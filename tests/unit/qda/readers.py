"""Reading what was exported: by the official schema, by pyrefiqda, and by the letter of the standard."""

import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from xml.etree import ElementTree as ET

from defusedxml.ElementTree import fromstring
from lxml import etree
from pyrefiqda import RefiProject

from intelligence_capture.qda.transcript import plain
from tests.conftest import ROOT

SCHEMAS = ROOT / "tests" / "vendor" / "refi-qda"
QDA = "{urn:QDA-XML:project:1.0}"


def schema_errors(root, schema):
    """What the official schema objects to."""
    validator = etree.XMLSchema(etree.parse(SCHEMAS / schema))
    validator.validate(etree.fromstring(ET.tostring(root)))
    return [str(error) for error in validator.error_log]


def quotes_of(database, types, language, interviews=None):
    """Every verified quote in the database with the code and the name it should have, and how often."""
    titles = {entity_type.table: getattr(entity_type.title, language) for entity_type in types}
    with closing(sqlite3.connect(database)) as db:
        rows = db.execute(
            "select e.entity_type, a.label, e.quote, a.interview_id from evidence e "
            "join all_entities a on a.id = e.entity_id where e.verified"
        ).fetchall()
    return Counter(
        (titles[table], label, plain(quote))
        for table, label, quote, interview in rows
        if interviews is None or interview in interviews
    )


def quotes_read(path):
    """Code, name and words of each coding: positions are code points, the end is not part of it."""
    with zipfile.ZipFile(path) as archive:
        root = fromstring(archive.read("project.qde"))
        codes = {code.get("guid"): code.get("name") for code in root.iter(f"{QDA}Code")}
        found = Counter()
        for source in root.iter(f"{QDA}TextSource"):
            name = source.get("plainTextPath").removeprefix("internal://")
            text = archive.read(f"sources/{name}").decode("utf-8")
            for selection in source.iter(f"{QDA}PlainTextSelection"):
                words = text[int(selection.get("startPosition")) : int(selection.get("endPosition"))]
                for code in selection.iter(f"{QDA}CodeRef"):
                    found[codes[code.get("targetGUID")], selection.get("name"), words] += 1
    return found


def read_by_another_program(path, folder):
    """Code, name and words of each coding as pyrefiqda reads the project, unpacked into `folder`."""
    project = RefiProject.load(path, extract_dir=folder)
    codes = {code.guid: code.name for code in project.code_book.codes.code}
    found = Counter()
    for source in project.sources.text_source:
        text = RefiProject.resolve_source_path(source.plain_text_path, folder).read_bytes().decode("utf-8")
        for selection in source.plain_text_selection:
            words = text[selection.start_position : selection.end_position]
            for coding in selection.coding:
                found[codes[coding.code_ref.target_guid], selection.name, words] += 1
    return found
