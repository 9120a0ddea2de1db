"""What people decide on relations holds, is marked with who did, and is never lost."""

import sqlite3
from contextlib import closing

import pytest

from intelligence_capture.errors import SettingsError
from intelligence_capture.graph.graphml import write_graphml
from intelligence_capture.graph.jsonld import write_jsonld
from intelligence_capture.graph.neo4j import write_neo4j
from intelligence_capture.graph.relation_reviews import RelationReview, load_relation_reviews
from intelligence_capture.storage.graph_schema import GRAPH_TABLES

PAYING = ("processes", "Cierro la caja", {"systems": ["SAP"]})


def says(group):
    """Ana closes in SAP, as a field says; Luz only names two things in one answer."""
    group.says("ana", "Cierro la caja con SAP cada noche.", PAYING, ("systems", "SAP"))
    return group.says(
        "luz",
        "Reviso las habitaciones. Luego abro Opera.",
        ("processes", "Reviso las habitaciones"),
        ("systems", "Opera"),
    )


def row(action, source, target, relation="uses", by="Eva", **more):
    kinds = {"source_type": "processes", "target_type": "systems"}
    return RelationReview(
        action=action, source=source, relation=relation, target=target, by=by, **{**kinds, **more}
    )


def decided(group, *rows):
    graph = says(group).graph(relation_reviews=rows)
    labels = {one.id: one.label for one in graph.canonicals}
    relations = {
        (labels[one.source_id], labels[one.target_id]): (one.ground, one.strength, one.decided_by)
        for one in graph.relations
        if one.relation == "uses"
    }
    return relations, [(one.result, one.explanation) for one in graph.relation_outcomes], graph


STATED = ("Cierro la caja", "SAP")
NAMED = ("Reviso las habitaciones", "Opera")


def test_without_decisions_relations_stand_on_the_machine_alone(group):
    relations, outcomes, _ = decided(group)

    assert relations == {STATED: ("stated", 0.9, ""), NAMED: ("answer", 0.2, "")} and outcomes == []


def test_an_accepted_relation_is_certain_and_says_who_accepted_it(group):
    relations, outcomes, _ = decided(group, row("accept", "cierro LA caja", "sap"))

    assert relations[STATED] == ("stated", 1.0, "Eva") and outcomes == [("applied", "")]


def test_what_was_only_named_in_one_answer_stands_on_the_word_of_who_accepted_it(group):
    relations, _, graph = decided(group, row("accept", *NAMED))

    assert relations[NAMED] == ("review", 1.0, "Eva")
    assert [one.proofs for one in graph.relations if one.decided_by] == [()]


def test_a_rejected_relation_is_gone_and_stays_rejected_where_it_is_not_found(group):
    relations, outcomes, _ = decided(group, row("reject", *STATED), row("reject", "Cierro la caja", "Opera"))

    assert STATED not in relations
    assert outcomes == [("applied", ""), ("not_needed", "no rule finds it")]


def test_an_added_relation_stands_on_its_quote(group):
    quote = {"interview": "luz", "quote": "Luego abro Opera"}
    relations, outcomes, graph = decided(group, row("add", "Cierro la caja", "Opera", **quote))
    (proof,) = [one for relation in graph.relations if relation.decided_by for _, one in relation.proofs]

    assert relations["Cierro la caja", "Opera"] == ("stated", 1.0, "Eva") and outcomes == [("applied", "")]
    assert (proof.interview_id, proof.question_index, proof.start, proof.end) == ("luz", 0, 25, 41)


def test_an_added_relation_without_a_quote_is_marked_as_a_persons_word(group):
    relations, _, _ = decided(group, row("add", "Cierro la caja", "Opera"))

    assert relations["Cierro la caja", "Opera"] == ("review", 1.0, "Eva")


def test_an_accepted_relation_that_the_machine_no_longer_finds_is_restored(group):
    relations, outcomes, _ = decided(group, row("accept", "Cierro la caja", "Opera"))

    assert relations["Cierro la caja", "Opera"] == ("review", 1.0, "Eva")
    assert outcomes == [("restored", "no rule finds it any more")]


