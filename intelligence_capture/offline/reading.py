"""An interview as the offline extractor sees it: folded answers, their units, names and kinds of question."""

from intelligence_capture.offline.features import Answered
from intelligence_capture.offline.folding import Folded
from intelligence_capture.offline.gazetteer import Gazetteer
from intelligence_capture.offline.mentions import Surroundings, mentions_in
from intelligence_capture.offline.questions import kinds_of
from intelligence_capture.offline.segments import units_of
from intelligence_capture.records import Interview


def read_answers(interview: Interview, gazetteer: Gazetteer) -> list[Answered]:
    """Every answer of the interview, in order."""
    meta = interview.meta
    people = frozenset(Folded(f"{meta.respondent} {meta.company}").folded.split())
    answers = []
    for answer in interview.answers:
        kinds = kinds_of(answer.question)
        text = Folded(answer.answer)
        around = Surroundings(frozenset(kind for kind, _ in kinds), people)
        answers.append(
            Answered(
                text, units_of(text), mentions_in(text, gazetteer, around), kinds, interview.language == "en"
            )
        )
    return answers
