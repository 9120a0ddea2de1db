"""The measures of the knowledge graph, on gold small enough to count by hand."""

import json

import pytest

from intelligence_capture.errors import GoldError
from intelligence_capture.evaluation.graph import GraphView, evaluate_graphs, mistakes_as_csv
from intelligence_capture.evaluation.graph_gold import (
    GoldClash,
    GoldCluster,
    GoldMention,
    GoldRelation,
    GoldSide,
    GraphGold,
    Label,
    half_of,
)
from intelligence_capture.evaluation.graph_pairs import pair_mistakes, pair_scores
from intelligence_capture.evaluation.graph_report import graph_as_markdown
from intelligence_capture.evaluation.graph_scores import (
    FoundClash,
    FoundRelation,
    FoundSide,
    clash_mistakes,
    clash_scores,
    relation_scores,
)
from intelligence_capture.spans import Span
from tests.conftest import ROOT

COMPANIES = {"ana": "Sol", "eva": "Sol", "leo": "Luna"}


def mention(interview, label, **more):
    return GoldMention(interview=interview, label=label, question_index=0, quote=label, **more)


def cluster(name, *mentions):
    return GoldCluster(name=name, mentions=mentions)


def names(**found):
    """ana_Excel=[("Excel", "1")] -> what became of the label Excel in the interview of ana."""
    return {Label(key.split("_")[0], "systems", key.split("_")[1]): tuple(v) for key, v in found.items()}


EXCEL = cluster("Excel", mention("ana", "Excel"), mention("eva", "Exel"), mention("leo", "Excel", doubt=True))
WORD = cluster("Word", mention("ana", "Word"), mention("eva", "Word"))


def score(clusters, found, variant="all"):
    return pair_scores("systems", clusters, found, COMPANIES)[variant]


def test_pairs_that_are_joined_missed_and_falsely_joined_are_counted():
    found = names(
        ana_Excel=[("Excel", "1")],
        eva_Exel=[("Exel", "1")],
        leo_Excel=[("Excel", "2")],
        ana_Word=[("Word", "1")],
    )

    one = score([EXCEL, WORD], found)

    assert (one.gold, one.both_found, one.right, one.false) == (4, 3, 1, 2)
    assert one.precision == pytest.approx(1 / 3) and one.recall == 1 / 4
    assert one.f1 == pytest.approx(2 / 7)
    assert score([EXCEL, WORD], found, "within a company").gold == 2
    assert score([EXCEL, WORD], found, "without doubts").gold == 2
    assert score([EXCEL, WORD], found, "without the largest").gold == 1


def test_everything_in_one_thing_and_each_by_itself_both_fail():
    labels = [("ana", "Excel"), ("eva", "Exel"), ("leo", "Excel"), ("ana", "Word"), ("eva", "Word")]
    one_thing = {Label(who, "systems", text): ((text, "1"),) for who, text in labels}
    by_itself = {Label(who, "systems", text): ((text, who + text),) for who, text in labels}

    assert score([EXCEL, WORD], one_thing).precision == 0.4
    assert score([EXCEL, WORD], by_itself).f1 == 0.0
    assert score([EXCEL, WORD], by_itself).precision is None


def test_a_composite_label_stands_in_a_cluster_for_each_of_its_parts():
    both = ("Claude", "ChatGPT")
    clusters = [
        cluster(
            "Claude", mention("ana", "Claude y ChatGPT", parts=both, part="Claude"), mention("eva", "Claude")
        ),
        cluster(
            "ChatGPT",
            mention("ana", "Claude y ChatGPT", parts=both, part="ChatGPT"),
            mention("leo", "ChatGPT"),
        ),
    ]
    alone = {
        Label("eva", "systems", "Claude"): (("Claude", "1"),),
        Label("leo", "systems", "ChatGPT"): (("GPT", "2"),),
    }
    composite = Label("ana", "systems", "Claude y ChatGPT")

    split = score(clusters, alone | {composite: (("Claude", "1"), ("ChatGPT", "2"))})
    whole = score(clusters, alone | {composite: (("Claude y ChatGPT", "1"),)})

    assert (split.right, split.false) == (2, 0)
    assert (whole.right, whole.false) == (1, 1)


def test_mistakes_name_both_mentions_but_not_what_was_never_found():
    found = names(ana_Excel=[("Excel", "1")], eva_Exel=[("Exel", "2")], ana_Word=[("Word", "1")])

    mistakes = pair_mistakes("systems", [EXCEL, WORD], found)

    assert [(one.kind, one.a, one.b) for one in mistakes] == [
        ("false merge", "Excel (ana)", "Word (ana)"),
        ("missed", "Excel (ana)", "Exel (eva)"),
    ]


ANSWERS = {
    "ana": ("El cierre tarda tres días. El local abre a las ocho.",),
    "eva": ("El cierre toma una semana. Abrimos el local a las nueve.",),
    "leo": ("Otro cierre tarda dos días.",),
}


def clash(a, b, strength=None, also=None):
    sides = {
        name: GoldSide(interview=who, question_index=0, quote=quote)
        for name, (who, quote) in {"a": a, "b": b}.items()
    }
    return GoldClash(
        thing="cierre", type="processes", field="duration", strength=strength, also=also or {}, **sides
    )


def found_clash(*sides):
    return FoundClash(
        "minutes",
        *(
            FoundSide(
                who, Span(0, ANSWERS[who][0].index(text), ANSWERS[who][0].index(text) + len(text)), text
            )
            for who, text in sides
        ),
    )


