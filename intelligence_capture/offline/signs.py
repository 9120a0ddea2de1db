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
    "activity_start": (
        r"^(?:(?:and|so|then|but|or|also|usually|sometimes|often|mostly|primarily|y|luego|despues|tambien) )*"
        r"(?:i|we|yo)(?:'ll|'ve|'d)? (?:(?:will|would|can|may|might|do|also|then|usually|often|sometimes|"
        r"typically|"
        r"mostly|always|generally|normally|just|still|have|to|tend|like|try|find|myself|started?|end|up|even|"
        r"[a-z]+ly) )*(?!(?:think|feel|guess|believe|know|hope|mean|suppose|wonder|want|wish|need|am|was|had|"
        r"got|felt|thought|see|love|worry|fear|understand|remember|agree|expect|prefer|imagine|say|"
        r"said)\b)[a-z]{3,}"
    ),
    "use_for": (
        r"\b(?:us(?:e|es|ed|ing)|ask(?:ed|ing)?|hav(?:e|ing)|let|get|feed|give|uso|usamos|utilizo|pido)\b"
        r"[^,.;]{0,40}?\b(?:to|for|para|when|help|generate|write|check|find|suggest|summari[sz]e)\b"
    ),
    "purpose_start": r"^(?:in order to|so (?:that|i can|we can)|to [a-z]+|for [a-z]+ing|para|a fin de)\b",
    "goes_with": (
        r"^(?:and |but )?(?:who|which|whose|that|where|with|such as|like|including|rather than|instead of|"
        r"without|than|"
        r"whether|how|what|as (?:well|if|though|i|it|they|we)|especially|particularly|even (?:if|though|"
        r"when)|"
        r"depending|based on|regardless|besides|other than|que|quien(?:es)?|cuy[oa]s?|con|como|sin|en vez de|"
        r"incluso|sobre todo|ademas de|aparte de|segun)\b"
    ),
    "stance": (
        r"\b(?:i|we)(?:'d|'m| would| do| don't| also| really| just| still| am)* (?:think|feel|guess|"
        r"believe|suppose|wonder|"
        r"imagine|suspect|hope|say|mean|expect|sure|not sure)\b|\b(?:creo|pienso|supongo|me parece|"
        r"imagino|siento) que\b"
    ),
    "hedge": (
        r"\b(?:maybe|perhaps|probably|kind of|sort of|kinda|i guess|somewhat|a bit|a little|"
        r"to some extent|in a way|"
        r"quizas?|tal vez|puede que|a lo mejor|medio|como que|mas o menos)\b"
    ),
    "to_come": (
        r"\b(?:will|won't|'ll|going to|gonna|might|someday|eventually|one day|in the (?:near )?future|"
        r"years from now|"
        r"in (?:the next|a few|five|ten) (?:few )?years|voy a|vamos a|va a|van a|en el futuro|algun dia|"
        r"mas adelante)\b"
    ),
    "told_once": (
        r"\b(?:i|we|he|she|they|it) (?:was|were|had|did|got|went|came|took|found|gave|made|thought|felt|"
        r"said|told|saw|"
        r"[a-z]{3,}ed)\b|\b(?:once|last (?:week|month|year|spring|summer|autumn|fall|winter)|"
        r"the other day|yesterday|"
        r"recently|ago|una vez|la otra vez|ayer|el otro dia|el año pasado|la semana pasada)\b"
    ),
    "glad": (
        r"\b(?:great|good|better|best|love[ds]?|helpful|useful|handy|easier|easily|faster|quicker|quickly|"
        r"smoother|efficient\w*|"
        r"effective|accurate|amazing|awesome|fantastic|impressive|impressed|pleased|happy|glad|grateful|"
        r"relief|enjoy\w*|"
        r"comfortable|confident|valuable|invaluable|brilliant|freed|frees|freeing|nice|perfect\w*|"
        r"excellent|wonderful|"
        r"buen[oa]s?|mejor|bien|rapid[oa]s?|facil\w*|ayud\w+|util(?:es)?|excelente|content[oa]s?|agil\w*|"
        r"logr\w+|feliz)\b"
    ),
    "sorry": (
        r"\b(?:bad|badly|worse|worst|poor\w*|hard(?:er)?|difficult\w*|trouble|struggl\w+|annoy\w*|"
        r"frustrat\w+|tricky|"
        r"uncomfortable|uneasy|nervous|anxious|scared|afraid|fear\w*|threat\w*|risk\w*|danger\w*|worr\w+|"
        r"concern\w*|"
        r"bother\w*|bugs?|hate|stuck|lost|losing|lose|waste\w*|useless|generic|bland|flat|soulless|lazy|"
        r"fake|stolen|steal\w*|"
        r"theft|cheat\w*|plagiari\w+|mislead\w*|misinterpret\w*|inaccura\w+|wrong\w*|error\w*|mistake\w*|"
        r"hallucinat\w+|"
        r"unreliable|untrustworthy|distrust|skeptical|disappoint\w*|sad|unfortunate\w*|overwhelm\w+|"
        r"devalu\w+|replac\w+|"
        r"oversaturat\w*|flood\w*|weird|clunky|awkward|slow\w*|tedious|boring|expensive|cost(?:s|ly)?|"
        r"mal[oa]?s?|peor|"
        r"dificil\w*|problem\w*|complica\w*|lent[oa]s?|demor\w+|falt\w+|falla\w*|err[oa]r\w*|pierd\w+|"
        r"perd\w+|preocup\w+|"
        r"molest\w+|riesg\w+|retras\w+|queja\w*|cuesta\w*)\b"
    ),
    "than_before": (
        r"\b(?:used to|no longer|anymore|any more|these days|nowadays|before i|before we|before (?:ai|"
        r"that|this|it)|"
        r"than (?:before|it used|i used|ever|having)|instead of (?:having|[a-z]+ing)|now (?:i|we|it|that)|"
        r"takes? (?:me )?(?:way |much |far )?less|"
        r"a fraction|minutes instead|antes|ahora|ya no|hoy en dia)\b"
    ),
    "cannot": (
        r"\b(?:can't|can ?not|couldn't|unable|not able|doesn't|don't|didn't|won't|wouldn't|isn't|aren't|"
        r"never|not (?:as|so|very|really|quite|"
        r"there|good|great|worth|sure|able|always)|no (?:puedo|podemos|puede|pueden|se puede|hay|tengo|"
        r"tenemos|sirve|funciona)|"
        r"nunca)\b"
    ),
    "other_subject": (
        r"^(?:(?:and|but|so|then|or|because|y|pero|que) )*(?:it|they|this|that|these|those|he|she|there|"
        r"people|everyone|somebody|"
        r"someone|you|(?:the |an? )?(?:ai|tools?|models?|machine|software|program|system|thing)|ellos?|"
        r"ellas?|la gente|uno|eso|esto)"
        r"(?:'s|'re|'ll|'d)?\b"
    ),
    "me_first": r"^(?:(?:oh|well|so|but|definitely|always|still|it's|that's|mostly|usually|just|only) )*me\b",
    "i_decide": (
        r"\b(?:(?:it's|its|it is|that's|definitely|always|mostly|usually|still|just|only|all|entirely|"
        r"completely|absolutely) (?:\w+ )?me\b|"
        r"i(?:'m| am)? (?:always |still |usually |mostly |definitely )?(?:steer\w*|driv(?:e|ing)|direct|"
        r"control|choose|pick|decide|"
        r"make (?:all )?the|the one|have the|get the|keep|set)|in (?:full |complete )?(?:control|charge)|"
        r"driver'?s'? seat|at the wheel|"
        r"final (?:say|call|word|decision)|last word|up to me|my (?:call|decision|choice)|i (?:will|"
        r"would) never|i'd never|i (?:don't|won't) let|"
        r"yo (?:decido|elijo|escojo|defino|mando)|decido yo|la ultima palabra)\b"
    ),
}
AT_START = frozenset(name for name, pattern in _WORDINGS.items() if pattern.startswith("^"))
"""Signs that a unit begins with; the others may stand anywhere in it."""
SIGNS = {name: compile_folded(pattern.removeprefix("^")) for name, pattern in _WORDINGS.items()}
"""A pattern for each sign, on folded text."""
