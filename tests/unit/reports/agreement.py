"""Every figure that dashboard, workbook and report.json show, as a reader of each sees it.

The keys are those of `counted.of_sql`: a report agrees where each of its figures is the one that SQL counts.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.unit.reports.chromium import Page
from tests.unit.reports.counted import RANKED, Figures


def differences(shown: Figures, counted: Figures) -> Figures:
    """The figures that a report shows and SQL does not give, with both values."""
    return {
        key: (value, counted.get(key, "nothing"))
        for key, value in shown.items()
        if key not in counted or not _same(value, counted[key])
    }


def _same(value: Any, other: Any) -> bool:
    """Whether two figures are one; the last digit of a mean may be rounded either way."""
    if isinstance(value, float) and isinstance(other, float):
        return abs(value - other) < 0.00011
    return bool(value == other)


def of_json(path: Path) -> Figures:
    """The figures of report.json, which has them all."""
    return _figures(json.loads(path.read_text("utf-8")), _from_json)


def of_page_data(path: Path) -> Figures:
    """The figures that the dashboard's script is given."""
    found = re.search(r'<script[^>]*id="data"[^>]*>(.*?)</script>', path.read_text("utf-8"), re.S)
    assert found
    return _figures(json.loads(found[1]), _from_payload)


def _figures(data: dict[str, Any], rest: Callable[[dict[str, Any]], Figures]) -> Figures:
    quality, progress = data["quality"], data["progress"]
    found: Figures = {
        ("interviews",): progress["interviews"],
        ("companies",): sum(bool(one["company"]) for one in data["companies"]),
        ("entities",): quality["entities"],
        ("proven",): quality["with_verified_quote"],
        ("quotes",): quality["quotes"],
        ("unverified",): quality["unverified_quotes"],
        ("review",): quality["needs_review"],
        ("confirmed",): quality["confirmed"],
        ("homeless",): len(quality["without_company"]),
        ("confidence",): quality["mean_confidence"],
        ("silent",): len(quality["silent_interviews"]),
        ("status", "ok"): progress["extracted"],
        ("status", "failed"): progress["failed"],
        ("status", "pending"): progress["pending"],
    }
    found |= {("tenth", str(n)): count for n, count in enumerate(quality["confidence_tenths"])}
    found |= {("reason", one["reason"]): one["entities"] for one in quality["reasons"]}
    found |= {
        ("confirmed", one["by"]): one["accepted"] + one["edited"] + one["added"]
        for one in quality["confirmed_by"]
    }
    found |= {("severity", name): count for name, count in data["severities"].items()}
    found |= {("quadrant", name): count for name, count in data["quadrants"].items()}
    found |= {("cost", name): value for name, value in _cost(quality["cost"]).items()}
    for one in quality["cost_by_model"]:
        found |= {
            ("model", one["extractor"], one["model"], name): value for name, value in _cost(one).items()
        }
    for one in data["companies"]:
        key = ("company", one["company"])
        for name in ("interviews", "extracted", "entities"):
            found[*key, name] = one[name]
        found[*key, "review"] = one["needs_review"]
        found[*key, "confidence"] = one["mean_confidence"]
        found[*key, "severe"] = one["critical_or_high"]
        found |= {(*key, table): count for table, count in one["by_type"].items()}
        # What the page shows under its filter is of these interviews alone.
        own = one["quality"]
        found |= {(*key, "entities"): own["entities"], (*key, "review"): own["needs_review"]}
        found |= {(*key, "severe"): sum(one["severities"].get(name, 0) for name in ("critical", "high"))}
    return found | rest(data)


def _cost(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "calls": one["calls"],
        "tokens_in": one["prompt_tokens"],
        "tokens_out": one["completion_tokens"],
        "usd": one["cost_usd"],
        "unknown": one["unknown_cost_interviews"],
    }


def _types(counts: list[dict[str, Any]]) -> Figures:
    names = {
        "entities": "entities",
        "interviews": "interviews",
        "needs_review": "review",
        "without_verified_quote": "unproven",
        "mean_confidence": "confidence",
    }
    return {("type", one["type"], ours): one[theirs] for one in counts for theirs, ours in names.items()}


