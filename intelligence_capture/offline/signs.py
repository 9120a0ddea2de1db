"""Signs in the words of a unit that tell something of what it is, whatever the type."""

from intelligence_capture.offline.folding import compile_folded

_WORDINGS = {
    "number": (r"\d"),
    "percent": (r"\d ?%|por ciento|percent"),
    "money": (
        r"(?:s/\.?|us\$|usd|\$|€|eur|pen|mxn|cop) ?\d|\d ?(?:soles|dolares|euros|pesos|dollars|mil\b|k\b|"
        r"millones|million)"
    ),
    "clock": (r"\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2} ?(?:a\.?m|p\.?m)\b|\ba las? \d|\bat \d{1,2}\b"),
    "calendar": (
        r"\b(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|diari\w+|semanal\w*|mensual\w*|"
        r"quincenal\w*|cada (?:dia|semana|mes|año|ano|mañana|manana|trimestre|\d+)|todos los|todas las|"
        r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|daily|weekly|monthly|every|each (?:day|"
        r"week|month)|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sept?iembre|octubre|noviembre|"
        r"diciembre|fin de mes|cierre)\b"
    ),
    "duration": (
        r"\b(?:\d+|un|una|dos|tres|cuatro|cinco|seis|media|medio|two|three|four|half an?|an?|"
        r"several) (?:minutos?|min|horas?|hrs?|dias?|semanas?|meses|minutes?|hours?|days?|weeks?|"
        r"months?)\b"
    ),
    "negation": (
        r"\b(?:no|nunca|nadie|ningun\w*|sin|tampoco|nada|not|never|nobody|none|without|n't|can't|don't|"
        r"doesn't|isn't|won't)\b"
    ),
    "conditional_start": (
        r"^(?:y |o |pero |and |but |or )?(?:si|cuando|if|when|en caso|in case|unless|a menos)\b"
    ),
    "first_person": (
        r"\b(?:yo|me|mi|mis|i|my|we|our|nos|nosotros|nuestr\w+)\b|\b[a-z]{3,}(?:amos|emos|imos)\b"
    ),
    "infinitive_start": (
        r"^(?:y |e |a |de |para |to )?[a-z]{2,}(?:ar|er|ir|arl[oa]s?|erl[oa]s?|irl[oa]s?)\b"
    ),
    "gerund_start": (r"^(?:and |by )?[a-z]{3,}(?:ing|ando|iendo)\b"),
    "noun_start": (
        r"^(?:y |la |el |los |las |the )?[a-z]{3,}(?:cion|ciones|miento|mientos|aje|sion|siones|encia|"
        r"ancia|dad|ment|tion|tions)\b"
    ),
    "conditional_verb": (
        r"\b[a-z]{3,}(?:aria|eria|iria|arian|erian|irian|ariamos|eriamos)\b|\b(?:would|could|should|"
        r"might)\b|'d\b"
    ),
    "subjunctive_que": (
        r"^(?:y )?que (?:el|la|los|las|se|no|me|nos|cada|todo|un|una|alguien|haya|[a-z]+[ae]n?)\b"
    ),
    "past": (
        r"\b[a-z]{3,}(?:aron|ieron|amos|aba|aban|ia|ian)\b|\b(?:fue|hubo|paso|hizo|did|was|were|had|went|"
        r"[a-z]{3,}ed)\b"
    ),
    "question_mark": (r"\?"),
    "purpose": (r"\bpara\b|\bto [a-z]{3,}\b|\bso that\b"),
    "cause": (r"\b(?:porque|por ?que|ya que|debido|xq|pq|because|since|due to)\b"),
    "role_title": (
        r"\b(?:gerente|jef[ea]|director\w*|coordinador\w*|supervisor\w*|administrador\w*|analista|"
        r"asistente|contador\w*|dueñ\w+|duen[oa]s?|ingenier[oa]|residente|chef|maitre|recepcionista|"
        r"tecnic[oa]s?|manager|head|boss|lead|assistant|engineer|owner)\b"
    ),
    "area": (
        r"\b(?:area|departamento|gerencia|contabilidad|finanzas|compras|almacen|logistica|ventas|"
        r"marketing|operaciones|sistemas|recursos humanos|rrhh|mantenimiento|housekeeping|cocina|"
        r"department|accounting|finance|purchasing|warehouse|sales|hr|it)\b"
    ),
    "one_word": r"^(?:(?:el|la|los|las|the|y|and) )?\w+$",
    "few_words": r"^(?:\w+ ){1,2}\w+$",
    "cause_start": (
        r"^(?:porque|ya que|xq|pq|debido|aunque|because|since|although|even though|y (?:eso|esto|ahi|asi|no)|"
        r"which|so|asi que|entonces|and (?:it|that|this))\b"
    ),
    "first_person_verb": r"\b(?!(?:como|cuando|todo|solo|cada|tengo)\b)[a-z]{3,}(?:o|amos|emos|imos)\b|\b(?:i|we)\b",
    "others_do": r"\b(?:ellos|los (?:clientes|huespedes|vecinos|proveedores)|they|clients?|people|customers)\b",
    "wish_start": (
        r"^(?:y |tambien |ademas )?(?:un|una|que|tener|implementar|automatizar|crear|integrar|digitalizar|"
        r"a|an|having|automat\w+)\b"
    ),
}
SIGNS = {name: compile_folded(pattern) for name, pattern in _WORDINGS.items()}
"""A pattern for each sign, to be searched in folded text."""
