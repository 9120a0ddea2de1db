"""The forms and surroundings by which names are known, as patterns."""

import re

from intelligence_capture.offline.folding import compile_folded

NAME = r"[A-ZÁÉÍÓÚÑ0-9][\w.&+-]*"
NAMES = re.compile(
    r"(?<![\w.@/])(?:[A-ZÁÉÍÓÚÑ][\w&+-]*|[a-z]+[A-Z]\w*|[A-Z]+\d\w*)(?:[ ](?:[A-ZÁÉÍÓÚÑ][\w&+-]*|\d+))*"
)
USE = compile_folded(
    r"\b(us[ao]|usamos|usan|usando|usar|utiliz\w+|manej\w+|trabaj\w+ con|trabaj\w+ en|"
    r"registr\w+ en|ingres\w+ (?:a|al|en)|"
    r"entr[ao]\w* a|carg\w+ (?:a|al|en)|sub\w+ (?:a|al)|sale del?|export\w+ del?|desde|en|"
    r"al|con|via|por|del|hacia|"
    r"use|uses|used|using|with|in|on|into|via|through|from|like|called|tool|try|tried|"
    r"trying)( (?:el|la|los|las|the|our|my))?\s*$"
)
PERSON = compile_folded(
    r"\b(don|doña|dona|señor|señora|señorita|sr|sra|ing|ingeniero|arq|dr|dra|lic|mr|mrs|ms|"
    r"jef[ea]|gerente|con|a|de|y)\.?\s*$"
)
ARTEFACT = compile_folded(
    r"\b(?:(?P<kind>excels?|hojas? (?:de calculo|excel)|planillas?|formularios?|formatos?|"
    r"macros?|base de datos|"
    r"tablero|dashboard|cuadernos?|bitacoras?|libros?|vales?|cartillas?|fichas?|hojas?|kardex|partes?|"
    r"spreadsheets?|workbook|template|forms?|database|tracker|logbook|log))"
    r" (?:(?:de|del|de la|compartid[oa] de|for the|of the|of|for) )(?!un |una |que |lo |los que |google)"
    r"(?P<what>[a-z]{4,}(?: (?:de|y|del|and|of|por|la|el|los|las) [a-z]{4,})?(?: [a-z]{4,})?)"
)
HEADED = compile_folded(
    r"(?:llamad[oa]|denominad[oa]|se llama|que se llama|called|named|known as|tipo|como|like)\s+$"
)
WISH = compile_folded(
    r"\b(seria|deberia\w*|quisiera|quisieramos|me gustaria|propon\w+|implementar|cotiz\w+|"
    r"un integrador|necesitamos|"
    r"ojala|would (be|like|love)|should|wish|if (there|we had)|ideally|en la feria|tipo)\b"
)
NEGATED = compile_folded(
    r"\b(no (usamos|uso|utiliz\w+|tengo|tenemos|hay)|sin|never used|don't use|haven't used|not use)\b"
)

