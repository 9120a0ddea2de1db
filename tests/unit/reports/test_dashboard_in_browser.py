"""dashboard.html as people use it: headless Chromium opens it from disk."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from intelligence_capture.reports.dashboard import write_dashboard
from intelligence_capture.storage.report_data import report_data
from tests.conftest import ROOT
from tests.unit.reports.agreement import two_answers
from tests.unit.reports.chromium import PROGRAM, Page
from tests.unit.reports.conftest import HOSTILE, LUZ

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="chromium is absent")
VIEWS = "summary pains automation systems companies patterns contradictions graph explore quality".split()
AXE = ROOT / "tests/vendor/axe-core/axe.min.js"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chromium")
    page = Page(folder)
    yield page
    page.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def dashboard_file(tmp_path_factory, database, graph, catalogue) -> Path:
    path = tmp_path_factory.mktemp("dashboard") / "dashboard.html"
    write_dashboard(report_data(database, catalogue=catalogue, graph=graph), path)
    return path


@pytest.fixture
def page(browser, dashboard_file):
    browser.resize(1280, 900)
    browser.console.clear()
    browser.requests.clear()
    browser.open(dashboard_file)
    yield browser
    assert browser.console == []
    assert set(browser.requests) <= {dashboard_file.resolve().as_uri()}


def show(page, view):
    page.run(f"location.hash = '{view}'")
    page.run("new Promise((done) => setTimeout(done, 30))")


def click(page, selector):
    page.run(f"document.querySelector({selector!r}).click()")


def choose(page, selector, value):
    page.run(
        f"{{ const control = document.querySelector({selector!r}); control.value = {value!r};"
        " control.dispatchEvent(new Event('change')) }"
    )


def text(page, selector):
    return page.run(f"document.querySelector({selector!r}).textContent")


def texts(page, selector):
    return page.run(f"Array.from(document.querySelectorAll({selector!r}), (one) => one.textContent)")


def test_says_first_that_interviews_are_missing(page):
    assert text(page, "[role=alert]") == (
        "Solo 3 de 5 entrevistas: las cifras son parciales."
        "Con error: roto (roto.json: line 1, column 2: not JSON)Pendientes: tarde"
        "Detenido: the budget of 5 dollars is spent"
    )
    assert page.run(
        "document.querySelector('[role=alert]').getBoundingClientRect().top"
        " < document.querySelector('.findings').getBoundingClientRect().top"
    )


@pytest.mark.parametrize("view", VIEWS)
def test_hostile_text_stays_text_in_every_view(page, view):
    show(page, view)

    assert page.run("document.querySelector('nav [aria-current]').getAttribute('href')") == f"#{view}"
    assert page.run("window.hacked === undefined")
    assert page.run("document.querySelectorAll('script').length") == 2
    assert page.run("document.querySelectorAll('img, iframe, object, embed').length") == 0


def test_hostile_answer_is_shown_whole_and_marked(page):
    show(page, "pains")
    page.run(
        "[...document.querySelectorAll('tbody .open')].find((b) => b.textContent.includes('script')).click()"
    )

    assert text(page, ".proof blockquote") == LUZ
    assert text(page, ".proof mark") == HOSTILE


def test_two_clicks_lead_from_a_finding_to_the_words_in_the_answer(page):
    page.run(
        "[...document.querySelectorAll('.finding .open')]"
        ".find((button) => button.textContent.includes('FrioAndes')).click()"
    )
    assert texts(page, ".voice .who strong") == ["Eva Moss", "Luz Paz"]
    page.run("document.querySelectorAll('.voice summary')[1].click()")
    page.run("new Promise((done) => setTimeout(done, 50))")

    # An emoji stands before these words: offsets count code points, not UTF-16 units.
    assert text(page, ".voice[open] .unfolded mark") == "espero a FrioAndes"
    assert text(page, ".voice[open] blockquote") == LUZ


def test_each_finding_says_how_many_of_how_many(page):
    assert "2 de 3 entrevistas" in texts(page, ".finding .voices")


def test_shows_the_counts_of_the_record(page, data):
    shown = texts(page, ".bars .name")
    values = dict(zip(shown, texts(page, ".bars .value"), strict=True))

    assert {one.name_es: values[one.name_es] for one in data.types} == {
        one.name_es: str(one.entities) for one in data.types
    }
    assert values["Crítica"] == str(data.severities["critical"])


def test_company_narrows_every_figure(page):
    choose(page, "#company", '"Sol"')

    assert set(texts(page, ".finding .voices")) <= {"2 de 2 entrevistas", "1 de 2 entrevistas"}
    assert page.run("document.activeElement !== null")
    page.run(
        "const t = document.querySelector('#company'); t.value = ''; t.dispatchEvent(new Event('change'))"
    )


def test_the_worst_pains_are_the_same_in_the_summary_and_in_their_table_for_every_company(page):
    assert two_answers(page, ["Sol", ""]) == {}


def test_the_head_says_what_is_unsure_and_follows_the_company(browser, data, tmp_path):
    whole = data.progress.model_copy(update={"interviews": 3, "failed": 0, "pending": 0, "stopped": ()})
    write_dashboard(data.model_copy(update={"progress": whole}), tmp_path / "dashboard.html")
    browser.open(tmp_path / "dashboard.html")
    sol = next(one.quality for one in data.companies if one.company == "Sol")

    assert "2 por revisar; 2 revisados por personas (=Luz, Ana <b>Ruiz</b>)" in text(browser, ".lead")
    choose(browser, "#company", '"Sol"')
    assert f"{sol.entities} hallazgos" in text(browser, ".lead")
    assert "ninguno revisado todavía" in text(browser, ".lead")
    assert "Sin contar 3 entrevistas que no dicen de qué empresa son" in text(browser, ".lead")
    show(browser, "quality")
    assert f"{sol.needs_review} / {sol.entities}" in texts(browser, "dl.figures dd")
    choose(browser, "#company", "")


def test_words_in_another_language_are_marked(page):
    page.run(
        "[...document.querySelectorAll('.finding .open')].find((b) => b.textContent.includes('Frio')).click()"
    )

    assert page.run("[...document.querySelectorAll('.voice q')].map((one) => one.lang)") == ["en", ""]
    assert texts(page, ".voice .badge.foreign") == ["en inglés"]


def test_the_interview_of_a_contradiction_opens_at_its_sentence(page):
    show(page, "contradictions")
    page.run("document.querySelectorAll('.account .plain')[0].click()")

    assert texts(page, ".proof mark") == ["todos los viernes"]


def test_an_arrow_says_that_there_are_more_tabs_where_they_do_not_fit(page):
    assert page.run("document.querySelector('.more-tabs').hidden")
    page.resize(390, 844, mobile=True)
    page.run("new Promise((done) => setTimeout(done, 60))")

    assert not page.run("document.querySelector('.more-tabs').hidden")
    show(page, "quality")
    assert page.run("document.querySelector('.more-tabs').hidden")


def test_a_phone_sees_the_middle_of_the_picture_of_relations(page):
    page.resize(390, 844, mobile=True)
    show(page, "graph")
    page.run("new Promise((done) => setTimeout(done, 60))")

    frame = "document.querySelector('.graph.scroll')"
    middle = page.run(f"({frame}.scrollWidth - {frame}.clientWidth) / 2")
    assert middle > 0 and abs(page.run(f"{frame}.scrollLeft") - middle) < 1


def test_a_choice_that_no_row_answers_is_not_offered(page):
    show(page, "automation")

    assert texts(page, "select[aria-label=Cuadrante] option") == ["Cuadrante", "Ganancia rápida"]


def test_search_filter_and_sorting_work_together(page):
    show(page, "explore")
    page.run(
        "const input = document.querySelector('input[type=search]'); input.value = 'opera';"
        "input.dispatchEvent(new Event('input')); new Promise((done) => setTimeout(done, 200))"
    )
    assert text(page, ".count").endswith("filas")
    found = texts(page, "tbody th")
    page.run("[...document.querySelectorAll('.sort')].find((b) => b.textContent === 'Confianza').click()")
    confidences = [one.removeprefix("Confianza") for one in texts(page, "tbody .confidence")]

    assert found and len(confidences) == len(found)
    assert confidences == sorted(confidences, key=lambda one: int(one.split()[0].rstrip("%")), reverse=True)
    assert page.run("document.querySelector('[aria-sort=descending]') !== null")


def test_findings_can_be_filtered_by_the_role_of_who_said_them(page, database):
    with closing(sqlite3.connect(database)) as db:
        said = dict(
            db.execute(
                "select i.role, count(*) from all_entities a join interviews i on i.id = a.interview_id "
                "where i.role <> '' group by 1"
            )
        )
    show(page, "explore")
    left = {}
    for role in texts(page, "select[aria-label=Cargo] option")[1:]:
        choose(page, "select[aria-label=Cargo]", role)
        left[role] = len(texts(page, "tbody th"))

    assert left == said and len(said) > 1


def test_what_people_confirmed_is_marked_with_who_did_and_can_be_filtered(page):
    show(page, "explore")
    offered = texts(page, "main select:last-of-type option")

    choose(page, "main select:last-of-type", "=Ana <b>Ruiz</b>")

    assert offered == ["Confirmado por personas", "Sí", "=Luz", "Ana <b>Ruiz</b>"]
    assert texts(page, "tbody .badge.confirmed") == ["✓ Aceptado: Ana <b>Ruiz</b>"]
    click(page, "tbody .open")
    assert texts(page, ".proof .badge.confirmed") == ["✓ Aceptado: Ana <b>Ruiz</b>"]
    show(page, "quality")
    assert texts(page, "dl.figures dd")[3] == "2 / 12"


def test_quality_leads_to_what_is_up_for_review(page, data):
    show(page, "quality")
    page.run(
        "[...document.querySelectorAll('.plain')].find((b) => b.textContent.includes('revisar')).click()"
    )
    page.run("new Promise((done) => setTimeout(done, 50))")

    assert len(texts(page, "tbody th")) == data.quality.needs_review


def test_language_switches_words_and_numbers(page):
    show(page, "quality")
    page.run("document.querySelector('#language-en').focus()")
    click(page, "#language-en")

    assert text(page, "h1") == "What the interviews say"
    assert page.run("document.documentElement.lang") == "en"
    assert page.run("document.activeElement.id") == "language-en"
    click(page, "#language-es")


def test_keyboard_opens_closes_and_returns(page):
    page.run("document.querySelector('.finding .open').focus()")
    page.press("Enter", 13, "\r")
    assert page.run("document.querySelector('dialog').open")
    page.press("Escape", 27)

    assert not page.run("document.querySelector('dialog').open")
    assert page.run("document.activeElement === document.querySelector('.finding .open')")


@pytest.mark.parametrize("view", VIEWS)
def test_fits_a_phone_whatever_the_text(page, view):
    page.resize(390, 844, mobile=True)
    show(page, view)

    assert page.run("document.documentElement.scrollWidth") == 390


def test_contradiction_shows_both_voices(page):
    show(page, "contradictions")

    assert texts(page, ".claim") == ["viernes", "cada semana"]
    assert texts(page, ".account .who strong") == ["Ana Ríos", "Luz Paz"]


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_serious_violation(page, view):
    show(page, view)
    assert violations(page) == []


def test_a_search_finds_a_contradiction(page):
    show(page, "contradictions")
    page.run(
        "const wanted = document.querySelector('input[type=search]'); wanted.value = 'nada de esto';"
        "wanted.dispatchEvent(new Event('input'))"
    )
    assert page.run("document.querySelectorAll('.clashes li:not([hidden])').length") == 0
    assert text(page, ".none") == "Ninguna contradicción habla de «nada de esto» (de 1 en total). "
    page.run("wanted.value = 'SAP'; wanted.dispatchEvent(new Event('input'))")
    assert "hallazgos sí: verlos en Explorar" in text(page, ".none")
    page.run("wanted.value = 'VIERNES'; wanted.dispatchEvent(new Event('input'))")

    assert page.run("document.querySelectorAll('.clashes li:not([hidden])').length") == 1
    page.run("wanted.value = 'SAP'; wanted.dispatchEvent(new Event('input'))")
    click(page, ".none .open")
    page.run("new Promise((done) => setTimeout(done, 60))")
    assert page.run("document.querySelector('main input[type=search]').value") == "SAP"
    assert "integrar Opera con SAP" in texts(page, "tbody th")


def test_axe_finds_no_serious_violation_in_the_proof(page):
    page.run(
        "[...document.querySelectorAll('.finding .open')].find((b) => b.textContent.includes('Frio')).click()"
    )
    click(page, ".voice summary")
    page.run("new Promise((done) => setTimeout(done, 50))")

    assert violations(page) == []


def violations(page):
    page.run(AXE.read_text("utf-8") + ";0")
    return page.run(
        "axe.run(document, {resultTypes: ['violations']}).then((result) => result.violations"
        ".filter((one) => ['serious', 'critical'].includes(one.impact))"
        ".map((one) => one.id + ': ' + one.nodes[0].html.slice(0, 200)))"
    )


def test_without_marks_the_systems_that_requests_touch_stand_in_the_place_of_the_matrix(
    browser, data, tmp_path
):
    unmarked = tuple(
        one.model_copy(update={"effort": None, "impact": None, "quadrant": None}) for one in data.automation
    )
    write_dashboard(data.model_copy(update={"automation": unmarked}), tmp_path / "dashboard.html")
    browser.open(tmp_path / "dashboard.html")
    show(browser, "automation")

    assert browser.run("document.querySelector('.matrix')") is None
    assert texts(browser, "main section:first-of-type tbody tr th") == ["Opera"]
    # Ana asks for it; Ana and Luz tell of problems with it.
    assert texts(browser, "main section:first-of-type tbody tr td")[:3] == [
        "1 de 3 entrevistas",
        "1",
        "2 de 3 entrevistas",
    ]


def test_a_contradiction_shows_the_words_of_both(page):
    show(page, "contradictions")

    assert texts(page, ".account blockquote") == [
        "todos los viernes",
        "Opera pierde reservas cada semana.",
    ]


def test_the_words_of_who_says_so_stand_beside_a_pain(page):
    show(page, "pains")

    assert "Opera se cae todos los viernes" in text(page, "main tbody tr [data-title='Cita']")


def test_beside_a_party_stand_words_that_name_it(browser, data, tmp_path):
    # The longest complaint of all, tied to FrioAndes without naming it.
    longer = next(one.id for one in data.entities if one.label.startswith("Opera se cae"))
    tied = tuple(
        one.model_copy(update={"items": (*one.items, longer)}) if one.kind == "dependency" else one
        for one in data.pain_points
    )
    write_dashboard(data.model_copy(update={"pain_points": tied}), tmp_path / "dashboard.html")
    browser.open(tmp_path / "dashboard.html")
    show(browser, "pains")

    row = "[...document.querySelectorAll('tbody tr')].find((tr) => tr.textContent.includes('Parte externa'))"
    assert "FrioAndes" in browser.run(f"{row}.querySelector('[data-title=Cita]').textContent")


def test_after_a_short_quote_stands_softer_what_its_speaker_says_next(page):
    show(page, "pains")
    row = "[...document.querySelectorAll('tbody tr')].find((tr) => tr.textContent.startsWith('Opera falla'))"

    assert page.run(f"{row}.querySelector('[data-title=Cita] .faint').textContent") == (
        " y nadie puede cobrar. Pido integrar Opera con SAP."
    )


def test_who_names_no_company_is_not_counted_as_one(page):
    show(page, "pains")
    row = "[...document.querySelectorAll('tbody tr')].find((tr) => tr.textContent.includes('Parte externa'))"

    assert page.run(f"{row}.querySelector('.people .below').textContent") == "Sin empresa, Sol"


def test_findings_stand_before_everything_else(page):
    assert texts(page, "main h2")[0] == "Hallazgos principales"


def test_the_search_of_interviews_looks_into_answers_without_accents(page):
    show(page, "quality")
    tables = "Array.from(document.querySelectorAll('div.table'))"
    ours = f"{tables}.find((one) => one.querySelector('caption').textContent === 'Entrevistas')"

    def people(words):
        page.run(
            f"{{ const input = {ours}.querySelector('input[type=search]'); input.value = {words!r};"
            " input.dispatchEvent(new Event('input')) }"
        )
        page.run("new Promise((done) => setTimeout(done, 300))")
        return page.run(f"Array.from({ours}.querySelectorAll('tbody th'), (one) => one.textContent)")

    assert people("PIÉRDE reservas") == ["Luz Paz"]
    assert people("nine days") == ["Eva Moss"]
