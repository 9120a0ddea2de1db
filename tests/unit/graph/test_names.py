"""Names: what is one thing, what is not, and what a person has to say."""

import pytest

from intelligence_capture.graph.reviews import Review


def together(clusters, table, *labels):
    found, _ = clusters(table, *labels)
    return len(found) == 1


@pytest.mark.parametrize(
    "labels",
    [
        ("Power BI", "powerbi", "POWER-BI", "Microsoft Power BI"),
        ("Opera", "OPERA Cloud", "sistema Opera", "Opera PMS", "Oracle Opera"),
        ("MS Teams", "Microsoft Teams", "Teams"),
        ("Portal de SUNAT", "Web de SUNAT", "página de SUNAT"),
        ("Sistema de Gestión de Obra (SGO)", "SGO"),
        ("PMS (Opera)", "Opera"),
        ("SAP", "SAP Business One"),
        ("WhatsApp", "WhatsApp Business"),
        ("AutoCAD", "AutoCAD 2021"),
    ],
)
def test_spellings_of_one_system_are_one(clusters, labels):
    assert together(clusters, "systems", *labels)


@pytest.mark.parametrize(
    "labels",
    [
        ("SAP", "SAP S/4HANA"),
        ("Windows", "Windows Pro", "Windows Enterprise"),
        ("AutoCAD", "AutoCAD 2019", "AutoCAD 2021"),
        ("Windows 10", "Windows 11"),
        ("PDT", "PLAME", "T-Registro"),
        ("Extranet de Booking", "Extranet de Expedia"),
        ("Canva", "Canvas"),
        ("Google Forms", "Microsoft Forms"),
        ("POS del banco", "POS de tarjeta"),
        ("Excel", "Excel de mermas"),
        ("Torre A", "Torre B"),
        ("Google", "Gmail"),
    ],
)
def test_neighbouring_names_stay_apart(clusters, labels):
    found, _ = clusters("systems", *labels * 4)

    assert len(found) == len(labels)


@pytest.mark.parametrize(
    ("table", "labels"),
    [
        ("systems", ["SAP", "S.A.P.", "el SAP."]),
        ("systems", ["QuickBooks", "Quick Books", "Quickbooks Online"]),
        ("systems", ["Google Sheets", "Sheets de Google", "hojas de cálculo de Google"]),
        ("systems", ["WhatsApp", "guasap", "what's app"]),
        ("external_dependencies", ["Transportes Cruz del Sur S.A.C.", "Cruz del Sur", "CRUZ DEL SUR SAC"]),
        ("external_dependencies", ["Telefónica del Perú", "Telefonica del Peru S.A.A."]),
        ("external_dependencies", ["Hotel Bel-Air", "Bel Air Hotel"]),
        ("external_dependencies", ["McDonald's", "Mc Donalds"]),
        ("external_dependencies", ["Olva Courier", "courier Olva", "Olva"]),
        ("external_dependencies", ["Smith Brothers Ltd.", "Smith Bros.", "Smith Brothers Limited"]),
        ("external_dependencies", ["Quispe, Rosa", "Rosa Quispe"]),
        ("external_dependencies", ["Rodrigo, Elías & Medrano", "Rodrigo, Elías y Medrano S.A."]),
        ("roles", ["Gerente General", "Gte. General"]),
        ("roles", ["Asistente de RR.HH.", "Asistente de Recursos Humanos", "Asist. de RRHH"]),
        ("roles", ["Subgerente de Operaciones", "Sub-Gerente de Operaciones"]),
        ("communication_channels", ["Teams", "MS Teams", "Microsoft Teams"]),
    ],
)
def test_abbreviations_orders_and_firms_are_read_as_people_write_them(clusters, table, labels):
    found, _ = clusters(table, *labels)

    assert found == [sorted(labels)]


