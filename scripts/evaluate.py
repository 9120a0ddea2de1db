"""Show the scores: rules/evaluate.smk."""

from pathlib import Path

from intelligence_capture.joblog import job_log

with job_log(snakemake.log[0]):
    print(Path(snakemake.input.markdown).read_text("utf-8"))
    print(f"Read      {snakemake.input.markdown}")
    print(f"Work on   {Path(snakemake.input.markdown).with_name('errors.csv')}")
