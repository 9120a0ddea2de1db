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

FREQUENCY = compile_folded(
    r"\b(?:(?:\d+|una|dos|tres|cuatro|cinco|varias|once|twice|two|three|several) (?:veces|"
    r"times|vez) (?:al|a la|por|a|per) (?:dia|semana|mes|año|day|week|month|year)"
    r"|(?:una vez|once|twice) (?:al|a la|por|cada|a|per|every) (?:dia|semana|mes|año|day|week|month|year)"
    r"|cada (?:\d+ |dos |tres |cuatro |seis |quince )?(?:dias?|semanas?|mes(?:es)?|años?|"
    r"lunes|martes|miercoles|jueves|viernes|sabado|domingo|turno|horas?|trimestre|quincena|"
    r"noche|mañana|tarde)"
    r"|tod[oa]s l[oa]s (?:dias|semanas|meses|años|lunes|martes|miercoles|jueves|viernes|"
    r"sabados|domingos|mañanas|tardes|noches)"
    r"|(?:el|los|cada) (?:primer |ultimo |segundo |tercer )?(?:lunes|martes|miercoles|"
    r"jueves|viernes|sabados?|domingos?)(?: de (?:cada|el|la) \w+)?"
    r"|diariamente|semanalmente|mensualmente|anualmente|trimestralmente|quincenalmente|"
    r"a diario|diari[oa]s?|semanal(?:es)?|mensual(?:es)?|quincenal(?:es)?|"
    r"trimestral(?:es)?|semestral(?:es)?|anual(?:es)?"
    r"|(?:a )?(?:fin|fines|inicio|inicios|cierre) de (?:cada )?(?:mes|año|semana)|fin de mes"
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
    r"(?: y (?!teng|tien|luego|despues|tambien|firm|aprueb|autoriz|decid)[a-z]{4,}(?<!mos))?)?"
)
ROLE = compile_folded(rf"\b{TITLE}\b")
APPROVER = compile_folded(
    rf"\b(?:(?P<before>{TITLE}|yo|i|we) (?:\w+ ){{0,3}}(?:aprueb\w+|autoriz\w+|decid\w+|"
    rf"firm\w+|valid\w+|defin\w+|elig\w+|approv\w+|authori[sz]\w+|decid\w+|signs?|"
    rf"has the final)"
    rf"|(?:aprueb\w+|aprob\w+|autoriz\w+|decid\w+|firm\w+|valid\w+|approved|authori[sz]ed|"
    rf"signed|decided|visto bueno|v°b°)(?: \w+){{0,3}} (?:por |de |del |by |"
    rf"from )?(?P<after>{TITLE}))\b"
)
REPORTS_TO = compile_folded(
    rf"\b(?:report(?:o|amos|a|an|ando|e)?(?: directamente)?(?: a| al)|depend(?:o|emos|e|"
    rf"en)(?: directamente)?(?: de| del)|mi jef[ea](?: directo| inmediato)? es|"
    rf"report(?:s|ing)?(?: directly)? to|answer(?:s)? to|my (?:boss|manager|"
    rf"supervisor) is) (?P<whom>{TITLE}|[a-z]+(?: [a-z]+)?)"
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
FLOW = compile_folded(
    r"\b(?:de|del|desde|from) (?P<source>(?:la |el |los |las |"
    r"the )?[a-z0-9]+(?: [a-z0-9]+){0,2}?) (?:a|al|hacia|to|into) (?P<target>(?:la |el |"
    r"los |las |the )?[a-z0-9]+(?: (?:de |of )?[a-z0-9]+)?)\b"
)
TARGET = compile_folded(
    r"\b(?:a|al|hacia|to|into|en|in) (?P<target>(?:la |el |los |las |the |mi |"
    r"my )?(?:gerencia|contabilidad|finanzas|compras|almacen|logistica|ventas|"
    r"recursos humanos|rrhh|sistemas|operaciones|cocina|"
    r"mantenimiento|recepcion|tesoreria|directorio|administracion|accounting|finance|"
    r"purchasing|the client|management|hr|payroll|cliente|clientes|banco|"
    rf"{TITLE})(?: \w+)?)\b"
)
BY_HAND = compile_folded(
    r"\b(?:a mano|manual\w*|digit\w+|tipe\w+|copi\w+|peg\w+|papel|excel|correo|whats ?app|"
    r"e-?mail|by hand|retyp\w+|copy|paste|paper|spreadsheets?|imprim\w+|llen\w+)\b"
)
AUTOMATIC = compile_folded(
    r"\b(?:automatic\w+|se sincroniza|integrad[oa]|interfaz|api|sync\w*|feeds|"
    r"por si sol[oa]|directly|directamente)\b"
)
ITEM = compile_folded(
    r"\b(?:reportes?|informes?|datos|informacion|facturas?|pedidos?|ordenes de \w+|"
    r"planillas?|listas?|archivos?|solicitudes|guias|boletas|ventas|stock|inventarios?|"
    r"fotos|planos|"
    r"resultados|reservas|asistencias?|horas|precios|gastos|comprobantes|contratos|"
    r"reports?|data|information|invoices?|orders|lists?|files?|requests|figures|sales|"
    r"results|bookings|"
    r"timesheets|samples|drafts?|notes|prices)(?: (?:de|del|of) (?:la |el |los )?[a-z]+)?\b"
)
THRESHOLD = compile_folded(
    r"\b(?:mayor(?:es)? (?:a|de|que)|superior(?:es)? a|mas de|menos de|menor(?:es)? a|"
    r"hasta|por encima de|por debajo de|pasad[oa]s?|arriba de|sobre|above|over|below|under|"
    r"up to|more than|less than|exceeding)"
    r" (?:los |las |el |the |de )?(?:(?:s/\.?|us\$|usd|\$|€) ?\d[\d.,]*(?: ?(?:mil|k|%))?|"
    r"\d[\d.,]* ?(?:%|por ciento|soles|dolares|pesos|euros|dollars|mil\b|percent|dias|days|"
    r"horas|hours)[a-z ]{0,8})"
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
            r"\b(?:grave|muy grave|graves|urgente|el peor|lo peor|serio|seria(?= (?:problema|dificultad))|enorme|"
            r"principal (?:problema|dificultad)|(?:mayor|gran) (?:problema|dificultad|dolor)|dolor de cabeza|"
            r"biggest|main (?:problem|issue|concern|worry)|major|serious|severe|worst|huge|urgent|headache)\b"
        ),
        "high",
    ),
    (compile_folded(r"\b(?:molesto|incomodo|un poco lento|annoying|a bit of a pain)\b"), "medium"),
    (compile_folded(r"\b(?:no es (?:tan )?grave|poco importante|detalle menor|minor|no big deal)\b"), "low"),
)
PURPOSE = compile_folded(r"\b(?:para|sirve para|used for|for|to)\b (?P<rest>[a-z][^.;,()\n]{4,70})")
TRAINING = compile_folded(
    r"\b(?:capacitacion(?:es)?|curso|formacion|entrenamiento|induccion|training|course|"
    r"workshop)\b(?: \w+){0,6}"
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
FIRST_PERSON = compile_folded(r"\b(?:yo|me|mi|i|my|[a-z]{3,}o)\b")
