"""Import: the files that people have become interviews; asked for by name, never part of a run.

IN   the inbox: exports of forms, documents, transcripts, import.yaml
OUT  interviews/*.json, results/import.md
"""


rule import_files:
    log:
        "logs/import_files.log",
    conda:
        "../environment.yml"
    script:
        "../scripts/import_files.py"
