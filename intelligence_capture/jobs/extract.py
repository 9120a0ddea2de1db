"""Extracting interviews, and saying beforehand what that would cost."""

import json
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from threading import Lock

from intelligence_capture.catalogue import Catalogue, load_catalogue
from intelligence_capture.extraction import Extractor, extract_interview
from intelligence_capture.interviews import Source, find_interviews, read_source, read_sources
from intelligence_capture.jobs.kept import KeptExtractions
from intelligence_capture.jobs.pseudonyms import run_pseudonyms
from intelligence_capture.jobs.versions import Fingerprints
from intelligence_capture.pseudonyms.pseudonyms import NO_PSEUDONYMS, Pseudonyms
from intelligence_capture.records import Extracted, Extraction, Interview
from intelligence_capture.respondents import project_respondents
from intelligence_capture.settings import Reader, Settings
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
    kept = KeptExtractions(Path(settings.results), job.fingerprints)

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
    """What the extractions of one job share: its readers, and the calls in flight."""

    def __init__(self, settings: Settings, *, version: str, calls: int | None) -> None:
        if calls:
            openai = settings.openai.model_copy(update={"parallel_calls": calls})
            settings = settings.model_copy(update={"openai": openai})
        self.at_once = 2 * settings.openai.parallel_calls if settings.models_reading else 1
        pseudonyms = run_pseudonyms(settings) if settings.models_reading else NO_PSEUDONYMS
        self.fingerprints = Fingerprints(version, pseudonyms)
        self._catalogue = load_catalogue(Path(settings.ontology))
        calls_in_flight = ThreadPoolExecutor(settings.openai.parallel_calls, thread_name_prefix="call")
        self._readers = [
            _extractor(reader, settings, self._catalogue, calls_in_flight, pseudonyms)
            for reader in settings.readers
        ]

    def extraction(self, source: Source) -> Extraction:
        """The extraction of this interview, whatever became of it."""
        if len(self._readers) == 1:
            extract: Callable[..., Extraction] = extract_interview
        else:
            # Imported here: one reader needs no scipy.
            from intelligence_capture.second_reading import extract_twice as extract
        extraction = extract(
            source,
            *self._readers,
            self._catalogue,
            fingerprint=self.fingerprints.of(source),
            seconds=time.monotonic,
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
    pseudonyms = run_pseudonyms(settings, sources)
    found = [
        estimate(
            interviews,
            settings=reader.openai,
            catalogue=load_catalogue(Path(settings.ontology)),
            prompt=Path(reader.prompt).read_text("utf-8"),
            responses=Path(settings.responses),
            pseudonyms=pseudonyms,
        )
        for reader in settings.models_reading or settings.readers
    ]
    text = estimate_text(*found, settings=settings.openai, judging=judging)
    broken = [f"not counted    {source.problem}" for source in sources if not source.interview]
    return "\n".join([*_who_reads(settings, judging.calls), text, *broken])


def _who_reads(settings: Settings, judging: int) -> list[str]:
    """What is to be known of an offline reader before the figures of a model."""
    if not settings.models_reading:
        pays = "nothing but for the graph" if judging else "nothing"
        return [
            f"The offline extractor is configured: a run pays {pays}. With `extractor: openai` it would be:"
        ]
    if settings.second_reader and settings.extractor == "offline":
        return ["The first reader is offline and pays nothing; this is the second reader:"]
    if settings.second_reader and settings.second_reader.extractor == "offline":
        return ["The second reader is offline and pays nothing; this is the first reader:"]
    return []


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


class _InTurn:
    """The offline extractor where several interviews are under way: it reads one after the other."""

    def __init__(self, extractor: Extractor) -> None:
        self.name = extractor.name
        self._extractor = extractor
        self._lock = Lock()

    def __call__(self, interview: Interview) -> Extracted:
        with self._lock:
            return self._extractor(interview)


def _extractor(
    reader: Reader, settings: Settings, catalogue: Catalogue, in_flight: Executor, pseudonyms: Pseudonyms
) -> Extractor:
    # Imported late: an offline job does not load the SDK (a second), a paid one not the embeddings.
    if reader.extractor == "offline":
        from intelligence_capture.offline.extractor import offline_extractor

        cache = Path(settings.results) / FOLDER / "embeddings"
        return _InTurn(offline_extractor(catalogue=catalogue, settings=settings.offline, cache=cache))
    from intelligence_capture.llm.factory import openai_extractor

    return openai_extractor(
        settings=reader.openai,
        catalogue=catalogue,
        prompt=Path(reader.prompt).read_text("utf-8"),
        responses=Path(settings.responses),
        state=Path(settings.results) / FOLDER,
        pseudonyms=pseudonyms,
        in_flight=in_flight,
    )