def test_ends_are_found_by_the_id_of_an_entity_and_as_names_are_matched(group):
    relations, outcomes, _ = decided(
        group,
        row("reject", "processes-ana-0", "systems-ana-1"),
        row("reject", *NAMED[:1], "el sistema Opera"),
    )

    assert relations == {} and outcomes == [("applied", ""), ("applied", "")]


def test_where_people_disagree_nothing_is_done_and_both_are_named(group):
    relations, outcomes, _ = decided(group, row("reject", *STATED), row("accept", *STATED, by="Tito"))

    assert relations[STATED] == ("stated", 0.9, "")
    assert outcomes == [("conflict", "Eva: reject; Tito: accept")] * 2


def test_the_later_word_of_one_person_holds(group):
    relations, outcomes, _ = decided(group, row("reject", *STATED), row("accept", *STATED, by="EVA"))

    assert relations[STATED] == ("stated", 1.0, "EVA")
    assert [result for result, _ in outcomes] == ["superseded", "applied"]


def test_rows_that_find_nothing_are_listed_with_the_reason(group):
    _, outcomes, _ = decided(
        group,
        row("accept", "Cierro la caja", "Oracle"),
        row("reject", "Cierro la caja", "***"),
        row("add", "Cierro la caja", "Opera", interview="luz", quote="abro Oracle todos los días"),
        row("add", "Cierro la caja", "Opera", relation="causes"),
    )

    assert outcomes == [
        ("not_found", "nothing is called Oracle"),
        ("not_found", "nothing is called ***"),
        ("not_found", "these words are not in the interview"),
        ("invalid", "the catalogue has no relation processes causes systems"),
    ]


def test_exports_carry_a_relation_that_stands_on_no_words(group, tmp_path):
    _, _, graph = decided(group, row("accept", *NAMED))
    write_graphml(graph, tmp_path / "graph.graphml")
    write_jsonld(graph, tmp_path / "graph.jsonld")
    write_neo4j(graph, tmp_path / "neo4j")

    for file in ("graph.graphml", "graph.jsonld", "neo4j/relationships.csv"):
        assert "review" in (tmp_path / file).read_text("utf-8"), file


def test_a_company_restricts_the_row(group):
    says(group).says("eva", "Cierro la caja con SAP.", PAYING, ("systems", "SAP"), company="Luna")

    graph = group.graph(relation_reviews=[row("reject", *STATED, company="Luna")])

    left = [one for one in graph.relations if one.ground == "stated"]
    assert [proof.interview_id for one in left for _, proof in one.proofs] == ["ana"]


def test_the_file_is_read_and_a_wrong_row_is_named(tmp_path):
    path = tmp_path / "relations.csv"
    path.write_text(
        "action;source_type;source;relation;target_type;target;by;quote;interview\n"
        "reject;processes;Cierre;uses;systems;SAP;Eva;;\n\n"
        "add;processes;Cierre;uses;systems;SAP;Eva;'=SUM(A1);ana\n",
        "utf-8",
    )
    (first, second) = load_relation_reviews(path)

    assert first == (2, row("reject", "Cierre", "SAP")) and second[1].quote == "=SUM(A1)"
    path.write_text(path.read_text("utf-8") + "add;processes;Cierre;uses;systems;SAP;Eva;words;\n", "utf-8")
    with pytest.raises(SettingsError, match=r"line 5: .*belong together"):
        load_relation_reviews(path)
    assert load_relation_reviews(tmp_path / "none.csv") == ()


def test_every_result_has_its_row_in_the_database(group):
    _, _, graph = decided(group, row("reject", *STATED, note="wrong", date="2025-11-03"))
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(GRAPH_TABLES)
        marks = ", ".join("?" * len(graph.relation_outcomes[0]))
        db.executemany(f"insert into relation_decisions values ({marks})", graph.relation_outcomes)

        rows = db.execute(
            "select line, result, decision, decided_by, note, decided_on from relation_decisions"
        )

        assert rows.fetchall() == [(2, "applied", "reject", "Eva", "wrong", "2025-11-03")]
