"""Short names and descriptions for what was found, in the speaker's own words."""

import re

from intelligence_capture.offline.folding import compile_folded

LABEL_WORDS = 12
GOOD_LENGTH = 9
"""Words from which a label may end at a comma or a connective."""

_LEAD = compile_folded(
    r"^(?:(?:y|e|o|pero|ademas|tambien|luego|despues|entonces|finalmente|posteriormente|"
    r"por ejemplo|o sea|asi que|bueno|"
    r"por ultimo|primero|segundo|tercero|cuarto|ah|eh|pues|la verdad|obvio|sobre todo|"
    r"otra cosa|otro|lo otro|"
    r"and|but|so|also|then|or|plus|because|which|well|honestly|finally|first|second|third|"
    r"lastly|next|for example|"
    r"me encargo de|mi funcion es|mis funciones son|soy responsable de|responsable de|encargad[oa] de|"
    r"i am responsible for|i'm responsible for|responsible for|in charge of)\b[ ,:]+)+"
)
_TAIL = compile_folded(
    r"(?:[ ,;:]+(?:y|e|o|de|del|la|el|los|las|que|para|con|en|a|al|por|and|or|of|the|to|"
    r"for|with|in|a|an))+$"
)
_TRIMMED = " \t\n.,;:-–—•*\"'“”«»()[]¡!¿?"
_SOFT_END = re.compile(
    r"[,;:(]|\s(?:pero|porque|ya que|que|cuando|para|but|because|which|when|so)\b", re.IGNORECASE
)


def short_label(said: str) -> str:
    """At most twelve words that name what was said, without the connectives at either end."""
    text = " ".join(said.split()).strip(_TRIMMED)
    bare = text[_lead_length(text) :].strip(_TRIMMED) or text
    words = bare.split()
    if len(words) > LABEL_WORDS:
        bare = _cut(words)
    bare = _without_tail(bare).strip(_TRIMMED) or text
    return bare[:1].upper() + bare[1:]


def description(said: str) -> str:
    """What was said as one sentence."""
    text = " ".join(said.split()).strip(" \t-–—•*,;:")
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _lead_length(text: str) -> int:
    from intelligence_capture.offline.folding import Folded

    folded = Folded(text)
    match = _LEAD.match(folded.folded)
    return folded.origin[match.end()] if match and match.end() < len(folded) else 0


def _cut(words: list[str]) -> str:
    """The first twelve words, or fewer where the sense allows an earlier end."""
    head = " ".join(words[:LABEL_WORDS])
    ends = [m.start() for m in _SOFT_END.finditer(head) if len(head[: m.start()].split()) >= GOOD_LENGTH - 4]
    return head[: ends[-1]] if ends else head


def _without_tail(text: str) -> str:
    match = _TAIL.search(text.lower())
    return text[: match.start()] if match else text
