"""Complaints: one trouble in many words, and neighbours that are another."""

import pytest

from intelligence_capture.errors import CatalogueError
from intelligence_capture.graph.concepts import Concepts, load_concepts
from tests.conftest import ROOT

CONCEPTS = load_concepts(ROOT / "ontology")


def pains(group, *texts, **rules):
    """The pain points of one company or of several, as sets of texts."""
    for number, text in enumerate(texts):
        company, words = text if isinstance(text, tuple) else ("Sol", text)
        group.says(f"p{number}", f"{words}.", ("pain_points", words), company=company)
    graph = group.graph(concepts=CONCEPTS, **rules)
    return sorted(
        sorted(m.text for m in one.mentions) for one in graph.canonicals if one.type == "pain_points"
    )


def test_turnover_is_one_trouble_whoever_leaves_and_in_both_languages(group):
    texts = ["Rotación de enfermeras", "Los choferes renuncian al mes", "Staff turnover"]

    assert pains(group, *texts) == [sorted(texts)]


def clauses(group, *pairs):
    """Pain points whose labels are clauses of the sentences that prove them, as sets of labels."""
    for number, (label, sentence) in enumerate(pairs):
        group.says(f"p{number}", sentence, ("pain_points", label))
    graph = group.graph(concepts=CONCEPTS)
    return sorted(
        sorted(m.text for m in one.mentions) for one in graph.canonicals if one.type == "pain_points"
    )


def test_a_clause_for_a_label_is_read_with_the_sentence_that_proves_it(group):
    told = [
        ("les enseño a empacar", "En el taller les enseño a empacar y a los dos meses renuncian."),
        ("mucho reemplazo", "Los choferes se van cada campaña, mucho reemplazo."),
        ("Rotación de operarios", "La rotación de operarios nos mata."),
    ]

    assert clauses(group, *told) == [sorted(label for label, _ in told)]


def test_a_label_that_names_its_trouble_is_not_read_with_what_stands_beside_it(group):
    told = [
        ("El sistema se cae", "El sistema se cae y por eso los cajeros renuncian."),
        ("Rotación de operarios", "La rotación de operarios nos mata."),
    ]

    assert len(clauses(group, *told)) == 2


def test_a_name_for_a_label_is_not_read_with_its_sentence(group):
    told = [
        ("Falta de repuestos", "Los mecánicos renuncian y faltan los repuestos."),
        ("Rotación de operarios", "La rotación de operarios nos mata."),
    ]

    assert len(clauses(group, *told)) == 2


def test_people_alone_resign_so_that_resignations_say_it_all():
    read = CONCEPTS.read("Tres renuncias desde mayo")

    assert read.whole == {"~rotacion"}
    assert not CONCEPTS.read("Se van a las cinco").whole


def test_another_trouble_or_another_object_is_another_complaint(group):
    texts = ["Rotación de personal", "Falta de personal", "Demora en los pagos", "Demora en las licencias"]

    assert len(pains(group, *texts)) == 4


def test_turnover_of_stock_is_none_of_staff(group):
    assert len(pains(group, "Rotación de inventario baja", "Rotación de personal")) == 2


def test_one_party_with_one_trouble_is_one_complaint_and_with_two_it_is_two(group):
    for who in ("a", "b", "c"):
        group.says(who, "Nos atiende Frigotec.", ("external_dependencies", "Frigotec"))

    found = pains(
        group, "Frigotec llega tarde", "Frigotec no responde los pedidos", "Frigotec factura con errores"
    )

    assert found == [
        ["Frigotec factura con errores"],
        ["Frigotec llega tarde", "Frigotec no responde los pedidos"],
    ]


def test_a_name_in_common_does_not_make_two_complaints_one(group):
    assert len(pains(group, "Mucho polvo en Villa Clara", "Ruido nocturno en Villa Clara")) == 2


def test_a_label_with_two_troubles_is_two_complaints_of_one_entity(group):
    found = pains(group, "Falta y rotación de personal", "Rotación de mozos")

    assert found == [["Falta de personal"], ["Rotación de mozos", "Rotación de personal"]]


@pytest.mark.parametrize("text", ["Pedidos y ventas de la semana", "Demora y mal trato"])
def test_an_and_that_joins_no_two_troubles_of_one_thing_does_not_split(text):
    assert CONCEPTS.parts(text) == (text,)


def test_companies_share_complaints_only_where_the_organisation_says_so(group):
    texts = [
        ("Sol", "Rotación de mozos"),
        ("Luna", "Rotación de obreros"),
        ("Sol", "La demora"),
        ("Luna", "La demora"),
    ]
    shared = [["La demora"], ["La demora"], ["Rotación de mozos", "Rotación de obreros"]]

    assert pains(group, *texts, shared=frozenset({"pain_points"})) == shared
    assert len(pains(type(group)(types=group.types), *texts)) == 4


def test_a_phrase_counts_whole_and_a_star_stands_for_any_ending():
    concepts = Concepts(troubles={"falta": ("falta",), "saber": ("falta de saber", "no sab*")}, kinds={})

    assert concepts.read("Falta de saber usar SAP").troubles == {"~saber"}
    assert concepts.read("No saben usar SAP").words == ("usar", "sap")
    assert concepts.read("sabado sin falta").troubles == {"~falta"}


def test_a_file_that_is_no_file_of_concepts_is_named(tmp_path):
    (tmp_path / "_concepts.yaml").write_text("trouble: {x: [y]}", "utf-8")

    with pytest.raises(CatalogueError, match=r"_concepts.yaml: trouble: Extra inputs"):
        load_concepts(tmp_path)
    assert load_concepts(tmp_path / "nowhere") == Concepts()
