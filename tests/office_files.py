"""Workbooks and Word documents as Forms, Sheets, Word and Teams write them, for the tests of the import.

Word's files are written as XML, not by the library that reads them.
"""

import zipfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

ORGANISER, RESPONDENT = "Diego Salinas", "Patricia León"


def microsoft_forms(path: Path) -> Path:
    """Microsoft Forms, `Abrir en Excel`: a table, dates as numbers, headings that end in a no-break space."""
    headings = [
        "Id",
        "Hora de inicio",
        "Hora de finalización",
        "Correo electrónico",
        "Nombre",
        "Hora de la última modificación",
        "Nombre completo",
        "Empresa\xa0",
        "¿Cuál es tu cargo?",
        "¿Qué haces en un día normal?\xa0",
        "¿Qué sistemas usas?",
        "¿Qué tan satisfecho estás con ellos? (1 a 10)",
        "¿Qué haces en un día normal?2",
    ]
    rows = [
        [
            1,
            datetime(2025, 10, 14, 15, 40, 2),
            datetime(2025, 10, 14, 15, 51, 20),
            "anonymous",
            None,
            None,
            "María Fernanda Cáceres",
            "Textiles Carrizo",
            "Analista de costos",
            "Reviso las mermas del día anterior.\nDespués actualizo el costo estándar en SAP.",
            "SAP;Excel;Power BI;",
            7,
            "Por la tarde, reuniones.",
        ],
        [
            2,
            datetime(2025, 10, 15, 8, 0, 0),
            datetime(2025, 10, 15, 8, 30, 0),
            "anonymous",
            None,
            None,
            "Jhon Ticona",
            "Textiles Carrizo",
            "Tejedor",
            "Opero cuatro telares. +1 si alguien falta.",
            None,
            4,
            None,
        ],
    ]
    workbook = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    sheet = workbook.add_worksheet("Sheet1")
    day = workbook.add_format({"num_format": "m/d/yy h:mm:ss"})
    _fill(sheet, headings, rows, day)
    columns = [{"header": heading} for heading in headings]
    sheet.add_table(0, 0, len(rows), len(headings) - 1, {"name": "Table1", "columns": columns})
    workbook.close()
    return path


def google_sheets(path: Path) -> Path:
    """The responses of a Google Form, downloaded from Sheets as a workbook."""
    headings = [
        "Timestamp",
        "Email Address",
        "Full name",
        "Company",
        "Job title",
        "What do you spend most of your time on?",
        "Which tools do you use? [At work]",
        "Which tools do you use? [At home]",
    ]
    rows = [
        [
            datetime(2025, 10, 16, 17, 3, 44),
            "mo@harbour.example",
            "Maureen O'Hara",
            "Harbour Freight Ltd",
            "Billing clerk",
            "Chasing proof of delivery.\n\nThe drivers send photos by WhatsApp, I rename each file by hand.",
            "Outlook, Excel",
            "None",
        ],
        [
            datetime(2025, 11, 2, 9, 12, 1),
            "p.singh@harbour.example",
            "Prem Singh",
            "Harbour Freight Ltd",
            "Yard supervisor",
            '=HYPERLINK("http://x") is what people paste into our sheet, so I clean it.',
            "Excel",
            None,
        ],
    ]
    workbook = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = workbook.add_worksheet("Form Responses 1")
    sheet.freeze_panes(1, 0)
    _fill(sheet, headings, rows, workbook.add_format({"num_format": "m/d/yyyy h:mm:ss"}))
    workbook.close()
    return path