def _from_json(data: dict[str, Any]) -> Figures:
    graph = data["graph"]
    talks = {talk["id"]: talk for talk in data["interviews"]}
    found: Figures = _types(data["types"])
    found |= {("interview", name, "usd"): talk["spent"]["cost_usd"] for name, talk in talks.items()}
    found |= {
        ("interview", name): count
        for name, count in Counter(dict.fromkeys(talks, 0)).items()  # those that say nothing too
    }
    for item in data["entities"]:
        found["interview", item["interview_id"]] += 1
    found |= {("unit", unit): n for unit, n in Counter(i["business_unit"] for i in data["entities"]).items()}
    found["graph", "entities"] = len(graph["entities"])
    found["graph", "relations"] = len(graph["relations"])
    found["patterns",] = Counter(
        (one["kind"], one["label"], one["interview_count"], round(one["share"], 4))
        for one in graph["patterns"]
    )
    found["contradictions",] = Counter(
        (one["claim_a"], one["claim_b"], one["interview_a"], one["interview_b"])
        for one in graph["contradictions"]
    )
    for table, key in zip(RANKED, ("pain_points", "automation", "systems"), strict=True):
        found["ranked", table] = _ranked(data[key])
    return found


def _from_payload(data: dict[str, Any]) -> Figures:
    names = [talk["id"] for talk in data["talks"]]
    said = Counter(item["v"] for item in data["items"])
    found: Figures = _types(data["counts"])
    found |= {("interview", name): said[place] for place, name in enumerate(names)}
    found |= {("interview", talk["id"], "usd"): talk["spent"]["cost_usd"] for talk in data["talks"]}
    units = Counter(data["talks"][item["v"]]["business_unit"] for item in data["items"])
    found |= {("unit", unit): count for unit, count in units.items()}
    found["graph", "entities"] = data["graph"]["total"]
    found["patterns",] = Counter(
        (one["kind"], one["label"], one["interview_count"], round(one["share"], 4))
        for one in data["patterns"]
    )
    found["contradictions",] = Counter(
        (one["claim_a"], one["claim_b"], names[one["a"]], names[one["b"]]) for one in data["contradictions"]
    )
    for table, key in zip(RANKED, ("pains", "automation", "systems"), strict=True):
        found["ranked", table] = _ranked(data[key])
    return found


def _ranked(subjects: list[dict[str, Any]]) -> Counter[tuple[str, int]]:
    """The subjects of a type; among pains also stand systems and parties, which are not of that type."""
    return Counter((one["label"], one["interviews"]) for one in subjects if one.get("kind", "pain") == "pain")


def of_workbook(path: Path, say: dict[str, str], titles: dict[str, str]) -> Figures:
    """The figures in the cells of the workbook; `titles` names the types as the sheets do."""
    book = load_workbook(path)
    sheets = {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets
    }
    summary = {row[0]: row[1] for row in sheets[say["summary"]] if len(row) > 1}
    found: Figures = {
        ("interviews",): summary[say["interviews"]],
        ("companies",): summary[say["companies"]],
        ("entities",): summary[say["entities"]],
        ("proven",): summary[say["verified_entities"]],
        ("review",): summary[say["needs_review"]],
        ("confirmed",): summary[say["confirmed"]],
        ("homeless",): summary[say["without_company"]],
        ("confidence",): summary[say["mean_confidence"]],
        ("status", "ok"): summary[say["interviews_in"]],
        ("status", "failed"): summary[say["failed"]],
        ("status", "pending"): summary[say["pending"]],
    }
    found |= {("severity", one): summary[f"{say['severity']}: {say[one]}"] for one in ("critical", "high")}
    found |= {
        ("quadrant", one): summary[say[one]]
        for one in ("quick_win", "major_project", "fill_in", "thankless_task")
    }
    columns = ("entities", "interviews", "review", "unproven", "confidence")
    by_title = {row[0]: row[1:] for row in sheets[say["counts_by_type"]][1:]}
    for table, title in titles.items():
        values = [value for value in by_title[title] if value is not None or title in by_title][:5]
        found |= {("type", table, name): value for name, value in zip(columns, values, strict=True)}
    found |= _companies(sheets[say["by_company"]], say, titles)
    found |= _quality_sheet(sheets[say["quality"]], say)
    units: Counter[str] = Counter()
    for title in titles.values():
        head, *rows = sheets[title[:31]]
        units.update(row[head.index(say["business_unit"])] or "" for row in rows if row[0] is not None)
    found |= {("unit", unit): count for unit, count in units.items()}
    head, *rows = sheets[say["interviews"]]
    for row in rows:
        found["interview", row[0]] = row[head.index(say["entities"])]
        usd = row[head.index(say["cost"])]
        found["interview", row[0], "usd"] = None if usd == say["unknown"] else usd
    return found | _ranked_sheets(sheets, say)


