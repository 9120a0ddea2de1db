"""What answers depend on, as hashes: Snakemake runs again what was made with another one."""

from pathlib import Path

from intelligence_capture.catalogue import Catalogue
from intelligence_capture.interviews import Source
from intelligence_capture.pseudonyms.pseudonyms import Pseudonyms
from intelligence_capture.records import Interview
from intelligence_capture.settings import Reader, Settings
from intelligence_capture.state import code_version, fingerprint

_SHARED = [
    f"{module}.py"
    for module in ("catalogue extraction grounding interview_json interviews language records texts".split())
]
_ANSWERING = [
    f"llm/{module}.py" for module in ("plan", "prompt", "request", "parts", "answers", "extractor", "shown")
]
_ANSWER_SETTINGS = {
    "base_url",
    "models",
    "call_plan",
    "temperature",
    "max_output_tokens",
    "max_input_tokens",
    "send_meta",
}


def extraction_version(settings: Settings, catalogue: Catalogue) -> str:
    """A hash of all that changes what the reader, or both, find, and of nothing else."""
    versions = [_reader_version(reader, settings, catalogue) for reader in settings.readers]
    if len(versions) == 1:
        return versions[0]
    return fingerprint(readers=versions, code=code_version("second_reading.py", "pairing.py", "spans.py"))


def _reader_version(reader: Reader, settings: Settings, catalogue: Catalogue) -> str:
    shared = code_version(*_SHARED)
    if reader.extractor == "offline":
        offline = settings.offline
        gazetteer = offline.gazetteer and Path(offline.gazetteer).read_text("utf-8")
        return fingerprint(
            extractor="offline",
            code=[shared, code_version("offline", "embedding.py")],
            catalogue=catalogue.digest(),
            settings=offline.model_dump(),
            gazetteer=gazetteer,
        )
    return fingerprint(
        extractor="openai",
        code=[shared, code_version(*_ANSWERING)],
        catalogue=catalogue.digest(),
        settings=reader.openai.model_dump(include=_ANSWER_SETTINGS),
        prompt=Path(reader.prompt).read_text("utf-8"),
    )


class Fingerprints:
    """What the extraction of each interview depends on besides its content: the version, and what was hidden in it.

    So a name that is added to the map concerns the interviews that have it, and no other.
    """

    def __init__(self, version: str, pseudonyms: Pseudonyms) -> None:
        self._version = version
        self._code = code_version("pseudonyms")
        self._pseudonyms = pseudonyms
        self._known: dict[tuple[Path, str], str] = {}

    def of(self, source: Source) -> str:
        """The fingerprint of this interview's extraction."""
        if not self._pseudonyms or source.interview is None:
            return self._version
        key = (source.path, source.id)
        if key not in self._known:
            self._known[key] = self._hidden(source.interview)
        return self._known[key]

    def _hidden(self, interview: Interview) -> str:
        # Imported late: an offline run does not load what requests need.
        from intelligence_capture.llm.prompt import digest
        from intelligence_capture.llm.shown import ShownInterview

        shown = ShownInterview(interview, self._pseudonyms).interview
        return fingerprint(
            version=self._version, code=self._code, shown=digest(shown.model_dump(mode="json"))
        )


def judgement_version(settings: Settings, pseudonyms: Pseudonyms) -> str:
    """A hash of all that changes the judgements of a model in the graph; "rules" where none is asked."""
    if settings.graph.judge == "rules":
        return "rules"
    return fingerprint(
        code=code_version("llm/judge.py", "llm/request.py", "llm/answers.py", "llm/shown.py", "pseudonyms"),
        settings=settings.openai.model_dump(include={"base_url", "models", "temperature"}),
        graph=settings.graph.model_dump(include={"judge_from", "judge_calls"}),
        prompts=settings.graph.prompt_texts(),
        pseudonyms=pseudonyms.digest(),
    )
