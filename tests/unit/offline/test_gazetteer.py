import pytest

from intelligence_capture.errors import SettingsError
from intelligence_capture.offline.gazetteer import load_gazetteer


def names(found) -> list[str]:
    return [named.name for named in found]


def test_finds_the_longest_name_and_its_aliases():
    gazetteer = load_gazetteer()

    assert names(gazetteer.systems_in("uso sap b1, wsp y power  bi en excel")) == [
        "SAP Business One",
        "WhatsApp",
        "Power BI",
        "Excel",
    ]


def test_a_name_inside_a_word_is_no_name():
    assert names(load_gazetteer().systems_in("excelente trabajo, sapiencia")) == []


def test_a_misspelt_name_is_found():
    assert load_gazetteer().misspelt("simphonny") == "Simphony"
    assert load_gazetteer().misspelt("sinfonia") is None


def test_a_users_own_names_are_added(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(
        "systems:\n  Faro Azul:\n  Brisa: {vendor: Nube, aliases: [la brisa]}\nparties: [Halcón]\n"
    )

    gazetteer = load_gazetteer(str(own))

    assert names(gazetteer.systems_in("en faro azul y en brisa")) == ["Faro Azul", "Brisa"]
    assert names(gazetteer.parties_in("la gente de halcon")) == ["Halcón"]


@pytest.mark.parametrize("text", ["systems: [", "sistemas: {}", "systems: 3"])
def test_a_file_that_cannot_be_used_is_named(tmp_path, text):
    own = tmp_path / "own.yaml"
    own.write_text(text)

    with pytest.raises(SettingsError, match=r"own\.yaml"):
        load_gazetteer(str(own))


def test_an_inflected_everyday_word_is_no_misspelt_name():
    gazetteer = load_gazetteer()

    assert [gazetteer.misspelt(word) for word in ("macros", "atomizer", "outlok")] == [None, None, "Outlook"]


def test_places_of_an_own_file_are_added(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text("places: [Villa Áurea]\n", "utf-8")

    assert {"villa aurea", "lima"} <= load_gazetteer(str(own)).places
