"""Claims on posts, sizes, counts, marks and rhythms, and what only looks like a clash."""

import pytest

from intelligence_capture.graph.amounts import amount_claims
from intelligence_capture.graph.claims import LONGEST
from intelligence_capture.graph.records import Talk
from intelligence_capture.graph.sentences import sentences
from intelligence_capture.records import Answer
from tests.unit.graph import conftest

ROLES = {"ana": "Gerente de Operaciones", "luz": "Jefa de Calidad", "eva": "Jefe de Compras"}


def says(group, who, text, **place):
    """One sentence that is proof of a process too: a contradiction hangs on an entity."""
    return group.says(who, text, ("processes", text.rstrip(".")), role=ROLES[who], **place)


def clashes(group):
    return [(one.field, one.a.said, one.b.said) for one in group.graph().contradictions]


def test_a_chief_who_counts_a_post_among_his_people_contradicts_one_who_reports_elsewhere(group):
    says(group, "ana", "Me reportan nueve administradores y la jefa de Calidad.")
    says(group, "luz", "Dependemos de la gerencia general, no de Operaciones.")

    assert clashes(group) == [("reports_to", "Gerente de Operaciones", "gerencia general")]


def test_a_chief_is_named_only_up_to_what_the_speaker_says_of_himself(group):
    says(group, "ana", "Me reportan nueve administradores y la jefa de Calidad.")
    says(group, "luz", "Dependo de la gerencia general y tengo a mi cargo siete personas.")

    assert clashes(group) == [("reports_to", "Gerente de Operaciones", "gerencia general")]


def test_a_chief_and_his_own_people_agree(group):
    says(group, "ana", "Me reportan nueve administradores y la jefa de Calidad.")
    says(group, "luz", "Reporto al gerente de Operaciones desde hace un año.")
    says(group, "eva", "Dependo de la gerencia general, y nadie de mí.")

    assert clashes(group) == []


def test_two_people_of_different_posts_who_each_name_their_own_chief_agree(group):
    group.says("ana", "Dependo del gerente de finanzas.", ("processes", "Dependo"), role="Contador General")
    group.says("luz", "I report to the owners' committee.", ("processes", "I report"), role="General Manager")

    assert clashes(group) == []


def test_who_names_two_chiefs_contradicts_neither(group):
    says(group, "ana", "Me reportan nueve administradores y la jefa de Calidad.")
    says(
        group, "luz", "Mi jefe directo es el gerente de Operaciones, y en lo técnico respondo al chef Bruno."
    )

    assert clashes(group) == []


@pytest.mark.parametrize(
    ("one", "other", "field"),
    [
        (
            "En posventa somos 6 personas contándome.",
            "Hay 11 en ventas y 9 en posventa con Luis.",
            "team_size",
        ),
        ("Simphony está en los cinco puntos de venta.", "Veo el costo de los 3 puntos de venta.", "count"),
    ],
)
def test_two_sizes_of_one_area_and_two_counts_of_one_thing_clash(group, one, other, field):
    says(group, "ana", one)
    says(group, "luz", other)

    assert [found for found, _, _ in clashes(group)] == [field]


def test_counts_that_are_not_of_all_or_of_other_things_do_not_clash(group):
    says(group, "ana", "Abrimos dos puntos de venta.")
    says(group, "luz", "Veo el costo de los 3 puntos de venta.")
    says(group, "eva", "Compro para los 4 puntos de control.")

    assert clashes(group) == []


def test_once_a_month_and_every_two_weeks_clash_and_a_building_site_has_its_own_rhythm(group):
    says(group, "ana", "La valorización de obra se presenta una vez al mes.")
    says(group, "luz", "Cada dos semanas se presenta la valorización de obra.")
    assert len(clashes(group)) == 1

    apart = type(group)(types=group.types)
    for who, site, rhythm in (
        ("ana", "Los Ficus", "una vez al mes"),
        ("luz", "Parque Guinda", "cada dos semanas"),
    ):
        says(apart, who, f"Estoy en la obra {site}.")
        says(apart, who, f"La valorización de obra se presenta {rhythm}.")
    assert clashes(apart) == []


