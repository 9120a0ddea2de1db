"""Twelve files as Forms, Word, Notepad, Teams and Zoom write them, six broken ones, and two nobody expected."""

import json
import shutil

import pytest

from intelligence_capture.intake.inbox import import_inbox
from intelligence_capture.interviews import find_interviews
from tests import office_files
from tests.conftest import ROOT

DATA = ROOT / "tests" / "data"
MAPPING = """
speakers: {Diego Salinas: interviewer, Ana Lucía Torres: interviewer}
files:
  Entrevista Carmen Ibáñez.vtt:
    meta: {company: Textiles Carrizo, role: Contadora general, date: 2025-10-15}
"""
OFFICE = {
    "Encuesta Carrizo.xlsx": office_files.microsoft_forms,
    "Process survey (Responses).xlsx": office_files.google_sheets,
    "Entrevista jefatura de compras.docx": office_files.word_interview,
    "Entrevista Logística.docx": office_files.teams_transcript,
}
BROKEN_OFFICE = {
    "con-cambios.docx": office_files.word_with_changes,
    "con-clave.xlsx": office_files.encrypted_workbook,
}


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """The twelve files imported, with the import.yaml of somebody who knows who asked."""
    folder = tmp_path_factory.mktemp("twelve")
    shutil.copytree(DATA / "inbox", folder / "inbox")
    for name, write in OFFICE.items():
        write(folder / "inbox" / name)
    (folder / "inbox" / "import.yaml").write_text(MAPPING, "utf-8")
    report = import_inbox(folder / "inbox", folder / "interviews")
    interviews = {one.id: one.interview for one in find_interviews(folder / "interviews")}
    return report, interviews


def said(interview):
    return [(answer.question, answer.answer) for answer in interview.answers]


def test_all_twelve_are_imported(imported):
    report, interviews = imported

    assert len(report.files) == 12 and not [file for file in report.files if file.refusal]
    assert sorted(interviews) == [
        "entrevista-carmen-ibanez",
        "entrevista-jefatura-de-compras",
        "entrevista-logistica",
        "entrevista-rosa-huaman-admision",
        "gmt20251016-143501-recording-transcript",
        "graciela-paz-textiles-carrizo-2025-10-14-15-51",
        "hilario-mamani-almacen",
        "interview-sarah-whitcombe",
        "jhon-ticona-textiles-carrizo-2025-10-15-08-30-00",
        "luis-paz-sol-2025-11-03-09-05-01",
        "maria-fernanda-caceres-textiles-carrizo-2025-10-14-15-51-20",
        "maureen-o-hara-harbour-freight-ltd-2025-10-16-17-03-44",
        "notas-molinos-luis-angel",
        "prem-singh-harbour-freight-ltd-2025-11-02-09-12-01",
        "rosa-quispe-sol-2025-10-12-15-51-20",
        "textiles-carrizo-2025-10-15-9-09",
        "tomas-nahui-textiles-carrizo-2025-10-15-11-58",
    ]


def test_a_form_of_microsoft_saved_by_a_spanish_excel(imported):
    graciela = imported[1]["graciela-paz-textiles-carrizo-2025-10-14-15-51"]

    assert graciela.meta.model_dump(exclude_defaults=True) == {
        "respondent": "Graciela Paz",
        "company": "Textiles Carrizo",
        "role": "Jefa de Planeamiento",
        "date": "2025-10-14 15:51",
    }
    assert said(graciela) == [
        ("¿Qué herramientas usas a diario?", "Excel;SAP;WhatsApp;"),
        (
            "¿Qué es lo que más tiempo te quita? Cuéntanos un ejemplo",
            'El consolidado de stock. Cada lunes junto tres "Excel" distintos:\n- tienda\n- almacén\n- tránsito\n'
            "Y nunca cuadran a la primera; me demoro 4 horas.",
        ),
        ("Del 1 al 5, ¿qué tan manual es tu trabajo?", "5"),
    ]


def test_a_form_of_microsoft_as_workbook(imported):
    jhon = imported[1]["jhon-ticona-textiles-carrizo-2025-10-15-08-30-00"]

    assert (jhon.meta.respondent, jhon.meta.role) == ("Jhon Ticona", "Tejedor")
    assert said(jhon) == [
        ("¿Qué haces en un día normal?", "Opero cuatro telares. +1 si alguien falta."),
        ("¿Qué sistemas usas?", ""),
        ("¿Qué tan satisfecho estás con ellos? (1 a 10)", "4"),
        ("¿Qué haces en un día normal?2", ""),
    ]


