"""What stands for people in what is shared: roles or codes, also in texts, and in a copy of the database."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture.extraction import extract_interview
from intelligence_capture.interviews import Source
from intelligence_capture.names import Edit, edited
from intelligence_capture.organisation import Organisation
from intelligence_capture.respondents import KEY_FILE, Codes, Person, Respondents, WordCounts, project_codes
from intelligence_capture.settings import Settings
from intelligence_capture.storage.merge import merge_database
from intelligence_capture.storage.shared import shared_database
from tests.conftest import QuoteExtractor, interview

KEY = Codes(b"a key of the tests")
PATRICIA = Person(interview="sol-patricia-osorio", respondent="Patricia Osorio", role="Jefa de Costos")
TITO = Person(interview="tito", respondent="Tito de la Cruz", role="Cajero")
EVA = Person(interview="eva-1", respondent="Eva Portal", role="Cajero")


def roles(*people, common=()):
    return Respondents("role", people or (PATRICIA, TITO, EVA), KEY, common)


def test_a_role_is_shown_as_it_is_and_numbered_where_people_share_it():
    shown = roles()

    assert shown.name("sol-patricia-osorio") == "Jefa de Costos"
    assert {shown.name("tito"), shown.name("eva-1")} == {"Cajero 1", "Cajero 2"}


def test_two_interviews_of_one_person_show_one_person():
    again = TITO.model_copy(update={"interview": "tito-2"})
    shown = Respondents("code", (TITO, again), KEY)

    assert shown.name("tito") == shown.name("tito-2") != ""
    assert shown.interview("tito") != shown.interview("tito-2")


def test_a_code_follows_from_the_key_and_not_from_the_name_alone():
    here, there = Respondents("code", (TITO,), KEY), Respondents("code", (TITO,), Codes(b"another key"))

    assert here.name("tito") != there.name("tito")
    assert here.interview("tito") != there.interview("tito")
    assert Respondents("code", (PATRICIA, TITO), KEY).name("tito") == here.name("tito")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Le pido a Patricia los datos", "Le pido a [Jefa de Costos] los datos"),
        ("PATRICIA OSORIO manda", "[Jefa de Costos] manda"),
        ("la señora osorio, de costos", "la señora [Jefa de Costos], de costos"),
        ("patricia.osorio@sol.pe", "[Jefa de Costos]@sol.pe"),
        ("patricia_osorio.xlsx", "[Jefa de Costos].xlsx"),
        ("en sol-patricia-osorio.json", f"en {KEY.interview('sol-patricia-osorio')}.json"),
        ("el archivo Sol Patricia Osorio.json", "el archivo [Jefa de Costos].json"),
        ("de la cruz y de la costa", None),
        ("el portal de proveedores", "el portal de proveedores"),
        ("nadie", "nadie"),
    ],
)
def test_names_and_ids_are_found_in_texts(said, shown):
    got = roles(common={"portal"}).text(said)

    assert got == shown or (shown is None and "cruz" not in got and got.endswith("y de la costa"))


def test_a_name_in_the_role_of_another_is_replaced_there_and_everywhere():
    helper = Person(interview="h", respondent="Hugo Vela", role="Asistente de Patricia")
    shown = roles(PATRICIA, helper)

    assert shown.name("h").startswith("Asistente de [P-")
    assert shown.text("Patricia y Hugo") == f"[Jefa de Costos] y [{shown.name('h')}]"


def test_words_in_brackets_are_no_ids():
    assert roles().interview("(graph)") == "(graph)"


def test_a_name_that_two_people_have_stands_for_neither():
    other = Person(interview="x", respondent="Patricia León", role="Chef")
    shown = roles(PATRICIA, other)

    assert shown.text("dice Patricia") == "dice [P-?]"
    assert shown.text("dice Patricia León") == "dice [Chef]"


def test_a_word_that_is_mostly_written_small_names_nobody_by_itself():
    counts = WordCounts((EVA, PATRICIA))
    counts.read("le digo a patricia que patricia no puede, dice patricia")
    counts.read("El portal se cae. Entro al portal. Portal lento. Patricia me llama, patricia.")

    assert counts.common == {"portal"}


def test_ids_of_entities_are_replaced_since_they_could_confirm_a_guess():
    text = roles().text("pain_points pain-point-0123456789abcdef")

    assert text.startswith("pain_points pain-point-") and "0123456789abcdef" not in text


def test_names_are_shown_as_they_are_unless_something_else_is_wanted():
    shown = Respondents("name", (PATRICIA,), KEY)

    assert shown.name("sol-patricia-osorio") == "Patricia Osorio"
    assert shown.of({"a": ["Patricia", 1]}) == {"a": ["Patricia", 1]}


@given(st.text(alphabet="abc ", max_size=30), st.data())
def test_words_stand_where_their_place_says_after_edits(text, data):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    edits = [Edit(a, b, "[X]") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    changed = edited(text, edits)
    start, end = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    touched = [e for e in edits if e.start < end and start < e.end]

    first, last = changed.place(start, end)

    if touched:
        assert changed.text[first:last].count("[X]") == len(touched)
    else:
        assert changed.text[first:last] == text[start:end]


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path):
    first = project_codes(tmp_path / KEY_FILE).interview("tito")

    assert project_codes(tmp_path / KEY_FILE).interview("tito") == first
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE.name]


def database(folder, catalogue):
    """A database in which Patricia and Tito speak, of each other too."""
    said = {
        "sol-patricia-osorio": ("Patricia Osorio", "Soy Patricia. Con Tito uso Excel y SAP."),
        "tito": ("Tito de la Cruz", "Patricia Osorio me pide el reporte. Uso Excel."),
    }
    files = []
    for name, (respondent, answer) in said.items():
        given = interview(answer, name=name, respondent=respondent, role="Jefe", company="Sol")
        source = Source(name, Path(f"{name}.json"), None, given.sha256, given)
        quotes = QuoteExtractor(
            {"systems": ["Tito uso Excel" if name != "tito" else "Osorio me pide el reporte"]}
        )
        extraction = extract_interview(source, quotes, catalogue, fingerprint="v", seconds=lambda: 0.0)
        files.append(folder / f"{name}.json")
        files[-1].write_text(extraction.model_dump_json(), "utf-8")
    merge_database(
        files, folder / "intelligence.db", catalogue=catalogue, organisation=Organisation(), decisions=()
    )
    return folder / "intelligence.db"


def test_the_shared_database_names_nobody_and_its_quotes_stand_where_it_says(
    tmp_path, catalogue, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    original = database(tmp_path, catalogue)
    settings = Settings(respondents="code", results=str(tmp_path / "results"))

    with shared_database(original, settings) as shared, closing(sqlite3.connect(shared)) as connection:
        content = shared.read_bytes().decode("utf-8", "replace").casefold()
        rows = connection.execute(
            "select e.quote, e.start, e.end, a.answer from evidence e join entities n on n.id = e.entity_id "
            "join answers a on a.interview_id = n.interview_id and a.question_index = e.question_index"
        ).fetchall()
        counts = connection.execute("select entities from entity_counts where type = 'systems'").fetchall()

    assert not [name for name in ("patricia", "osorio", "tito", "cruz") if name in content]
    assert len(rows) == 2 and all(answer[start:end] == quote for quote, start, end, answer in rows)
    assert all("[P-" in quote for quote, *_ in rows)
    assert counts == [(2,)]
    assert list((tmp_path / "results/.state").iterdir()) == []


def test_where_names_are_shown_the_database_is_shared_as_it_is(tmp_path):
    with shared_database(tmp_path / "a.db", Settings()) as shared:
        assert shared == tmp_path / "a.db"


def test_lists_in_cells_stay_lists(tmp_path, catalogue, monkeypatch):
    monkeypatch.chdir(tmp_path)
    original = database(tmp_path, catalogue)

    with (
        shared_database(original, Settings(respondents="code", results=str(tmp_path))) as shared,
        closing(sqlite3.connect(shared)) as connection,
    ):
        warnings = [json.loads(cell) for (cell,) in connection.execute("select warnings from interviews")]

    assert warnings == [[], []]
