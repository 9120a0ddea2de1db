"""What the scripts call where an adapter and a stage have to be joined."""

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path

from intelligence_capture.catalogue import Catalogue, load_catalogue
from intelligence_capture.errors import GateClosed
from intelligence_capture.extraction import Extractor, extract_interview
from intelligence_capture.graph import reviews
from intelligence_capture.graph.build import Rules, build_graph
from intelligence_capture.graph.naming import load_names
from intelligence_capture.graph.records import KnowledgeGraph
from intelligence_capture.graph.relation_table import load_relations
from intelligence_capture.graph.reviews import load_reviews
from intelligence_capture.interviews import find_interviews
from intelligence_capture.interviews import read_source as read_interview
from intelligence_capture.organisation import load_organisation
from intelligence_capture.records import Extraction
from intelligence_capture.settings import Settings
from intelligence_capture.state import FOLDER, RunState, write_whole
from intelligence_capture.storage import backup
from intelligence_capture.storage.graph import read_source, write_graph
from intelligence_capture.storage.merge import read_extraction
from intelligence_capture.validation import Validation, gate_message


def run_extraction(
    settings: Settings,
    interview: str,
    *,
    file: Path | None,
    version: str,
    output: Path,
    folder: Path | None = None,
    tries: str = "",
) -> Extraction:
    """Extract one interview into `output`; what did not succeed is counted, so that the next run repeats it.

    `folder` holds interviews that are not those of the run; `tries` is a name to count their tries by.
    """
    catalogue = load_catalogue(Path(settings.ontology))
    source = read_interview(folder or Path(settings.interviews), interview, file=file)
    extraction = extract_interview(
        source, _extractor(settings, catalogue), catalogue, fingerprint=version, seconds=time.monotonic
    )
    if extraction.status != "ok":
        RunState(Path(settings.results)).count_try(tries or interview)
    write_whole(output, extraction.model_dump_json(indent=1))
    return extraction


def run_estimate(settings: Settings) -> str:
    """What a run would pay for, as text, without a call; an offline run pays nothing."""
    from intelligence_capture.llm.estimate import estimate, estimate_text

    sources = find_interviews(Path(settings.interviews))
    interviews = [source.interview for source in sources if source.interview]
    text = estimate_text(
        estimate(
            interviews,
            settings=settings.openai,
            catalogue=load_catalogue(Path(settings.ontology)),
            prompt=Path(settings.prompt).read_text("utf-8"),
            responses=Path(settings.responses),
        ),
        settings.openai,
    )
    broken = [f"not counted    {source.problem}" for source in sources if not source.interview]
    head = []
    if settings.extractor == "offline":
        head = [
            "The offline extractor is configured: a run pays nothing. With `extractor: openai` it would be:"
        ]
    return "\n".join([*head, text, *broken])


