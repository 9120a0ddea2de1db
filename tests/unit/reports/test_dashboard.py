"""dashboard.html as text: inert data, a strict policy, the same bytes."""

import base64
import hashlib
import json
import re

from intelligence_capture.reports.dashboard import dashboard, embedded_json
from intelligence_capture.reports.payload import payload
from intelligence_capture.reports.wording import wording


def test_embedded_data_cannot_leave_its_element():
    content = {"text": "</script><!-- & \u2028"}

    assert not re.search("[<>&\u2028]", embedded_json(content))
    assert json.loads(embedded_json(content)) == content


def test_policy_names_the_one_script_and_the_one_style(data):
    page = dashboard(data)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1).replace("&#39;", "'")
    script, style = (
        re.search(r"<script>(.*)</script>\n</body>", page, re.S).group(1),
        page.split("style>")[1][:-2],
    )

    assert policy == (
        f"default-src 'none'; script-src '{digest(script)}'; style-src '{digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def digest(text):
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_same_data_same_bytes(data):
    assert dashboard(data) == dashboard(data)


def test_above_the_limit_it_keeps_what_findings_rest_on_and_says_so(data):
    content = payload(data, limit=7)

    assert (len(content["items"]), content["total"]) == (7, len(data.entities))
    assert content["quality"]["entities"] == len(data.entities)
    assert all(finding["items"] for finding in content["findings"])


def test_what_cannot_be_opened_is_not_listed(data):
    content = payload(data, limit=2)

    assert len(content["items"]) == 2
    assert all(one["items"] for told in (content, *content["companies"]) for one in told["pains"])
    assert 0 < len(content["pains"]) < len(data.pain_points)


def test_every_text_that_the_page_asks_for_exists_in_both_languages():
    asked = set(re.findall(r"say\('([a-z_]+)'[,)]", dashboard_scripts()))

    assert asked - set(wording("es")) == set()
    assert set(wording("es")) == set(wording("en"))


def dashboard_scripts():
    from intelligence_capture.reports.dashboard import _TEMPLATES

    return "".join(path.read_text("utf-8") for path in sorted((_TEMPLATES / "dashboard").glob("*.js")))
