"""Graph: what is the same, what hangs together, what returns, who contradicts whom.

IN   results/intelligence.db, ontology/_names.yaml, ontology/_relations.yaml, reviews/merges.csv, relations.csv,
     and with `graph.judge: model` the answers of a model, from responses/ or paid for
OUT  results/graph/knowledge_graph.db, graph.graphml, neo4j/, graph.jsonld
"""


rule build_graph:
    input:
        database=f"{RESULTS}/intelligence.db",
        catalogue=catalogue(),
        organisation=organisation_file,
        rules=graph_rules,
        again=unless_judged,
    output:
        database=f"{RESULTS}/graph/knowledge_graph.db",
        graphml=f"{RESULTS}/graph/graph.graphml",
        neo4j=directory(f"{RESULTS}/graph/neo4j"),
        jsonld=f"{RESULTS}/graph/graph.jsonld",
    log:
        "logs/build_graph.log",
    conda:
        "../environment.yml"
    resources:
        api_calls=SETTINGS.openai.parallel_calls if SETTINGS.graph.judge == "model" else 0,
    params:
        settings=SETTINGS.graph.model_dump(exclude={"judge", "judge_from", "judge_calls", "prompts"}),
        judge=judgement_version(SETTINGS, PSEUDONYMS),
        respondents=SETTINGS.respondents,
        code=code_version(
            "graph",
            "storage/graph.py",
            "storage/graph_schema.py",
            "embedding.py",
            "texts.py",
            "offline/data",
            *SHARED_CODE,
        ),
    script:
        "../scripts/build_graph.py"


rule graph:
    input:
        rules.build_graph.output,