def test_marks_for_one_system_clash_with_the_sentences_that_give_them(group):
    group.says("ana", "Opera: todo el día.", ("systems", "Opera", {"satisfaction": 8}))
    group.says("ana", "Llego a las 8. Mi satisfacción con Opera es 8.")
    group.says("luz", "A Opera le pongo 3 de 10.", ("systems", "Opera", {"satisfaction": 3}))

    (clash,) = group.graph().contradictions

    assert (clash.field, clash.a.said, clash.b.said) == ("satisfaction", "8 of 10", "3 of 10")
    assert clash.a.proof.quote == "Mi satisfacción con Opera es 8."
    assert clash.b.proof.quote == "A Opera le pongo 3 de 10."


def test_an_amount_with_a_comma_is_one_clause_and_two_approvers_of_it_clash(group):
    says(group, "ana", "Los cambios de presupuesto mayores a S/ 20,000 los apruebo yo mismo.")
    says(group, "luz", "Todo cambio de presupuesto superior a S/ 20,000 lo aprueba el directorio.")

    assert clashes(group) == [("approver", "Gerente de Operaciones", "directorio")]


def test_what_can_take_long_contradicts_nobody(group):
    says(group, "ana", "Los guantes para la obra pueden demorar 12 días.")
    says(group, "luz", "Los guantes para la obra demoran una semana.")

    assert clashes(group) == []


def test_how_data_move_is_read_with_the_systems_of_the_sentence_before(group):
    systems = (("systems", "Opera"), ("systems", "SAP"))
    group.says("ana", "Reviso la interfaz de Opera a SAP. El ingreso pasa automáticamente a SAP.", *systems)
    group.says("luz", "Del reporte de Opera lo digita a mano en SAP una asistente.", *systems)

    (clash,) = group.graph().contradictions

    assert clash.a.proof.quote == "El ingreso pasa automáticamente a SAP."


def test_a_flow_is_not_written_to_where_it_comes_from(group):
    group.says(
        "ana",
        "La planilla llega desde Buk y la pasamos a Excel.",
        ("systems", "Buk"),
        ("systems", "Excel"),
        ("data_flows", "La planilla llega desde Buk", {"source": "Excel", "target": "Buk"}),
        ("data_flows", "la pasamos a Excel", {"source": "Buk", "target": "Excel"}),
    )
    graph = group.graph()
    names = {one.id: one.label for one in graph.canonicals}

    assert {(names[r.source_id], r.relation, names[r.target_id]) for r in graph.relations} == {
        ("la pasamos a Excel", "reads_from", "Buk"),
        ("la pasamos a Excel", "writes_to", "Excel"),
    }


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("Nada de SAP, las facturas se anotan a mano.", False),
        ("Las facturas se anotan a mano, no usamos SAP.", False),
        ("Invoices are filed without SAP.", False),
        ("Las facturas no cuadran con SAP.", True),
        ("Sin SAP no se puede: las facturas se anotan en SAP.", True),
    ],
)
def test_a_system_that_is_named_as_not_used_is_not_used(group, text, uses):
    group.says("ana", text, ("systems", "SAP"), ("processes", text.rstrip("."), {"systems": ["SAP"]}))

    stated = [one for one in group.graph().relations if one.relation == "uses" and one.ground == "stated"]

    assert bool(stated) == uses


def test_a_system_that_is_only_the_means_is_not_blamed(group):
    for who in ("ana", "luz"):
        group.says(
            who,
            "Los pedidos llegan por WhatsApp y se pierden. Opera se cae los lunes.",
            ("systems", "WhatsApp"),
            ("systems", "Opera"),
            ("pain_points", "Los pedidos llegan por WhatsApp y se pierden"),
            ("pain_points", "Opera se cae los lunes"),
        )
    graph = group.graph()
    names = {one.id: one.label for one in graph.canonicals}

    blamed = [names[p.canonical_id] for p in graph.patterns if p.kind == "problematic_system"]

    assert blamed == ["Opera"]


def test_a_label_that_ends_inside_its_quotation_marks_is_closed(group):
    group.says("ana", "Escribo al grupo “Cierre F9.", ("communication_channels", "grupo “Cierre F9"))

    assert [one.label for one in group.graph().canonicals] == ["grupo “Cierre F9”"]


def test_texts_are_embedded_by_their_number_and_not_by_that_of_their_pairs(group, monkeypatch):
    calls = []
    embed = conftest.embed
    monkeypatch.setattr(conftest, "embed", lambda texts: calls.append(texts) or embed(texts))
    people = [f"p{number}" for number in range(8)]
    for number, who in enumerate(people):
        text = f"El cierre de las facturas de compras demora {2 ** (number + 1)} días."
        group.says(who, text, ("processes", text.rstrip(".")))

    assert len(clashes(group)) > 2 * len(people) >= len(calls)


