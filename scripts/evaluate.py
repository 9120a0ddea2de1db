"""Show the scores: rules/evaluate.smk."""

from pathlib import Path

from intelligence_capture.joblog import job_log

with job_log(snakemake.log[0]):
    for file in snakemake.input:
        print(Path(file).read_text("utf-8"))
    for file in snakemake.input:
        print(f"Read      {file}")
    print(f"Work on   {Path(snakemake.input.markdown).with_name('errors.csv')}")
    if snakemake.input.graph:
        print(f"          {Path(snakemake.input.graph).with_name('graph_errors.csv')}")
