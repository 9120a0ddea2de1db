"""What people decide on merges holds over reruns, and what was removed leaves nothing behind."""

import sqlite3
from contextlib import closing


def systems(project):
    """The systems of the graph as sets of (name, interview), and the rules that joined them."""
    with closing(sqlite3.connect(project.folder / "results/graph/knowledge_graph.db")) as db:
        things: dict[str, set] = {}
        rows = db.execute(
            "select canonical_id, text, interview_id, entity_id from mentions where entity_type = 'systems'"
        )
        ids = {}
        for canonical, text, interview, entity in rows:
            things.setdefault(canonical, set()).add((text, interview))
            ids[text, interview] = entity
        rules = {rule for (rule,) in db.execute("select distinct rule from merges")}
    return sorted(map(sorted, things.values())), ids, rules


def decisions(project):
    """The relations that people keep, and what became of their rows."""
    with closing(sqlite3.connect(project.folder / "results/graph/knowledge_graph.db")) as db:
        kept = db.execute("select ground, decided_by from relations where decided_by <> ''").fetchall()
        return kept, db.execute("select result, why from relation_decisions order by line").fetchall()


def test_a_forced_and_a_forbidden_merge_hold_over_reruns_and_what_was_removed_is_gone(project):
    project.write(
        "ana", "Soy jefa de recepción. Los turnos los llevo en Excel.", "Uso Opera para las reservas."
    )
    project.write("luz", "Preparo el reporte de ventas en Excel. Uso SAP para los pagos.")
    assert project.run("graph").status == 0
    before, ids, _ = systems(project)
    reviews = project.folder / "reviews/merges.csv"
    reviews.parent.mkdir(exist_ok=True)
    reviews.write_text(
        "action,type,a,b,company,note\n"
        f"forbid,systems,{ids['Excel', 'ana']},{ids['Excel', 'luz']},,two workbooks\n"
        "force,systems,Opera,SAP,,one suite\n",
        "utf-8",
    )
    reviews.with_name("relations.csv").write_text(
        "action,source_type,source,relation,target_type,target,by\n"
        "add,processes,Preparo el reporte de ventas en Excel,uses,systems,SAP,Eva\n"
        "reject,processes,Preparo el reporte de ventas en Excel,uses,systems,Lotus,Eva\n",
        "utf-8",
    )

    decided = project.run("graph")
    after, _, rules = systems(project)
    project.write("eva", "Reviso facturas en SAP cada viernes.")
    (project.folder / "data/interviews/tito.json").unlink()
    changed = project.run("graph")
    later, _, later_rules = systems(project)

    assert [("Excel", "ana"), ("Excel", "luz")] in before
    assert decided.jobs == {"build_graph": 1, "graph": 1}
    assert [("Excel", "ana")] in after and [("Excel", "luz")] in after and "forced" in rules
    assert [("Opera", "ana"), ("SAP", "luz"), ("SAP", "tito")] in after
    assert changed.status == 0 and "forced" in later_rules
    assert [("Excel", "ana")] in later and [("Excel", "luz")] in later
    assert [("Opera", "ana"), ("SAP", "eva"), ("SAP", "luz")] in later
    assert decisions(project) == (
        [("review", "Eva")],
        [("applied", ""), ("not_found", "nothing is called Lotus")],
    )
    assert "reviews/relations.csv, line 3: not_found: nothing is called Lotus" in changed.output
    assert not any("tito" in row for row in project.dump())
