"""Extract: one interview in, one record file out; a failure is a record too.

With `interviews_per_job` above 1 several share a job, its start and its calls in flight; each keeps its file.

With `second_reader` two extractors read each interview, in the same job: one record is of both.

IN   the interview, the catalogue, the prompts
OUT  results/extracted/{interview}.json
"""

EXTRACTION_VERSION = extraction_version(SETTINGS, CATALOGUE)
FINGERPRINTS = Fingerprints(EXTRACTION_VERSION, PSEUDONYMS if SETTINGS.models_reading else NO_PSEUDONYMS)
CALLS_IN_FLIGHT = SETTINGS.openai.parallel_calls if SETTINGS.models_reading else 0


if SETTINGS.interviews_per_job == 1:

    rule extract_interview:
        input:
            interview=lambda wildcards: sources_of(wildcards.interview),
            again=lambda wildcards: again(wildcards.interview),
            paid=lambda wildcards: answers_at_half_price(wildcards.interview),
        output:
            extraction=extraction_file("{interview}"),
        log:
            "logs/extract_interview/{interview}.log",
        conda:
            "../environment.yml"
        resources:
            api_calls=CALLS_IN_FLIGHT,
        params:
            version=EXTRACTION_VERSION,
        script:
            "../scripts/extract_interview.py"

else:

    # One rule a batch: output files of many names cannot share a wildcard.
    for batch, members in batches(INTERVIEWS, SETTINGS.interviews_per_job).items():

        rule:
            name:
                f"extract_batch_{batch}"
            input:
                interviews=sources_of(*members),
                again=lambda wildcards, members=members: again(*members),
                paid=lambda wildcards, members=members: answers_at_half_price(*members),
            output:
                extractions=[extraction_file(interview) for interview in members],
            log:
                f"logs/extract_batch/{batch}.log",
            conda:
                "../environment.yml"
            resources:
                api_calls=CALLS_IN_FLIGHT,
            params:
                version=EXTRACTION_VERSION,
            script:
                "../scripts/extract_batch.py"


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
