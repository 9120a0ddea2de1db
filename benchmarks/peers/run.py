"""One tool on the tasks of a file, in the peers' own environment: `python run.py TOOL TASKS OUTPUT CONCURRENCY`.

The last line on stdout is JSON: `work` is the seconds from after the imports to the last answer, `ok` how
many documents have an answer for every call. Retries are the tool's own. Nothing of the product is imported.
"""

import asyncio
import importlib.util
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

MODEL = "gpt-4o-mini"


def bare(tasks: dict, concurrency: int) -> tuple[float, list]:
    """AsyncOpenAI with a semaphore, sending exactly the product's own requests."""
    import openai

    begun = time.monotonic()

    async def run() -> list:
        client, limit = openai.AsyncOpenAI(), asyncio.Semaphore(concurrency)

        async def ask(call: dict) -> tuple:
            async with limit:
                response = await client.chat.completions.create(**call["body"])
            return call["document"], json.loads(response.choices[0].message.content)

        return await asyncio.gather(*map(ask, tasks["calls"]), return_exceptions=True)

    return begun, asyncio.run(run())


def with_instructor(tasks: dict, concurrency: int) -> tuple[float, list]:
    """instructor with a pydantic model for each of the product's call groups, and its messages."""
    import instructor
    import openai

    models = {name: _model(name, schema) for name, schema in tasks["schemas"].items()}
    begun = time.monotonic()

    async def run() -> list:
        client, limit = instructor.from_openai(openai.AsyncOpenAI()), asyncio.Semaphore(concurrency)

        async def ask(call: dict) -> tuple:
            async with limit:
                answer = await client.chat.completions.create(
                    model=MODEL, messages=call["body"]["messages"], response_model=models[call["schema"]]
                )
            return call["document"], answer.model_dump()

        return await asyncio.gather(*map(ask, tasks["calls"]), return_exceptions=True)

    return begun, asyncio.run(run())


def with_langextract(tasks: dict, concurrency: int, characters: int = 100_000) -> tuple[float, list]:
    """langextract with all 17 types in its prompt and an example of each; one chunk a document."""
    import langextract as lx

    extraction = lx.data.Extraction
    examples = [
        lx.data.ExampleData(
            text=" ".join(one["quote"] for one in tasks["examples"]),
            extractions=[
                extraction(one["table"], one["quote"], attributes=dict.fromkeys(one["fields"], ""))
                for one in tasks["examples"]
            ],
        )
    ]
    documents = [lx.data.Document(text, document_id=name) for name, text in tasks["documents"].items()]
    config = lx.factory.ModelConfig(
        model_id=MODEL,
        provider="OpenAILanguageModel",
        provider_kwargs={
            "api_key": os.environ["OPENAI_API_KEY"],
            "base_url": os.environ["OPENAI_BASE_URL"],
            "max_workers": concurrency,
        },
    )
    begun = time.monotonic()
    found = lx.extract(
        documents,
        prompt_description=tasks["instructions"],
        examples=examples,
        config=config,
        max_char_buffer=characters,
        batch_length=concurrency,
        max_workers=concurrency,
        show_progress=False,
        prompt_validation_level=lx.prompt_validation.PromptValidationLevel.OFF,
    )
    return begun, [(one.document_id, len(one.extractions or [])) for one in found if one.extractions]


def with_langextract_chunks(tasks: dict, concurrency: int) -> tuple[float, list]:
    """langextract with chunks of the size that it takes by default."""
    return with_langextract(tasks, concurrency, characters=1000)


def with_docetl(tasks: dict, concurrency: int) -> tuple[float, list]:
    """docetl's map operation with a list of objects for each of the 17 types."""
    # docetl counts tokens with tables that are downloaded at run time; litellm, which it needs, brings them.
    package = importlib.util.find_spec("litellm").submodule_search_locations[0]
    os.environ["TIKTOKEN_CACHE_DIR"] = str(Path(package) / "litellm_core_utils" / "tokenizers")
    from docetl.api import Dataset, MapOp, Pipeline, PipelineOutput, PipelineStep

    documents = Path("documents.json")
    rows = [{"name": name, "text": text} for name, text in tasks["documents"].items()]
    documents.write_text(json.dumps(rows), "utf-8")
    output = {
        table: "list[{" + ", ".join(f"{field}: string" for field in fields) + "}]"
        for table, fields in tasks["fields"].items()
    }
    pipeline = Pipeline(
        name="interviews",
        datasets={"interviews": Dataset(type="file", path=str(documents))},
        operations=[
            MapOp(
                name="extract",
                type="map",
                prompt=tasks["instructions"] + "\n# Interview\n\n{{ input.text }}\n",
                output={"schema": output},
            )
        ],
        steps=[PipelineStep(name="all", input="interviews", operations=["extract"])],
        output=PipelineOutput(type="file", path="output.json"),
        default_model=f"openai/{MODEL}",
    )
    begun = time.monotonic()
    pipeline.run(max_threads=concurrency)
    done = json.loads(Path("output.json").read_text("utf-8"))
    return begun, [(row["name"], 1) for row in done if all(table in row for table in output)]


def _model(name: str, schema: dict) -> type:
    """A pydantic model for a JSON schema of the product."""
    from typing import Any, Literal

    from pydantic import Field, create_model

    kinds: dict[str, Any] = {"string": str, "number": float, "integer": int}

    def kind_of(place: str, spec: dict) -> Any:  # noqa: ANN401 - a type
        if spec.get("enum"):
            return Literal[tuple(spec["enum"])]
        if spec["type"] == "array":
            return list[kind_of(place, spec["items"])]
        if spec["type"] == "object":
            return _model(place, spec)
        names = spec["type"] if isinstance(spec["type"], list) else [spec["type"]]
        found = kinds[names[0]]
        return found | None if "null" in names else found

    return create_model(
        name,
        **{
            field: (kind_of(f"{name}_{field}", spec), Field(description=spec.get("description")))
            for field, spec in schema["properties"].items()
        },
    )


TOOLS = {
    "bare AsyncOpenAI": (bare, "calls"),
    "instructor": (with_instructor, "calls"),
    "docetl": (with_docetl, "documents"),
    "langextract": (with_langextract, "documents"),
    "langextract, its chunks": (with_langextract_chunks, "documents"),
}


def main() -> None:
    """Run the tool and say how far it came."""
    tool, tasks_file, concurrency = sys.argv[1], sys.argv[2], int(sys.argv[3])
    tasks = json.loads(Path(tasks_file).read_text("utf-8"))
    run, kind = TOOLS[tool]
    begun, answers = run(tasks, concurrency)
    work = time.monotonic() - begun
    whole = Counter(answer[0] for answer in answers if not isinstance(answer, BaseException))
    wanted = Counter(call["document"] for call in tasks["calls"])
    ok = sum(whole[name] >= (wanted[name] if kind == "calls" else 1) for name in tasks["documents"])
    Path("answers.json").write_text(json.dumps(answers, default=str), "utf-8")
    print(json.dumps({"work": work, "ok": ok}))


if __name__ == "__main__":
    main()
