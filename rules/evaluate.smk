"""Evaluate: extractions and the knowledge graph against labels by hand; `evaluate` shows the scores.

IN   the gold folders, results/extracted of their interviews, and another run to compare with
     the graph gold, results/intelligence.db
OUT  results/evaluation/evaluation.json, evaluation.md, errors.csv
     results/evaluation/graph.json, graph.md, graph_errors.csv
     results/evaluation/{gold}/{interview}.json for gold interviews outside the run
"""

from intelligence_capture.evaluation.gold import Gold
from intelligence_capture.evaluation.graph_gold import GraphGold


wildcard_constraints:
    gold="[a-z0-9][a-z0-9-]*",


GOLD = Gold(
    [beside_snakefile(path) for path in SETTINGS.evaluation.gold],
    SETTINGS.evaluation.second and beside_snakefile(SETTINGS.evaluation.second),
)
GRAPH_GOLD = GraphGold(SETTINGS.evaluation.graph and Path(beside_snakefile(SETTINGS.evaluation.graph)))
GRAPH_LABELS = [beside_snakefile(path) for path in SETTINGS.evaluation.graph_labels]


rule extract_gold_interview:
    input:
        interview=lambda wildcards: [
            ancient(local(str(file))) for file in GOLD.source_files(wildcards.gold, wildcards.interview)
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
        labels=lambda wildcards: never_stored(GOLD.label_files()),
        extractions=lambda wildcards: GOLD.extractions(RESULTS, INTERVIEWS),
        compared=lambda wildcards: never_stored(GOLD.compared(SETTINGS.evaluation.compare)),
        catalogue=catalogue(),
    output:
        json=f"{RESULTS}/evaluation/evaluation.json",
        markdown=report(
            f"{RESULTS}/evaluation/evaluation.md", caption="../report/evaluation.rst", category="Quality"
        ),
        errors=f"{RESULTS}/evaluation/errors.csv",
    log:
        "logs/score_extractions.log",
    conda:
        "../environment.yml"
    params:
        gold=GOLD.paths,
        second=GOLD.second,
        compare=SETTINGS.evaluation.compare,
        code=code_version("evaluation", "records.py", "texts.py", "spans.py", "pairing.py"),
    script:
        "../scripts/score_extractions.py"


rule score_graph:
    input:
        gold=lambda wildcards: never_stored(GRAPH_GOLD.files),
        labels=lambda wildcards: never_stored(
            file for folder in GRAPH_LABELS for file in sorted(Path(folder).glob("labels/*.json"))
        ),
        database=f"{RESULTS}/intelligence.db",
        catalogue=catalogue(),
        organisation=organisation_file,
        rules=graph_rules,
    output:
        json=f"{RESULTS}/evaluation/graph.json",
        markdown=f"{RESULTS}/evaluation/graph.md",
        errors=f"{RESULTS}/evaluation/graph_errors.csv",
    log:
        "logs/score_graph.log",
    conda:
        "../environment.yml"
    resources:
        api_calls=SETTINGS.openai.parallel_calls if SETTINGS.graph.judge == "model" else 0,
    params:
        labels=GRAPH_LABELS,
        settings=SETTINGS.graph.model_dump(exclude={"judge", "judge_from", "judge_calls", "prompts"}),
        judge=judgement_version(SETTINGS, PSEUDONYMS),
        code=code_version(
            "graph",
            "evaluation",
            "jobs",
            "embedding.py",
            "texts.py",
            "spans.py",
            "pairing.py",
            "offline/data",
        ),
    script:
        "../scripts/score_graph.py"


rule evaluate:
    input:
        markdown=rules.score_extractions.output.markdown,
        graph=graph_scores,
    log:
        "logs/evaluate.log",
    conda:
        "../environment.yml"
    script:
        "../scripts/evaluate.py"
