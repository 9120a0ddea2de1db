"""The wordings that own fields of entities are read from, as patterns on folded text."""

from intelligence_capture.offline.folding import compile_folded

_NUMBER_WORDS: dict[float, tuple[str, ...]] = {
    0.5: ("media", "medio", "half an", "half a"),
    1: ("un", "una", "uno", "one", "a", "an"),
    2: ("dos", "two"),
    3: ("tres", "three"),
    4: ("cuatro", "four"),
    5: ("cinco", "five"),
    6: ("seis", "six"),
    7: ("siete", "seven"),
    8: ("ocho", "eight"),
    9: ("nueve", "nine"),
    10: ("diez", "ten"),
    11: ("once", "eleven"),
    12: ("doce", "twelve"),
    15: ("quince", "fifteen"),
    20: ("veinte", "twenty"),
    30: ("treinta", "thirty"),
    40: ("cuarenta", "forty"),
    50: ("cincuenta", "fifty"),
}
NUMBERS = {word: number for number, words in _NUMBER_WORDS.items() for word in words}
WORD_NUMBER = "|".join(sorted(NUMBERS, key=len, reverse=True))
MINUTES = {
    "min": 1,
    "minuto": 1,
    "minute": 1,
    "hora": 60,
    "hour": 60,
    "hr": 60,
    "h": 60,
    "dia": 480,
    "day": 480,
}
"""A day of work has eight hours: who says "it takes me a day" means that one."""

