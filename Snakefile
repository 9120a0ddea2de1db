"""Interviews -> extractions -> SQLite -> validation -> graph -> reports."""

from snakemake.utils import min_version

min_version("9.27")


configfile: "config.yaml"


include: "rules/settings.smk"
include: "rules/common.smk"
include: "rules/import.smk"
include: "rules/places.smk"
include: "rules/again.smk"
include: "rules/half_price.smk"
include: "rules/extract.smk"
include: "rules/merge.smk"
include: "rules/validate.smk"
include: "rules/graph.smk"
include: "rules/report.smk"
include: "rules/qda.smk"
include: "rules/gate.smk"
include: "rules/evaluate.smk"
include: "rules/keep.smk"
include: "rules/review.smk"


# On a cluster too: what answers a person, and what takes less than a place in a queue.
localrules:
    all,
    submit_requests,
    collect_answers,
    save_previous,
    check_gate,
    validate,
    evaluate,
    estimate,
    spending,
    backup,
    restore,
    clean_results,
    forget,
    respondents,
    read_reviews,
    reviewed_gold,
    import_files,
    import_codebook,


rule all:
    default_target: True
    input:
        final_outputs(),
