"""The gate: the last rule of a run, which fails it where validation says so.

IN   results/validation.json, and the reports, so that they are always there first
OUT  results/.state/gate
"""


rule check_gate:
    input:
        validation=f"{RESULTS}/validation.json",
        reports=rules.write_report.output,
    output:
        touch(f"{RESULTS}/.state/gate"),
    log:
        "logs/check_gate.log",
    conda:
        "../environment.yml"
    script:
        "../scripts/check_gate.py"
