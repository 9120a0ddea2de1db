"""Half price: with `openai.mode: batch` all open requests go to the server in batches before the extraction.

IN   the interviews, the catalogue, the prompt, responses/
OUT  responses/: the batches that are open, and the answers of those that have ended
     results/.state/answers_collected, for which extractions wait
"""


rule submit_requests:
    input:
        again=lambda wildcards: again(*INTERVIEWS),
    output:
        submitted=f"{RESULTS}/.state/requests_submitted",
    log:
        "logs/submit_requests.log",
    conda:
        "../environment.yml"
    script:
        "../scripts/submit_requests.py"


rule collect_answers:
    input:
        submitted=f"{RESULTS}/.state/requests_submitted",
    output:
        collected=f"{RESULTS}/.state/answers_collected",
    log:
        "logs/collect_answers.log",
    conda:
        "../environment.yml"
    script:
        "../scripts/collect_answers.py"
