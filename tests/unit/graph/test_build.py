"""The graph as a whole: texts, relations, patterns, contradictions, order and reviews."""

import pytest

from intelligence_capture.graph.reviews import Review


def labels(graph, table):
    return sorted(sorted(m.text for m in one.mentions) for one in graph.canonicals if one.type == table)


def stock(group):
    """Three people on stock, two of them on the same."""
    group.says("ana", "El stock no cuadra nunca.", ("pain_points", "El stock no cuadra"))
    group.says("luz", "Tampoco cuadra: el stock no cuadra.", ("pain_points", "el stock no cuadra"))
    return group.says(
        "tito", "El proveedor no llega a tiempo.", ("pain_points", "El proveedor no llega a tiempo")
    )


def test_the_same_complaint_of_two_people_is_one_thing_with_more_confidence(group):
    graph = stock(group).graph()

    assert labels(graph, "pain_points") == [
        ["El proveedor no llega a tiempo"], ["El stock no cuadra", "el stock no cuadra"],
    ]  # fmt: skip
    assert sorted(one.confidence for one in graph.canonicals) == [0.5, 0.75]


def test_repetition_within_one_interview_is_no_consensus(group):
    group.says(
        "ana", "El stock no cuadra. Digo que el stock no cuadra.", ("pain_points", "El stock no cuadra")
    )
    group.says("ana", "Otra vez: el stock no cuadra.", ("pain_points", "el stock no cuadra"))

    (pain,) = group.graph().canonicals

    assert (len(pain.mentions), pain.interviews, pain.confidence) == (2, ("ana",), 0.5)


def test_numbers_denials_and_other_names_forbid_a_merge(group):
    for who, text in enumerate(
        (
            "El ascensor del piso 4 se malogra siempre",
            "El ascensor del piso 5 se malogra siempre",
            "El reporte de ventas funciona bien siempre",
            "El reporte de ventas no funciona bien siempre",
            "La visita mensual de Halcón llega tarde",
            "La visita mensual de Villacorta llega tarde",
        )
    ):
        group.says(f"p{who}", text + ".", ("pain_points", text))

    assert len(group.graph().canonicals) == 6


def test_companies_keep_their_own_complaints_and_the_pattern_shows_that_they_share_them(group):
    for who, company in (("ana", "Sol"), ("luz", "Luna"), ("eva", "Luna")):
        group.says(who, "El stock no cuadra.", ("pain_points", "El stock no cuadra"), company=company)

    graph = group.graph()

    assert sorted(one.scope for one in graph.canonicals) == ["Luna", "Sol"]
    assert [(p.kind, p.interview_count, p.companies) for p in graph.patterns] == [
        ("recurring_pain", 2, ("Luna",)), ("shared_pain", 3, ("Luna", "Sol")),
    ]  # fmt: skip


def test_two_complaints_of_one_company_are_one_however_many_companies_say_the_like(group):
    for company in map(str, range(30)):
        for who, text in (
            ("ana", "El congelador de la cocina gotea durante la noche"),
            ("luz", "Durante la noche gotea el congelador de la cocina"),
        ):
            group.says(f"{who} {company}", text, ("pain_points", text), company=company)

    assert len(group.graph().canonicals) == 30


def test_the_graph_does_not_depend_on_the_order(group):
    stock(group).says("ana", "Uso Opera y SAP para el cierre.", ("systems", "Opera"), ("systems", "SAP"))

    assert group.graph(seed=1) == group.graph(seed=2)


def test_a_removed_interview_takes_its_mentions_relations_and_patterns_with_it(group, catalogue):
    alone = stock(type(group)(types=catalogue.types)).graph()

    stock(group).says(
        "eva", "El stock no cuadra por SAP.", ("systems", "SAP"), ("pain_points", "El stock no cuadra")
    )
    del group.talks["eva"]
    group.items = [item for item in group.items if item.interview_id != "eva"]

    assert group.graph() == alone


def test_relations_say_their_ground_and_their_words(group):
    text = "Para conciliar cuentas uso Opera. También tengo Excel."
    group.says(
        "ana",
        text,
        ("processes", "conciliar cuentas", {"systems": ["el sistema opera"]}),
        ("systems", "Opera"),
        ("systems", "Excel"),
    )
    graph = group.graph()
    names = {one.id: one.label for one in graph.canonicals}

    assert [(names[r.source_id], r.relation, names[r.target_id], r.ground, r.strength) for r in graph.relations] == [
        ("conciliar cuentas", "uses", "Excel", "answer", 0.2),
        ("conciliar cuentas", "uses", "Opera", "stated", 0.9),
    ]  # fmt: skip
    for relation in graph.relations:
        for _, proof in relation.proofs:
            assert text[proof.start : proof.end] == proof.quote


def test_in_a_sentence_with_two_processes_a_system_goes_with_the_nearest(group):
    group.says(
        "ana",
        "Reviso pedidos con Opera, y al final del día cierro caja con SAP.",
        ("processes", "Reviso pedidos"),
        ("processes", "cierro caja"),
        ("systems", "Opera"),
        ("systems", "SAP"),
    )
    graph = group.graph()
    names = {one.id: one.label for one in graph.canonicals}

    said = {(names[r.source_id], names[r.target_id]) for r in graph.relations if r.ground == "sentence"}

    assert said == {("Reviso pedidos", "Opera"), ("cierro caja", "SAP")}