def _companies(rows: list[list[Any]], say: dict[str, str], titles: dict[str, str]) -> Figures:
    head, *rest = rows
    by_title = {row[0]: row[1:] for row in rest}
    names = {
        "interviews": say["interviews"],
        "extracted": say["interviews_in"],
        "entities": say["entities"],
        "review": say["needs_review"],
        "severe": say["critical_or_high"],
        "confidence": say["mean_confidence"],
    } | titles
    return {
        ("company", "" if company == say["no_company"] else company, name): by_title[title][place]
        for place, company in enumerate(filter(None, head[1:]))
        for name, title in names.items()
    }


def _quality_sheet(rows: list[list[Any]], say: dict[str, str]) -> Figures:
    values: dict[Any, Any] = {}
    for name, value, *_ in rows:
        values.setdefault(name, value)  # below stand the checks, some under the same name
    tokens = values[say["tokens"]]
    sums = [None, None] if tokens == say["unknown"] else [int(one) for one in tokens.split(" / ")]
    usd = values[say["cost"]]
    found: Figures = {
        ("quotes",): values[say["all_quotes"]],
        ("unverified",): values[say["unverified_quotes"]],
        ("confirmed",): values[say["confirmed"]],
        ("confidence",): values[say["mean_confidence"]],
        ("cost", "calls"): values[say["calls"]],
        ("cost", "tokens_in"): sums[0],
        ("cost", "tokens_out"): sums[1],
        ("cost", "usd"): None if usd == say["unknown"] else usd,
        ("cost", "unknown"): values[say["cost_unknown"]],
    }
    kinds = {text: key for key, text in say.items() if " " in key}
    for key, title in (("reason", say["needs_review"]), ("confirmed", say["confirmed"])):
        start = f"{title}: "
        found |= {
            (key, kinds.get(name.removeprefix(start), name.removeprefix(start))): count
            for name, count in values.items()
            if str(name).startswith(start)
        }
    return found


def _ranked_sheets(sheets: dict[str, list[list[Any]]], say: dict[str, str]) -> Figures:
    found: Figures = {}
    if (rows := sheets.get(say["systems_and_problems"])) is not None:
        asks = rows[0].index(say["asks"])
        found["ranked", "systems"] = Counter((row[0], row[asks]) for row in rows[1:])
    if (rows := sheets.get(say["what_hurts"])) is not None:
        label, kind, asks = (rows[0].index(say[name]) for name in ("what_hurts", "kind", "asks"))
        found["ranked", "pain_points"] = Counter(
            (row[label], row[asks]) for row in rows[1:] if row[kind] == say["kind_pain"]
        )
    if (rows := sheets.get(say["patterns"])) is not None:
        head = [say["label"], say["asks"], say["share"]]
        label, asks, share = (rows[0].index(name) for name in head)
        found["patterns of the workbook",] = Counter(
            (row[label], row[asks], round(row[share], 4)) for row in rows[1:]
        )
    if (rows := sheets.get(say["contradictions"])) is not None:
        a, b = rows[0].index(say["claim_a"]), rows[0].index(say["claim_b"])
        raw = {say[name]: name for name in ("manual", "automatic")}
        found["claims",] = Counter((raw.get(row[a], row[a]), raw.get(row[b], row[b])) for row in rows[1:])
    return found


