"""Extract: one interview in, one record file out; a failure is a record too.

IN   the interview, the catalogue, the prompt
OUT  results/extracted/{interview}.json
"""

EXTRACTION_VERSION = answers_depend_on()


rule extract_interview:
    input:
        interview=source_of,
        again=again,
    output:
        extraction=f"{RESULTS}/extracted/{{interview}}.json",
    log:
        "logs/extract_interview/{interview}.log",
    conda:
        "../environment.yml"
    resources:
        api_calls=SETTINGS.openai.parallel_calls if SETTINGS.extractor == "openai" else 0,
    params:
        version=EXTRACTION_VERSION,
    script:
        "../scripts/extract_interview.py"


rule estimate:
    log:
        "logs/estimate.log",
    conda:
        "../environment.yml"
    script:
        "../scripts/estimate.py"


rule spending:
    log:
        "logs/spending.log",
    conda:
        "../environment.yml"
    params:
        json=f"{RESULTS}/spending.json",
    script:
        "../scripts/spending.py"
