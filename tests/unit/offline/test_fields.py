import pytest

from intelligence_capture.offline.fields import amount_of, fields_of
from intelligence_capture.offline.folding import Folded
from intelligence_capture.offline.surrounding import Placed, Surrounding

KNOWN = frozenset(
    "frequency time_of_day duration_minutes reports_to team_size coordinates_with amount currency "
    "approver decision_maker approval_threshold source target method data target baseline "
    "unit severity time_wasted_minutes owner decision escalates_to purpose used_for impact benefit area "
    "activity".split()
)


def read(table: str, raw: str, *systems: str, own: str = "") -> dict[str, object]:
    """The fields of an entity whose words are `own`, or all of `raw`, with these systems named in it."""
    text = Folded(raw)
    start = raw.index(own)
    end = start + len(own) if own else len(raw)
    placed = tuple(sorted(Placed(raw.index(name), raw.index(name) + len(name), name) for name in systems))
    where = Surrounding(text, start, end, 0, len(text), placed, "x", "jefa", english=False)
    return fields_of(table, KNOWN, where)


def test_reads_when_something_happens():
    assert read("temporal_patterns", "Todos los lunes a las 9:30 hago el cierre, 45 minutos") == {
        "frequency": "Todos los lunes",
        "time_of_day": "a las 9:30",
        "duration_minutes": 45.0,
        "activity": "Hago el cierre",
    }


def test_reads_a_reporting_line_and_the_size_of_a_team():
    found = read("team_structures", "Reporto al gerente general y tengo doce personas")

    assert (found["reports_to"], found["team_size"]) == ("gerente general", 12)


def test_reads_who_approves_above_which_amount():
    found = read("decision_points", "Las compras mayores a S/ 5,000 las aprueba el gerente general")

    assert found == {
        "decision": "Las compras mayores a S/ 5,000",
        "decision_maker": "gerente general",
        "approval_threshold": "mayores a S/ 5,000",
    }


@pytest.mark.parametrize(
    ("said", "maker", "above"),
    [
        (
            "Hasta 200 soles lo apruebo yo, más de eso lo ve la gerente de finanzas",
            "jefa",
            "gerente de finanzas",
        ),
        ("lo tiene que aprobar gerencia de operaciones", "gerencia de operaciones", None),
        ("los pedidos salen a mediodía", None, None),
    ],
)
def test_reads_who_decides_and_who_comes_next(said, maker, above):
    found = read("decision_points", said)

    assert (found.get("decision_maker"), found.get("escalates_to")) == (maker, above)


def test_who_decides_is_not_what_is_decided():
    assert "decision" not in read("decision_points", "eso lo tiene que aprobar el gerente general")
    assert read("team_structures", "dependo de Daniela que está en revenue")["reports_to"] == "Daniela"


@pytest.mark.parametrize(
    ("said", "systems", "source", "target"),
    [
        ("bajo las ventas de Opera y las pego en Excel", ("Opera", "Excel"), "Opera", "Excel"),
        ("la asistente lo digita a mano en SAP", ("SAP",), None, "SAP"),
        ("tesorería me manda una foto del extracto", (), "tesorería", "jefa"),
        ("le mando el resumen a Mónica por Outlook", ("Outlook",), None, "Mónica"),
        ("el Excel de mermas es un dolor de cabeza", ("Excel",), None, None),
        ("hay 15 personas que van de un lado a otro", (), None, None),
    ],
)
def test_reads_where_data_come_from_and_go_to_only_where_the_words_tell(said, systems, source, target):
    found = read("data_flows", said, *systems)

    assert (found.get("source"), found.get("target")) == (source, target)


def test_who_does_it_is_the_speaker_only_where_the_clause_says_so():
    assert read("processes", "reviso los pedidos")["owner"] == "jefa"
    assert read("processes", "mi asistente lo pasa a Excel")["owner"] == "mi asistente"
    assert "owner" not in read("processes", "el correo de la mañana")
    assert "owner" not in read("processes", "conciliación de bancos")


def test_a_time_of_another_clause_is_taken_only_where_there_is_just_one():
    one = "los martes hay feria, reviso los pedidos"
    two = "los martes hay feria, reviso los pedidos y los jueves pago"

    assert read("processes", one, own="reviso los pedidos")["frequency"] == "los martes"
    assert "frequency" not in read("processes", two, own="reviso los pedidos")


def test_what_a_name_is_for_stands_right_behind_it():
    said = "uso Opera para las reservas y WhatsApp con la gente"

    assert read("systems", said, own="Opera")["used_for"] == "las reservas y WhatsApp con la gente"
    assert "purpose" not in read("communication_channels", said, own="WhatsApp")


def test_days_in_a_row_are_one_frequency():
    found = read("temporal_patterns", "los lunes, miércoles y viernes voy al mercado")

    assert found == {"frequency": "los lunes, miércoles y viernes", "activity": "Voy al mercado"}


def test_what_follows_and_what_was_gained_are_read_without_their_connectives():
    impact = read("failure_modes", "si se cae Opera, no podemos hacer check-in")["impact"]
    benefit = read("success_patterns", "desde que hacemos la charla bajaron las quejas a la mitad")["benefit"]

    assert (impact, benefit) == ("no podemos hacer check-in", "bajaron las quejas a la mitad")


def test_reads_an_amount_of_money():
    assert amount_of("tope de s/ 3,500.50 al mes") == (3500.5, "PEN")
    assert amount_of("unos 10 mil dolares") == (10000.0, "USD")
    assert amount_of("pedi s/ 2,000 y me dieron s/ 700") == (700.0, "PEN")
    assert amount_of("de 14 empleados") == (None, "")


def test_what_was_not_said_stays_empty():
    assert read("data_flows", "es complicado") == {}


def test_time_lost_is_in_minutes():
    assert read("inefficiencies", "eso me toma dos horas y media")["time_wasted_minutes"] == 150.0


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ("Lo peor es la rotación de los mozos", "high"),
        ("The turnover is a serious problem", "high"),
        ("El ing pide algo urgente y logística demora una semana", None),
        ("Contractors are the other headache", None),
        ("Los contratistas son un dolor de cabeza", None),
    ],
)
def test_a_severity_is_read_only_from_words_that_grade_the_trouble(said, severity):
    assert read("pain_points", said).get("severity") == severity
