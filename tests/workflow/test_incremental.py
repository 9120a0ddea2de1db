"""What reruns, and what does not."""

import json
import os
import shutil
import time

import yaml

STAGES = ("extract_interview", "merge_database", "validate_records", "write_report", "check_gate")
AFTER_EXTRACTION = dict.fromkeys(STAGES[1:], 1)


def test_a_second_run_and_a_touch_have_nothing_to_do(project):
    first = project.run()
    assert (first.status, first.did(*STAGES)) == (0, {"extract_interview": 3, **AFTER_EXTRACTION})

    again = project.run()
    for path in (project.folder / "data" / "interviews").iterdir():
        os.utime(path, (time.time() + 100, time.time() + 100))
    touched = project.run()
    dry = project.run("-n")

    assert again.jobs == touched.jobs == dry.jobs == {}
    assert "Nothing to be done" in dry.output


def test_only_what_changed_is_extracted_again(finished):
    shutil.rmtree(finished.folder / ".snakemake")
    finished.write("ana", "Ahora soy gerente y uso Salesforce.")
    changed = finished.run()
    finished.write("eva", "Reviso facturas en SAP cada viernes.")
    added = finished.run()
    shutil.rmtree(finished.folder / ".snakemake")
    (finished.folder / "data/interviews/tito.json").unlink()
    removed = finished.run()

    assert changed.did(*STAGES) == {"extract_interview": 1, **AFTER_EXTRACTION}
    assert added.did(*STAGES) == {"extract_interview": 1, **AFTER_EXTRACTION}
    assert removed.did(*STAGES) == AFTER_EXTRACTION
    assert not any("tito" in row for row in finished.dump())


def test_a_bundle_above_a_megabyte_reruns_just_what_changed(project):
    def person(name, text):
        return {"meta": {"respondent": name}, "qa_pairs": {"¿Rol?": text}}

    people = [person(f"p{n}", f"Uso Opera en el turno {n}.") for n in range(3)]
    people.append(person("largo", "bla " * 300_000))
    bundle = project.folder / "todo.json"
    bundle.write_text(json.dumps(people), "utf-8")
    project.configure(interviews="todo.json")
    assert project.run().did("extract_interview") == {"extract_interview": 4}

    people[1] = person("p1", "Uso Excel.")
    bundle.write_text(json.dumps(people[::-1]), "utf-8")

    assert project.run().did(*STAGES) == {"extract_interview": 1, **AFTER_EXTRACTION}


def test_an_edited_prompt_does_not_touch_offline_extractions_but_an_edited_type_does(finished):
    (finished.folder / "prompts").unlink()
    (finished.folder / "prompts").mkdir()
    (finished.folder / "prompts" / "extract.md").write_text("another prompt", "utf-8")
    assert finished.nothing_to_do()

    path = finished.folder / "ontology" / "roles.yaml"
    edited = yaml.safe_load(path.read_text("utf-8")) | {"counts": "a job title"}
    path.write_text(yaml.safe_dump(edited), "utf-8")

    assert finished.run("-n").did("extract_interview", "merge_database") == {
        "extract_interview": 3,
        "merge_database": 1,
    }


def test_a_dropped_type_is_gone_from_tables_and_reports(project):
    (project.folder / "ontology" / "roles.yaml").unlink()

    assert project.run().status == 0

    assert not any(row.startswith("intelligence.db roles ") for row in project.dump())
    report = (project.folder / "results/reports/report.json").read_text("utf-8")
    assert '"roles"' not in report


def test_settings_of_reports_do_not_extract_again(finished):
    english = finished.run("--config", "language=en")

    assert english.did(*STAGES) == {"write_report": 1, "check_gate": 1}


def test_jobs_and_order_do_not_change_the_content(finished):
    parallel = finished.dump()
    finished.run("-j", "1", "clean_results")
    for path in sorted((finished.folder / "data/interviews").iterdir()):
        text = path.read_text("utf-8")
        path.unlink()
        path.write_text(text, "utf-8")

    finished.run("-j", "1", LANG="C", LC_ALL="C", TZ="Asia/Tokyo")

    assert finished.dump() == parallel


def test_an_added_type_gets_a_table_a_sheet_and_data(project):
    (project.folder / "ontology" / "risks.yaml").write_text(
        yaml.safe_dump(
            {
                "table": "risks",
                "name": "risk",
                "order": 18,
                "title": {"es": "Riesgos", "en": "Risks"},
                "call_group": "problems",
                "counts": "a danger the speaker sees",
                "fields": {"likelihood": {"kind": "text", "description": "how likely"}},
                "cues": {"es": ["corremos el riesgo", r"riesgo de"]},
                "examples": {
                    "es": ["Corremos el riesgo de una multa.", "Hay riesgo de accidentes en la obra."]
                },
            },
            allow_unicode=True,
        ),
        "utf-8",
    )
    project.write("eva", "Trabajo en obra. Corremos el riesgo de una multa si no entregamos a tiempo.")

    run = project.run()

    assert run.status == 0
    assert any(
        row.startswith("intelligence.db risks ") and "riesgo de una multa" in row for row in project.dump()
    )
    assert "Riesgos" in (project.folder / "results/reports/dashboard.html").read_text("utf-8")
