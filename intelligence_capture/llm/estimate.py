"""What a run would pay for: calls, tokens and cost, known before the first call."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from intelligence_capture.catalogue import Catalogue
from intelligence_capture.errors import ExtractionFailed
from intelligence_capture.graph.judging import LONGEST_TEXT, Question
from intelligence_capture.llm.caller import find_answer
from intelligence_capture.llm.credentials import server_address
from intelligence_capture.llm.extractor import OpenAIExtractor
from intelligence_capture.llm.judge import PAIRS_A_CALL, pair_request
from intelligence_capture.llm.parts import CHARACTERS_A_TOKEN
from intelligence_capture.llm.prices import Prices
from intelligence_capture.llm.prompt import Prompt
from intelligence_capture.llm.request import About, Request
from intelligence_capture.llm.store import ResponseStore, Stored
from intelligence_capture.records import Interview, Record
from intelligence_capture.settings import JudgeQuestion, OpenAISettings

ANSWER_SHARE = 1 / 3
ANSWER_TOKENS_LEAST = 40
"""For each type an answer has about a third as many tokens as the text it is about, and these."""
TYPICAL_TEXT = 120
JUDGEMENT_TOKENS = 60
"""Of a pair: the characters of each text, and the tokens of what is said of it."""


class Estimate(Record):
    """What a run would pay for. Dollars are None where a model's price is unknown.

    `usd` is likely, without the discount for cached prompts; `worst_usd` is what the budget reserves.
    """

    model: str
    interviews: int
    interviews_paid: int
    calls: int
    calls_in_store: int
    prompt_tokens: int
    completion_tokens: int
    usd: float | None
    worst_usd: float | None
    minutes: float
    longest: tuple[str, int] = ("", 0)


class JudgingEstimate(Record):
    """What the graph may ask a model at most; less where answers are in the store, or there are fewer pairs."""

    calls: int = 0
    usd: float | None = 0.0
    worst_usd: float | None = 0.0


NO_JUDGING = JudgingEstimate()


class _WouldPay(Exception):
    def __init__(self, request: Request) -> None:
        self.request = request


class _OnlyStore:
    """Answers from the store alone; what is not there would have to be paid for."""

    def __init__(self, store: ResponseStore, models: list[str]) -> None:
        self._store = store
        self._models = models
        self._useless: set[str] = set()

    def ask(self, request: Request, about: About) -> Stored:
        answer = find_answer(self._read, self._store, request, self._models)
        if answer is None:
            raise _WouldPay(request)
        return answer

    def set_aside(self, answer: Stored, why: str) -> None:
        self._useless.add(answer.key)

    def _read(self, key: str) -> Stored | None:
        return None if key in self._useless else self._store.look(key)


def estimate(
    interviews: Iterable[Interview],
    *,
    settings: OpenAISettings,
    catalogue: Catalogue,
    prompt: str,
    responses: Path,
) -> Estimate:
    """The estimate for extracting these interviews, without a call and without changing the store."""
    server = server_address(settings.base_url)
    extractor = OpenAIExtractor(
        caller=_OnlyStore(ResponseStore(responses), settings.models),
        catalogue=catalogue,
        prompt=Prompt(prompt),
        settings=settings,
        server=server,
    )
    prices = Prices(server, settings.prices, settings.service_tier)
    unpaid: list[Request] = []
    longest: tuple[str, int] = ("", 0)
    stored = total = to_pay = 0
    for interview in interviews:
        missing = _missing(extractor, interview)
        total += 1
        to_pay += bool(missing)
        unpaid += [request for request in missing if request is not None]
        stored += len(extractor.dialogues(interview)) - len(missing)
        if len(missing) > longest[1]:
            longest = (interview.id, len(missing))
    return _summed(
        unpaid, settings, prices, total=total, paid=total - to_pay, stored=max(stored, 0), longest=longest
    )


def estimate_judging(
    prompts: Mapping[JudgeQuestion, str], calls: int, settings: OpenAISettings
) -> JudgingEstimate:
    """The most that a graph by a model asks for: all the calls it may make, each full of pairs."""
    server = server_address(settings.base_url)
    prices = Prices(server, settings.prices, settings.service_tier)
    total = NO_JUDGING
    for kind, prompt in prompts.items():
        costs = []
        for characters in (TYPICAL_TEXT, LONGEST_TEXT):
            pair = Question(kind, "pain_points", "x" * characters, "x" * characters)
            request = pair_request([pair] * PAIRS_A_CALL, prompt=prompt, settings=settings, server=server)
            typical = {"prompt_tokens": int(request.characters / CHARACTERS_A_TOKEN)}
            typical["completion_tokens"] = PAIRS_A_CALL * JUDGEMENT_TOKENS
            usage = typical if characters == TYPICAL_TEXT else request.worst_usage
            costs.append(prices.cost(request.model, usage))
        usd, worst = (None if cost is None else cost * (calls // 2) for cost in costs)
        total = JudgingEstimate(
            calls=total.calls + calls // 2,
            usd=_sum([total.usd, usd]),
            worst_usd=_sum([total.worst_usd, worst]),
        )
    return total


def estimate_text(estimate: Estimate, settings: OpenAISettings, judging: JudgingEstimate = NO_JUDGING) -> str:
    """The estimate in a few lines."""
    one, pace = estimate, settings.requests_per_minute
    lines = [
        f"interviews     {one.interviews} ({one.interviews_paid} with every answer in the store)",
        f"calls to pay   {one.calls} ({one.calls_in_store} more are in the store)",
        f"tokens         about {one.prompt_tokens:,} in and {one.completion_tokens:,} out",
        f"cost           about {_dollars(one.usd)} with {one.model}, {_dollars(one.worst_usd)} at worst",
        f"time           at least {one.minutes:.1f} minutes at {pace} calls a minute",
    ]
    if judging.calls:
        lines.append(
            f"graph          at most {judging.calls} calls more, about {_dollars(judging.usd)}, "
            f"{_dollars(judging.worst_usd)} at worst"
        )
    lines.append(f"budget         {_budget(one.model, _sum([one.usd, judging.usd]), settings)}")
    if estimate.longest[1] > 20:
        lines.append(f"largest        {estimate.longest[0]}: {estimate.longest[1]} calls")
    return "\n".join(lines) + "\n"


def _missing(extractor: OpenAIExtractor, interview: Interview) -> list[Request]:
    missing = []
    for dialogue in extractor.dialogues(interview):
        try:
            extractor.hold(interview, dialogue)
        except _WouldPay as would:
            missing.append(would.request)
        except ExtractionFailed:
            # Stored answers that lead nowhere: a run would ask anew.
            missing.append(extractor.request(interview, dialogue))
    return missing


def _summed(
    unpaid: list[Request],
    settings: OpenAISettings,
    prices: Prices,
    *,
    total: int,
    paid: int,
    stored: int,
    longest: tuple[str, int],
) -> Estimate:
    usages = [_usage(request) for request in unpaid]
    costs = [prices.cost(request.model, usage) for request, usage in zip(unpaid, usages, strict=True)]
    worst = [prices.cost(request.model, request.worst_usage) for request in unpaid]
    return Estimate(
        model=", ".join(dict.fromkeys(request.model for request in unpaid)) or settings.models[0],
        interviews=total,
        interviews_paid=paid,
        calls=len(unpaid),
        calls_in_store=stored,
        prompt_tokens=sum(usage["prompt_tokens"] for usage in usages),
        completion_tokens=sum(usage["completion_tokens"] for usage in usages),
        usd=_sum(costs),
        worst_usd=_sum(worst),
        minutes=round(len(unpaid) / settings.requests_per_minute, 2),
        longest=longest,
    )


def _usage(request: Request) -> dict[str, int]:
    about = int(len(request.messages[-1]["content"]) / CHARACTERS_A_TOKEN)
    types = len(request.answer_schema["properties"])
    answer = int(types * (ANSWER_TOKENS_LEAST + ANSWER_SHARE * about))
    return {
        "prompt_tokens": int(request.characters / CHARACTERS_A_TOKEN),
        "completion_tokens": min(answer, request.max_output_tokens),
    }


def _sum(costs: list[float | None]) -> float | None:
    known = [cost for cost in costs if cost is not None]
    return round(sum(known), 6) if len(known) == len(costs) else None


def _dollars(amount: float | None) -> str:
    return "unknown" if amount is None else f"${amount:.4f}"


def _budget(model: str, usd: float | None, settings: OpenAISettings) -> str:
    limit = settings.max_cost_usd
    if limit is None:
        return "no limit (openai.max_cost_usd: null)"
    if usd is None:
        return f"${limit:g}, but the price of {model} is unknown: set openai.prices"
    if usd > limit:
        return f"${limit:g}: the run would stop before the end"
    return f"${limit:g} is enough"