def run_spending(settings: Settings, json_file: Path) -> str:
    """What was spent so far, as text by run and model; `json_file` has it by run, model and interview."""
    from intelligence_capture.llm.spending import spending, spending_text

    folder = Path(settings.responses) / "ledger"
    rows = [row.model_dump() for row in spending(folder, "run", "model", "interview")]
    json_file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(json_file, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    return spending_text(folder)


def run_graph(
    settings: Settings, *, database: Path, organisation: Path | None, output: Path
) -> KnowledgeGraph:
    """Build the knowledge graph of `database` into `output`; the graph for what else is written of it."""
    from intelligence_capture.embedding import SentenceEncoder
    from intelligence_capture.offline.gazetteer import load_gazetteer

    ontology = Path(settings.ontology)
    catalogue = load_catalogue(ontology)
    places = load_organisation(organisation)
    # What the extractor knows of systems holds for the graph: one gazetteer, a user's own included.
    gazetteer = load_gazetteer(settings.offline.gazetteer)
    known = {name: entry.aliases for name, entry in gazetteer.systems.items()}
    names = load_names(ontology).with_aliases({"systems": known}).shared_too(places.shared_across_companies)
    rules = Rules(
        names=names,
        relations=load_relations(ontology, catalogue),
        reviews=load_reviews(Path(settings.reviews) / reviews.FILE_NAME),
        companies=tuple(name for one in places.companies for name in (one.name, *one.aliases)),
    )
    cache = Path(settings.results) / FOLDER / "embeddings"
    graph = build_graph(
        read_source(database, catalogue), rules, settings=settings.graph, embed=SentenceEncoder(cache)
    )
    write_graph(graph, source=database, database=output)
    return graph


def run_restore(settings: Settings, *, digests: Mapping[str, str], version: str) -> str:
    """Bring a backup back after saving the present state; returns what was done and what a run would do."""
    results, reviews, backups = Path(settings.results), Path(settings.reviews), Path(settings.backups)
    folder = backup.find_backup(backups, settings.backup)
    manifest = backup.read_manifest(folder)
    present = backup.save(
        results, reviews, backups, reason="before restore", timestamp=backup.timestamp_now()
    )
    backup.put_back(folder, manifest, results=results, reviews=reviews)
    outdated = _repeat_outdated(results, digests, version)
    lines = [f"Restored {folder} ({manifest.reason}, {len(manifest.files)} files)."]
    if present:
        lines.append(f"What was there before is in {present}.")
    marker = results / backup.EXTRACTIONS[1]
    gone = [path for path in (results / "extracted").glob("*.json") if path.stem not in digests]
    if outdated or gone or not marker.exists():
        marker.unlink(missing_ok=True)
        lines.append(
            f"The next run would extract {len(outdated)} interviews again"
            + (f" ({', '.join(outdated[:3])}{', …' if len(outdated) > 3 else ''})" if outdated else "")
            + ", and rebuild the database and the reports; paid answers are not paid again."
        )
    else:
        lines.append("The next run would rebuild nothing, unless settings or code have changed since.")
    return "\n".join(lines)


def check_gate(path: Path) -> str:
    """The message of an open gate; GateClosed with the reasons otherwise."""
    validation = Validation.model_validate_json(path.read_bytes())
    message = gate_message(validation)
    if validation.gate == "closed":
        raise GateClosed(message)
    return message


def clean_results(results: Path) -> int:
    """Remove what runs have produced in `results`, and nothing else; returns how many files that were."""
    names = (
        *backup.DATABASES,
        *backup.REPORTS,
        *backup.EXTRACTIONS,
        "evaluation",
        "spending.json",
        f"{FOLDER}/gate",
        f"{FOLDER}/tries",
        f"{FOLDER}/embeddings",
    )
    count = 0
    for name in names:
        path = results / name
        files = sorted(path.rglob("*"), reverse=True) if path.is_dir() and not path.is_symlink() else []
        for file in (*files, path):
            if file.is_dir() and not file.is_symlink():
                file.rmdir()
            elif os.path.lexists(file):
                file.unlink()
                count += 1
    return count


def _extractor(settings: Settings, catalogue: Catalogue) -> Extractor:
    # Imported late: an offline job does not load the SDK (a second), a paid one not the embeddings.
    if settings.extractor == "offline":
        from intelligence_capture.offline.extractor import offline_extractor

        cache = Path(settings.results) / FOLDER / "embeddings"
        return offline_extractor(catalogue=catalogue, settings=settings.offline, cache=cache)
    from intelligence_capture.llm.factory import openai_extractor

    return openai_extractor(
        settings=settings.openai,
        catalogue=catalogue,
        prompt=Path(settings.prompt).read_text("utf-8"),
        responses=Path(settings.responses),
        state=Path(settings.results) / FOLDER,
    )


def _repeat_outdated(results: Path, digests: Mapping[str, str], version: str) -> list[str]:
    """The interviews whose restored extraction is not what a run would make now; each is to be repeated."""
    state = RunState(results)
    outdated = []
    for interview, digest in sorted(digests.items()):
        path = results / "extracted" / f"{interview}.json"
        if path.exists():
            extraction = read_extraction(path)
            if (extraction.sha256, extraction.fingerprint) == (digest, version):
                continue
            state.count_try(interview)
        outdated.append(interview)
    return outdated
