"""Extracting one interview, and saying beforehand what that would cost."""

import json
import time
from pathlib import Path

from intelligence_capture.catalogue import Catalogue, load_catalogue
from intelligence_capture.extraction import Extractor, extract_interview
from intelligence_capture.interviews import find_interviews, read_source
from intelligence_capture.records import Extraction
from intelligence_capture.settings import Settings
from intelligence_capture.state import FOLDER, write_whole


def run_extraction(
    settings: Settings,
    interview: str,
    *,
    file: Path | None,
    version: str,
    output: Path,
    folder: Path | None = None,
    calls: int | None = None,
) -> Extraction:
    """Extract one interview into `output`; what did not succeed is a record too, which says so.

    `folder` holds interviews that are not those of the run.
    `calls` is how many calls the job may have in flight: Snakemake gives fewer than asked for where the cap
    of the whole run is lower.
    """
    if calls:
        settings = settings.model_copy(
            update={"openai": settings.openai.model_copy(update={"parallel_calls": calls})}
        )
    catalogue = load_catalogue(Path(settings.ontology))
    source = read_source(folder or Path(settings.interviews), interview, file=file)
    extraction = extract_interview(
        source, _extractor(settings, catalogue), catalogue, fingerprint=version, seconds=time.monotonic
    )
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
