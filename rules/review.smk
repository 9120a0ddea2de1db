"""Review: what people decided on the workbook's review sheet goes behind what reviews/entities.csv holds.

IN   results/reports/report.xlsx, or --config workbook=FILE
OUT  reviews/entities.csv; reviewed interviews as gold labels
"""


rule read_reviews:
    log:
        "logs/read_reviews.log",
    conda:
        "../environment.yml"
    script:
        "../scripts/read_reviews.py"


rule reviewed_gold:
    input:
        database=f"{RESULTS}/intelligence.db",
    log:
        "logs/reviewed_gold.log",
    conda:
        "../environment.yml"
    script:
        "../scripts/reviewed_gold.py"
