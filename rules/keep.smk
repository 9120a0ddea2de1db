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
        made_of={
            source.id: {"sha256": source.sha256, "fingerprint": FINGERPRINTS.of(source)}
            for source in INTERVIEWS.values()
        },
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