def approval(group, who, approver, **place):
    text = f"El cambio de precios de la carta lo aprueba {approver}."
    fields = {"decision_maker": approver}
    return group.says(who, text, ("decision_points", text[:-1], fields), **place)


def test_two_approvers_of_one_decision_contradict_each_other_with_both_quotes(group):
    approval(group, "ana", "el gerente general")
    approval(group, "luz", "el chef")

    (clash,) = group.graph().contradictions

    assert (clash.field, clash.a.said, clash.b.said) == ("decision_maker", "el gerente general", "el chef")
    assert clash.a.proof.quote.endswith("gerente general.") and clash.b.proof.quote.endswith("el chef.")


def test_another_company_or_unit_contradicts_nobody(group):
    approval(group, "ana", "el gerente general", company="Sol", unit="Norte")
    approval(group, "luz", "el chef", company="Sol", unit="Sur")
    approval(group, "eva", "la jefa de marketing", company="Luna")

    assert group.graph().contradictions == ()


def test_amounts_in_two_sentences_about_the_same_contradict_each_other(group):
    for who, days in (("ana", "dos días"), ("luz", "una semana")):
        text = f"La carne de Santa Elvira demora {days} desde el pedido"
        group.says(who, text + ".", ("external_dependencies", "Santa Elvira"))

    (clash,) = group.graph().contradictions

    assert (clash.field, clash.a.value, clash.b.value) == ("minutes", "2880 minutes", "10080 minutes")


def test_by_hand_and_by_itself_between_the_same_two_systems_contradict_each_other(group):
    group.says(
        "ana", "La interfaz lleva las ventas de Opera a SAP.", ("systems", "Opera"), ("systems", "SAP")
    )
    group.says("luz", "Alguien digita a mano en SAP lo de Opera.", ("systems", "Opera"), ("systems", "SAP"))
    group.says(
        "eva", "Propongo que Opera pase a SAP automáticamente.", ("systems", "Opera"), ("systems", "SAP")
    )

    (clash,) = group.graph().contradictions

    assert (clash.field, clash.a.said, clash.b.said) == ("method", "automatic", "manual")


def test_what_each_says_of_his_own_contradicts_nobody(group):
    for who, size in (("ana", "34"), ("luz", "4")):
        text = f"Tengo {size} personas en mi equipo"
        group.says(who, text + ".", ("team_structures", text, {"role": "jefe", "team_size": int(size)}))

    assert group.graph().contradictions == ()


def test_a_review_by_id_holds_for_texts_too(group):
    stock(group)
    first, second, third = (item.id for item in group.items)
    forbid = Review(action="forbid", type="pain_points", a=first, b=second)
    force = Review(action="force", type="pain_points", a=second, b=third)

    assert labels(group.graph(forbid, force), "pain_points") == [
        ["El proveedor no llega a tiempo", "el stock no cuadra"], ["El stock no cuadra"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Lo llevo en mi Excel de mermas.", "Excel de mermas"),
        ("Está en un Excel compartido con ventas.", "Excel compartido"),
        ("I keep an Excel sheet of yields.", "Excel sheet of yields"),
        ("Uso Excel para todo.", "Excel"),
        ("Usamos el Excel de Microsoft.", "Excel"),
        ("Tabulo en Excel de lunes a viernes.", "Excel"),
    ],
)
def test_a_workbook_of_ones_own_is_not_the_product_that_it_is_made_with(group, text, named):
    group.says("ana", text, ("systems", "Excel"))
    group.says("luz", "Todo lo paso a Excel.", ("systems", "Excel"))

    systems = [one for one in group.graph().canonicals if one.type == "systems"]

    assert sorted(m.text for one in systems for m in one.mentions) == sorted([named, "Excel"])
    assert len(systems) == (1 if named == "Excel" else 2)


def test_what_is_also_named_alone_is_the_product(group):
    group.says("ana", "Lo llevo en mi Excel de mermas. Excel es lo que más uso.", ("systems", "Excel"))
    item = group.items[-1]
    second = item.evidence[0].model_copy(update={"start": 32, "end": 37})
    group.items[-1] = item.model_copy(update={"evidence": (item.evidence[0], second)})

    assert [one.label for one in group.graph().canonicals if one.type == "systems"] == ["Excel"]


def test_one_word_in_common_with_what_somebody_else_said_names_nothing(group):
    group.says("ana", "La carga de precios es los lunes.", ("processes", "La carga de precios"))
    for verb in ("Cotejo", "Publico", "Apruebo", "Negocio"):
        group.says("eva", f"{verb} los precios.", ("processes", f"{verb} los precios"))
    group.says(
        "luz",
        "Se prueba sin carga los lunes.",
        ("temporal_patterns", "Se prueba sin carga", {"activity": "sin carga", "triggers": "sin carga"}),
    )

    assert [one.relation for one in group.graph().relations if one.ground == "stated"] == []
