"""dashboard.html at its limits: 5,000 entities of more than that, and 2,000 related elements.

How soon it is drawn is measured by `python -m benchmarks.dashboard`.
"""

import pytest

from benchmarks.dashboard import VIEWS, with_graph
from intelligence_capture.reports.compose import compose
from intelligence_capture.reports.dashboard import write_dashboard
from intelligence_capture.reports.network import NODE_LIMIT
from intelligence_capture.reports.payload import ENTITY_LIMIT
from intelligence_capture.reports.rows import Rows
from tests.unit.reports.chromium import PROGRAM, Page

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="chromium is absent")
COPIES = 1700
COMPANIES = ("Sol", "Mar")
SETTLED = "new Promise((done) => setTimeout(done, 200))"


@pytest.fixture(scope="module")
def page(data, tmp_path_factory):
    """Eva's interview, which has three entities, as often as it takes to pass the limit."""
    folder = tmp_path_factory.mktemp("large")
    eva = next(one for one in data.interviews if one.id == "eva")
    said = [item for item in data.entities if item.interview_id == "eva"]
    talks = [
        eva.model_copy(update={"id": f"eva-{n:04}", "respondent": f"Eva {n}", "company": COMPANIES[n % 2]})
        for n in range(COPIES)
    ]
    items = [
        item.model_copy(update={"id": f"{item.id}-{n:04}", "interview_id": talk.id, "company": talk.company})
        for n, talk in enumerate(talks)
        for item in said
    ]
    assert len(items) > ENTITY_LIMIT
    many = compose(Rows(types=data.catalogue, talks=tuple(talks), items=tuple(items)), language="es")
    write_dashboard(with_graph(many, NODE_LIMIT), folder / "dashboard.html")
    page = Page(folder / "profile")
    page.open(folder / "dashboard.html")
    yield page
    page.close()


def test_says_that_it_holds_the_best_supported_and_counts_all(page):
    page.run("location.hash = 'explore'; " + SETTLED)

    assert "contiene 5.000 de 5.100 hallazgos" in page.run("document.querySelector('main').textContent")
    assert page.run("document.querySelector('main .count').textContent") == "5.000 filas"


def test_a_search_finds_one_of_thousands(page):
    page.run("location.hash = 'quality'; " + SETTLED)
    page.run(
        "{ const input = [...document.querySelectorAll('input[type=search]')].at(-1);"
        " input.value = 'eva-0777'; input.dispatchEvent(new Event('input')) } " + SETTLED
    )

    assert page.run("[...document.querySelectorAll('p.count')].at(-1).textContent") == "1 de 1.700 filas"


def test_draws_every_view_without_an_error_or_a_request(page):
    for view in VIEWS:
        page.run(f"location.hash = '{view}'; " + SETTLED)
        assert page.run("document.querySelector('nav [aria-current]').getAttribute('href')") == f"#{view}"

    assert page.console == []
    assert [one for one in page.requests if not one.startswith("file:")] == []