CLOSING = clash(("ana", "tarda tres días"), ("eva", "toma una semana"), "clear")
OPENING = clash(("ana", "abre a las ocho"), ("eva", "a las nueve"), "arguable")
TRAP = clash(("ana", "tarda tres días"), ("leo", "tarda dos días"))


def test_a_flagged_pair_is_right_where_both_sentences_hold_the_gold_words_in_either_order():
    flagged = [
        found_clash(("eva", "El cierre toma una semana."), ("ana", "El cierre tarda tres días.")),
        found_clash(("ana", "El local abre a las ocho."), ("eva", "Abrimos el local a las nueve.")),
        found_clash(("ana", "El cierre tarda tres días."), ("leo", "Otro cierre tarda dos días.")),
        found_clash(("ana", "El local abre a las ocho."), ("eva", "El cierre toma una semana.")),
    ]

    one = clash_scores([CLOSING, OPENING, TRAP], flagged, ANSWERS)["all"]

    assert (one.clear.found, one.clear.right, one.clear.recall) == (3, 1, 1.0)
    assert (one.arguable_found, one.traps) == (1, 1)
    kinds = [mistake.kind for mistake in clash_mistakes([CLOSING, OPENING, TRAP], flagged, ANSWERS)]
    assert kinds == ["trap", "false contradiction"]


def test_nothing_flagged_has_no_precision_and_no_recall_and_is_listed():
    one = clash_scores([CLOSING, TRAP], [], ANSWERS)["all"]

    assert one.clear.precision is None and one.clear.recall == 0.0
    assert [m.kind for m in clash_mistakes([CLOSING, TRAP], [], ANSWERS)] == ["missed contradiction"]


def test_another_speaker_of_the_same_side_is_the_same_contradiction():
    also = {"b": (GoldSide(interview="leo", question_index=0, quote="tarda dos días"),)}
    shared = clash(("ana", "tarda tres días"), ("eva", "toma una semana"), "clear", also)
    flagged = [found_clash(("ana", "El cierre tarda tres días."), ("leo", "Otro cierre tarda dos días."))]

    assert clash_scores([shared], flagged, ANSWERS)["all"].clear.hit == 1


def relation(source, target, *, required=True, **more):
    ends = {"from_type": "processes", "from_label": source, "to_type": "systems", "to_label": target}
    return GoldRelation(interview="ana", relation="uses", evidence={}, required=required, **ends, **more)


def test_relations_are_judged_in_their_interviews_by_their_ground():
    gold = [
        relation("cierre", "Excel"),
        relation("cierre", "Word", required=False),
        relation("cierre", "SAP", to_gold=False),
    ]
    ends = {
        Label("ana", "processes", "cierre"): frozenset({"p"}),
        Label("ana", "systems", "Excel"): frozenset({"x"}),
        Label("ana", "systems", "Word"): frozenset({"w"}),
    }
    found = [
        FoundRelation("ana", "p", "uses", "w", "stated"),
        FoundRelation("ana", "p", "uses", "z", "stated"),
        FoundRelation("ana", "p", "uses", "x", "sentence"),
        FoundRelation("leo", "p", "uses", "x", "stated"),
    ]

    scores = relation_scores(gold, found, ends)

    assert (scores["stated"].found, scores["stated"].right, scores["stated"].hit) == (2, 1, 0)
    both = scores["stated or in one sentence"]
    assert (both.found, both.right, both.gold, both.recall) == (3, 2, 1, 1.0)


def test_the_half_that_is_held_back_never_comes_into_the_list(tmp_path):
    things = {half_of("systems", name): name for name in ("Excel", "Word", "SAP", "Opera", "Simphony")}
    assert len(things) == 2
    clusters = [
        {
            "name": name,
            "mentions": [
                {"interview": who, "label": name, "question_index": 0, "quote": name} for who in COMPANIES
            ],
        }
        for name in things.values()
    ]
    write_gold(tmp_path, clusters)
    apart = {
        Label(who, "systems", name): ((name, who + name),) for who in COMPANIES for name in things.values()
    }
    view = GraphView(apart, {}, (), (), {})

    evaluation, mistakes = evaluate_graphs(GraphGold(tmp_path), {"labels": view}, ANSWERS, COMPANIES)

    scores = evaluation.scores["labels"].clusters["systems"]
    assert scores["open"].gold == scores["held back"].gold == 3
    listed = mistakes_as_csv(mistakes)
    assert things["open"] in listed and things["held back"] not in listed
    assert "| systems, held back " in graph_as_markdown(evaluation)


def write_gold(folder, clusters):
    folder.joinpath("clusters.json").write_text(json.dumps({"systems": clusters}), "utf-8")
    folder.joinpath("contradictions.json").write_text('{"contradictions": [], "traps": []}', "utf-8")
    folder.joinpath("relations.json").write_text("[]", "utf-8")


def test_gold_that_cannot_be_used_is_named(tmp_path):
    write_gold(tmp_path, [{"mentions": []}])

    with pytest.raises(GoldError, match=r"clusters.json: systems.0.name: Field required"):
        _ = GraphGold(tmp_path).clusters
    with pytest.raises(GoldError, match=r"nowhere.clusters.json: cannot be read"):
        _ = GraphGold(tmp_path / "nowhere").clusters


def test_the_gold_of_the_samples_can_be_read_and_lies_in_both_halves():
    gold = GraphGold(ROOT / "data/gold/graph")

    assert len(gold.interviews) == 44
    halves = {half_of(one.a.interview, one.b.interview) for one in gold.clashes if one.strength == "clear"}
    assert halves == {"open", "held back"}
