"""Stretches that are no entity of a type whatever they score: half sentences, values without their measure."""

from intelligence_capture.offline.folding import compile_folded

_HALF = (
    r"(?:(?:que )?se (?:ejecuta|hace|realiza|envia|da|presenta)n? (?:los|el|cada|a las|todos los|al)\b(?: \w+){0,3}$"
    r"|(?:y |pero |entonces )?(?:eso|esto|asi es|nada mas|eso es todo|that's (?:it|all)|"
    r"i think that covers it)\b.{0,12}$"
    r"|(?:finally|this way|that way|then|next|lastly|firstly?|after that|por ultimo|finalmente|luego)\W*$"
    r"|(?:and )?(?:i )?(?:would like to think|think i would|won't lie)\b"
    r"|le cuento|te cuento|como (?:ya )?(?:te |le )?(?:dije|mencione|comente)|as i (?:said|mentioned)"
    r"|i'll answer|merece mencion|lo respondo)"
)
_WORDINGS = {
    "kpis": r"(?:y |pero |and |but )?(?:hoy |ahora |este (?:año|mes) )?(?:estamos|vamos|va en|esta en|"
    r"la meta (?:es|esta)|"
    r"el (?:objetivo|limite|tope) es|no deberia|now|we're at|currently|target is|the (?:target|goal) is)\b",
    "roles": r"(?:yo |y |and |i )*(?:dependo|dependemos|reporto|le reporto|dirijo|tengo|tenemos|superviso|"
    r"report to|lead|manage)\b",
    "processes": r"(?:yo |hola,? |bueno,? )*(?:soy|somos|i'm|i am|mi cargo|my (?:job|role|"
    r"title))\b(?! (?:the one who|quien))"
    r"|(?:yo |i )?(?:dependo|reporto a|le reporto|report to|answer to)\b|(?:hay|there (?:is|are)|no hay)\b"
    r"|(?:hago|hacemos) de todo\b|i do a bit of everything\b"
    r"|(?:and |but |so )?(?:it|this|that) (?:also |really |just )?(?:made|makes|helped|helps|saved|saves|gave|gives)\b"
    r"|(?:helping|giving|providing|allowing|letting) (?:me|us)\b",
    "decision_points": r"(?:yo )?(?:dependo|reporto)\b",
}
_NO_MORE_THAN = compile_folded(
    r"^(?:(?:siempre|nunca|jamas|a veces|casi|muy|mucho|muchas veces|poco|bastante|demasiado|todo|nada|no|si|ya|tb|tambien"
    r"|seguido|a menudo|de vez en cuando|frecuentemente|normalmente|always|never|sometimes|often|usually|very|a lot"
    r"|too|much|also|well|yes)\W*)+$"
)
"""Words that say how often or how much, of nothing."""
_BARE_TIME = compile_folded(
    r"^(?:unas? |unos |about |like )?(?:\d+|una?|dos|tres|cuatro|cinco|two|three|four|five)[ -]"
    r"(?:minutos?|mins?|horas?|hrs?|dias?|semanas?|mes(?:es)?|minutes?|hours?|days?|weeks?|months?)"
    r"(?: (?:complet|enter)[oa]s?)?\W*$"
)
_TROUBLES = ("pain_points", "inefficiencies", "failure_modes", "knowledge_gaps")
_HALVES = compile_folded(rf"^(?:{_HALF})")
_NONE_OF = {table: compile_folded(rf"^(?:{pattern})") for table, pattern in _WORDINGS.items()}


def is_fragment(table: str, folded: str) -> bool:
    """Whether the folded words cannot be an entity of the table on their own."""
    if _HALVES.match(folded) or _NO_MORE_THAN.match(folded):
        return True
    if table in _TROUBLES and _BARE_TIME.match(folded):
        return True
    return table in _NONE_OF and bool(_NONE_OF[table].match(folded))
