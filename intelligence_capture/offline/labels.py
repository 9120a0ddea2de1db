"""Short names and descriptions for what was found, in the speaker's own words."""

import re

from intelligence_capture.offline.folding import Folded, compile_folded

LABEL_WORDS = 12
SHORTEST = 4
"""Words that a label must have before it may end at a place that is not the end of what was said."""

_LEAD = compile_folded(
    r"^(?:(?:y|e|o|pero|ademas|tambien|luego|despues|entonces|finalmente|posteriormente|"
    r"por ejemplo|o sea|asi que|bueno|hola|si|no,|lo otro|ahi|"
    r"por ultimo|primero|segundo|tercero|cuarto|ah|eh|pues|la verdad(?: es que)?|obvio|sobre todo|"
    r"otra cosa|otro|lo otro es(?: que)?|lo que pasa es que|es que|el problema es que|porque|ya que|aunque|que|"
    r"(?:yo )?(?:considero|creo|pienso|opino|siento|propongo|propondria|sugiero|sugeriria|pediria|quisiera|"
    r"me gustaria|seria bueno|seria ideal|ojala)(?: tener)?|lo primero (?:es|seria)|(?:el|la|lo) (?:primer[oa]|"
    r"segund[oa]|tercer[oa]|otr[oa]|siguiente) es|asimismo|la dificultad mas frecuente es|for me personally:?|"
    r"en primer lugar|en segundo lugar|"
    r"and|but|so|also|then|or|plus|because|since|although|though|which|that|well|honestly|finally|first|second|third|"
    r"lastly|(?:first|second|third|next|then) (?:is|comes)|next|start with (?:the \w+ \w+:?)?|for example|"
    r"for instance|yeah|yes|okay|obviously|unfortunately|i mean|"
    r"(?:personally,? )?i (?:think|believe|feel|guess|suppose|find)(?: that)?|"
    r"i(?:'d| would) (?:love|like)(?: to (?:have|see))?|"
    r"me encargo de|mi funcion es|mis funciones son|soy responsable de|responsable de|encargad[oa] de|"
    r"i am responsible for|i'm responsible for|responsible for|in charge of)\b[ ,:]+)+"
)
_ONLY_ROLES_BEGIN_SO = re.compile(r"^si\b", re.IGNORECASE)
_WEAK_END = (
    "y|e|o|u|de|del|la|el|los|las|lo|que|para|con|en|a|al|por|se|me|le|les|nos|su|sus|mi|mis|un|una|unos|unas|"
    "este|esta|ese|esa|muy|mas|no|ni|sin|es|son|tiene|tienen|hay|como|cuando|si|porque|pero|sobre|segun|hasta|desde|"
    "and|or|of|the|to|for|with|in|on|at|a|an|as|is|are|was|were|be|that|which|who|i|we|you|they|it|my|our|your|"
    "their|its|his|her|this|these|by|from|so|if|when|because|but|not|don't|doesn't|can|can't|will|would|have|has"
)
_TAIL = compile_folded(rf"(?:[ ,;:(]+(?:{_WEAK_END}))+$")
_BEFORE = frozenset(
    "y e o u que para con por en a al desde hasta cuando porque pero como sin sobre segun donde mientras aunque "
    "and or to for with in on at as that which from because when so if by after before but while who where".split()
)
"""Words before which a long clause may end."""
_TRIMMED = " \t\n.,;:-–—•*\"'“”«»()[]¡!¿?"
_MARK = re.compile(r"[,;:(]\s")
_ROLE = compile_folded(
    r"\b(?:soy|somos|como|trabajo (?:como|de)|(?:mi |el )?(?:cargo|puesto|rol)(?: actual)? es(?: de)?|"
    r"me desempeño como|"
    r"i'?m|i am|i work as|as|my (?:role|position|title|job) is)\b"
    r"(?: (?:el|la|los|un|una|unico|unica|the|a|an|actual|current|currently))* (?P<title>[a-z][^,.;:()\n]{3,60})"
)
_TITLE_END = compile_folded(
    r"\s+(?:y|e|que|en|aca|aqui|desde|hace|con|para|pero|me|mi|tengo|respondo|ahorita|and|who|that|at|in|with|"
    r"since|working|based|for|i|my|of (?:the|our|this)|del? (?:la |el |nuestro )?(?:hotel|empresa|compañia|clinica|"
    r"restaurante|taller|tienda|obra))\b"
)
_KPI_END = compile_folded(
    r"\s*(?:[,;(]|\s[-—]\s|:\s|\b(?:que (?:esta|hoy|hacen|sale|tenemos|debe)|estamos|vamos|la meta|meta|"
    r"cuya meta|con una? "
    r"(?:meta|objetivo)|no (?:debe|puede)|debe (?:ser|estar)|tiene que|with a (?:floor|target|goal)|target|"
    r"which (?:is|has)|"
    r"has to|should be|must be|is at|now)\b)"
)
_ARTICLE = compile_folded(r"^(?:el|la|los|las|un|una|unos|nuestr[oa]s?|mis?|the|our|my|an?|some|outside) ")


