"""One job in one process, for strace: `python -m tests.crash.one_job extract|merge FOLDER [BASE_URL]`."""

import sys
from pathlib import Path

from intelligence_capture.catalogue import load_catalogue
from tests.conftest import ROOT

STORY = "Mi clave p0 es esta. Uso Opera y se cae los lunes."


def extract(folder: Path, url: str) -> None:
    """Extract one invented interview."""
    from intelligence_capture.llm.factory import openai_extractor
    from intelligence_capture.records import Answer, Interview
    from intelligence_capture.settings import OpenAISettings

    extractor = openai_extractor(
        settings=OpenAISettings(base_url=url, requests_per_minute=100_000),
        catalogue=load_catalogue(ROOT / "ontology"),
        prompt=(ROOT / "prompts" / "extract.md").read_text("utf-8"),
        responses=folder / "responses",
        state=folder / "state",
        limits=folder / "limits",
    )
    answers = (Answer(question="¿Qué haces?", answer=STORY),)
    print(len(extractor(Interview(id="p0", source="p0", sha256="0", answers=answers)).candidates))


def merge(folder: Path) -> None:
    """Merge the extractions in `folder/extracted`."""
    from intelligence_capture.organisation import load_organisation
    from intelligence_capture.storage.merge import merge_database

    merge_database(
        sorted((folder / "extracted").glob("*.json")),
        folder / "intelligence.db",
        catalogue=load_catalogue(ROOT / "ontology"),
        organisation=load_organisation(None),
    )


if __name__ == "__main__":
    what, folder, *url = sys.argv[1:]
    extract(Path(folder), url[0]) if what == "extract" else merge(Path(folder))