def of_page(page: Page, types: list[str], companies: list[str], units: list[str]) -> Figures:
    """The figures that stand on the open page, read as text; `Intl` may group their digits."""
    found: Figures = {}
    _show(page, "summary")
    lead = page.run("document.querySelector('.lead')?.textContent ?? ''")
    if named := re.search(r"de (\d+) empresas", lead):  # of a partial run the page names no companies
        found["companies",] = int(named[1])
    trust = page.run("[...document.querySelectorAll('dl.trust .faint')].map((one) => one.textContent)")
    for key, text in zip(("proven", "review", "confirmed", "ok"), trust, strict=True):
        found["status" if key == "ok" else key, *(("ok",) if key == "ok" else ())] = _number(
            text.split("/")[0]
        )
    bars = page.run(
        "[...document.querySelectorAll('ul.bars')].map((list) =>"
        " [...list.querySelectorAll('.value')].map((one) => one.textContent))"
    )
    severities = ("critical", "high", "medium", "low")
    if len(bars) > 1:  # where hardly anybody states a severity, there is no picture of it
        found |= {("severity", name): _number(n) for name, n in zip(severities, bars[0], strict=False)}
    found |= {("type", name, "entities"): _number(n) for name, n in zip(types, bars[-1], strict=True)}
    _show(page, "companies")
    cells = page.run(
        "[...document.querySelectorAll('table.sidebyside tbody tr')].map((row) =>"
        " [...row.querySelectorAll('td')].map((one) => one.textContent))"
    )
    names = ["interviews", "extracted", "entities", None, "severe", None, None, *types]
    for name, row in zip(names, cells, strict=True):
        if name:
            found |= {("company", one, name): _number(n) for one, n in zip(companies, row, strict=True)}
    _show(page, "quality")
    facts = page.run("[...document.querySelectorAll('dl.figures dd')].map((one) => one.textContent)")
    for key, text in zip(("proven", "unverified", "review", "confirmed"), facts, strict=False):
        found[key,] = _number(text.split("/")[0])
    found["quotes",] = _number(facts[1].split("/")[1])
    tenths = page.run(
        "[...[...document.querySelectorAll('ul.bars')].at(-1).querySelectorAll('.value')].map((o) => o.textContent)"
    )
    found |= {("tenth", str(n)): _number(count) for n, count in enumerate(tenths)}
    _show(page, "explore")
    found["entities",] = _rows(page)
    for unit in filter(None, units):
        _choose(page, "main select:nth-of-type(2)", unit)
        found["unit", unit] = _rows(page)
    for company in companies:
        _choose(page, "#company", json.dumps(company, ensure_ascii=False, separators=(",", ":")))
        found["company", company, "entities"] = _rows(page)
    _choose(page, "#company", "")
    for view, table in zip(("pains", "automation", "systems"), RANKED, strict=True):
        _show(page, view)
        if view == "pains":  # the systems and parties among them have no table of their own
            _choose(page, "main select", "pain")
        found["subjects", table] = _rows(page)
    _show(page, "contradictions")
    found["clashes",] = page.run("document.querySelectorAll('ul.clashes > li').length")
    return found


def two_answers(page: Page, companies: list[str]) -> Figures:
    """Under each company the worst pains where summary and pain points differ; '' stands for all companies."""
    found: Figures = {}
    for company in ("", *(json.dumps(one, ensure_ascii=False) for one in companies)):
        _show(page, "summary")
        _choose(page, "#company", company)
        kinds = ".kind-pain, .kind-system, .kind-dependency"
        summary = _told(page, f"document.querySelectorAll('{kinds}')", "h3")
        _show(page, "pains")
        pains = _told(page, "document.querySelectorAll('main tbody tr')", "th .open")
        if not summary or summary != pains[: len(summary)]:
            found[company,] = (summary, pains[: len(summary)])
    _choose(page, "#company", "")
    return found


def _told(page: Page, entries: str, title: str) -> list[list[str]]:
    texts = f"[one.querySelector('{title}').firstChild, one.querySelector('.voices')]"
    return page.run(f"[...{entries}].map((one) => {texts}.map((part) => part.textContent))")


def _show(page: Page, view: str) -> None:
    page.run(f"location.hash = '{view}'")
    page.run("new Promise((done) => setTimeout(done, 60))")


def _choose(page: Page, selector: str, value: str) -> None:
    page.run(
        f"{{ const control = document.querySelector({json.dumps(selector)});"
        f" control.value = {json.dumps(value)}; control.dispatchEvent(new Event('change')) }}"
    )


def _rows(page: Page) -> int:
    """How many rows the last table of the view says that it shows."""
    count = page.run("[...document.querySelectorAll('p.count')].at(-1).textContent")
    return _number(count.split(" de ")[0])


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 0)