_DAY = r"(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?)"
FREQUENCY = compile_folded(
    r"\b(?:(?:\d+|una|dos|tres|cuatro|cinco|varias|once|twice|two|three|several) (?:veces|"
    r"times|vez) (?:al|a la|por|a|per) (?:dia|semana|mes|año|day|week|month|year)"
    r"|(?:una vez|once|twice) (?:al|a la|por|cada|a|per|every) (?:dia|semana|mes|año|day|week|month|year)"
    r"|cada (?:\d+ |dos |tres |cuatro |seis |quince )?(?:dias?|semanas?|mes(?:es)?|años?|"
    r"turno|horas?|trimestre|quincena|noche|mañana|tarde)"
    r"|tod[oa]s l[oa]s (?:dias|semanas|meses|años|mañanas|tardes|noches)"
    rf"|(?:todos )?(?:el|los|cada) (?:primer |ultimo |segundo |tercer )?{_DAY}"
    rf"(?:(?:,| y|, y) (?:el |los )?{_DAY}| {_DAY})*(?: de (?:cada|el|la) \w+)?"
    r"|diariamente|semanalmente|mensualmente|anualmente|trimestralmente|quincenalmente|"
    r"a diario|diari[oa]s?|semanal(?:es)?|mensual(?:es)?|quincenal(?:es)?|"
    r"trimestral(?:es)?|semestral(?:es)?|anual(?:es)?"
    r"|(?:a )?(?:fin|fines|inicio|inicios|cierre) de (?:cada )?(?:mes|año)"
    r"|every (?:other |two |three |\d+ )?(?:days?|weeks?|months?|years?|mornings?|"
    r"evenings?|nights?|quarters?|shifts?|hours?|mondays?|tuesdays?|wednesdays?|thursdays?|"
    r"fridays?|saturdays?|sundays?)"
    r"|each (?:day|week|month|year|morning|quarter|shift|monday|friday)|on (?:mondays?|"
    r"tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?)"
    r"|daily|weekly|monthly|quarterly|yearly|annually|fortnightly|biweekly|"
    r"(?:at )?(?:month|year)[- ]end|end of (?:the|each|every) (?:month|week|year|day))\b"
)
TIME = compile_folded(
    r"\b(?:(?:a|desde|hasta|antes de|entre|at|by|before|from|"
    r"until) )?(?:las? )?\d{1,2}[:.h]\d{2}(?: ?(?:a\.?m\.?|p\.?m\.?|hrs?|horas))?(?: (?:a|"
    r"y|to|-|—) (?:las? )?\d{1,2}[:.h]\d{2})?"
    r"|\b(?:a|antes de|desde|hasta) las? \d{1,2}(?: ?(?:a\.?m\.?|p\.?m\.?|horas|"
    r"de la (?:mañana|tarde|noche)))?"
    r"|\b(?:at|by|before|until|around) \d{1,2}(?: ?(?:a\.?m\.?|p\.?m\.?|o'clock))?\b|"
    r"\b\d{1,2} ?(?:a\.?m|p\.?m)\b"
    r"|\b(?:por|en) la (?:mañana|tarde|noche)\b|\b(?:in the|every) (?:morning|afternoon|"
    r"evening)\b|\bal cierre\b|\bprimera hora\b|\bmediodia\b|\bnoon\b"
)
DURATION = compile_folded(
    rf"\b(?P<number>\d+(?:[.,]\d+)?|{WORD_NUMBER})(?: (?:a|y|o|to|-) (?:\d+|{WORD_NUMBER}))? ?"
    r"(?P<unit>minutos?|min\b|minutes?|horas?|hours?|hrs?\b|h\b|dias?|"
    r"days?)(?: (?P<half>y media|and a half))?"
)
MONEY = compile_folded(
    r"(?P<before>s/\.?|us\$|usd|u\$s|\$|€|eur|pen|mxn|cop|clp|"
    r"ars)? ?(?P<number>\d{1,3}(?:[ .,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)"
    r" ?(?P<scale>mil(?:lon(?:es)?)?\b|k\b|thousand|million)?(?: de)? ?(?P<after>soles|"
    r"dolares|dollars|euros|pesos|usd|eur|pen|s/)?"
)
CURRENCIES = {
    "s/": "PEN",
    "s/.": "PEN",
    "soles": "PEN",
    "pen": "PEN",
    "us$": "USD",
    "u$s": "USD",
    "usd": "USD",
    "$": "USD",
    "dolares": "USD",
    "dollars": "USD",
    "€": "EUR",
    "eur": "EUR",
    "euros": "EUR",
    "mxn": "MXN",
    "cop": "COP",
    "clp": "CLP",
    "ars": "ARS",
    "pesos": "pesos",
}
TITLE = (
    r"(?:(?:el|la|los|las|al|del|mi|un|una|su|the|my|our|a|an) )?"
    r"(?:sub ?)?(?:gerentes?|gerencia|jef[ea]s?|jefatura|director(?:a|es|io)?|direccion|"
    r"coordinador(?:a|es)?|supervisor(?:a|es)?|administrador(?:a|es)?|"
    r"encargad[oa]s?|asistentes?|analistas?|contador(?:a|es)?|dueñ[oa]s?|ingenier[oa]s?|"
    r"residentes?|chefs?|maitre|recepcionistas?|tecnic[oa]s?|"
    r"auxiliar(?:es)?|cajer[oa]s?|moz[oa]s?|meser[oa]s?|cociner[oa]s?|almacener[oa]s?|"
    r"vendedor(?:a|es)?|ejecutiv[oa]s?|operari[oa]s?|comite|"
    r"finanzas|contabilidad|recursos humanos|rrhh|logistica|compras|sistemas|operaciones|"
    r"ventas|marketing|almacen|legal|tesoreria|"
    r"(?:general |regional |area |finance |operations |sales |front office |project |"
    r"plant |head |executive |line )*(?:managers?|heads?|directors?|supervisors?|"
    r"bosses|boss|owners?|board|committee|ceo|cfo|coo|controller|leads?|chief \w+|"
    r"assistants?|analysts?|engineers?|finance|accounting|editor|producer|client|"
    r"supervisor|advisor))"
    r"(?: (?:general|comercial|financier[oa]|administrativ[oa]|regional|corporativ[oa]|tecnic[oa]))?"
    r"(?: (?:de|del|of) (?:la |las |los |el |the )?[a-z]{3,}"
    r"(?: y (?!teng|tien|luego|despues|tambien|firm|aprueb|autoriz|decid|liber)[a-z]{4,}(?<!mos))?)?"
)
_SOMEBODY = (
    r"(?:gerentes?|jef[ea]s?|director(?:a|es)?|coordinador(?:a|es)?|supervisor(?:a|es)?|administrador(?:a|es)?|asistentes?|"
    r"analistas?|contador(?:a|es)?|residentes?|chefs?|recepcionistas?|tecnic[oa]s?|auxiliar(?:es)?|cajer[oa]s?|moz[oa]s?|"
    r"cociner[oa]s?|almacener[oa]s?|vendedor(?:a|es)?|locales|chic[oa]s?|manager|assistant|supervisor|engineer|technician)"
    r"(?: (?:general|comercial|de [a-z]{4,}))?"
)
ROLE = compile_folded(rf"\b{TITLE}\b")
REPORTS_TO = compile_folded(
    rf"\b(?:(?<!me )(?:le )?report(?:o|amos|ando)(?: directamente)?(?: a| al)|depend(?:o|emos)(?: directamente)?(?: de| del)|"
    rf"mi jef[ea](?: directo| inmediato)? es|(?:i|we) (?:\w+ )?(?:report|answer) (?:directly )?to|"
    rf"reporting (?:directly )?to|my (?:boss|manager|supervisor) is)"
    rf" (?P<whom>{TITLE}|(?!medias)(?:(?:el|la|los|the) )?[a-z]+(?: (?!que\b|y\b|e\b|en\b|pero\b|and\b|who\b|in\b)[a-z]+)?)"
)
TEAM_SIZE = compile_folded(
    rf"\b(?P<number>\d{{1,4}}|{WORD_NUMBER}) (?:(?!mil\b)\w+ ){{0,2}}?(?:personas|"
    rf"colaboradores|trabajadores|emplead[oa]s|operari[oa]s|tecnic[oa]s|asistentes?|"
    rf"analistas?|"
    r"vendedor(?:es|as)|enfermer[oa]s|docentes|meser[oa]s|mozos|cociner[oa]s|ingenier[oa]s|"
    r"supervisor(?:es|as)|auxiliares|choferes|recepcionistas|ejecutiv[oa]s|practicantes?|"
    r"people|employees|staff|technicians|engineers|nurses|analysts|assistants|students|"
    r"members|cooks|waiters|drivers|developers|designers|clerks)\b"
    rf"|\b(?:somos|we are|equipo de|team of) (?P<we>\d{{1,4}}|{WORD_NUMBER})\b"
)
COORDINATES = compile_folded(
    r"\b(?:coordin\w+|interactu\w+|trabaj\w+ (?:de la mano|con|junto)|work closely|liaise|"
    r"coordinate)(?: \w+){0,2} (?:con|with) (?P<whom>(?:el |la |las |los |"
    r"the )?[a-z]+(?:(?:,| y| e| and) (?:el |la |las |los |the )?[a-z]+){0,5})"
)
CAUSE = compile_folded(
    r"\b(?:porque|ya que|debido a(?: que)?|xq|pq|por culpa de|puesto que|because(?: of)?|"
    r"since|due to)\b (?P<rest>.{8,})$"
)
IF_THEN = compile_folded(
    r"^(?:y |pero |and |but )?(?:si|cuando|if|when|once)\b[^,]{4,90},\s+(?P<rest>.{6,})$"
)
CONSEQUENCE = compile_folded(
    r"(?:,| y| and)? ?\b(?:por lo que|entonces|lo que (?:genera|ocasiona|provoca|hace)|"
    r"asi que|y (?:eso|esto)|se (?:pierde|para|retrasa|genera|queda)|perdemos|"
    r"no (?:podemos|se puede)|"
    r"which (?:means|causes)|so|and then|we (?:lose|cannot|can't|have to)|leads to|"
    r"results in)\b(?P<rest>.{6,})$"
)
INSTEAD = compile_folded(
    r"\b(?:mientras tanto|lo (?:hacemos|resolvemos|solucionamos)|toca|tenemos que|"
    r"tengo que|hay que|nos toca|trabajamos con|usamos el|llamamos a|we (?:have to|"
    r"switch to|use)|i (?:have to|end up)|meanwhile)\b.{6,}$"
)
BY_HAND = compile_folded(
    r"\b(?:a mano|manual\w*|digit\w+|tipe\w+|copi\w+|peg\w+|papel|excel|correo|whats ?app|"
    r"e-?mail|by hand|retyp\w+|copy|paste|paper|spreadsheets?|imprim\w+|llen\w+)\b"
)
AUTOMATIC = compile_folded(
    r"\b(?:automatic\w+|se sincroniza|integrad[oa]|interfaz|api|sync\w*|feeds|"
    r"por si sol[oa]|directly|directamente)\b"
)
THRESHOLD = compile_folded(
    r"\b(?:mayor(?:es)? (?:a|de|que)|superior(?:es)? a|mas de|menos de|menor(?:es)? a|"
    r"hasta|por encima de|por debajo de|pasad[oa]s?|arriba de|sobre|above|over|below|under|"
    r"up to|more than|less than|exceeding)"
    r" (?:los |las |el |the |de )?(?:(?:s/\.?|us\$|usd|\$|€) ?\d[\d.,]*(?: ?(?:mil|k|%))?|"
    r"\d[\d.,]* ?(?:%|(?:mil )?(?:por ciento|soles|dolares|pesos|euros|dollars|pounds|percent|dias|days|"
    r"horas|hours)\b|mil\b))"
)
UNIT = (
    (compile_folded(r"%|porcentaje|por ciento|percent\w*|\brate\b|\btasa\b"), "%"),
    (compile_folded(r"s/\.?|\bsoles\b"), "S/"),
    (compile_folded(r"us\$|usd|dolares|dollars"), "USD"),
    (compile_folded(r"\bminutos?\b|\bmin\b|\bminutes?\b"), "minutos"),
    (compile_folded(r"\bhoras?\b|\bhours?\b"), "horas"),
    (compile_folded(r"\bdias?\b|\bdays?\b"), "días"),
)
GOAL = compile_folded(
    r"\b(?:meta|objetivo|target|goal|promesa|tope|limite|minimo|maximo|floor|por debajo de|"
    r"debajo de|por encima de|menos de|mas de|no (?:pase|supere|baje) de|"
    r"que (?:no )?(?:pase|sea|este|llegue)|under|below|above|over|at least|tolerancia)"
    r"[a-z ]{0,24}?(?P<value>[±<>]? ?(?:s/ ?|us\$ ?|\$ ?)?\d[\d.,]*(?: ?(?:%|puntos|dias|"
    r"horas|minutos|meses|days|hours|minutes|months|points|mil))?)"
)
NOW = compile_folded(
    r"\b(?:estamos en|vamos en|vamos|va en|hoy|actualmente|ahora|este (?:mes|trimestre|"
    r"año)|cerramos en|currently|we're (?:at|on)|now|today|is at)"
    r"[a-z ]{0,20}?(?P<value>(?:s/ ?|us\$ ?|\$ ?)?\d[\d.,]*(?: ?(?:%|puntos|dias|horas|"
    r"minutos|meses|days|hours|minutes|points|mil))?)"
)
# Only words that grade a trouble: "urgente" names a kind of request, "dolor de cabeza" any trouble at all.
SEVERE = (
    (
        compile_folded(
            r"\b(?<!no es )(?:(?<!ruta )critic[oa]s?(?! path)|gravisim\w+|critical(?! path)|disaster|desastre|"
            r"catastrof\w+|catastroph\w+|"
            r"nos paraliza\w*|se (?:para|paraliza|detiene) tod[oa]|(?:todo|la operacion|la obra) se (?:para|"
            r"paraliza|detiene)|"
            r"no podemos (?:operar|trabajar|atender|vender)|everything stops|brings? (?:us|"
            r"everything) to a (?:halt|stop))\b"
        ),
        "critical",
    ),
    (
        compile_folded(
            r"\b(?:grave|muy grave|graves|el peor|lo peor|serio|seria(?= (?:problema|dificultad))|enorme|"
            r"principal (?:problema|dificultad)|(?:mayor|gran) (?:problema|dificultad|dolor)|"
            r"biggest|(?:main|major) (?:problem|issue|concern|worry)|serious|severe|worst|huge)\b"
        ),
        "high",
    ),
    (compile_folded(r"\b(?:molesto|incomodo|un poco lento|annoying|a bit of a pain)\b"), "medium"),
    (compile_folded(r"\b(?:no es (?:tan )?grave|poco importante|detalle menor|minor|no big deal)\b"), "low"),
)
PURPOSE = compile_folded(
    r"^[ (,]{0,2}(?:(?:es|lo uso|la uso|lo usamos|la usamos|is|which is|we use it|i use it) )?"
    r"(?:para|sirve para|used for|for)\b (?P<rest>[a-z][^.;,()\n]{4,70})"
)
WITH_WHOM = compile_folded(r"^ (?:[a-z]+ ){0,2}?(?:con|entre|with|between) (?P<whom>[^.;()\n]{3,60})")
TRAINING = compile_folded(
    r"\b(?:(?:falta|faltan|necesit\w+|hace falta|habria|deberia\w*|seria|need\w*|should|would)\b(?: \w+){0,6}?) "
    r"(?P<course>(?:capacitacion(?:es)?|curso|formacion|entrenamiento|induccion|training|course|workshop)\b"
    r"(?: (?:de|en|sobre|on|in|for)(?: (?!y\b|para\b|and\b)\w+){1,4})?)"
)
KNOW_HOW = compile_folded(
    r"\b(?:(?:capacit\w+|curso|formacion|entren\w+|training|trained|course) (?:de|en|sobre|on|in|to use) "
    r"|(?:no (?:sabe\w*|conoce\w*|domina\w*|maneja\w*)|nadie (?:sabe|conoce)|(?:don't|doesn't|didn't) know(?: how to)?|"
    r"no idea how(?: to)?|(?:learn|aprender|learning)) (?:a |bien |usar |use |utilizar |manejar |hacer |leer |do |read )*)"
    r"(?P<area>(?!como\b|que\b|si\b|any\b|how\b|what\b)[a-z0-9]+(?: (?!y\b|pero\b|porque\b|and\b|but\b|para\b|because\b)[a-z0-9]+){0,3})"
)
BENEFIT = compile_folded(
    r"\b(?P<change>(?:(?:ha|han|hemos|se) )?(?:baj(?:o|aron|amos|e|ado)|sub(?:io|ieron|imos|ido)|redujo|redujeron|redujimos|"
    r"reducido|disminuyo|aumento|crecio|mejoro|mejoraron|ahorramos|ahorro|paso de|pasamos de|no hemos vuelto a|"
    r"ya no (?:hay|tenemos|se)|saves?|saved|cut|halved|doubled|went (?:from|up|down)|fell|dropped|reduced)\b[^.;]{3,80})"
)
KEYWORDS = (
    (
        compile_folded(
            r"\b(?:dos veces|duplic\w+|doble|twice|again|double|repet\w+|otra vez|volver a|re-?enter\w*)\b"
        ),
        "duplicado",
        "duplicated",
    ),
    (
        compile_folded(
            r"\b(?:a mano|manual\w*|digit\w+|tipe\w+|uno por uno|by hand|manually|retyp\w+|copy)\b"
        ),
        "manual",
        "manual",
    ),
    (
        compile_folded(
            r"\b(?:firmas?|aprobaci\w+|burocra\w+|papeleo|tramites?|vistos?|sign\w*|approv\w+|"
            r"bureaucra\w+|paperwork)\b"
        ),
        "burocrático",
        "bureaucratic",
    ),
    (
        compile_folded(r"\b(?:lent[oa]s?|demor\w+|tard\w+|horas|dias|slow\w*|takes|hours|days|long)\b"),
        "lento",
        "slow",
    ),
)
DONE_BY_ME = compile_folded(
    r"^(?:(?:y|luego|despues|tambien|ahi|ya|entonces|primero|and|then|also|so|first|usually) )*"
    r"(?:(?:yo|me|lo|la|los|las|le|les|se) )*(?!(?:como|cuando|todo|solo|cada|tengo|creo|pero|luego|bueno|correo|turno|inicio|"
    r"cierre|horario|registro|pedido)\b)[a-z]{3,}o\b(?! (?:de|del|mensual|diario|semanal|con)\b)|^(?:and |then |so |also )*i\b"
)
DONE_BY_OTHERS = compile_folded(
    rf"^(?:(?:y|luego|despues|tambien|ahi|ya|and|then|so) )*(?P<who>(?:el|la|los|las|mi|mis|un|una|the|my|our|a) {_SOMEBODY})"
    r" (?:(?:lo|la|los|las|le|les|me|nos|se) )*(?:[a-z]{2,}(?:a|e|an|en)|[a-z]{2,}s)\b"
)
