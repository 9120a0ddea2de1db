"""Interviews -> extractions -> SQLite -> validation -> graph -> reports."""

from snakemake.utils import min_version

min_version("9.27")


configfile: "config.yaml"


include: "rules/common.smk"
include: "rules/again.smk"
include: "rules/extract.smk"
include: "rules/merge.smk"
include: "rules/validate.smk"
include: "rules/graph.smk"
include: "rules/report.smk"
include: "rules/gate.smk"
include: "rules/evaluate.smk"
include: "rules/keep.smk"
include: "rules/review.smk"


rule all:
    default_target: True
    input:
        final_outputs(),