def test_a_form_of_google_as_csv_with_a_question_asked_twice(imported):
    rosa = imported[1]["rosa-quispe-sol-2025-10-12-15-51-20"]

    assert rosa.meta.model_dump(exclude_defaults=True) == {
        "respondent": "Rosa Quispe",
        "company": "Sol",
        "role": "Contadora",
        "date": "2025-10-12 15:51:20",
    }
    assert said(rosa)[1:] == [
        (
            "¿Qué problemas tienes con los sistemas?",
            'SAP se cuelga los días 30. Ese día digito todo "a mano", otra vez.\n\n'
            "El banco tampoco ayuda: bajo el estado de cuenta en PDF.",
        ),
        ("¿Algo más?", "No"),
        ("¿Algo más?", "Sí, que por favor arreglen la interfaz, ¡por favor!"),
    ]


def test_a_form_of_google_as_workbook(imported):
    prem = imported[1]["prem-singh-harbour-freight-ltd-2025-11-02-09-12-01"]

    assert prem.meta.date == "2025-11-02 09:12:01"
    assert said(prem) == [
        (
            "What do you spend most of your time on?",
            '=HYPERLINK("http://x") is what people paste into our sheet, so I clean it.',
        ),
        ("Which tools do you use? [At work]", "Excel"),
        ("Which tools do you use? [At home]", ""),
    ]


def test_an_interview_typed_in_word(imported):
    nelly = imported[1]["entrevista-jefatura-de-compras"]

    assert nelly.meta.model_dump(exclude_defaults=True) == {
        "respondent": "Nelly Cárdenas",
        "company": "Agroexportadora Valle Hondo",
        "role": "Jefa de Compras",
        "date": "17/10/2025",
    }
    assert said(nelly) == [
        (
            "¿Cuál es tu rol?",
            "Soy jefa de compras desde hace seis años. Somos cuatro: dos compradores y un planner.\n"
            "Compro de todo, desde cajas hasta repuestos.",
        ),
        (
            "¿Cómo se aprueba una orden de compra?",
            "Depende del monto:\nhasta S/ 2 000, yo;\nhasta S/ 20 000, el gerente de operaciones;\n"
            "más, el directorio. Eso demora dos semanas.",
        ),
        (
            "¿Qué cambiarías mañana mismo?",
            "Las firmas en papel. Todo pasa por un fólder azul que se pierde.",
        ),
    ]


def test_a_transcript_that_teams_wrote_for_word(imported):
    patricia = imported[1]["entrevista-logistica"]

    assert patricia.meta.respondent == "Patricia León"
    assert said(patricia) == [
        (
            "Hola Patricia, gracias por tu tiempo.\n¿Qué hace tu área?",
            "Hola. Nosotros vemos todo el transporte:\nrutas, fletes y reclamos.\n"
            "Los fletes se cotizan por correo, uno por uno.",
        ),
        (
            "¿Y los reclamos?",
            "Los apuntamos en un Excel compartido. A las 10:30 todos lo abren y se bloquea.",
        ),
    ]
    assert [answer.times for answer in patricia.answers] == [((0, 9.0), (67, 33.0)), ((0, 352.0),)]


def test_questions_and_answers_from_notepad(imported):
    luis = imported[1]["notas-molinos-luis-angel"]

    assert luis.meta.model_dump(exclude_defaults=True) == {
        "respondent": "Luis Ángel Ramos",
        "company": "Molinos del Sur S.A.",
        "role": "Jefe de almacén",
        "date": "16/10/2025",
    }
    assert said(luis)[1:] == [
        (
            "¿Qué sistemas usas?",
            "Usamos un ERP que se llama Starsoft, y para lo demás, Excel.\n"
            "Los despachos los coordino por WhatsApp con los transportistas.\n\n"
            "Ojo: a veces el Starsoft está caído y trabajamos con guías manuales.",
        ),
        (
            "¿Qué mejorarías?",
            "Que el sistema avise cuando el stock llega al mínimo. Hoy lo vemos “a ojo”.",
        ),
    ]


def test_names_before_the_words_in_plain_text(imported):
    rosa = imported[1]["entrevista-rosa-huaman-admision"]

    assert (rosa.meta.respondent, rosa.meta.company) == ("Rosa Huamán", "Clínica Santa Inés")
    assert said(rosa)[1:] == [
        (
            "¿Y cómo verificas el seguro?",
            "Entro a la página de cada aseguradora. Son siete páginas y siete contraseñas.\n"
            "Hay una, la de Pacífico, que se cae a las 9.\n"
            "Y cuando se cae llamo por teléfono. Veinte minutos de espera.",
        ),
        (
            "¿Quién aprueba las cartas de garantía?",
            "El doctor Salas, por correo. Si está de viaje, nadie.",
        ),
    ]


def test_headings_in_markdown(imported):
    sarah = imported[1]["interview-sarah-whitcombe"]

    assert (sarah.meta.company, sarah.meta.role) == ("Harbour Freight Ltd", "Operations Manager")
    assert [question for question, _ in said(sarah)] == [
        "What does a normal day look like?",
        "Which tools do you use?",
        "What goes wrong most often?",
        "Who approves credit notes?",
    ]
    assert (
        said(sarah)[2][1] == "Duplicate bookings. Nobody owns the check.\n\n> We found 14 in September alone."
    )


