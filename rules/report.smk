"""Report: what an executive, an analyst and another program read, and what made it.

`report/` holds the captions of `snakemake --report`.

IN   results/intelligence.db, results/validation.json, results/graph/knowledge_graph.db, the catalogue, the prompts of models
OUT  results/reports/report.json, report.xlsx, dashboard.html, methods.html, results/tables/
"""


report: "../report/workflow.rst"


rule write_report:
    input:
        database=f"{RESULTS}/intelligence.db",
        validation=f"{RESULTS}/validation.json",
        graph=f"{RESULTS}/graph/knowledge_graph.db",
        catalogue=catalogue(),
        prompts=never_stored({reader.prompt: None for reader in SETTINGS.models_reading}),
    output:
        json=f"{RESULTS}/reports/report.json",
        workbook=report(
            f"{RESULTS}/reports/report.xlsx", caption="../report/workbook.rst", category="Findings"
        ),
        dashboard=report(
            f"{RESULTS}/reports/dashboard.html", caption="../report/dashboard.rst", category="Findings"
        ),
        methods=report(f"{RESULTS}/reports/methods.html", caption="../report/methods.rst", category="Methods"),
    log:
        "logs/write_report.log",
    conda:
        "../environment.yml"
    params:
        language=SETTINGS.language,
        version=EXTRACTION_VERSION,
        graph=SETTINGS.graph.model_dump(),
        respondents=SETTINGS.respondents,
        code=code_version(
            "reports", "jobs/methods.py", "storage/report_data.py", "storage/report_graph.py", *SHARED_CODE
        ),
    script:
        "../scripts/write_report.py"


rule export_tables:
    input:
        database=f"{RESULTS}/graph/knowledge_graph.db",
    output:
        tables=directory(f"{RESULTS}/tables"),
    log:
        "logs/export_tables.log",
    conda:
        "../environment.yml"
    params:
        respondents=SETTINGS.respondents,
        code=code_version("storage/tables.py", *SHARED_CODE),
    script:
        "../scripts/export_tables.py"


rule report:
    input:
        rules.write_report.output,
        rules.export_tables.output,


rule respondents:
    input:
        database=f"{RESULTS}/intelligence.db",
    log:
        "logs/respondents.log",
    conda:
        "../environment.yml"
    script:
        "../scripts/respondents.py"