@pytest.mark.parametrize(
    ("table", "labels"),
    [
        ("systems", ["Windows 10", "Windows 11"]),
        ("systems", ["Canva", "Canvas"]),
        ("systems", ["Power BI", "Power Apps", "Power Automate"]),
        ("external_dependencies", ["Cruz del Sur", "Cruz del Norte"]),
        ("external_dependencies", ["Clínica San Pablo", "Clínica San Felipe"]),
        ("external_dependencies", ["Smith Brothers Ltd.", "Smith Sisters Ltd."]),
        ("roles", ["Jefe de Almacén", "Jefe de Compras"]),
        ("roles", ["Asistente del Gerente", "Gerente Asistente"]),
        ("roles", ["Analista de Créditos Jr.", "Analista de Créditos Sr."]),
        ("communication_channels", ["Correo electrónico", "Correo físico"]),
        ("communication_channels", ["Reuniones", "Reunión semanal"]),
    ],
)
def test_names_that_differ_in_what_tells_them_apart_are_two(clusters, table, labels):
    found, _ = clusters(table, *labels)

    assert len(found) == len(labels)


def test_composite_mentions_are_split_into_their_names(clusters):
    found, _ = clusters(
        "systems", "Claude, Copilot y ChatGPT", "claude", "chat gpt", "Medallia / Guest Voice"
    )

    assert found == [["ChatGPT", "chat gpt"], ["Claude", "claude"], ["Copilot"], ["Medallia / Guest Voice"]]


def test_an_and_inside_one_thing_does_not_split_it(clusters):
    found, _ = clusters("external_dependencies", "Fábricas de ladrillo y cemento")

    assert found == [["Fábricas de ladrillo y cemento"]]


def test_a_rare_misspelling_joins_the_frequent_name_and_never_a_chain(clusters):
    found, result = clusters("systems", *["Fractalio"] * 6, "Fractaliu", "Fractaliut")

    assert found == [["Fractalio"] * 6 + ["Fractaliu"], ["Fractaliut"]]
    assert [merge.rule for merge in result.merges if merge.text_b == "Fractaliu"] == ["misspelling"]


def test_two_equally_rare_spellings_are_left_to_a_person(clusters):
    found, result = clusters("systems", "Wansofter", "Wansoftar")

    assert found == [["Wansoftar"], ["Wansofter"]]
    assert [(d.reason, d.text_a, d.text_b) for d in result.doubts] == [
        ("misspelling", "Wansofter", "Wansoftar")
    ]


def test_companies_share_products_but_not_what_they_make_or_whom_they_employ(clusters):
    both = lambda label: (("Sol", label), ("Luna", label))  # noqa: E731

    assert len(clusters("systems", *both("Opera"))[0]) == 1
    assert len(clusters("systems", *both("Excel de mermas"))[0]) == 2
    assert len(clusters("external_dependencies", *both("SUNAT"))[0]) == 1
    assert len(clusters("external_dependencies", *both("el proveedor"))[0]) == 2
    assert len(clusters("roles", *both("Contador"))[0]) == 2


def test_gender_number_company_and_time_do_not_make_another_role(clusters):
    assert together(
        clusters, "roles", "Jefa de Costos de Sol", "jefe de costos", "Soy la Jefa de Costos desde 2019"
    )
    assert not together(clusters, "roles", "Asistente de compras", "Jefe de compras")


def test_a_party_is_the_same_with_and_without_its_kind_unless_two_kinds_bear_the_name(clusters):
    assert together(clusters, "external_dependencies", "Banco Meridiano", "Meridiano")
    assert len(clusters("external_dependencies", "Banco Meridiano", "Seguros Meridiano")[0]) == 2


def test_people_forbid_and_force_merges(clusters):
    forbid = Review(action="forbid", type="systems", a="Opera", b="Opera PMS")
    force = Review(action="force", type="systems", a="Guindo", b="Libro rojo")

    found, result = clusters("systems", "Opera", "Opera PMS", "Guindo", "Libro rojo", reviews=(forbid, force))

    assert found == [["Guindo", "Libro rojo"], ["Opera"], ["Opera PMS"]]
    assert [merge.rule for merge in result.merges] == ["forced"]
