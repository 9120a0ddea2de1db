"""What a run would pay for: calls, tokens and cost, known before the first call."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from intelligence_capture.catalogue import Catalogue
from intelligence_capture.graph.judging import LONGEST_TEXT, Question
from intelligence_capture.llm.batch_folder import BatchFolder
from intelligence_capture.llm.credentials import server_address
from intelligence_capture.llm.judge import PAIRS_A_CALL, pair_request
from intelligence_capture.llm.missing import missing_requests, store_extractor
from intelligence_capture.llm.parts import CHARACTERS_A_TOKEN
from intelligence_capture.llm.prices import BATCH_SHARE, Prices
from intelligence_capture.llm.request import Request
from intelligence_capture.pseudonyms.pseudonyms import NO_PSEUDONYMS, Pseudonyms
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
    calls_in_batches: int
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


def estimate(
    interviews: Iterable[Interview],
    *,
    settings: OpenAISettings,
    catalogue: Catalogue,
    prompt: str,
    responses: Path,
    pseudonyms: Pseudonyms = NO_PSEUDONYMS,
) -> Estimate:
    """The estimate for extracting these interviews, without a call and without changing the store."""
    extractor = store_extractor(
        settings=settings, catalogue=catalogue, prompt=prompt, responses=responses, pseudonyms=pseudonyms
    )
    waiting = {one.key for batch in BatchFolder(responses).open() for one in batch.requests}
    share = BATCH_SHARE if settings.mode == "batch" else 1.0
    tier = settings.service_tier if settings.mode == "live" else None
    prices = Prices(server_address(settings.base_url), settings.prices, tier, share=share)
    unpaid: list[Request] = []
    longest: tuple[str, int] = ("", 0)
    stored = total = to_pay = in_batches = 0
    for interview in interviews:
        missing = [request for request, _ in missing_requests(extractor, interview)]
        total += 1
        to_pay += bool(missing)
        in_batches += sum(request.key in waiting for request in missing)
        unpaid += [one for one in missing if settings.mode == "live" or one.key not in waiting]
        stored += len(extractor.dialogues(interview)) - len(missing)
        if len(missing) > longest[1]:
            longest = (interview.id, len(missing))
    counts = {"interviews": total, "interviews_paid": total - to_pay, "calls_in_store": max(stored, 0)}
    return _summed(unpaid, settings, prices, **counts, calls_in_batches=in_batches, longest=longest)


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
            if characters == TYPICAL_TEXT:
                costs.append(prices.cost(request.model, typical))
            else:
                costs.append(prices.worst(request.model, request.worst_usage))
        usd, worst = (None if cost is None else cost * (calls // 2) for cost in costs)
        total = JudgingEstimate(
            calls=total.calls + calls // 2,
            usd=_sum([total.usd, usd]),
            worst_usd=_sum([total.worst_usd, worst]),
        )
    return total


def estimate_text(
    first: Estimate,
    second: Estimate | None = None,
    *,
    settings: OpenAISettings,
    judging: JudgingEstimate = NO_JUDGING,
) -> str:
    """The estimate in a few lines: of the first reader, of the second, and of what both take together."""
    pace = settings.requests_per_minute
    readers = [first, second] if second else [first]
    lines = [
        f"interviews     {first.interviews} ({first.interviews_paid} with every answer in the store)",
        f"calls to pay   {first.calls} ({first.calls_in_store} more are in the store)",
        f"tokens         about {first.prompt_tokens:,} in and {first.completion_tokens:,} out",
        f"cost           about {_dollars(first.usd)} with {first.model}, {_dollars(first.worst_usd)} at worst",
    ]
    if second:
        lines.append(
            f"second reader  {second.calls} calls more ({second.calls_in_store} in the store), about "
            f"{_dollars(second.usd)} with {second.model}, {_dollars(second.worst_usd)} at worst"
        )
    if settings.mode == "batch":
        lines.append("time           up to 24 hours: openai.mode is batch, at half price")
    else:
        minutes = sum(one.minutes for one in readers)
        lines.append(f"time           at least {minutes:.1f} minutes at {pace} calls a minute")
    if in_batches := sum(one.calls_in_batches for one in readers):
        paid_again = "" if settings.mode == "batch" else "; openai.mode: live pays for them again"
        lines.append(f"on their way   {in_batches} requests in open batches{paid_again}")
    if judging.calls:
        lines.append(
            f"graph          at most {judging.calls} calls more, about {_dollars(judging.usd)}, "
            f"{_dollars(judging.worst_usd)} at worst"
        )
    # Batches are reserved whole, at the worst that they may cost.
    reserved = [one.worst_usd if settings.mode == "batch" else one.usd for one in readers]
    unknown = ", ".join(one.model for one in readers if one.usd is None) or first.model
    lines.append(f"budget         {_budget(unknown, _sum([*reserved, judging.usd]), settings)}")
    longest = max((one.longest for one in readers), key=lambda longest: longest[1])
    if longest[1] > 20:
        lines.append(f"largest        {longest[0]}: {longest[1]} calls")
    return "\n".join(lines) + "\n"


def _summed(
    unpaid: list[Request],
    settings: OpenAISettings,
    prices: Prices,
    **counts: Any,  # noqa: ANN401 - fields of an Estimate
) -> Estimate:
    usages = [_usage(request) for request in unpaid]
    costs = [prices.cost(request.model, usage) for request, usage in zip(unpaid, usages, strict=True)]
    worst = [prices.worst(request.model, request.worst_usage) for request in unpaid]
    return Estimate(
        model=", ".join(dict.fromkeys(request.model for request in unpaid)) or settings.models[0],
        calls=len(unpaid),
        prompt_tokens=sum(usage["prompt_tokens"] for usage in usages),
        completion_tokens=sum(usage["completion_tokens"] for usage in usages),
        usd=_sum(costs),
        worst_usd=_sum(worst),
        minutes=round(len(unpaid) / settings.requests_per_minute, 2),
        **counts,
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
