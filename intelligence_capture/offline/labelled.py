"""Labelled interviews and lessons, as training sees them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from intelligence_capture.embedding import Matrix
from intelligence_capture.errors import InterviewError
from intelligence_capture.interviews import find_interviews
from intelligence_capture.offline.features import Answered, FeatureMaker
from intelligence_capture.offline.gazetteer import load_gazetteer
from intelligence_capture.offline.lessons import read_lessons
from intelligence_capture.offline.matching import Span
from intelligence_capture.offline.named import Group, groups_in
from intelligence_capture.offline.reading import read_answers
from intelligence_capture.records import Interview


class Labelled(NamedTuple):
    """An interview with what a person found in it, and what the extractor sees."""

    interview: Interview
    answers: list[Answered]
    rows: list[Matrix]
    labels: list[tuple[str, list[Span]]]
    groups: list[Group]
    forgetful: tuple[list[Group], list[Group]]
    """The named things where half of the known systems are unknown, once for each half."""
    taught: bool
    """Whether this is a lesson, and no interview of an organisation."""


def load_labelled(folders: Sequence[Path], interviews: Path, features: FeatureMaker) -> list[Labelled]:
    """Every interview of which a labels file is in one of the folders, sorted by its name."""
    sources = {
        source.path.stem: source.interview for source in find_interviews(interviews) if source.interview
    }
    files = sorted((file for folder in folders for file in folder.glob("*.json")), key=lambda file: file.name)
    found = []
    for file in files:
        content = json.loads(file.read_text("utf-8"))
        if content["interview"] not in sources:
            raise InterviewError(f"{file}: there is no interview {content['interview']} in {interviews}")
        interview = sources[content["interview"]]
        labels = [(label["type"], _spans(label, interview)) for label in content["labels"]]
        found.append(_labelled(interview, labels, features, taught=False))
    return found


def load_lessons(folder: Path, features: FeatureMaker) -> list[Labelled]:
    """The lessons of the folder, none where there is no such folder."""
    return [
        _labelled(lesson.interview, lesson.labels, features, taught=True) for lesson in read_lessons(folder)
    ]


def places_of(one: Labelled, group: Group) -> list[Span]:
    """Where a named thing stands."""
    return [
        Span(p.answer, *one.answers[p.answer].text.raw_span(p.mention.start, p.mention.end))
        for p in group.places
    ]


def _labelled(
    interview: Interview, labels: list[tuple[str, list[Span]]], features: FeatureMaker, *, taught: bool
) -> Labelled:
    answers = read_answers(interview, load_gazetteer())
    rows = [features.rows(answered) for answered in answers]
    first, second = (
        groups_in(read_answers(interview, load_gazetteer().without_half(half))) for half in (0, 1)
    )
    return Labelled(interview, answers, rows, labels, groups_in(answers), (first, second), taught)


def _spans(label: dict[str, list[dict[str, object]]], interview: Interview) -> list[Span]:
    """The places of a label's quotes; `occurrence`, from 0, says which one where a quote stands there often."""
    spans = []
    for evidence in label["evidence"]:
        index, quote = int(str(evidence["question_index"])), str(evidence["quote"])
        answer = interview.answer(index)
        start = -1
        for _ in range(int(str(evidence.get("occurrence") or 0)) + 1):
            start = answer.find(quote, start + 1)
        if start < 0:
            raise InterviewError(f"{interview.id}: nobody said {quote!r} in answer {index}")
        spans.append(Span(index, start, start + len(quote)))
    return spans
