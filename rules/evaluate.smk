"""Evaluate: the extractions of gold interviews against labels by hand; `evaluate` shows the scores.

IN   the gold folders, results/extracted of their interviews, and another run to compare with
OUT  results/evaluation/evaluation.json, evaluation.md, errors.csv
     results/evaluation/{gold}/{interview}.json for gold interviews outside the run
"""

from intelligence_capture.evaluation.gold import Gold


wildcard_constraints:
    gold="[a-z0-9][a-z0-9-]*",


GOLD = Gold(
    [beside_snakefile(path) for path in SETTINGS.evaluation.gold],
    SETTINGS.evaluation.second and beside_snakefile(SETTINGS.evaluation.second),
)


rule extract_gold_interview:
    input:
        interview=lambda wildcards: [
            ancient(file) for file in GOLD.source_files(wildcards.gold, wildcards.interview)
        ],
        again=lambda wildcards: unless_extracted(
            {
                f"{RESULTS}/evaluation/{wildcards.gold}/{wildcards.interview}.json": GOLD.source(
                    wildcards.gold, wildcards.interview
                )
            }
        ),
    output:
        extraction=f"{RESULTS}/evaluation/{{gold}}/{{interview}}.json",
    log:
        "logs/extract_gold_interview/{gold}/{interview}.log",
    conda:
        "../environment.yml"
    resources:
        api_calls=CALLS_IN_FLIGHT,
    params:
        folder=lambda wildcards: GOLD.interviews(wildcards.gold),
        version=EXTRACTION_VERSION,
    script:
        "../scripts/extract_gold_interview.py"


rule score_extractions:
    input:
        labels=lambda wildcards: GOLD.label_files(),
        extractions=lambda wildcards: GOLD.extractions(RESULTS, INTERVIEWS),
        compared=lambda wildcards: GOLD.compared(SETTINGS.evaluation.compare),
        catalogue=catalogue_files(Path(SETTINGS.ontology)),
    output:
        json=f"{RESULTS}/evaluation/evaluation.json",
        markdown=f"{RESULTS}/evaluation/evaluation.md",
        errors=f"{RESULTS}/evaluation/errors.csv",
    log:
        "logs/score_extractions.log",
    conda:
        "../environment.yml"
    params:
        gold=GOLD.paths,
        second=GOLD.second,
        compare=SETTINGS.evaluation.compare,
        code=code_version("evaluation", "records.py", "texts.py"),
    script:
        "../scripts/score_extractions.py"


rule evaluate:
    input:
        markdown=rules.score_extractions.output.markdown,
    log:
        "logs/evaluate.log",
    conda:
        "../environment.yml"
    script:
        "../scripts/evaluate.py"
