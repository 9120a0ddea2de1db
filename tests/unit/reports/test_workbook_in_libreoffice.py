"""report.xlsx as LibreOffice opens it: converted without a word, with every sheet, text, link and chart."""

import re
import shutil
import subprocess
import zipfile

import pytest
from defusedxml.ElementTree import fromstring

from intelligence_capture.reports.workbook import write_workbook
from tests.unit.reports.conftest import HOSTILE

PROGRAM = shutil.which("soffice")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is absent; make office installs it")
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
LINK = "{http://www.w3.org/1999/xlink}href"
# Of the program itself, about its own Java, not about the file.
NOT_OF_THE_FILE = re.compile("javaldx")


def opened(path, folder, kind):
    """What LibreOffice makes of the file, and all that it said."""
    run = subprocess.run(
        [
            *(str(PROGRAM), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--convert-to", kind, "--outdir", str(folder), str(path)),
        ],
        capture_output=True,
        text=True,
        timeout=300,
    )
    said = [line for line in run.stderr.splitlines() if not NOT_OF_THE_FILE.search(line)]
    assert run.returncode == 0
    return folder / f"{path.stem}.{kind}", said


@pytest.fixture(scope="module")
def converted(data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    write_workbook(data, folder / "report.xlsx")
    return opened(folder / "report.xlsx", folder, "ods")


@pytest.fixture(scope="module")
def sheets(converted):
    with zipfile.ZipFile(converted[0]) as package:
        content = fromstring(package.read("content.xml"))
    return {
        sheet.get(f"{TABLE}name"): sheet
        for sheet in content.iter(f"{TABLE}table")
        if sheet.get(f"{TABLE}name")
    }


def test_opens_without_a_warning(converted):
    assert converted[1] == []


def test_a_damaged_file_would_be_noticed(tmp_path):
    (tmp_path / "report.xlsx").write_bytes(b"PK\x03\x04 no workbook")

    made, said = opened(tmp_path / "report.xlsx", tmp_path, "ods")

    assert said or not made.exists()


def test_every_row_of_every_type_arrives(sheets, data):
    for one in data.types:
        rows = [
            row for row in sheets[one.name_es].iter(f"{TABLE}table-row") if "".join(row.itertext()).strip()
        ]
        assert len(rows) - 1 == one.entities


def test_no_cell_became_a_formula_or_leads_out_of_the_file(sheets):
    cells = [cell for sheet in sheets.values() for cell in sheet.iter(f"{TABLE}table-cell")]
    links = [link.get(LINK) for sheet in sheets.values() for link in sheet.iter(f"{TEXT}a")]

    assert [cell for cell in cells if cell.get(f"{TABLE}formula")] == []
    assert links and all(link.startswith("#") for link in links)
    assert any(HOSTILE.split(" ")[0] in "".join(cell.itertext()) for cell in cells)


def test_charts_arrive(converted):
    with zipfile.ZipFile(converted[0]) as package:
        charts = [name for name in package.namelist() if re.fullmatch(r"Object \d+/content.xml", name)]

    assert len(charts) == 5
