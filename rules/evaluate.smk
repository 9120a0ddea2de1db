"""Evaluate: the extractions of gold interviews against labels by hand; `evaluate` shows the scores.

IN   the gold folders, results/extracted of their interviews, and another run to compare with
OUT  results/evaluation/evaluation.json, evaluation.md, errors.csv
     results/evaluation/{gold}/{interview}.json for gold interviews outside the run
"""

from functools import cache

from intelligence_capture.evaluation.gold import gold_folders


wildcard_constraints:
    gold="[a-z0-9][a-z0-9-]*",


GOLD_PATHS = [beside_snakefile(path) for path in SETTINGS.evaluation.gold]


# Only here, and read only where `evaluate` is asked for: other runs do not need gold labels.
@cache
def gold_by_name():
    """The gold folders of the configuration by their names."""
    folders = or_stop(gold_folders, [Path(path) for path in GOLD_PATHS])
    return {folder.name: folder for folder in folders}


def gold_label_files(wildcards):
    """All label files, those of second labellers too."""
    return [
        str(path)
        for folder in gold_by_name().values()
        for path in (*folder.labels.values(), *folder.second.values())
    ]


def gold_extractions(wildcards):
    """The extractions of all gold interviews, of this run or made for their gold folder."""
    return [
        str(path)
        for folder in gold_by_name().values()
        for path in or_stop(folder.extractions, Path(RESULTS), INTERVIEWS)
    ]


def compared_extractions(wildcards):
    """The extractions of the same interviews in the results folder to compare with."""
    if not SETTINGS.evaluation.compare:
        return []
    other = Path(SETTINGS.evaluation.compare)
    return [
        str(path) for folder in gold_by_name().values() for path in or_stop(folder.compared, other)
    ]


def gold_source_of(wildcards):
    """The file of an interview that a gold folder brings itself; nothing for one that must not be opened."""
    source = gold_by_name()[wildcards.gold].own[wildcards.interview]
    return ancient(str(source.path)) if source.openable else []


rule extract_gold_interview:
    input:
        interview=gold_source_of,
    output:
        extraction=f"{RESULTS}/evaluation/{{gold}}/{{interview}}.json",
    log:
        "logs/extract_gold_interview/{gold}/{interview}.log",
    conda:
        "../environment.yml"
    resources:
        api_calls=SETTINGS.openai.parallel_calls if SETTINGS.extractor == "openai" else 0,
    params:
        folder=lambda wildcards: str(gold_by_name()[wildcards.gold].path / "interviews"),
        digest=lambda wildcards: gold_by_name()[wildcards.gold].own[wildcards.interview].sha256,
        version=EXTRACTION_VERSION,
        tries=lambda wildcards: STATE.tries(f".{wildcards.gold}/{wildcards.interview}"),
    script:
        "../scripts/extract_gold_interview.py"


rule score_extractions:
    input:
        labels=gold_label_files,
        extractions=gold_extractions,
        compared=compared_extractions,
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
        gold=GOLD_PATHS,
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
