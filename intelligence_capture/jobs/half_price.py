"""Submitting the open requests of a run in batches, and collecting their answers."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.errors import RunStopped
from intelligence_capture.interviews import find_interviews
from intelligence_capture.jobs.pseudonyms import run_pseudonyms
from intelligence_capture.settings import Settings
from intelligence_capture.state import FOLDER

if TYPE_CHECKING:
    from intelligence_capture.llm.half_price import HalfPrice

log = logging.getLogger(__name__)


def run_submit(settings: Settings) -> str:
    """Submit what no open batch asks for yet; what was done, in words, also where the run was stopped.

    A stop is no failure of the job: what is extracted already is still to be merged, and the rest is pending.
    """
    from intelligence_capture.llm.missing import missing_requests, store_extractor

    catalogue = load_catalogue(Path(settings.ontology))
    sources = find_interviews(Path(settings.interviews))
    interviews = [source.interview for source in sources]
    pseudonyms = run_pseudonyms(settings, sources)
    missing = []
    for reader in settings.models_reading:
        extractor = store_extractor(
            settings=reader.openai,
            catalogue=catalogue,
            prompt=Path(reader.prompt).read_text("utf-8"),
            responses=Path(settings.responses),
            pseudonyms=pseudonyms,
        )
        missing += [one for each in interviews if each for one in missing_requests(extractor, each)]
    try:
        return _said(_half_price(settings).submit(missing))
    except RunStopped as stop:
        return _said(f"stopped: {stop}")


def run_collect(settings: Settings) -> str:
    """Wait for the batches and take their answers; what was done, in words, also where the run was stopped."""
    try:
        return _said(_half_price(settings).collect())
    except RunStopped as stop:
        return _said(f"stopped: {stop}")


def _said(text: str) -> str:
    log.info("%s", text)
    return text + "\n"


def _half_price(settings: Settings) -> "HalfPrice":
    from intelligence_capture.llm.factory import half_price

    return half_price(
        settings=settings.openai,
        responses=Path(settings.responses),
        state=Path(settings.results) / FOLDER,
    )
