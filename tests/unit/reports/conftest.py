"""A small merged database with hostile text, a failed and a pending interview, and a graph of its own."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from intelligence_capture.extraction import assemble
from intelligence_capture.grounding import ground
from intelligence_capture.organisation import Organisation
from intelligence_capture.records import Candidate, Extraction, Interview, Meta, Usage
from intelligence_capture.reviews.decisions import Decision
from intelligence_capture.storage.merge import merge_database
from intelligence_capture.storage.report_data import report_data
from tests.conftest import interview

HOSTILE = (
    "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1> "
    "=1+1 {{7*7}} \u2028 \u202eעברית"
)
LONG_WORD = "ñ" * 100_000
ANA = "Opera se cae todos los viernes y nadie puede cobrar. Pido integrar Opera con SAP."
LUZ = f"Opera pierde reservas cada semana. 😀 {HOSTILE} Uso Opera y espero a FrioAndes. {LONG_WORD}"
EVA = "The close takes nine days. FrioAndes never answers. We use SAP."

ROLES = {"ana": "Jefa de recepción", "luz": "Contadora"}

PAID = {
    "model": "a-model",
    "usage": Usage(calls=4, calls_from_store=1, prompt_tokens=9000, completion_tokens=800),
    "cost_usd": 0.0123,
}
UNKNOWN = {
    "model": "a-model",
    "usage": Usage(calls=4, prompt_tokens=None, completion_tokens=None),
    "cost_usd": None,
}


@pytest.fixture(scope="session")
def database(tmp_path_factory, catalogue) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    records = [
        extraction(catalogue, talk("ana", ANA, "Sol", "Ana Ríos"), ANA_SAYS),
        extraction(catalogue, talk("luz", LUZ, "Sol", "Luz Paz"), LUZ_SAYS).model_copy(update=PAID),
        extraction(catalogue, english(talk("eva", EVA, "", "Eva Moss")), EVA_SAYS).model_copy(update=UNKNOWN),
        lost("roto", "failed", "roto.json: line 1, column 2: not JSON"),
        lost("tarde", "pending", "the budget of 5 dollars is spent"),
    ]
    paths = []
    for record in records:
        paths.append(folder / f"{record.id}.json")
        paths[-1].write_text(record.model_dump_json(), "utf-8")
    merge_database(
        paths,
        folder / "intelligence.db",
        catalogue=catalogue,
        organisation=Organisation(),
        decisions=DECIDED,
    )
    return folder / "intelligence.db"


@pytest.fixture(scope="session")
def data(database, catalogue):
    return report_data(database, catalogue=catalogue)


@pytest.fixture(scope="session")
def graph(database) -> Path:
    """The tables of interface.md that the reports read, for the entities of `database`."""
    path = database.with_name("knowledge_graph.db")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(path)) as db:
        pains = source.execute(
            "select id, interview_id from pain_points where label like 'Opera%'"
        ).fetchall()
        systems = source.execute("select id, interview_id from systems where label = 'Opera'").fetchall()
        db.executescript(GRAPH_TABLES)
        db.execute("insert into canonical_entities values ('c1','systems','Opera','Sol',2,2,0.9)")
        db.execute(
            "insert into canonical_entities values ('c2','pain_points',?,'Sol',2,2,0.8)",
            ["Opera falla los viernes por la noche"],
        )
        db.executemany("insert into mentions values ('c1','systems',?,?)", systems)
        db.executemany("insert into mentions values ('c2','pain_points',?,?)", pains)
        db.execute("insert into relations values ('c1','causes','c2','stated',0.9,'')")
        db.execute("insert into relations values ('c1','causes','gone','stated',0.9,'')")
        db.execute("insert into patterns values (1,'recurring_pain','c2',null,2,0.6667)")
        db.execute(
            "insert into contradictions values ('c2','frequency','viernes','cada semana','ana','luz',"
            "'todos los viernes','Opera pierde reservas cada semana.',1,13,30,1,0,34)"
        )
        db.commit()
    return path


GRAPH_TABLES = """
create table canonical_entities (id, type, label, company, mention_count, interview_count, confidence);
create table mentions (canonical_id, entity_type, entity_id, interview_id);
create table relations (source_id, relation, target_id, ground, strength, decided_by);
create table patterns (id, kind, canonical_id, other_id, interview_count, share);
create table contradictions (
    canonical_id, field, claim_a, claim_b, interview_a, interview_b, quote_a, quote_b,
    question_a, start_a, end_a, question_b, start_b, end_b
);
"""

ANA_SAYS = [
    (
        "pain_points",
        "Opera se cae todos los viernes",
        {"severity": "critical", "frequency": "todos los viernes"},
        0.9,
    ),
    ("systems", "Opera", {"satisfaction": 3}, 0.95),
    (
        "automation_candidates",
        "integrar Opera con SAP",
        {"effort": 2, "impact": 5, "systems_involved": ["Opera"]},
        0.8,
    ),
]
LUZ_SAYS = [
    ("pain_points", "Opera pierde reservas", {"severity": "high"}, 0.7),
    ("pain_points", HOSTILE, {}, 0.4),
    ("pain_points", "espero a FrioAndes", {}, 0.7),
    ("systems", "Opera", {}, 0.9),
    ("external_dependencies", "FrioAndes", {"party": "FrioAndes"}, 0.8),
    ("kpis", "una cita que nadie dijo jamás aquí", {}, 0.6),
]
EVA_SAYS = [
    ("pain_points", "FrioAndes never answers", {}, 0.8),
    ("external_dependencies", "FrioAndes", {"party": "FrioAndes"}, 0.8),
    ("systems", "SAP", {}, 0.9),
]


DECIDED = [
    Decision(decision="accept", interview="eva", type="systems", quote="SAP", by="Ana <b>Ruiz</b>"),
    Decision(
        decision="edit",
        interview="eva",
        type="external_dependencies",
        quote="FrioAndes",
        field="description",
        value="A supplier",
        by="=Luz",
    ),
]


def talk(name: str, answer: str, company: str, respondent: str) -> Interview:
    meta = {"company": company, "respondent": respondent, "role": ROLES.get(name, ""), "date": "2025-10-23"}
    return interview("", answer, name=name, **meta)


def english(spoken: Interview) -> Interview:
    return spoken.model_copy(update={"language": "en"})


def extraction(catalogue, spoken: Interview, said) -> Extraction:
    found = tuple(
        Candidate(
            type=table,
            label=quote,
            confidence=confidence,
            fields=fields,
            evidence=(ground(quote, spoken.answers),),
        )
        for table, quote, fields, confidence in said
    )
    return Extraction(
        id=spoken.id,
        sha256=spoken.sha256,
        status="ok",
        extractor="quotes",
        interview=spoken,
        entities=assemble(spoken.id, found, catalogue, extractor="quotes"),
    )


def lost(name: str, status: str, error: str) -> Extraction:
    blank = Interview(id=name, source=f"{name}.json", sha256="0" * 64, meta=Meta())
    return Extraction(
        id=name, sha256=blank.sha256, status=status, error=error, extractor="quotes", interview=blank
    )
