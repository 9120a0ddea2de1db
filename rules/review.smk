"""Review: what people decided on the workbook's review sheet goes behind what reviews/entities.csv holds.

IN   results/reports/report.xlsx, or --config workbook=FILE
OUT  reviews/entities.csv
"""


rule read_reviews:
    log:
        "logs/read_reviews.log",
    conda:
        "../environment.yml"
    script:
        "../scripts/read_reviews.py"