@pytest.mark.parametrize(
    ("other", "clash"),
    [
        ("Las redes las maneja ventas.", True),
        ("Las redes las manejaba ventas.", False),
        ("Las redes las manejará ventas.", False),
        ("Ella se encarga de las redes.", False),
        ("Alguien maneja las redes, y las redes las maneja una persona.", False),
    ],
)
def test_who_did_a_thing_or_will_do_it_or_is_not_named_contradicts_nobody(group, other, clash):
    says(group, "ana", "Marketing se encarga de las redes. Las redes las maneja marketing.")
    says(group, "luz", other)

    assert bool(clashes(group)) == clash


def test_who_names_no_company_contradicts_nobody_where_others_name_one(group):
    say_whom_they_report_to(group, companies=("", "", "Sol"))

    assert clashes(group) == []


def test_where_nobody_names_a_company_all_are_of_one(group):
    say_whom_they_report_to(group, companies=("", "", ""))

    assert [field for field, _, _ in clashes(group)] == ["reports_to"]


def say_whom_they_report_to(group, companies):
    says(group, "ana", "Me reportan nueve administradores y la jefa de Calidad.", company=companies[0])
    says(group, "luz", "Dependemos de la gerencia general, no de Operaciones.", company=companies[1])
    says(group, "eva", "Compro la leche.", company=companies[2])


def test_of_a_text_without_commas_each_claim_is_read_with_what_is_near_it(group):
    text = "luego " * 20_000 + "la caja se cuadra en 5 horas " + "luego " * 20_000
    (claim,) = amount_claims([Talk(id="ana", company="Sol", answers=(Answer(question="¿?", answer=text),))])

    assert len(claim.context) < 4 * LONGEST
    assert {"caja", "cuadra"} <= set(claim.words)


@pytest.mark.parametrize(
    ("a", "b", "fields"),
    [
        pytest.param(
            "De S/ 10,000 a más firma las compras el gerente general.",
            "La aprobación de compras es así: hasta S/ 3,000 firmo yo y de ahí hasta S/ 15,000 el gerente de "
            "operaciones.",
            ["approver"],
            id="two-posts-for-one-amount",
        ),
        pytest.param(
            "De S/ 10,000 a más firma las compras el gerente general.",
            "La aprobación de compras es así: hasta S/ 3,000 firmo yo y de ahí hasta S/ 10,000 el gerente de "
            "operaciones.",
            [],
            id="one-ladder",
        ),
        pytest.param(
            "Las compras de hasta S/ 5,000 las firma el jefe de compras.",
            "Las compras de hasta S/ 8,000 las firma el jefe de compras.",
            ["approver"],
            id="one-post-up-to-two-amounts",
        ),
        pytest.param(
            "Las compras de hasta S/ 5,000 las firma el jefe de compras.",
            "Las compras de hasta S/ 1,000 las firma el administrador.",
            [],
            id="a-step-below-that-was-left-out",
        ),
        pytest.param(
            "Los descuentos de hasta 10 % los autoriza el gerente comercial.",
            "Las compras de hasta S/ 10 las autoriza el administrador.",
            [],
            id="two-topics",
        ),
        pytest.param(
            "Any discount above 15 % goes to the general manager.",
            "Los descuentos mayores a 15 % los autoriza el gerente comercial.",
            ["approver"],
            id="two-languages",
        ),
        pytest.param(
            "El cambio de precios de la carta lo apruebo yo junto con marketing.",
            "Cualquier cambio de precios en la carta lo aprueba únicamente el gerente general.",
            ["approver"],
            id="i-and-somebody-else",
        ),
        pytest.param(
            "El sistema Opera es mío. Le doy un 9 de 10.",
            "A Opera le pongo un 3.",
            [],
            id="no-system-with-the-mark",
        ),
        pytest.param("A Opera le doy un 9 de 10.", "Opera: le pongo un 3.", ["satisfaction"], id="two-marks"),
        pytest.param("A Opera le doy un 9 de 10.", "A Opera le pongo un 6.", [], id="marks-near-each-other"),
        pytest.param(
            "We employ about 190 people.", "La empresa tiene 231 trabajadores.", ["people"], id="heads"
        ),
        pytest.param(
            "We employ about 220 people.", "La empresa tiene 231 trabajadores.", [], id="about-so-many"
        ),
        pytest.param(
            "We have 40 people in sales.", "La empresa tiene 231 trabajadores.", [], id="a-part-of-all"
        ),
        pytest.param(
            "El cierre mensual nos toma 5 días.",
            "Pues el cierre. Nos demora 9 días desde fin de mes hasta que el costo queda.",
            ["minutes"],
            id="what-it-is-about-stands-in-the-sentence-before",
        ),
        pytest.param(
            "La obra sube su requerimiento (RQ) en SAP.",
            "El requerimiento lo lleno yo en Excel.",
            ["kept_in"],
            id="where-it-is-kept",
        ),
        pytest.param(
            "La obra sube su requerimiento en SAP.",
            "Mi requerimiento lo lleno en Excel.",
            [],
            id="the-speakers-own",
        ),
    ],
)
def test_what_two_people_say_of_one_thing_clashes_where_both_cannot_hold(group, a, b, fields):
    for who, text in (("ana", a), ("eva", b)):
        systems = [("systems", name) for name in ("Opera", "SAP", "Excel") if name in text]
        group.says(who, text, ("processes", text.rstrip(".")), *systems, role=ROLES[who])

    assert [field for field, _, _ in clashes(group)] == fields


