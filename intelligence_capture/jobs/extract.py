"""Extracting interviews, and saying beforehand what that would cost."""

import json
import logging
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from intelligence_capture.catalogue import Catalogue, load_catalogue
from intelligence_capture.extraction import Extractor, extract_interview
from intelligence_capture.interviews import Source, find_interviews, read_source, read_sources
from intelligence_capture.jobs.kept import KeptExtractions
from intelligence_capture.records import Extraction
from intelligence_capture.respondents import project_respondents
from intelligence_capture.settings import Settings
from intelligence_capture.state import FOLDER, write_whole

log = logging.getLogger(__name__)


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
    job = _Job(settings, version=version, calls=calls)
    source = read_source(folder or Path(settings.interviews), interview, file=file)
    extraction = job.extraction(source)
    write_whole(output, _content(extraction))
    return extraction


def run_batch(
    settings: Settings,
    outputs: Iterable[Path],
    *,
    files: Iterable[Path],
    version: str,
    calls: int | None = None,
) -> None:
    """Extract interviews that share a job, each into its own file; one that fails does so alone.

    What was extracted before, and would be so again, is written byte for byte: Snakemake has deleted the
    files of the whole batch, because one interview of it is new or changed.
    """
    by_id = {path.stem: path for path in outputs}
    sources = read_sources(Path(settings.interviews), by_id, files)
    job = _Job(settings, version=version, calls=calls)
    kept = KeptExtractions(Path(settings.results), version)

    def extract(source: Source) -> None:
        content = kept.content(source)
        if content is None:
            extraction = job.extraction(source)
            content = _content(extraction)
            kept.keep(extraction, content)
        write_whole(by_id[source.id], content)

    # While one interview's answers are checked and written, the calls of others are in flight.
    with ThreadPoolExecutor(job.at_once) as pool:
        running = [pool.submit(extract, sources[interview]) for interview in sorted(by_id)]
    for done in running:
        done.result()


class _Job:
    """What the extractions of one job share; the extractor is made when the first one needs it."""

    def __init__(self, settings: Settings, *, version: str, calls: int | None) -> None:
        if calls:
            openai = settings.openai.model_copy(update={"parallel_calls": calls})
            settings = settings.model_copy(update={"openai": openai})
        self.at_once = 2 * settings.openai.parallel_calls if settings.extractor == "openai" else 1
        self._settings = settings
        self._version = version
        self._catalogue = load_catalogue(Path(settings.ontology))
        self._extractor = _extractor(settings, self._catalogue)

    def extraction(self, source: Source) -> Extraction:
        """The extraction of this interview, whatever became of it."""
        extraction = extract_interview(
            source, self._extractor, self._catalogue, fingerprint=self._version, seconds=time.monotonic
        )
        log.info("%s: %s in %.1f s", source.id, extraction.status, extraction.duration_seconds)
        return extraction


def _content(extraction: Extraction) -> str:
    return extraction.model_dump_json(indent=1)


def run_estimate(settings: Settings) -> str:
    """What a run would pay for, as text, without a call; an offline run pays nothing."""
    from intelligence_capture.llm.estimate import (
        NO_JUDGING,
        estimate,
        estimate_judging,
        estimate_text,
    )

    graph, judging = settings.graph, NO_JUDGING
    if graph.judge == "model":
        judging = estimate_judging(graph.prompt_texts(), graph.judge_calls, settings.openai)
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
        judging,
    )
    broken = [f"not counted    {source.problem}" for source in sources if not source.interview]
    head = []
    if settings.extractor == "offline":
        pays = "nothing but for the graph" if judging.calls else "nothing"
        head = [
            f"The offline extractor is configured: a run pays {pays}. With `extractor: openai` it would be:"
        ]
    return "\n".join([*head, text, *broken])


def run_spending(settings: Settings, json_file: Path) -> str:
    """What was spent so far, as text by run and model; `json_file` has it by run, model and interview."""
    from intelligence_capture.llm.spending import spending, spending_text

    folder = Path(settings.responses) / "ledger"
    found = spending(folder, "run", "model", "interview")
    shown = project_respondents(settings.respondents)
    rows = [row.model_dump() | {"interview": shown.interview(row.interview)} for row in found]
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
