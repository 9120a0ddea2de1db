"""Validate: every check with its verdict; the rule `validate` shows them and is the gate by itself.

IN   results/intelligence.db
OUT  results/validation.json, results/validation.md
"""


rule validate_records:
    input:
        database=f"{RESULTS}/intelligence.db",
        organisation=organisation_file,
    output:
        json=f"{RESULTS}/validation.json",
        markdown=report(f"{RESULTS}/validation.md", caption="../report/validation.rst", category="Quality"),
    log:
        "logs/validate_records.log",
    conda:
        "../environment.yml"
    params:
        settings=SETTINGS.validation.model_dump(),
        expected=len(INTERVIEWS),
        respondents=SETTINGS.respondents,
        code=code_version("validation.py", "storage/facts.py", "organisation.py", "texts.py", *SHARED_CODE),
    script:
        "../scripts/validate_records.py"


rule validate:
    input:
        validation=f"{RESULTS}/validation.json",
    log:
        "logs/validate.log",
    conda:
        "../environment.yml"
    script:
        "../scripts/check_gate.py"
