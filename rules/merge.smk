"""Merge: all extractions in, one database out, built anew; what it replaces was saved before.

IN   results/extracted/*.json, the catalogue, the organisation file
OUT  results/intelligence.db
"""


# Snakemake deletes the outputs of a rule before it starts: only a rule before it can save them.
rule save_previous:
    input:
        extractions=extraction_files(),
        catalogue=catalogue_files(Path(SETTINGS.ontology)),
        organisation=organisation_file,
    output:
        done=f"{RESULTS}/.state/saved_before_merge.json",
    log:
        "logs/save_previous.log",
    conda:
        "../environment.yml"
    params:
        code=code_version("storage", "dates.py", "organisation.py"),
    script:
        "../scripts/save_previous.py"


rule merge_database:
    input:
        extractions=extraction_files(),
        catalogue=catalogue_files(Path(SETTINGS.ontology)),
        organisation=organisation_file,
        saved=f"{RESULTS}/.state/saved_before_merge.json",
    output:
        database=f"{RESULTS}/intelligence.db",
    log:
        "logs/merge_database.log",
    conda:
        "../environment.yml"
    params:
        code=code_version("storage", "dates.py", "organisation.py"),
    script:
        "../scripts/merge_database.py"
