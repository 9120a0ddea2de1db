"""The same limits over several machines, kept in a Redis, whose clock is the only one that counts."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pyrate_limiter import Limiter, Rate, RedisBucket, SingleBucketFactory
from pyrate_limiter.buckets.redis_bucket import LuaScript

from intelligence_capture.llm.gate import WINDOW_MS, Gate, LimitsUnavailable, token_units
from intelligence_capture.llm.pace import Pace
from intelligence_capture.llm.prompt import digest

LOCK_SECONDS = 5.0

ADMIT = LuaScript.PUT_ITEM.replace("window_start, now)", "window_start, '+inf')")
"""The library counts up to a call's own time and misses those that overtook it: eight processes passed the limit
in every try. Counted to the end, none is missed; a test notices when the library's script is another one."""

T = TypeVar("T")


class TimedByRedis(RedisBucket):
    """A count whose times are those of the Redis: the clocks of the machines need not agree."""

    def now(self) -> int:
        """The time in milliseconds."""
        seconds, microseconds = self.redis.time()  # type: ignore[misc]  # the client waits for its answers
        return int(seconds) * 1000 + int(microseconds) // 1000


class RedisGate(Gate):
    """A gate whose Redis may go away; then no call is made."""

    def pass_through(self, tokens: int, check: Callable[[], None]) -> float:
        """The seconds waited until the call may be sent."""
        return _reached(lambda: super(RedisGate, self).pass_through(tokens, check))

    def pause(self, seconds: float, *, slow_down: bool = False) -> None:
        """Make every process on every machine wait."""
        _reached(lambda: super(RedisGate, self).pause(seconds, slow_down=slow_down))

    def learn(self, headers: Mapping[str, str], tokens: int) -> None:
        """Take from an answer's headers how near the server's own limit is."""
        _reached(lambda: super(RedisGate, self).learn(headers, tokens))

    def rate(self) -> str:
        """The current rate over all machines."""
        return _reached(super().rate)


class RedisPace:
    """The pace under a key, changed under a lock."""

    def __init__(self, client: Any, key: str) -> None:  # noqa: ANN401 - redis.Redis, imported late
        self._client = client
        self._key = key

    def read(self) -> Pace:
        """The pace as it is."""
        held = self._client.get(self._key)
        return Pace.model_validate_json(held) if held else Pace()

    def change(self, change: Callable[[Pace], Pace]) -> Pace:
        """The pace after this change."""
        with self._client.lock(f"{self._key}:lock", timeout=LOCK_SECONDS):
            after = change(self.read())
            self._client.set(self._key, after.model_dump_json())
            return after


def redis_gate(
    url: str,
    server: str,
    *,
    requests_per_minute: int,
    tokens_per_minute: int | None,
    window_ms: int = WINDOW_MS,
) -> Gate:
    """The gate that all machines with this Redis share; LimitsUnavailable where it cannot be reached."""
    try:
        import redis
    except ImportError:
        raise LimitsUnavailable("openai.redis_url needs the package redis: pip install redis") from None

    prefix = f"intelligence-capture:{digest(server)[:16]}"
    client = redis.Redis.from_url(url)

    def bucket(what: str, limit: int) -> TimedByRedis:
        return TimedByRedis([Rate(limit, window_ms)], client, f"{prefix}:{what}", client.script_load(ADMIT))

    def limiter(bucket: TimedByRedis) -> Limiter:
        # `rate` drops what is past; a thread that did so would raise when Redis goes away.
        return Limiter(SingleBucketFactory(bucket, schedule_leak=False))

    def make() -> RedisGate:
        requests = bucket("requests", requests_per_minute)
        units = token_units(tokens_per_minute) if tokens_per_minute else None
        return RedisGate(
            requests=limiter(requests),
            tokens=limiter(bucket("tokens", units)) if units else None,
            pace=RedisPace(client, f"{prefix}:pace"),
            clock=lambda: requests.now() / 1000,
        )

    return _reached(make)


def _reached(use: Callable[[], T]) -> T:
    """What `use` returns, as long as Redis is there; its address may hold a password and is not shown."""
    import redis

    try:
        return use()
    except redis.RedisError as error:
        raise LimitsUnavailable(f"the Redis of openai.redis_url: {type(error).__name__}") from None