def word_interview(path: Path) -> Path:
    """An interview typed in a Spanish Word: a title, a table of facts, questions as `Título 2`, a list."""
    body = [
        _paragraph("Entrevista – Jefatura de Compras", style="Ttulo"),
        _table(
            [
                ("Empresa", "Agroexportadora Valle Hondo"),
                ("Entrevistada", "Nelly Cárdenas"),
                ("Cargo", "Jefa de Compras"),
                ("Fecha", "17/10/2025"),
            ]
        ),
        _paragraph(""),
        _paragraph("Rol y equipo", style="Ttulo1"),
        _paragraph("¿Cuál es tu rol?", style="Ttulo2"),
        _paragraph(
            "Soy jefa de compras desde hace seis años. ",
            "Somos cuatro: ",
            "dos compradores",
            " y un planner.",
        ),
        _paragraph("Compro de todo, desde cajas hasta repuestos."),
        _paragraph("Procesos", style="Ttulo1"),
        _paragraph("¿Cómo se aprueba una orden de compra?", style="Ttulo2"),
        _paragraph("Depende del monto:"),
        _paragraph("hasta S/ 2 000, yo;", style="Prrafodelista"),
        _paragraph("hasta S/ 20 000, el gerente de operaciones;", style="Prrafodelista"),
        _paragraph("más, el directorio. Eso demora dos semanas.", style="Prrafodelista"),
        _paragraph("¿Qué cambiarías mañana mismo?", style="Ttulo2"),
        _paragraph("Las firmas en papel. ", bold="Todo", rest=" pasa por un fólder azul que se pierde."),
    ]
    return _document(path, body)


def teams_transcript(path: Path) -> Path:
    """A transcript that Teams offers as .docx: a portrait, name and time, then the words, in one paragraph."""
    body = [
        _paragraph("Entrevista Logística-20251016_093005-Transcripción de la reunión"),
        _paragraph("16 de octubre de 2025, 2:30p. m."),
        _paragraph("24m 11s"),
        _runs(_run(ORGANISER, bold=True), _run(" inició la transcripción")),
        _turn(ORGANISER, "0:03", "Hola Patricia, gracias por tu tiempo.", "¿Qué hace tu área?"),
        _turn(RESPONDENT, "0:09", "Hola. Nosotros vemos todo el transporte:", "rutas, fletes y reclamos."),
        _turn(ORGANISER, "0:31", "Ya."),
        _turn(RESPONDENT, "0:33", "Los fletes se cotizan por correo, uno por uno."),
        _turn(ORGANISER, "5:48", "¿Y los reclamos?"),
        _turn(
            RESPONDENT,
            "5:52",
            "Los apuntamos en un Excel compartido. A las 10:30 todos lo abren y se bloquea.",
        ),
        _turn(ORGANISER, "1:02:07", "Gracias."),
        _runs(_run(ORGANISER, bold=True), _run(" detuvo la transcripción")),
    ]
    return _document(path, body)


def word_with_changes(path: Path) -> Path:
    """A Word document with a tracked insertion, which most readers leave out without a word."""
    tracked = (
        '<w:p><w:r><w:t xml:space="preserve">Uso SAP </w:t></w:r>'
        '<w:ins w:id="1" w:author="L" w:date="2025-10-17T10:00:00Z"><w:r><w:t>y Excel</w:t></w:r></w:ins></w:p>'
    )
    return _document(path, [_paragraph("¿Qué sistemas usas?", style="Ttulo2"), tracked])


def encrypted_workbook(path: Path) -> Path:
    """What Excel writes where a password is set: no longer a zip, but an OLE container."""
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2040))
    return path


def _fill(sheet: object, headings: list[str], rows: list[list[object]], day: object) -> None:
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, datetime):
                sheet.write_datetime(number, column, value, day)
            elif value is not None:
                sheet.write(number, column, value)


def _run(text: str, *, bold: bool = False) -> str:
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{properties}{lines}</w:r>"


def _runs(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def _paragraph(*texts: str, style: str = "", bold: str = "", rest: str = "") -> str:
    runs = [_run(text) for text in texts if text]
    if bold:
        runs += [_run(bold, bold=True), _run(rest)]
    return _runs(*runs, style=style)


def _turn(name: str, time: str, *lines: str) -> str:
    return _runs(_run(name, bold=True), _run(f"   {time}"), "<w:r><w:br/></w:r>", _run("\n".join(lines)))


def _table(rows: list[tuple[str, str]]) -> str:
    cells = "".join(
        f"<w:tr><w:tc>{_runs(_run(left, bold=True))}</w:tc><w:tc>{_paragraph(right)}</w:tc></w:tr>"
        for left, right in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{cells}</w:tbl>"


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STYLES = {  # what a Spanish Word calls them, and what they are
    "Ttulo": "Title",
    "Ttulo1": "heading 1",
    "Ttulo2": "heading 2",
    "Prrafodelista": "List Paragraph",
}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _document(path: Path, body: list[str]) -> Path:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in _STYLES.items()
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>",
        "word/document.xml": f"<w:document {_W}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + content)
    return path
