"""Gold of the knowledge graph: what is the same, who contradicts whom, what hangs together.

data/gold/graph/README.md says how it was made. Half of it, by a fixed rule, is never shown in the list of
errors, so that it still measures something after somebody worked through that list.
"""

import hashlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import TypeAdapter, ValidationError

from intelligence_capture.errors import GoldError
from intelligence_capture.records import Record
from intelligence_capture.spans import Span

Half = Literal["open", "held back"]

FILES = ("clusters.json", "contradictions.json", "relations.json")


class Label(NamedTuple):
    """A gold label: no interview has two of one type with the same words."""

    interview: str
    type: str
    label: str


class GoldMention(Record):
    """A label in a cluster; of a composite one the `part` that is meant here, of all its `parts`."""

    interview: str
    label: str
    question_index: int
    quote: str
    part: str = ""
    parts: tuple[str, ...] = ()
    doubt: bool = False


class GoldCluster(Record):
    """Mentions of one thing."""

    name: str
    company: str = ""
    mentions: tuple[GoldMention, ...]


class GoldSide(Record):
    """What one person claims, and where."""

    interview: str
    question_index: int
    quote: str
    claim: str = ""


class GoldClash(Record):
    """Two claims that cannot both hold; without a strength it is a trap: it only looks like one.

    `also` names further speakers on a side.
    """

    thing: str
    type: str
    field: str
    company: str = ""
    a: GoldSide
    b: GoldSide
    also: dict[Literal["a", "b"], tuple[GoldSide, ...]] = {}
    strength: Literal["clear", "arguable"] | None = None
    planted: bool = False
    note: str = ""

    def sides(self, side: Literal["a", "b"]) -> tuple[GoldSide, ...]:
        """All who speak on this side."""
        return (self.a if side == "a" else self.b, *self.also.get(side, ()))


class GoldRelation(Record):
    """A relation that a sentence states; one that is not `required` is right if found and no miss if not."""

    interview: str
    from_type: str
    from_label: str
    relation: str
    to_type: str
    to_label: str
    evidence: dict[str, Any]
    required: bool
    to_interview: str = ""
    to_gold: bool = True

    @property
    def source(self) -> Label:
        """The label that it goes from."""
        return Label(self.interview, self.from_type, self.from_label)

    @property
    def target(self) -> Label:
        """The label that it goes to."""
        return Label(self.to_interview or self.interview, self.to_type, self.to_label)


class _Clashes(Record):
    contradictions: tuple[GoldClash, ...]
    traps: tuple[GoldClash, ...]


class GraphGold:
    """A folder of graph gold, read when first needed; GoldError where a file of it cannot be used."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """The folder; GoldError where the settings name none."""
        if self._folder is None:
            raise GoldError("there is no graph gold: set `evaluation.graph` in config.yaml")
        return self._folder

    def fits(self, run: Iterable[str]) -> bool:
        """Whether there is gold, and all its interviews are in this run."""
        return self._folder is not None and self.interviews <= set(run)

    @cached_property
    def clusters(self) -> dict[str, tuple[GoldCluster, ...]]:
        """The clusters of each type."""
        found: dict[str, tuple[GoldCluster, ...]] = self._read(
            "clusters.json", dict[str, tuple[GoldCluster, ...]]
        )
        return found

    @cached_property
    def clashes(self) -> tuple[GoldClash, ...]:
        """Contradictions and traps."""
        both: _Clashes = self._read("contradictions.json", _Clashes)
        return (*both.contradictions, *both.traps)

    @cached_property
    def relations(self) -> tuple[GoldRelation, ...]:
        """The relations of some interviews."""
        found: tuple[GoldRelation, ...] = self._read("relations.json", tuple[GoldRelation, ...])
        return found

    @property
    def interviews(self) -> frozenset[str]:
        """All interviews that the gold speaks of."""
        clusters = [cluster for group in self.clusters.values() for cluster in group]
        return frozenset(
            [
                *(mention.interview for cluster in clusters for mention in cluster.mentions),
                *(side.interview for clash in self.clashes for side in (clash.a, clash.b)),
                *(relation.interview for relation in self.relations),
            ]
        )

    @property
    def files(self) -> list[str]:
        """The files, for Snakemake to see."""
        return [str(self.folder / name) for name in FILES]

    def _read(self, name: str, kind: Any) -> Any:  # noqa: ANN401 - whatever the adapter makes
        path = self.folder / name
        try:
            return TypeAdapter(kind).validate_json(path.read_bytes())
        except OSError as error:
            raise GoldError(f"{path}: cannot be read; see `evaluation.graph` in config.yaml") from error
        except ValidationError as error:
            first = error.errors()[0]
            raise GoldError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def half_of(*key: str) -> Half:
    """The half that a cluster, a pair of interviews or an interview is in: the same for ever."""
    return "open" if hashlib.sha256("\x1f".join(sorted(key)).encode()).digest()[0] % 2 else "held back"


def place_of(side: GoldSide, answers: tuple[str, ...]) -> Span:
    """Where the words of a side stand; GoldError where nobody said them."""
    answer = answers[side.question_index] if side.question_index < len(answers) else ""
    start = answer.find(side.quote)
    if start < 0:
        raise GoldError(f"{side.interview}, answer {side.question_index} does not say {side.quote!r}")
    return Span(side.question_index, start, start + len(side.quote))
