"""Keep: save everything, bring it back, start clean, or forget one person.

OUT  backups/{timestamp}/
"""


rule backup:
    log:
        "logs/backup.log",
    conda:
        "../environment.yml"
    params:
        results=results_on_disk,
    script:
        "../scripts/backup.py"


rule restore:
    log:
        "logs/restore.log",
    conda:
        "../environment.yml"
    params:
        results=results_on_disk,
        digests={source.id: source.sha256 for source in INTERVIEWS.values()},
        version=EXTRACTION_VERSION,
    script:
        "../scripts/restore.py"


rule clean_results:
    log:
        "logs/clean_results.log",
    conda:
        "../environment.yml"
    params:
        results=results_on_disk,
    script:
        "../scripts/clean_results.py"


rule forget:
    log:
        "logs/forget.log",
    conda:
        "../environment.yml"
    params:
        results=results_on_disk,
    script:
        "../scripts/forget.py"
