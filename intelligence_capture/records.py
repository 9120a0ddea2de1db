"""The records that pass between stages: interview, evidence, entity, extraction."""

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Value = str | int | float | list[str] | None
"""What a field of an entity holds: text ('' if unknown), a number or enum (None if unknown), a list."""

Status = Literal["ok", "failed", "pending"]


class Record(BaseModel):
    """A frozen record; an unknown field is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Row(Record):
    """A record of which there are hundreds of thousands."""

    def model_post_init(self, context: Any, /) -> None:  # noqa: ANN401 - as pydantic has it
        """One set of the names of all fields for every row: a set of each row's own takes more than its values."""
        object.__setattr__(self, "__pydantic_fields_set__", _names(type(self)))


@cache
def _names(row: type[Row]) -> set[str]:
    return set(row.model_fields)


class Meta(Record):
    """Who was interviewed, as the file says it; '' where it says nothing."""

    company: str = ""
    business_unit: str = ""
    department: str = ""
    respondent: str = ""
    role: str = ""
    date: str = ""


class Answer(Record):
    """One question and what was said to it, word for word.

    `times` says of a transcript at which second of the recording the words from an offset on were said.
    """

    question: str
    answer: str
    times: tuple[tuple[int, float], ...] = ()


class Interview(Record):
    """One interview as it was read, before any extraction."""

    id: str
    source: str
    sha256: str
    meta: Meta = Meta()
    language: Literal["es", "en"] = "es"
    answers: tuple[Answer, ...] = ()
    warnings: tuple[str, ...] = ()

    def answer(self, index: int) -> str:
        """The answer with this index, counted from 0; IndexError where there is none."""
        return self.answers[index].answer


class Evidence(Row):
    """Words of the speaker that prove an entity.

    `verified` holds exactly where `answers[question_index].answer[start:end] == quote`, in code points.
    An unverified quote keeps what was claimed, without offsets.
    """

    question_index: int | None
    start: int | None
    end: int | None
    quote: str
    verified: bool


class Candidate(Record):
    """What an extractor found, before it is assembled into an entity.

    `confidence` lies between 0 and 1; `fields` holds only what was said.
    """

    type: str
    label: str
    description: str = ""
    confidence: float
    evidence: tuple[Evidence, ...]
    fields: dict[str, Value] = {}
    review_reasons: tuple[str, ...] = ()


class Entity(Record):
    """One entity of one interview, with a stable id and every field of its type."""

    id: str
    type: str
    label: str
    description: str
    confidence: float
    needs_review: bool
    review_reasons: tuple[str, ...] = ()
    extractor: str
    evidence: tuple[Evidence, ...]
    fields: dict[str, Value]


class Usage(Record):
    """What an interview's extraction took; tokens are None where the server did not say."""

    calls: int = 0
    calls_from_store: int = 0
    prompt_tokens: int | None = 0
    cached_tokens: int | None = 0
    completion_tokens: int | None = 0


class Extracted(Record):
    """What an extractor returns for one interview; `cost_usd` is None where it is unknown."""

    candidates: tuple[Candidate, ...]
    model: str = ""
    usage: Usage = Usage()
    cost_usd: float | None = 0.0
    warnings: tuple[str, ...] = ()


class Extraction(Record):
    """One file `results/extracted/{interview}.json`: the interview and all that was found in it.

    `fingerprint` names everything that this answer depends on; `entities` is keyed by type.
    """

    id: str
    sha256: str
    status: Status
    error: str = ""
    extractor: str
    model: str = ""
    fingerprint: str = ""
    interview: Interview
    entities: dict[str, tuple[Entity, ...]] = {}
    usage: Usage = Usage()
    cost_usd: float | None = 0.0
    duration_seconds: float = 0.0
    warnings: tuple[str, ...] = ()
