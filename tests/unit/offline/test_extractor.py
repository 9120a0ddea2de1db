import pytest

from intelligence_capture.catalogue import Catalogue, Cues, EntityType, Texts
from intelligence_capture.offline import offline_extractor
from intelligence_capture.records import Answer, Interview, Meta
from intelligence_capture.settings import OfflineSettings

USUAL = (
    (
        "¿Cuál es tu rol en la empresa?",
        "Soy jefa de almacén, me encargo de recibir la mercadería. Reporto al gerente de planta.",
    ),
    (
        "¿Cómo es tu proceso de trabajo diario?",
        "Cada mañana a las 7 reviso los pedidos.\r\nLuego despacho a las tiendas.",
    ),
    ("¿Qué herramientas utilizas?", "SAP, excel y wasap. También el sistema Faro."),
    ("¿Qué dificultades enfrentas?", "Los proveedores no respetan las fechas de entrega. Falta personal."),
    ("¿Qué tareas son ineficientes?", "Digitar las guías dos veces en SAP y en Excel."),
    ("¿Cómo se mide el éxito?", "Exactitud del inventario y tiempo de despacho."),
)


def interview(*pairs: tuple[str, str], language="es") -> Interview:
    answers = tuple(Answer(question=question, answer=answer) for question, answer in pairs)
    return Interview(
        id="ana",
        source="ana.json",
        sha256="0" * 64,
        meta=Meta(role="Jefa"),
        language=language,
        answers=answers,
    )


@pytest.fixture(scope="module")
def extract(catalogue, tmp_path_factory):
    return offline_extractor(
        catalogue=catalogue, settings=OfflineSettings(), cache=tmp_path_factory.mktemp("embeddings")
    )


def test_finds_what_a_plain_interview_says(extract):
    found = extract(interview(*USUAL)).candidates

    labels = {(candidate.type, candidate.label) for candidate in found}
    assert {
        ("systems", "SAP"),
        ("systems", "Excel"),
        ("systems", "WhatsApp"),
        ("communication_channels", "WhatsApp"),
        ("team_structures", "Reporto al gerente de planta"),
    } <= labels
    assert {"processes", "pain_points", "kpis", "temporal_patterns", "inefficiencies"} <= {
        c.type for c in found
    }


def test_every_quote_is_verified_and_every_confidence_a_share(extract):
    said = interview(*USUAL)

    for candidate in extract(said).candidates:
        assert 0 <= candidate.confidence <= 1
        assert candidate.evidence
        for item in candidate.evidence:
            assert item.verified
            assert said.answer(item.question_index)[item.start : item.end] == item.quote


@pytest.mark.parametrize(
    ("said", "systems"),
    [
        ("Uso Excel, Opera y correo.", {"Excel", "Opera"}),
        ("Reviso facturas en SAP cada viernes.", {"SAP"}),
        ("I track everything in Jira.", {"Jira"}),
        ("Lo vi en TikTok el otro día.", set()),
    ],
)
def test_systems_are_found_where_no_question_asks_for_tools(extract, said, systems):
    found = extract(interview(("¿Qué haces?", said))).candidates

    assert {candidate.label for candidate in found if candidate.type == "systems"} == systems


def test_a_thing_named_in_several_answers_is_one_candidate(extract):
    sap = [c for c in extract(interview(*USUAL)).candidates if (c.type, c.label) == ("systems", "SAP")]

    assert [[item.question_index for item in c.evidence] for c in sap] == [[2, 4]]


def test_the_same_interview_gives_the_same_result(extract, catalogue):
    fresh = offline_extractor(catalogue=catalogue, settings=OfflineSettings(), cache=None)

    assert extract(interview(*USUAL)) == fresh(interview(*USUAL))


@pytest.mark.parametrize(
    "answer",
    [
        "",
        " \n ",
        "\x00\x07",
        "🎉🎉",
        "a" * 100_000,
        "e\u0301" * 50,
        "...",
        "<script>alert(1)</script>",
        "=cmd|'/C calc'!A0",
    ],
)
def test_odd_answers_do_no_harm(extract, answer):
    extract(interview(("¿Qué problemas tienes?", answer)))


def test_nothing_below_the_wanted_confidence_comes_back(catalogue):
    extract = offline_extractor(
        catalogue=catalogue, settings=OfflineSettings(minimum_confidence=0.9), cache=None
    )

    found = extract(interview(*USUAL)).candidates

    assert found and all(candidate.confidence >= 0.9 for candidate in found)


def test_a_type_that_was_dropped_is_not_found(catalogue):
    fewer = Catalogue(types=tuple(t for t in catalogue.types if t.table not in ("processes", "systems")))
    extract = offline_extractor(catalogue=fewer, settings=OfflineSettings(), cache=None)

    assert {c.type for c in extract(interview(*USUAL)).candidates} & {"processes", "systems"} == set()


def test_a_new_type_is_found_by_its_cues_and_examples(catalogue):
    risk = EntityType(
        table="accidents",
        name="accident",
        order=99,
        title=Texts(es="Accidentes", en="Accidents"),
        call_group="problems",
        counts="an accident at work",
        fields={},
        cues=Cues(es=(r"\baccidentes?\b", r"\bse (cayo|corto|quemo)\b")),
        examples=Cues(es=("un obrero se cayó del andamio", "se cortó la mano con la máquina")),
    )
    extract = offline_extractor(
        catalogue=Catalogue(types=(*catalogue.types, risk)), settings=OfflineSettings(), cache=None
    )

    found = extract(
        interview(("¿Qué pasó?", "Un obrero se cayó del andamio, fue un accidente. Compramos pan."))
    )

    quotes = [item.quote for c in found.candidates if c.type == "accidents" for item in c.evidence]
    assert len(quotes) == 1
    assert "cayó" in quotes[0]
