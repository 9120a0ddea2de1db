"""Kills at system calls: the store through an extraction, the database through a merge."""

import json
import sqlite3
from collections import Counter
from contextlib import closing

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.extraction import extract_interview
from intelligence_capture.interviews import find_interviews
from intelligence_capture.llm.ledger import read_ledger
from intelligence_capture.llm.prompt import digest
from intelligence_capture.llm.run import begin_run
from tests.conftest import ROOT, QuoteExtractor, write_interview
from tests.crash import variants
from tests.crash.system_calls import kill_at, moments, numbered, run, start, trace
from tests.crash.watched import ANSWER, WatchedServer

EVERYTHING = "34\n"
"""What the extraction of one_job.py finds: two sentences for each of the 17 types."""


def extract_job(folder, server):
    return ["extract", str(folder), server.url]


def crashed_and_resumed(folder, moment, *, package=ROOT):
    """What is wrong after an extraction was killed at this moment and run again."""
    problems = []
    with WatchedServer(folder / "responses", latency=0.02) as server:
        begin_run(folder / "state")
        killed = kill_at(extract_job(folder, server), moment, package=package)
        problems += damaged_answers(folder / "responses")
        server.note_lost()
        before = len(server.calls)
        begin_run(folder / "state")
        resumed = run(extract_job(folder, server), package=package)
        lost = sum(call["lost"] for call in server.calls)
        named = [e for e in read_ledger(folder / "responses" / "ledger") if e["event"] == "repeated"]
        made = Counter(call["identity"] for call in server.calls)
        repeated = sum(count - 1 for count in made.values())
        if not killed:
            problems.append("it was not killed")
        if resumed.stdout != EVERYTHING:
            problems.append(f"not resumed: {resumed.stderr[-300:]}")
        if repeated > lost or lost > 1:
            problems.append(f"{repeated} calls made again, {lost} were in flight")
        if repeated > len(named):
            problems.append(f"{repeated} calls made again, {len(named)} named")
        if any(call["was_stored"] for call in server.calls[before:]):
            problems.append("a call was made whose answer was on the disk")
    return problems


def damaged_answers(responses):
    found = []
    for path in responses.glob("??/*.json"):
        if ANSWER.match(path.name):
            record = json.loads(path.read_bytes())
            if record.pop("checksum") != digest(record):
                found.append(f"{path.name} is damaged")
    return found


def traced_extraction(folder, *, variant=""):
    """The system calls of an extraction that nobody disturbs."""
    package = variants.apply(variant, folder).parent if variant else ROOT
    with WatchedServer(folder / "responses") as server:
        begin_run(folder / "state")
        return trace(extract_job(folder, server), folder, package=package)


def twins(folder, *, variant=""):
    """How many calls two jobs on one interview make while the other is making the same."""
    folder.mkdir(exist_ok=True)
    package = variants.apply(variant, folder).parent if variant else ROOT
    with WatchedServer(folder / "responses", latency=1.0) as server:
        begin_run(folder / "state")
        for job in [start(extract_job(folder, server), package=package) for _ in range(2)]:
            job.communicate()
        return sum(call["twins"] > 0 for call in server.calls)


def decisive(calls, folder):
    """The moments around one answer, in the middle of the interview: marked, written, synced, named, settled."""
    found = []
    for call, moment in numbered(calls, folder):
        text = call.arguments
        if str(folder) in text and (
            call.name in ("pwrite64", "rename")
            or (call.name in ("write", "fsync") and ".part" in text)
            or (call.name == "write" and '"answered' in text.replace("\\", ""))
        ):
            found.append(moment)
    return found[len(found) // 4 : len(found) // 2]


def extracted_folder(folder):
    """A folder with three extractions, and an older database of two of them."""
    catalogue = load_catalogue(ROOT / "ontology")
    for name in ("ana", "luz", "tito"):
        write_interview(
            folder / "interviews" / f"{name}.json", {"¿Qué usas?": f"Uso Opera con {name}."}, respondent=name
        )
    (folder / "extracted").mkdir()
    for source in find_interviews(folder / "interviews"):
        extractor = QuoteExtractor({"systems": ["Opera"], "roles": [f"con {source.id}"]})
        record = extract_interview(source, extractor, catalogue)
        (folder / "extracted" / f"{source.id}.json").write_text(record.model_dump_json(), "utf-8")
    spare = (folder / "extracted" / "tito.json").rename(folder / "tito.json")
    assert run(["merge", str(folder)]).returncode == 0
    spare.rename(folder / "extracted" / "tito.json")
    return folder


def content(folder):
    with closing(sqlite3.connect(folder / "intelligence.db")) as db:
        return list(db.iterdump())


def merge_problems(folder, moment, *, old, new, package=ROOT):
    """What is wrong after a merge was killed at this moment and made again."""
    problems = []
    if not kill_at(["merge", str(folder)], moment, package=package):
        problems.append("it was not killed")
    try:
        if content(folder) not in (old, new):
            problems.append("the database is half built")
    except sqlite3.DatabaseError as error:
        problems.append(f"the database is damaged: {error}")
    again = run(["merge", str(folder)], package=package)
    if again.returncode or content(folder) != new:
        problems.append(f"merged again, it is not the same: {again.stderr[-200:]}")
    return problems


def merges(folder, *, most, package=ROOT):
    """The problems by moment of a merge that is killed at up to so many of its system calls."""
    old = content(folder)
    before = (folder / "intelligence.db").read_bytes()
    assert run(["merge", str(folder)]).returncode == 0
    new = content(folder)
    (folder / "intelligence.db").write_bytes(before)
    calls = trace(["merge", str(folder)], folder, package=package)
    chosen = moments(calls, folder)
    found = {}
    for moment in chosen[:: max(1, -(-len(chosen) // most))][:most]:
        (folder / "intelligence.db").write_bytes(before)
        for left in folder.glob(".intelligence.db*"):
            left.unlink()
        found[moment] = merge_problems(folder, moment, old=old, new=new, package=package)
    return calls, {moment: problems for moment, problems in found.items() if problems}, len(found)


def half_built_is_noticed(folder, *, variant):
    """Whether a merge that was killed in the middle of a first build shows, in this variant."""
    copy = folder / "broken"
    copy.mkdir()
    variants.apply(variant, copy)
    run(["merge", str(folder)])
    whole = content(folder)
    (folder / "intelligence.db").unlink()
    calls = trace(["merge", str(folder)], folder, package=copy)
    writes = [moment for moment in moments(calls, folder) if moment[0] == "pwrite64"]
    (folder / "intelligence.db").unlink()
    return bool(merge_problems(folder, writes[len(writes) // 2], old=whole, new=whole, package=copy))