FILLER = "Reviso correos y llamo a la gente. " * 250


@pytest.mark.parametrize(
    ("a", "b", "fields"),
    [
        pytest.param(
            "Desde julio llevo la apertura del décimo local, prevista para la primera semana de febrero.",
            "The opening moved from November to late January.",
            ["when"],
            id="two-months",
        ),
        pytest.param(
            "La apertura está prevista para enero.",
            "The opening moved from November to late January.",
            [],
            id="one",
        ),
        pytest.param(
            "La apertura en Surco está prevista para enero.",
            "La apertura en Magdalena está prevista para marzo.",
            [],
            id="two-places",
        ),
        pytest.param(
            "La apertura está prevista para enero.",
            "En marzo tuvimos problemas con la apertura.",
            [],
            id="what-was",
        ),
        pytest.param(
            "Instauramos la preentrega, con posventa junto al residente tres semanas antes que el cliente.",
            "Hacemos una preentrega con Calidad quince días antes de dar las llaves.",
            ["minutes"],
            id="two-lead-times",
        ),
        pytest.param(
            "Instauramos la preentrega, con posventa junto al residente tres semanas antes que el cliente.",
            "La preentrega toma quince días.",
            [],
            id="a-lead-time-is-no-duration",
        ),
    ],
)
def test_a_rare_word_is_enough_for_a_month_or_a_lead_time(group, a, b, fields):
    for who, text in (("ana", a), ("eva", b)):
        says(group, who, text)
        group.says(who, FILLER)

    assert [field for field, _, _ in clashes(group)] == fields


@pytest.mark.parametrize(
    ("a", "b", "clash"),
    [
        pytest.param(
            "Las redes las maneja Eva.", "Las redes las maneja compras.", False, id="who-is-named-by-name"
        ),
        pytest.param(
            "Las redes las maneja Eva Ríos.", "Las redes las maneja ventas.", True, id="another-area"
        ),
        pytest.param(
            "Las redes las maneja Santa Eva.", "Las redes las maneja compras.", False, id="part-of-a-name"
        ),
        pytest.param(
            "El inventario lo aprueba Eva.",
            "El inventario lo aprueba el jefe de compras.",
            False,
            id="one-approver",
        ),
        pytest.param(
            "Según el turno, las redes las maneja caja.", "Las redes las maneja ventas.", False, id="depends"
        ),
        pytest.param(
            "Depende: las redes las maneja caja.",
            "Las redes las maneja ventas.",
            False,
            id="depends-on-nothing-said",
        ),
        pytest.param(
            "¿Quién se encarga de las redes? Caja.", "Las redes las maneja ventas.", False, id="a-question"
        ),
    ],
)
def test_a_person_who_was_interviewed_is_his_post(group, a, b, clash):
    says(group, "ana", a)
    says(group, "luz", b)
    says(group, "eva", "Compro la leche.")
    group.talks["eva"] = group.talks["eva"].model_copy(update={"respondent": "Eva Ríos"})

    assert bool(clashes(group)) == clash


def test_a_title_before_a_name_ends_no_sentence():
    assert sentences("Lo firma Mr. Keller. Siempre.") == ((0, 20), (21, 29))
