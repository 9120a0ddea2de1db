"""Merge: all extractions in, one database out, built anew; what it replaces was saved before.

IN   results/extracted/*.json, the catalogue, the organisation file, reviews/entities.csv
OUT  results/intelligence.db
"""

MERGE_CODE = code_version(
    "storage/merge.py",
    "storage/schema.py",
    "storage/connect.py",
    "catalogue.py",
    "dates.py",
    "organisation.py",
    "records.py",
    "texts.py",
    "csv_files.py",
    "extraction.py",
    "grounding.py",
    "spans.py",
    "reviews",
)

MERGED_FROM = fingerprint(interviews=sorted(INTERVIEWS), code=MERGE_CODE)


# Snakemake deletes the outputs of a rule before it starts: only a rule before it can save them.
rule save_previous:
    input:
        extractions=extraction_files,
        catalogue=catalogue(),
        organisation=organisation_file,
        reviews=decisions_file,
        again=merge_again,
    output:
        done=f"{RESULTS}/.state/saved_before_merge.json",
    log:
        "logs/save_previous.log",
    conda:
        "../environment.yml"
    params:
        merged_from=MERGED_FROM,
    script:
        "../scripts/save_previous.py"


rule merge_database:
    input:
        extractions=extraction_files,
        catalogue=catalogue(),
        organisation=organisation_file,
        reviews=decisions_file,
        saved=f"{RESULTS}/.state/saved_before_merge.json",
    output:
        database=f"{RESULTS}/intelligence.db",
    log:
        "logs/merge_database.log",
    conda:
        "../environment.yml"
    params:
        code=MERGE_CODE,
    script:
        "../scripts/merge_database.py"
