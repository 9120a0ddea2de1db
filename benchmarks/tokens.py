"""Tokens and cost of the sample interviews under each call plan, counted by o200k, the model's own tokenizer.

python -m benchmarks.tokens [--interviews data/interviews] [--model gpt-4o-mini] [--peers]

The tokenizer is installed into a folder of its own (`--environment`), never into the product's. An answer is
taken to hold what the offline extractor finds in the interview. The schema is counted as the JSON that is
sent. A prefix of 1,024 tokens or more counts as cached, in steps of 128, from its second call on. With `--peers`
the peers of benchmarks.speed are run, too, against a server on loopback: what they send is counted the same way,
and their answers are taken to be those of the plan `single`.
"""

import argparse
import itertools
import json
import subprocess
import tempfile
import venv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.extraction import extract_interview
from intelligence_capture.interviews import find_interviews
from intelligence_capture.llm.credentials import OPENAI
from intelligence_capture.llm.extractor import first_parts
from intelligence_capture.llm.plan import Call, plan_calls
from intelligence_capture.llm.prices import Prices
from intelligence_capture.llm.prompt import Prompt
from intelligence_capture.offline.extractor import offline_extractor
from intelligence_capture.records import Extraction
from intelligence_capture.settings import OfflineSettings, OpenAISettings

ROOT = Path(__file__).parents[1]
TOKENIZER = "bpe-openai==0.1.4"
COUNT = """
import json, sys
from bpe_openai import get_encoding
encoding = get_encoding("o200k_base")
print(json.dumps([len(encoding.encode_ordinary(text)) for text in json.load(sys.stdin)]))
"""
MESSAGE_TOKENS = 4
"""What the chat format adds to each message."""
PLANS = ("grouped", "single", "per_type")


class Tokenizer:
    """Counts tokens with o200k in an environment of its own."""

    def __init__(self, environment: Path) -> None:
        self._python = environment / "bin" / "python"
        if not self._python.exists():
            venv.create(environment, with_pip=True)
            install = [str(self._python), "-m", "pip", "install", "--quiet", TOKENIZER]
            subprocess.run(install, check=True)

    def counts(self, texts: Iterable[str]) -> dict[str, int]:
        """The number of tokens of each text."""
        wanted = sorted(set(texts))
        command = [str(self._python), "-c", COUNT]
        counted = subprocess.run(
            command, input=json.dumps(wanted), capture_output=True, text=True, check=True
        )
        return dict(zip(wanted, json.loads(counted.stdout), strict=True))


def answer_text(call: Call, extraction: Extraction) -> str:
    """An answer to this call that holds what the offline extractor found."""
    found: dict[str, list[dict[str, Any]]] = {table: [] for table in call.tables}
    for table in call.tables:
        for entity in extraction.entities.get(table, ()):
            evidence = [{"question_index": e.question_index, "quote": e.quote} for e in entity.evidence]
            common = {
                "label": entity.label,
                "description": entity.description,
                "confidence": entity.confidence,
            }
            found[table].append(common | dict(entity.fields) | {"evidence": evidence})
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"), default=str)


def measure(plan: str, done: list[Extraction], tokenizer: Tokenizer, model: str) -> dict[str, Any]:
    """The tokens and dollars of one plan."""
    catalogue = load_catalogue(ROOT / "ontology")
    prompt = Prompt((ROOT / "prompts" / "extract.md").read_text("utf-8"))
    settings = OpenAISettings.model_validate({"call_plan": plan})
    calls: list[tuple[str, str, str]] = []
    for call in plan_calls(catalogue, settings.call_plan):
        schema = json.dumps(call.answer_schema(), ensure_ascii=False, separators=(",", ":"))
        for extraction in done:
            for part in first_parts(extraction.interview, settings):
                first, last = prompt.messages(call, extraction.interview, part)
                calls.append((first["content"] + schema, last["content"], answer_text(call, extraction)))
    count = tokenizer.counts(text for call in calls for text in call)
    seen: set[str] = set()
    prompt = cached = completion = 0
    for prefix, last, answer in calls:
        cached += count[prefix] // 128 * 128 if prefix in seen and count[prefix] >= 1024 else 0
        seen.add(prefix)
        prompt += count[prefix] + count[last] + 2 * MESSAGE_TOKENS
        completion += count[answer]
    return _priced(plan, len(done), len(calls), (prompt, cached, completion), model)


def measure_peer(tool: str, interviews: Path, out: int, tokenizer: Tokenizer, model: str) -> dict[str, Any]:
    """The tokens and dollars of what a peer sends for the same texts and types; `out` is taken for its answers."""
    # That module counts with this one's tokenizer.
    from benchmarks.speed import measured, tasks

    found = measured(tasks(interviews) | {"interviews": interviews.absolute()}, tool, 4, latency=0.0)
    last: dict[str, str] = {}
    prefixes = []
    for text in found.sent:
        begin = text[:1000]
        same = itertools.takewhile(
            lambda pair: pair[0] == pair[1], zip(text, last.get(begin, ""), strict=False)
        )
        prefixes.append("".join(char for char, _ in same))
        last[begin] = text
    count = tokenizer.counts([*found.sent, *prefixes])
    cached = [count[one] // 128 * 128 if count[one] >= 1024 else 0 for one in prefixes]
    prompt = sum(count[text] for text in found.sent)
    return _priced(tool, found.ok, found.calls, (prompt, sum(cached), out), model)


def _priced(
    plan: str, interviews: int, calls: int, tokens: tuple[int, int, int], model: str
) -> dict[str, Any]:
    total = dict(zip(("prompt_tokens", "cached_tokens", "completion_tokens"), tokens, strict=True))
    prices = Prices(OPENAI, {})
    return {
        "plan": plan,
        "interviews": interviews,
        "calls": calls,
        **total,
        "usd_cached": prices.cost(model, total),
        "usd_uncached": prices.cost(model, total | {"cached_tokens": 0}),
    }


def _show(one: dict[str, Any]) -> None:
    print(
        f"| {one['plan']} | {one['calls']} | {one['prompt_tokens']:,} | {one['cached_tokens']:,} | "
        f"{one['completion_tokens']:,} | ${one['usd_cached']:.3f} | ${one['usd_uncached']:.3f} |",
        flush=True,
    )


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--interviews", type=Path, default=ROOT / "data" / "interviews")
    parser.add_argument("--environment", type=Path, default=ROOT / ".tokenizer")
    parser.add_argument("--model", default="gpt-4o-mini")
    parser.add_argument("--peers", action="store_true", help="run the peers, too (installed on first use)")
    given = parser.parse_args()
    catalogue = load_catalogue(ROOT / "ontology")
    tokenizer = Tokenizer(given.environment)
    with tempfile.TemporaryDirectory() as cache:
        extractor = offline_extractor(catalogue=catalogue, settings=OfflineSettings(), cache=Path(cache))
        sources = find_interviews(given.interviews)
        done = [extract_interview(source, extractor, catalogue) for source in sources]
    print("| plan | calls | tokens in | of these cached | tokens out | cost | without the cache |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    plans = {plan: measure(plan, done, tokenizer, given.model) for plan in PLANS}
    for one in plans.values():
        _show(one)
    if given.peers:
        from benchmarks.speed import PEERS

        out = plans["single"]["completion_tokens"]
        for tool in PEERS:
            _show(measure_peer(tool, given.interviews, out, tokenizer, given.model))


if __name__ == "__main__":
    main()
