"""Report: what an executive, an analyst and another program read.

IN   results/intelligence.db, results/validation.json, results/graph/knowledge_graph.db
OUT  results/reports/report.json, report.xlsx, dashboard.html, results/tables/
"""


rule write_report:
    input:
        database=f"{RESULTS}/intelligence.db",
        validation=f"{RESULTS}/validation.json",
        graph=f"{RESULTS}/graph/knowledge_graph.db",
    output:
        json=f"{RESULTS}/reports/report.json",
        workbook=f"{RESULTS}/reports/report.xlsx",
        dashboard=f"{RESULTS}/reports/dashboard.html",
    log:
        "logs/write_report.log",
    conda:
        "../environment.yml"
    params:
        language=SETTINGS.language,
        code=code_version("reports", "storage/report_data.py", "storage/report_graph.py"),
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
        code=code_version("storage/tables.py"),
    script:
        "../scripts/export_tables.py"


rule report:
    input:
        rules.write_report.output,
        rules.export_tables.output,
