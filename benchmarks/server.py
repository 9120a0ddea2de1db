"""The loopback server for tools of any kind: it answers strict schemas, tool calls and langextract's prompt."""

import json
from typing import Any

from tests.loopback import SENTENCE, LoopbackServer, interview_of

Schema = dict[str, Any]


class AnyToolServer(LoopbackServer):
    """Answers in the form that a request asks for, and keeps what it was sent, to count its tokens."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - LoopbackServer's own
        super().__init__(**settings)
        self.sent: list[str] = []

    def begin(self, raw: bytes, body: dict[str, Any], authorization: str) -> Any:  # noqa: ANN401 - as above
        """Keep the text that a model would read, and go on."""
        self.sent.append(sent_text(body))
        return super().begin(raw, body, authorization)

    def answer(self, body: dict[str, Any], **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
        """The response in the form of the request; faults give their own content."""
        given = body.get("response_format", {}).get("json_schema", {}).get("schema", {})
        if given and "extractions" not in given["properties"]:
            return super().answer(body, **changes)
        sentences = _sentences(body)
        if not body.get("tools"):
            text = json.dumps({"extractions": _extractions(body, sentences)}, ensure_ascii=False)
            return super().answer(body, **{"content": text} | changes)
        function = body["tools"][0]["function"]
        schema = function["parameters"]
        arguments = json.dumps(_instance(schema, schema.get("$defs", {}), sentences[0]), ensure_ascii=False)
        response = super().answer(body, **{"content": arguments} | changes)
        message = response["choices"][0]["message"]
        call = {"name": function["name"], "arguments": message["content"]}
        message["tool_calls"] = [{"id": "call_1", "type": "function", "function": call}]
        message["content"] = None
        return response


def sent_text(body: dict[str, Any]) -> str:
    """What a model reads of a request: its schema or tools as the JSON that is sent, then its messages."""
    schema = body.get("response_format", {}).get("json_schema", {}).get("schema")
    parts = [
        json.dumps(described, ensure_ascii=False, separators=(",", ":"))
        for described in (schema, body.get("tools"))
        if described
    ]
    return "\n".join(parts + [str(message["content"]) for message in body["messages"]])


def _sentences(body: dict[str, Any]) -> list[str]:
    """The sentences of the text that is asked about, which langextract puts after its examples."""
    text = interview_of(body).rpartition("\nQ: ")[2]
    found = [sentence.strip() for sentence in SENTENCE.findall(text)]
    return [sentence for sentence in found if len(sentence.split()) >= 3] or ["Nada."]


def _instance(schema: Schema, definitions: dict[str, Schema], text: str) -> Any:  # noqa: ANN401 - JSON
    """A value that the schema allows; lists have two items."""
    if "$ref" in schema:
        return _instance(definitions[schema["$ref"].rsplit("/", 1)[1]], definitions, text)
    if options := schema.get("anyOf"):
        return _instance(options[-1], definitions, text)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "string")
    kind = kind[-1] if isinstance(kind, list) else kind
    if kind == "object":
        own = schema.get("properties", {})
        return {name: _instance(spec, definitions, text) for name, spec in own.items()}
    if kind == "array":
        return [_instance(schema.get("items", {}), definitions, text)] * 2
    return {"string": text, "integer": 1, "number": 0.8, "boolean": True, "null": None}[kind]


def _extractions(body: dict[str, Any], sentences: list[str]) -> list[dict[str, Any]]:
    """langextract's form: as many as two of each type that the prompt names, a sentence each, in their order."""
    prompt = "\n".join(str(message["content"]) for message in body["messages"])
    tables = list(dict.fromkeys(line[3:].strip() for line in prompt.splitlines() if line.startswith("## ")))
    return [
        {table: sentence, f"{table}_attributes": {"label": sentence[:40]}}
        for table, sentence in zip(tables * 2, dict.fromkeys(sentences), strict=False)
    ]
