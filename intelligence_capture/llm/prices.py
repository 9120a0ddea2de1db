"""What calls cost, by the configured prices, else by the table of genai-prices."""

from collections.abc import Mapping

from intelligence_capture.settings import Price

BATCH_SHARE = 0.5
"""What an answer in a batch costs of what it costs at once."""

_OTHER_PRICES = ("flex", "priority")
"""Classes with prices of their own."""


class Prices:
    """The prices of the models of one server; `share` is the part of them that is asked for."""

    def __init__(
        self,
        server: str,
        configured: Mapping[str, Price],
        service_tier: str | None = None,
        *,
        share: float = 1.0,
    ) -> None:
        self._server = server
        self._configured = configured
        self._tier = service_tier
        self._share = share

    def known(self, model: str) -> bool:
        """Whether a price is known for this model."""
        return self.cost(model, {"prompt_tokens": 1, "completion_tokens": 1, "cached_tokens": 0}) is not None

    def cost(self, model: str, usage: Mapping[str, int] | None) -> float | None:
        """The dollars for this usage in the class that is asked for, None where price or usage is unknown."""
        return self.cost_in(self._tier, model, usage)

    def worst(self, model: str, usage: Mapping[str, int]) -> float | None:
        """The dollars for this usage where the server does not have the class that is asked for."""
        return self.cost_in(None, model, usage)

    def cost_in(self, tier: str | None, model: str, usage: Mapping[str, int] | None) -> float | None:
        """The dollars for this usage in the class that an answer says it came in."""
        if usage is None:
            return None
        full = self._full_cost(tier, model, usage)
        return None if full is None else full * self._share

    def _full_cost(self, tier: str | None, model: str, usage: Mapping[str, int]) -> float | None:
        cached, prompt = usage.get("cached_tokens") or 0, usage["prompt_tokens"]
        cached = min(cached, prompt)
        price = self._configured.get(model)
        if price is not None:
            of_cached = price.input if price.cached_input is None else price.cached_input
            dollars = (prompt - cached) * price.input + cached * of_cached
            return (dollars + usage["completion_tokens"] * price.output) / 1e6
        tokens = {"input_tokens": prompt, "cache_read_tokens": cached}
        return self._from_table(tier, model, tokens | {"output_tokens": usage["completion_tokens"]})

    def _from_table(self, tier: str | None, model: str, tokens: dict[str, int]) -> float | None:
        # Its import takes a third of a second; a job that makes no call needs no price.
        from genai_prices import Usage, calc_price

        usage = Usage(**tokens)
        context = {"service_tier": tier} if tier in _OTHER_PRICES else None
        try:
            priced = calc_price(usage, model, provider_api_url=self._server, price_context=context)
            return float(priced.total_price)
        except LookupError:
            pass
        try:
            # A proxy or a gateway: the model's name still says what it costs where it comes from.
            return float(calc_price(usage, model, price_context=context).total_price)
        except LookupError:
            return None
