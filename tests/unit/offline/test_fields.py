from intelligence_capture.offline.fields import Surrounding, amount_of, fields_of
from intelligence_capture.offline.folding import Folded

KNOWN = frozenset(
    "frequency time_of_day duration_minutes reports_to team_size coordinates_with amount currency "
    "approver decision_maker approval_threshold source target method data target baseline "
    "unit time_wasted_minutes".split()
)


def read(table: str, raw: str) -> dict[str, object]:
    text = Folded(raw)
    where = Surrounding(text, 0, len(text), 0, len(text), (), "x", "jefa", english=False)
    return fields_of(table, KNOWN, where)


def test_reads_when_something_happens():
    assert read("temporal_patterns", "Todos los lunes a las 9:30 hago el cierre, 45 minutos") == {
        "frequency": "Todos los lunes",
        "time_of_day": "a las 9:30",
        "duration_minutes": 45.0,
    }


def test_reads_a_reporting_line_and_the_size_of_a_team():
    found = read("team_structures", "Reporto al gerente general y tengo doce personas")

    assert (found["reports_to"], found["team_size"]) == ("gerente general", 12)


def test_reads_who_approves_above_which_amount():
    found = read("decision_points", "Las compras mayores a S/ 5,000 las aprueba el gerente general")

    assert found == {"decision_maker": "gerente general", "approval_threshold": "mayores a S/ 5,000"}


def test_reads_an_amount_of_money():
    assert amount_of("tope de s/ 3,500.50 al mes") == (3500.5, "PEN")
    assert amount_of("unos 10 mil dolares") == (10000.0, "USD")
    assert amount_of("de 14 empleados") == (None, "")


def test_what_was_not_said_stays_empty():
    assert read("data_flows", "es complicado") == {}


def test_time_lost_is_in_minutes():
    assert read("inefficiencies", "eso me toma dos horas y media")["time_wasted_minutes"] == 150.0