def test_captions_of_teams_keep_their_times(imported):
    carmen = imported[1]["entrevista-carmen-ibanez"]

    assert (carmen.meta.respondent, carmen.meta.role) == ("Carmen Ibáñez", "Contadora general")
    question, answer = said(carmen)[1]
    assert question == "Cuéntame, ¿cómo es el cierre mensual en tu área?"
    assert answer == (
        "Mira, el cierre nos toma nueve días. Los tres primeros son solo conciliar bancos, "
        'porque el extracto llega en PDF y "lo pasamos" a Excel.\n'
        "Y recién ahí entra SAP. Si alguien se equivoca, se empieza de nuevo."
    )
    words = [answer[start : start + 6] for start, _ in carmen.answers[1].times]
    assert words == ["Mira, ", "porque", "Y reci"]
    assert [seconds for _, seconds in carmen.answers[1].times] == [16.122, 27.912, 34.222]
    assert carmen.answers[2].times == ((0, 3734.11),)


def test_captions_of_zoom(imported):
    mark = imported[1]["gmt20251016-143501-recording-transcript"]

    assert (mark.meta.respondent, mark.meta.date) == ("Mark Olsen", "2025-10-16")
    assert [len(answer.times) for answer in mark.answers] == [3, 1]
    assert said(mark)[1] == (
        "What happens to the paper?",
        "Somebody types it into Manhattan the next morning. If they can read it.",
    )


def test_subtitles_with_speakers(imported):
    hilario = imported[1]["hilario-mamani-almacen"]

    assert said(hilario) == [
        (
            "Gracias por recibirnos, don Hilario. ¿Qué hace cuando llega un camión?",
            "Primero reviso la guía. Si no coincide con la orden de compra, no descargo. "
            "Después cuento a mano y lo apunto en el cuaderno.",
        ),
        ("¿Y quién lo pasa al sistema?", "Mi sobrino, en la tarde. Son como 40 guías al día."),
    ]


def test_six_broken_files_are_refused_with_the_place(tmp_path):
    shutil.copytree(DATA / "inbox-broken", tmp_path / "inbox")
    for name, write in BROKEN_OFFICE.items():
        write(tmp_path / "inbox" / name)

    report = import_inbox(tmp_path / "inbox", tmp_path / "interviews")

    refusals = {file.file: file.refusal for file in report.files}
    for file, reason in {
        "encuesta-partida.csv": "row 3 (line 3) has 5 cells where the headings are 4",
        "mezcla.txt": "not UTF-8 at byte 53 (line 2)",
        "cortada.vtt": "line 12 is no time of a caption",
        "subtitulos.srt": "the caption at 00:00:00.000 names no speaker",
        "con-cambios.docx": "tracked changes; accept them all",
        "con-clave.xlsx": "protected by a password",
    }.items():
        assert reason in refusals.pop(file)
    assert refusals == {}
    assert not list((tmp_path / "interviews").glob("[!.]*.json"))


def test_who_asks_is_never_guessed(tmp_path):
    (tmp_path / "inbox").mkdir()
    shutil.copy(DATA / "inbox" / "Entrevista Carmen Ibáñez.vtt", tmp_path / "inbox" / "carmen.vtt")

    report = import_inbox(tmp_path / "inbox", tmp_path / "interviews")

    assert "'Diego Salinas', 'Carmen Ibáñez (Externo)'" in report.files[0].refusal
    assert "`speakers` in import.yaml" in report.files[0].refusal


def test_addresses_stay_out_of_interviews(imported):
    _, interviews = imported

    assert "@" not in json.dumps([one.model_dump() for one in interviews.values()])


def test_what_no_file_says_is_named_in_the_report(imported):
    notes = {file.file: file.notes for file in imported[0].files}

    assert (
        "nothing says the company, role: say it as `meta` in import.yaml"
        in notes["Entrevista Logística.docx"]
    )


def test_two_files_that_nobody_had_in_mind(tmp_path):
    """Written last, to see what happens: Meet's own lines were words of answers then, and are not any more."""
    shutil.copytree(DATA / "inbox-unexpected", tmp_path / "inbox")
    (tmp_path / "inbox" / "import.yaml").write_text("speakers: {Sofía Bernal: interviewer}", "utf-8")

    report = import_inbox(tmp_path / "inbox", tmp_path / "interviews")

    meet, survey = report.files
    assert survey.refusal == "row 1 (line 1): column 11 has answers and no heading"
    (interview,) = [one.interview for one in find_interviews(tmp_path / "interviews")]
    assert said(interview) == [
        (
            "Gracias por el tiempo, Raúl.\n¿Cómo llevas el inventario?",
            "Con una hoja de Google. La actualizo los viernes.",
        ),
        ("¿Y quién la revisa?", "Nadie: yo mismo.\nLunes y martes: conteo."),
    ]
    assert "'Lunes y martes:' taken as words of an answer, not as a speaker" in meet.notes
