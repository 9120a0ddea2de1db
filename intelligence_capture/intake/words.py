"""What programs and people write in headings and labels: words.yaml, folded."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from intelligence_capture.texts import fold
from intelligence_capture.yaml_files import read_yaml

ColumnUse = Literal[
    "respondent", "company", "business_unit", "department", "role", "date", "question", "left_out"
]
SpeakerUse = Literal["interviewer", "respondent", "text"]
Folded = Annotated[frozenset[str], AfterValidator(lambda names: frozenset(map(fold, names)))]


class Words(BaseModel):
    """The lists of words.yaml; `meta`, `speakers` and what is compared whole are folded."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    meta: dict[ColumnUse, Folded]
    left_out: Folded
    nobody: Folded
    speakers: dict[SpeakerUse, Folded]
    suffixes: tuple[str, ...]
    events: tuple[str, ...]
    notices: tuple[str, ...]
    acknowledgements: Folded

    def heading(self, heading: str) -> ColumnUse:
        """What a column or a fact with this heading is; a question where nobody knows the heading."""
        name = fold(heading)
        if name in self.left_out:
            return "left_out"
        return next((use for use, names in self.meta.items() if name in names), "question")

    def speaker(self, label: str) -> SpeakerUse | None:
        """Interviewer or respondent where the label itself says so, as `P` or `Entrevistadora` do."""
        return next((use for use, names in self.speakers.items() if fold(label) in names), None)

    def of_the_program(self, line: str) -> bool:
        """Whether a line of a transcript is the program's own, and no word of the talk."""
        return line.endswith(self.events) or line.startswith(self.notices)

    def plain_name(self, label: str) -> str:
        """A speaker's name without what Teams puts behind it."""
        name = label.strip()
        for suffix in self.suffixes:
            name = name.removesuffix(suffix).strip()
        return name


@cache
def words() -> Words:
    """The content of words.yaml."""
    return Words.model_validate(read_yaml(Path(__file__).with_name("words.yaml")))
