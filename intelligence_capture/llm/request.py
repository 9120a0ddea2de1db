"""What is asked, told apart from how a server wants to be asked."""

import json
from typing import Any, Literal

from intelligence_capture.llm.prompt import Message, digest
from intelligence_capture.records import Record

Body = dict[str, Any]

_STEPS = {"json_schema": "json_object", "json_object": "text"}


class About(Record):
    """Whose request it is, for the ledger and for messages.

    `items` are the addresses of what is asked about, in order, where one call asks about several things.
    """

    interview: str
    call: str
    part: str = "1/1"
    items: tuple[str, ...] = ()

    def facts(self) -> dict[str, Any]:
        """What the ledger and the store keep of it."""
        kept = self.model_dump(mode="json")
        return kept if self.items else {name: kept[name] for name in ("interview", "call", "part")}


class Request(Record):
    """Everything that changes the answer; its key is the address of the answer in the store.

    How a server takes the schema and the limit on tokens, the price class and deadlines are no part of it.
    """

    server: str
    model: str
    messages: tuple[Message, ...]
    schema_name: str
    answer_schema: dict[str, Any]
    temperature: float | None
    max_output_tokens: int

    @property
    def key(self) -> str:
        """The address of the answer."""
        return digest(self.model_dump(mode="json"))

    @property
    def characters(self) -> int:
        """How much is sent: messages and schema."""
        return sum(len(message["content"]) for message in self.messages) + len(self._schema_text())

    @property
    def worst_usage(self) -> dict[str, int]:
        """A bound on the tokens: no token is shorter than a byte, and of our own text one has two characters.

        Where our own text is in another script, a byte counts there, too.
        """
        own = self.messages[0]["content"] + self._schema_text()
        constant = len(own) + 2 * sum(len(char.encode("utf-8", "replace")) for char in own if char > "\x7f")
        written = sum(len(message["content"].encode("utf-8", "replace")) for message in self.messages[1:])
        return {
            "prompt_tokens": constant // 2 + written + 100,
            "completion_tokens": self.max_output_tokens,
        }

    def _schema_text(self) -> str:
        return json.dumps(self.answer_schema, ensure_ascii=False, separators=(",", ":"))


class Dialect(Record):
    """What one server with one model understands; it is found out by stepping down, once."""

    format: Literal["json_schema", "json_object", "text"] = "json_schema"
    room: Literal["max_completion_tokens", "max_tokens", ""] = "max_tokens"
    rooms_refused: tuple[str, ...] = ()
    temperature: bool = True
    service_tier: bool = True

    def body(self, request: Request, service_tier: str | None = None) -> Body:
        """The request in this dialect."""
        body: Body = {"model": request.model, "messages": self._messages(request)}
        if self.room:
            body[self.room] = request.max_output_tokens
        if self.temperature and request.temperature is not None:
            body["temperature"] = request.temperature
        if self.service_tier and service_tier:
            body["service_tier"] = service_tier
        if self.format == "json_object":
            body["response_format"] = {"type": "json_object"}
        elif self.format == "json_schema":
            schema = {"name": request.schema_name, "strict": True, "schema": request.answer_schema}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        return body

    def without(self, parameter: str) -> "Dialect | None":
        """The dialect for a server that does not take this parameter; None where there is no way down."""
        if parameter in ("response_format", "json_schema", "json_object"):
            lower = _STEPS.get(self.format)
            return self.model_copy(update={"format": lower}) if lower else None
        if parameter in ("max_tokens", "max_completion_tokens") and self.room:
            refused = (*self.rooms_refused, self.room)
            other = next((r for r in ("max_tokens", "max_completion_tokens") if r not in refused), "")
            return self.model_copy(update={"room": other, "rooms_refused": refused})
        if parameter in ("temperature", "service_tier") and getattr(self, parameter):
            return self.model_copy(update={parameter: False})
        return None

    def _messages(self, request: Request) -> list[Message]:
        if self.format == "json_schema":
            return list(request.messages)
        schema = json.dumps(request.answer_schema, ensure_ascii=False, separators=(",", ":"))
        first = dict(request.messages[0])
        first["content"] += (
            f"\nThe JSON object follows this JSON schema, and nothing stands around it:\n{schema}\n"
        )
        return [first, *request.messages[1:]]
