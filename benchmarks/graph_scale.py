"""Time, memory and false merges of name consolidation on synthetic mentions.

    PYTHONPATH=. python benchmarks/graph_scale.py 1000 10000 100000 1000000

Entities are invented names, spoken of as often as real ones (a few often, most rarely), one mention in ten
written otherwise (case, accents, a kind word before it) and one in twenty misspelt. The truth is known, so
that every merged pair can be checked: a cluster that holds mentions of two entities holds false pairs.
Each size runs in a process of its own, so that its peak of memory is its own.
"""

import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from intelligence_capture.graph.keys import KeyReader
from intelligence_capture.graph.names import NameBook, consolidate_names
from intelligence_capture.graph.naming import load_names
from intelligence_capture.graph.records import Mention

SYLLABLES = """
ba be bi bo ca ce co da de di do fa fe fo ga go la le li lo ma me mi mo na ne no pa pe po ra re ri
ro sa se si so ta te ti to va ve vi xa zo tra pre cla gri flo nor mar ten sol var tec
""".split()
MENTIONS_PER_ENTITY = 20


def main() -> None:
    """Run each size in its own process and print a table."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(run(int(sys.argv[2]))))
        return
    print(
        "| mentions | entities | found | seconds | peak MB | merged pairs | false pairs | false % | recall % |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for size in sys.argv[1:] or ["1000", "10000", "100000"]:
        command = [sys.executable, __file__, "--one", size]
        row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print("| " + " | ".join(str(value) for value in row.values()) + " |", flush=True)


def run(size: int) -> dict[str, object]:
    """Consolidate `size` mentions and compare with the truth."""
    mentions, truth = synthetic(size)
    names = load_names(Path(__file__).parent.parent / "ontology")
    rules = names.types["systems"]
    book = NameBook(rules, KeyReader(rules, ends=names.ends), names.aliases["systems"])
    start = time.perf_counter()
    found = consolidate_names(mentions, book)
    seconds = time.perf_counter() - start
    merged, wrong = 0, 0
    for canonical in found.canonicals:
        counts = Counter(truth[mention.entity_id] for mention in canonical.mentions)
        pairs = _pairs(sum(counts.values()))
        merged += pairs
        wrong += pairs - sum(map(_pairs, counts.values()))
    possible = sum(map(_pairs, Counter(truth.values()).values()))
    return {
        "mentions": size,
        "entities": len(set(truth.values())),
        "found": len(found.canonicals),
        "seconds": round(seconds, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "merged": merged,
        "false": wrong,
        "false_percent": round(100 * wrong / merged, 4) if merged else 0.0,
        "recall_percent": round(100 * (merged - wrong) / possible, 2),
    }


def synthetic(size: int) -> tuple[list[Mention], dict[str, int]]:
    """The mentions and, by entity id, which entity each speaks of; the same on every machine."""
    chance = random.Random(size)
    entities = [_name(chance) for _ in range(max(1, size // MENTIONS_PER_ENTITY))]
    entities = list(dict.fromkeys(entities))
    weights = [1.0 / (rank + 10) for rank in range(len(entities))]
    chosen = chance.choices(range(len(entities)), weights, k=size)
    mentions, truth = [], {}
    for number, entity in enumerate(chosen):
        ident = f"s{number}"
        mentions.append(Mention("systems", "", _written(entities[entity], chance), ident, f"i{number // 20}"))
        truth[ident] = entity
    return mentions, truth


def _name(chance: random.Random) -> str:
    words = ["".join(chance.choices(SYLLABLES, k=chance.choice((3, 3, 4, 4, 5)))).capitalize()]
    if chance.random() < 0.3:
        words.append("".join(chance.choices(SYLLABLES, k=2)).capitalize())
    return " ".join(words)


def _written(name: str, chance: random.Random) -> str:
    draw = chance.random()
    if draw < 0.05:
        place = chance.randrange(1, len(name) - 1)
        letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
        return chance.choice(
            (
                name[:place] + name[place + 1 :],
                name[:place] + letter + name[place:],
                name[:place] + letter + name[place + 1 :],
                name[:place] + name[place + 1] + name[place] + name[place + 2 :],
            )
        )
    if draw < 0.15:
        return chance.choice(
            (name.upper(), name.lower(), "sistema " + name, name + " PMS", name.replace("o", "ó", 1))
        )
    return name


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


if __name__ == "__main__":
    main()