PARTY = compile_folded(
    r"\b(?:(?:el|la|los|las|un|una|nuestro|nuestros|the|our|an?|some|external|outside) )?"
    r"(?P<head>proveedor(?:es|a|as)?|sub ?contratistas?|contratistas?|"
    r"empresas? (?:externas?|tercer\w+|contratistas?|de \w+)|"
    r"tercer(?:os|izad[oa]s?)|consultor(?:a|as|es)?(?: extern[oa]s?)?|agencias? de \w+|"
    r"auditor(?:es|ia)? extern[oa]s?|auditoria externa|"
    r"estudio (?:contable|juridico|legal|de \w+)|laboratorios? (?:extern[oa]s?|de \w+)|"
    r"operador(?:es)? logisticos?|couriers?|"
    r"transportistas?|asesor(?:es|a|ia)? (?:legal(?:es)?|extern\w+|contable\w*|"
    r"tributari\w+)|soporte extern\w+|certificadoras?|"
    r"tecnicos? extern\w+|corredor(?:es|as)?|inmobiliarias?|concesionari\w+|imprenta|"
    r"notaria|propietari\w+ del local|"
    r"mayoristas?|distribuidor(?:es|a|as)?|fabricantes?|representante de la marca|franquiciador\w*|"
    r"suppliers?|vendors?|sub ?contractors?|contractors?|consultan(?:ts?|cy)|outside \w+|"
    r"external \w+|agenc(?:y|ies)|"
    r"auditors?|carriers?|landlords?|publishers?|freelancers?|law firm|accountant|"
    r"third part(?:y|ies)|collaborators?|"
    r"manufacturers?|distributors?|wholesalers?|inspectors?|funding agenc\w+|regulators?|irb)\b"
    r"(?P<rest> (?:de|del|de la|de los|externo|externa|local|for|of|that|who)(?: [a-z]{3,}){1,3})?"
)
PARTY_NAME = re.compile(
    r"\b(?:[Ee]mpresa|[Pp]roveedor|[Pp]roveedora|[Bb]anco|[Nn]otaría|[Ll]avandería|"
    r"[Ff]erretería|[Ii]mprenta|[Ss]eguridad|[Tt]ransportes|[Cc]ontratista|consultora|"
    r"estudio|agencia|laboratorio|constructora|cadena|firma|"
    r"supplier|vendor|contractor|company|firm|agency|gente de|los de|técnico de|"
    r"técnicos de|people (?:at|from))"
    rf"[ ,]+(?P<name>{NAME}(?: {NAME}){{0,3}})"
)
GROUP = compile_folded(
    r"\b(?:un |el |los |mi |nuestro |a |the |our )?(?:grupos?|groups?|chats?) (?:de |del |"
    r"interno de |por )?(?:el |la |the )?"
    r"(?:(?:whats ?app|wsp|wasap|telegram|teams|chat|slack)\b(?: de(?:l| la| los)? [a-z]+|"
    r" con [a-z]+| \"[^\"]{2,40}\")?|\"[^\"]{2,40}\")"
)
OF_A_GROUP = compile_folded(r"\b(?:grupos?|groups?|chats?|carpetas?|folders?)\b[^.;]*$")
"""A name behind this is the name of a group of people or a folder."""
USES = compile_folded(
    r"\b(?:us(?:o|amos|an|a|ando|aba|abamos)|utiliz(?:o|amos|an|a|ando)|manej(?:o|amos|an|a)|"
    r"(?:trabaj|labor)(?:o|amos|an|a|ando) (?:con|en)|tengo|tenemos|hay|apoyo (?:en|con)|"
    r"(?:registr|ingres|carg|sub|llen|pas|emit|factur|revis|saca?)\w{1,4} (?:en|a|al|por|de|del|desde)|"
    r"(?:sistemas?|plataformas?|app|apps|aplicaciones|aplicacion|aplicativos?|programas?|software|"
    r"herramientas?)(?: (?:como|de|son|es|que (?:uso|usamos|se llama)))?|"
    r"(?:i|we|they|also|mostly|mainly|just|then) (?:use|used|run|rely on|work (?:in|with))|using|"
    r"tools?|software|apps?|platforms?|programs?)"
    r"(?: (?:el|la|los|las|un|una|the|our|a|an|like|such as|bastante|mucho|mas que nada|principalmente|"
    r"sobre todo|solo|tambien|mostly|mainly|called|are|is|:))*\b"
)
"""After these words, up to the end of the sentence, stands what is worked with."""
ITEM_BREAK = compile_folded(
    r"\s*(?:[,;:/+()\n•]|\s-\s|\.(?=\s|$)|\by\b|\be\b|\bo\b|\band\b|\bor\b|\bplus\b|\btambien\b|\balso\b|"
    r"\bpara\b|\bfor\b|\bque\b|\bdonde\b|\bcon\b|\bwith\b|\bto\b|\bpero\b|\bbut\b|\bwhich\b|\bde\b|\bdel\b|"
    r"\ben\b|\ba\b|\bal\b|\bin\b|\bon\b|\bporque\b|\bpor\b|\bes\b|\bis\b|\bare\b|\bson\b)\s*"
)
ARTICLES = compile_folded(
    r"^(?:(?:el|la|los|las|un|una|the|our|my|nuestro|mi|un poco|poco|a veces|ya|solo|bueno|yo|aqui|aca|uso|usamos|"
    r"utilizo|utilizamos|manejo|manejamos|trabajo|trabajamos|tengo|tenemos|hay|sistema|app|programa|plataforma|i|we|"
    r"use|using|have|run)\s+)+"
)
INFLECTED = re.compile(
    r"(?:amos|emos|imos|ando|iendo|aron|ieron|aban?|aria|ado|ada|ados|adas|ido|ida|idos|idas|ar|er|ir|arlo|"
    r"arla|arle|arme|arnos|cion|ciones|sion|mente|miento|mientos|dad|dades|dores|ores|eria|erias|illas?|itos?|"
    r"itas?|ones|ajes?|ings?|ness|istas?|[^aeiou]ers|ments?|tions?|ally|ies|able|ible|izers?|meters?|scopes?|ators?|graphs?|metros?|scopios?|grafos?|adoras?)$"
)
"""Endings of everyday words that are too rare for the list of frequencies."""
NEVER_LOWER = frozenset(
    "mes veo his ris sis r make box miro sas sat sage maya unity reaper "
    "plc tms poe presto spring ideas banner".split()
) | {"to do"}
NO_NAMES = frozenset(
    "de del que para la el los las un una en y o con se es no mas muy ya a por como cuando "
    "porque actual nuevo nueva "
    "interno interna propio propia the a an of for to in and or is that this we it".split()
)
NO_PRODUCTS = frozenset(
    "ai ia ml llm nlp ar vr pov diy phd msc mba ceo cto cfo coo vp hr pr pm qa qc rd faq pdf csv jpg png html nda tos sop "
    "roi eta asap aka tbd fyi ok usa uk eu nyc tv dvd cd usb gps gpu cpu ram ssd wifi uv led dna rna pcr nmr hplc mri ct "
    "mb gb tb kb km kg ppe ip vat gdpr hipaa irb nih nsf rfp rfq eod eta dni ruc iva igv rrhh ee uu pc epp ong sac cv nit rfc imss".split()
)
"""Abbreviations of everything but products; "LLMs" are no system, as "el sistema" is none."""