def label_of(table: str, said: str) -> str:
    """The label of an entity of this table, by what people call such a thing."""
    if table == "roles" and (title := _title(said)):
        return title
    if table == "kpis":
        return _measure(said)
    if table == "external_dependencies":
        return short_label(_without(_ARTICLE, said))
    return short_label(said)


def short_label(said: str) -> str:
    """At most twelve words that name what was said, without connectives or half phrases at either end."""
    text = " ".join(said.split()).strip(_TRIMMED)
    bare = _without(_LEAD, text).strip(_TRIMMED) or text
    if _ONLY_ROLES_BEGIN_SO.match(text) and not _ONLY_ROLES_BEGIN_SO.match(bare):
        bare = text
    words = bare.split()
    if len(words) > LABEL_WORDS:
        bare = _cut(words)
    bare = _without_tail(bare).strip(_TRIMMED) or text
    return " ".join(_capital(bare).split()[:LABEL_WORDS])


def description(said: str) -> str:
    """What was said as one sentence."""
    text = " ".join(said.split()).strip(" \t-–—•*,;:")
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _title(said: str) -> str:
    """ "soy el contador general de los hoteles y respondo …": "Contador general de los hoteles"."""
    text = " ".join(said.split())
    folded = Folded(text)
    match = _ROLE.search(folded.folded)
    title = folded.words(match.start("title"), match.end("title")) if match else text
    end = _TITLE_END.search(Folded(title).folded)
    title = title[: end.start()] if end and end.start() > 3 else title
    words = title.split()
    return short_label(" ".join(words[:7])) if match or len(words) <= 6 else ""


def _measure(said: str) -> str:
    """The measure without its value: "unidades vendidas, estamos en 40" is "Unidades vendidas"."""
    text = _without(_LEAD, " ".join(said.split()).strip(_TRIMMED))
    folded = Folded(text)
    end = next((m.start() for m in _KPI_END.finditer(folded.folded) if m.start() > 5), None)
    measure = folded.words(0, end) if end else text
    return short_label(measure if len(measure) > 5 else text)


def _without(pattern: re.Pattern[str], text: str) -> str:
    folded = Folded(text)
    match = pattern.match(folded.folded)
    return text[folded.origin[match.end()] :] if match and match.end() < len(folded) else text


def _capital(text: str) -> str:
    """With a capital first letter, but for names that are written otherwise ("iPad")."""
    first = text.split(" ", 1)[0]
    return text if any(char.isupper() for char in first[1:]) else text[:1].upper() + text[1:]


def _cut(words: list[str]) -> str:
    """The first twelve words, or fewer, so that no phrase is cut through."""
    head = " ".join(words[: LABEL_WORDS + 1])
    marks = [m.start() for m in _MARK.finditer(head) if len(head[: m.start()].split()) >= SHORTEST]
    if marks:
        return head[: marks[-1]]
    plain = [Folded(word).folded for word in words[: LABEL_WORDS + 1]]
    ends = [index for index, word in enumerate(plain) if word in _BEFORE and index >= SHORTEST]
    ends = ends or [
        index for index, word in enumerate(plain) if word in ("de", "del", "of") and index >= SHORTEST
    ]
    return " ".join(words[: ends[-1] if ends else LABEL_WORDS])


def _without_tail(text: str) -> str:
    folded = Folded(text)
    match = _TAIL.search(folded.folded)
    return text[: folded.origin[match.start()]] if match and match.start() > 3 else text
