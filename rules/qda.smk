"""QDA: a project and a codebook for NVivo, MAXQDA, ATLAS.ti and QualCoder; their codebook as a catalogue.

IN   results/intelligence.db, the catalogue; for the import --config codebook=FILE.qdc
OUT  results/exports/project.qdpx, codebook.qdc; a folder ontology_… of its own
"""


rule export_qda:
    input:
        database=f"{RESULTS}/intelligence.db",
        catalogue=catalogue(),
    output:
        project=f"{RESULTS}/exports/project.qdpx",
        codebook=f"{RESULTS}/exports/codebook.qdc",
    log:
        "logs/export_qda.log",
    conda:
        "../environment.yml"
    params:
        language=SETTINGS.language,
        respondents=SETTINGS.respondents,
        code=code_version(
            "qda", "reports/rows.py", "reports/wording.yaml", "storage/report_data.py", *SHARED_CODE
        ),
    script:
        "../scripts/export_qda.py"


rule qda:
    input:
        rules.export_qda.output,


rule import_codebook:
    log:
        "logs/import_codebook.log",
    conda:
        "../environment.yml"
    script:
        "../scripts/import_codebook.py"
