"""What is missing from the store: the requests that a run would have to pay for."""

from collections.abc import Sequence
from pathlib import Path

from intelligence_capture.catalogue import Catalogue
from intelligence_capture.errors import ExtractionFailed
from intelligence_capture.llm.caller import find_answer
from intelligence_capture.llm.credentials import server_address
from intelligence_capture.llm.extractor import OpenAIExtractor
from intelligence_capture.llm.prompt import Prompt
from intelligence_capture.llm.request import About, Request
from intelligence_capture.llm.store import ResponseStore, Stored
from intelligence_capture.pseudonyms.pseudonyms import NO_PSEUDONYMS, Pseudonyms
from intelligence_capture.records import Interview
from intelligence_capture.settings import OpenAISettings


class _WouldPay(Exception):
    def __init__(self, request: Request, about: About) -> None:
        self.request = request
        self.about = about


class OnlyStore:
    """Answers from the store alone, for an extractor whose missing requests are to be known."""

    def __init__(self, store: ResponseStore, models: Sequence[str]) -> None:
        self._store = store
        self._models = list(models)
        self._useless: set[str] = set()

    def ask(self, request: Request, about: About) -> Stored:
        """The stored answer."""
        answer = find_answer(self._read, self._store, request, self._models)
        if answer is None:
            raise _WouldPay(self._as_sent(request), about)
        return answer

    def set_aside(self, answer: Stored, why: str) -> None:
        """Pass over an answer from now on; nothing is changed on the disk."""
        self._useless.add(answer.key)

    def _as_sent(self, request: Request) -> Request:
        """The request to the model whose turn it is."""
        for model in self._models:
            wanted = request.model_copy(update={"model": model})
            if not self._store.noted(wanted.key):
                return wanted
        return request

    def _read(self, key: str) -> Stored | None:
        return None if key in self._useless else self._store.look(key)


def store_extractor(
    *,
    settings: OpenAISettings,
    catalogue: Catalogue,
    prompt: str,
    responses: Path,
    pseudonyms: Pseudonyms = NO_PSEUDONYMS,
) -> OpenAIExtractor:
    """An extractor that asks an OnlyStore."""
    return OpenAIExtractor(
        caller=OnlyStore(ResponseStore(responses), settings.models),
        catalogue=catalogue,
        prompt=Prompt(prompt, settings.send_meta),
        settings=settings,
        server=server_address(settings.base_url),
        pseudonyms=pseudonyms,
    )


def missing_requests(extractor: OpenAIExtractor, interview: Interview) -> list[tuple[Request, About]]:
    """The next request of each dialogue about this interview whose answer is not there.

    `extractor` is a `store_extractor`. What follows an answer (a repair, halves of a text) is known when it is there.
    """
    missing = []
    for dialogue in extractor.dialogues(interview):
        try:
            extractor.hold(dialogue)
        except _WouldPay as would:
            missing.append((would.request, would.about))
        except ExtractionFailed:
            # Stored answers that lead nowhere: a run would ask anew.
            about = About(interview=interview.id, call=dialogue.call.name, part=dialogue.name)
            missing.append((extractor.request(dialogue), about))
    return missing
