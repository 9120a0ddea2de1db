from intelligence_capture.offline.folding import Folded
from intelligence_capture.offline.gazetteer import load_gazetteer
from intelligence_capture.offline.mentions import Surroundings, mentions_in

TOOLS = Surroundings(frozenset({"tools"}), frozenset({"ana", "ruiz"}))


def found(raw: str, table: str) -> dict[str, frozenset[str]]:
    text = Folded(raw)
    return {m.name: m.flags for m in mentions_in(text, load_gazetteer(), TOOLS) if m.type == table}


def test_a_name_after_the_word_system_is_a_system():
    assert "headed" in found("usamos el sistema Faro para reservas", "systems")["Faro"]


def test_an_everyday_word_after_the_word_system_is_none():
    assert found("usamos el sistema todos los días", "systems") == {}


def test_a_spreadsheet_with_a_purpose_is_an_artefact():
    assert "artefact" in found("llevo el excel de mantenimiento", "systems")["excel de mantenimiento"]


def test_an_unknown_capitalised_word_is_marked_by_its_form():
    assert {"form", "unheard_of", "camel"} <= found("cotizo en PlanoGrox", "systems")["PlanoGrox"]


def test_a_messaging_product_is_a_channel_too():
    assert "WhatsApp" in found("por whatsap", "communication_channels")
    assert "WhatsApp" in found("por whatsap", "systems")


def test_a_meeting_keeps_the_words_that_tell_which_one():
    assert "reunión de jefes" in found("tengo la reunión de jefes por la tarde", "communication_channels")


def test_each_month_is_no_system():
    assert found("cada mes veo los reportes", "systems") == {}


def test_names_that_no_list_holds_are_seen_in_lower_case_where_tools_are_listed():
    text = Folded("uso obrafacil, rutamax y la balanza para pesar")
    around = Surroundings(frozenset({"tools"}), frozenset())

    found = {
        mention.name for mention in mentions_in(text, load_gazetteer(), around) if "listed" in mention.flags
    }

    assert found == {"obrafacil", "rutamax"}


def test_an_everyday_capital_and_a_kind_of_product_are_no_systems():
    assert found("the illness is part of His plan and LLMs help, from my POV", "systems") == {}
    assert "HIS" in found("the ward keeps it in the HIS", "systems")
    assert found("using a microscope and a spectrometer", "systems") == {}


def test_a_place_is_no_system():
    assert found("usamos Simphony en Pisco y en Perú", "systems").keys() == {"Simphony"}


def test_several_of_something_in_a_list_of_tools_are_no_system():
    assert found("uso excel, subrecetas, worksheets y subcontratistas", "systems").keys() == {"Excel"}


def test_a_verb_that_begins_a_sentence_is_no_name():
    assert found("Conservamos las actas. Conservamos todo.", "systems") == {}


def test_a_name_of_a_group_is_marked():
    assert "of_a_group" in found('en el grupo "Hmpx" avisan', "systems")["Hmpx"]
