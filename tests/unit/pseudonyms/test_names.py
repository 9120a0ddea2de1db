"""Names that are known beforehand: whole, in parts, in no other word, and only where they are meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture.errors import SettingsError
from intelligence_capture.pseudonyms.names import KnownNames, NamedThing, read_map, respondent_name
from intelligence_capture.pseudonyms.pseudonyms import PLACEHOLDER, Pseudonyms
from intelligence_capture.records import Meta

KEY = b"k" * 32
RESPONDENTS = [
    "Patricia Osorio",
    "Rosa Inga Ramos",
    "Hannah O'Connell",
    "María de la Cruz",
    "José Núñez",
    "Eva Pérez-Gil",
]


def pseudonyms(*things, respondents=RESPONDENTS, key=KEY):
    return Pseudonyms([KnownNames(things, respondents)], key)


def shown(text, *things, **known):
    """The text with `#` for every placeholder."""
    return PLACEHOLDER.sub("#", pseudonyms(*things, **known).hide([text]).texts[0].shown)


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("Le aviso a Patricia Osorio.", "Le aviso a #."),
        ("Patricia y la señora Osorio, OSORIO", "# y la señora #, #"),
        ("le aviso a patricia osorio", "le aviso a #"),
        ("el señor nunez manda, don nuñez firma", "el señor # manda, don # firma"),
        ("Lo pide Jose Nunez, y José", "Lo pide #, y #"),
        ("reporte_Osorio2024.xlsx de patricia.osorio", "reporte_#2024.xlsx de #"),
        ("Hannah y O'Connell, O’Connell", "# y #, #"),
        ("Pérez-Gil, Gil y Pérez", "#, # y #"),
        ("María de la Cruz, la Cruz y De la Cruz", "#, la # y De la #"),
        ("Rosario usa rosa; Osorios y Ingalaterra no", "Rosario usa rosa; Osorios y Ingalaterra no"),
        ("Patricia\nOsorio", "#"),
        ("le aviso a patricia   \t osorio", "le aviso a #"),
        ("patricia\u200bosorio, José\ufeffNúñez, @joseNunez", "#, #, @#"),
        ("oconnell, OʼConnell, eva perezgil", "#, #, eva #"),
    ],
)
def test_names_are_replaced_as_words_in_any_spelling_and_alone_only_where_they_are_meant(said, sent):
    assert shown(said) == sent


def test_letters_with_a_stroke_are_found_without_it_and_names_with_them():
    assert shown("Lukasz Oberg y ŁUKASZ", respondents=["Łukasz Øberg"]) == "# y #"


def test_one_person_has_one_placeholder_by_every_part_and_a_shared_part_is_nobodys():
    hidden = pseudonyms(respondents=["Rosa Inga", "Rosa Luján"])
    texts = hidden.hide(["Rosa Inga", "Inga", "Rosa", "Luján", "Rosa Luján"]).texts
    numbers = [text.replaced[0].number for text in texts]

    assert numbers[0] == numbers[1] and numbers[3] == numbers[4] and len(set(numbers)) == 3


def test_the_placeholder_of_a_person_is_the_same_in_every_text_order_and_run():
    first = pseudonyms().hide(["Patricia llamó a Rosa", "Osorio"])
    second = pseudonyms(respondents=RESPONDENTS[::-1]).hide(["Osorio"])

    assert first.texts[1].shown == second.texts[0].shown
    assert first.texts[0].replaced[0].number == second.texts[0].replaced[0].number
    assert pseudonyms(key=b"other" * 8).hide(["Osorio"]).texts[0].shown != second.texts[0].shown


def test_the_map_knows_other_names_and_things_and_lower_case_means_any_case():
    things = [
        NamedThing(name="Patricia Osorio", aliases="Paty|la jefa"),
        NamedThing(name="Rosa", aliases="rosita"),
        NamedThing(name="Banco Sol", kind="company"),
        NamedThing(name="Sol", kind="place"),
    ]
    hidden = pseudonyms(*things).hide(["Paty", "Patricia", "LA JEFA", "Osorio"])

    assert len({text.replaced[0].number for text in hidden.texts}) == 1
    assert shown("la rosa, Rosita y rosita", *things) == "la rosa, # y #"
    assert shown("hace sol en Sol, banco sol", *things) == "hace sol en #, #"
    assert "Empresa-" in pseudonyms(*things).hide(["Banco Sol"]).texts[0].shown


def test_a_placeholder_is_never_what_an_interview_says_already():
    number = pseudonyms().hide(["Patricia"]).texts[0].replaced[0].number
    hidden = pseudonyms().hide([f"Patricia tiene el pedido {number}"])

    assert hidden.texts[0].replaced[0].number != number and hidden.texts[0].shown.count(number) == 1


def test_who_is_no_name_is_no_name():
    for respondent, role in (
        ("Entrevistado", ""),
        ("E-07", ""),
        ("Jefe de Ventas", "jefe de ventas"),
        ("", ""),
    ):
        assert respondent_name(Meta(respondent=respondent, role=role)) == ""
    assert respondent_name(Meta(respondent="Ana Ruiz", role="Jefa")) == "Ana Ruiz"


NAMES = st.lists(
    st.sampled_from("Ana Luz Ruiz Sol Íñigo Paz Ángel Inga Rey".split()), min_size=1, max_size=3
).map(" ".join)


@given(
    st.lists(NAMES, min_size=1, max_size=4),
    st.lists(
        st.sampled_from(["el", "y", "luces", "Anabel", " ", "\n", ", ", "(", "-", "12", "áé"]), max_size=6
    ),
    st.randoms(use_true_random=False),
)
def test_nothing_that_is_planted_survives_and_everything_comes_back(respondents, filling, random):
    pieces = [*filling, *(f" {name} " for name in respondents)]
    random.shuffle(pieces)
    text = " ".join(pieces)
    hidden = pseudonyms(respondents=respondents).hide([text]).texts[0]

    left = set(PLACEHOLDER.sub(" ", hidden.shown).split())
    assert not left & {part for name in respondents for part in name.split()}
    assert hidden.said(0, len(hidden.shown)) == text
    for one in hidden.replaced:
        assert hidden.said(one.shown_start, one.shown_end) == text[one.start : one.end]


def test_the_map_is_read_as_people_write_it(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("name;aliases;kind\nAna Ruiz;Anita|la doctora;\nSol;;company\n", "utf-8-sig")

    assert [(row.names, row.kind) for row in read_map(path)] == [
        (("Ana Ruiz", "Anita", "la doctora"), "person"),
        (("Sol",), "company"),
    ]


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("Ana Ruiz,\nRosa,ana ruíz\n", "lines 2 and 3 have the same name"),
        ("007,\n", "line 2: a name has no letters"),
        ("Ana,,person\n", "more cells than columns"),
    ],
)
def test_a_map_that_cannot_be_meant_is_refused_with_the_line(tmp_path, rows, complaint):
    path = tmp_path / "names.csv"
    path.write_text(f"name,aliases\n{rows}", "utf-8")

    with pytest.raises(SettingsError, match=complaint):
        read_map(path)
