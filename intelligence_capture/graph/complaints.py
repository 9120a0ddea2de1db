"""What complains: the label of an entity, or, where it names no trouble, the words that prove it."""

from collections.abc import Iterable

from intelligence_capture.graph.concepts import Concepts
from intelligence_capture.graph.records import Item, Mention, Talk
from intelligence_capture.graph.sentences import places, sentence_at
from intelligence_capture.texts import fold

LONGEST = 200
"""Characters of a sentence that is read whole; of a longer one what stands beside the quote is read."""
BESIDE = 60


class Complaints:
    """The words of each entity in which troubles and things are looked for."""

    def __init__(self, items: Iterable[Item], talks: Iterable[Talk], concepts: Concepts) -> None:
        self._items = {item.id: item for item in items}
        self._talks = {talk.id: talk for talk in talks}
        self._concepts = concepts
        self._words: dict[tuple[str, str], str] = {}

    def words(self, mention: Mention) -> str:
        """The label where it names a trouble; else the label and the sentence that proves it.

        A clause for a label ("Este año se me fueron cinco") says in its sentence who left.
        """
        key = (mention.entity_id, mention.text)
        if key not in self._words:
            read = self._concepts.read(mention.text)
            # A label that says it all needs no proof, and a named trouble may be one of several in its sentence.
            enough = read.whole or (read.troubles and not self._concepts.needs_kind(read))
            proof = "" if enough else self.proof(mention)
            # A label that stands in the sentence is a clause of it; others were made to name the trouble.
            clause = fold(mention.text) in fold(proof)
            self._words[key] = proof if clause else mention.text
        return self._words[key]

    def proof(self, mention: Mention) -> str:
        """The sentence of the first verified quote of the entity, '' where there is none."""
        item = self._items.get(mention.entity_id)
        found = places(item) if item else []
        if not item or not found:
            return ""
        question, start, end = found[0]
        answer = self._talks[item.interview_id].answers[question].answer
        first, last = sentence_at(answer, start, end)
        if last - first > LONGEST:
            first, last = max(first, start - BESIDE), min(last, end + BESIDE)
        return answer[first:last]
