"""What a question asks for: the kinds of questions that tell what its answer is likely to hold."""

import re
from functools import lru_cache

from intelligence_capture.offline.folding import Folded, compile_folded

KINDS = (
    "role",
    "process",
    "tools",
    "use",
    "critical",
    "difficulties",
    "inefficiencies",
    "improvements",
    "success",
    "people",
    "decisions",
    "checking",
    "opening",
    "other",
)
"""Every kind: `use` asks what a tool is used for, not which tools there are; `decisions` who decides, `checking`
how a result is verified; `other` tells nothing about the answer, `opening` is a greeting or a farewell."""

_WORDINGS = {
    "opening": (
        r"(before we (begin|start)|does that sound good|do you have any questions|ready to (begin|start)"
        r"|alguna pregunta antes|empezamos\b)"
    ),
    "role": (
        r"(\b(tu|su) (rol|cargo|puesto)\b|\b(funciones|responsabilidad\w*)\b|a que te dedicas|"
        r"quien eres|presentate"
        r"|\b(your (role|position|job)|job title|responsibilit\w+|background|about yourself|"
        r"introduce yourself)\b"
        r"|your (creative |research |own )?(work|field|job)\b.*(typical|tell me|about)|"
        r"tell me (a bit )?about your)"
    ),
    "process": (
        r"(\b(proceso\w*|actividades|dia a dia|diari[oa]|rutina|jornada|flujo de trabajo|"
        r"tareas realizas|describe tu)\b"
        r"|\b(process|workflow|typical|day[- ]to[- ]day|daily|activities|routine|"
        r"walk me through|steps|project)\b)"
    ),
    "tools": (
        r"(\b(herramientas?|sistemas?|aplicacion\w*|software|programas|plataformas?|tecnologia\w*)\b"
        r"|\b(tools?|systems?|applications?|apps?|software|platforms?|technolog\w+)\b)"
    ),
    "use": (
        r"(\b(como|para que|donde|cuando) (usas?|utilizas?|te sirve)( la)? (ia|inteligencia|chatgpt|tecnologia)\b"
        r"|\b(use|using|used|uses|experiment\w*( with)?|reach\w* for|work\w* with)( using)?( of)? "
        r"(ai|claude|chatgpt|these tools)\b"
        r"|where (and when )?do you find yourself|(ai|it|that) fits? in|where does (ai|it) (come|fit))"
    ),
    "critical": (
        r"(\b(critic[oa]s?|clave|mas importantes?|fallan?|falla|riesgos?|que pasa si|salen? mal)\b"
        r"|\b(critical|crucial|fail|fails|goes wrong|risk\w*|what happens if|"
        r"trust|accura\w+)\b)"
    ),
    "difficulties": (
        r"(\b(dificultad\w*|problemas?|obstacul\w+|retos?|desafios?|dolor\w*|preocup\w+|"
        r"molest\w+|frustr\w+|limitacion\w*)\b"
        r"|\b(difficult\w*|problems?|challeng\w+|obstacles?|pain points?|concerns?|worr\w+|"
        r"frustrat\w+|struggl\w+"
        r"|kept you from|hold\w* (you )?back|limitations?|barriers?|hesita\w+|avoid\w*|skeptic\w*)\b)"
    ),
    "inefficiencies": (
        r"(\b(ineficien\w+|lent[oa]s?|repetitiv[oa]s?|redundan\w+|tedios\w+|burocra\w+|"
        r"pierdes? (mas )?tiempo|manuales)\b"
        r"|\b(inefficien\w+|slow\w*|repetitive|redundant|tedious|time[- ]consuming|waste\w*|manual)\b)"
    ),
    "improvements": (
        r"(\b(mejor(a|as|ar|aria|arias)|automatiz\w+|propon\w+|suger\w+|cambiari\w+|"
        r"te gustaria|ideal|solucion\w*)\b"
        r"|\b(improv\w+|automat\w+|propose|suggest(ions?)?|would you (change|like|want)|magic wand|wish|ideal\w*"
        r"|looking ahead|future|next few years|evolv\w+)\b)"
    ),
    "success": (
        r"(\b(exito|mide\w*|medir|indicador\w*|kpi\w*|metas?|objetivos|resultados|logros?)\b"
        r"|\b(success\w*|measur\w+|kpis?|metrics?|goals?|targets?|results|achiev\w+|"
        r"changed the most|has (that |it )?changed|did (that|it) (feel|change)|impact|benefit\w*)\b)"
    ),
    "people": (
        r"(\b(equipo|reportas|jefe|comunica\w*|coordina\w*|proveedores|"
        r"capacita\w*|presupuesto)\b"
        r"|\b(team|report to|communicat\w+|coordinat\w+|collaborat\w+|suppliers?|training|budget)\b)"
    ),
    "decisions": (
        r"(\b(quien(es)? (decide|aprueba|autoriza|firma|manda|tiene la ultima)\w*|decisi\w+|decid\w+|aprueba\w*|"
        r"aprobaci\w+|autoriza\w*|ultima palabra)\b"
        r"|\b(decisions?|decides?|approv\w+|authori[sz]\w+|sign\w* off|final say|in charge|in control|"
        r"calls the shots|driving|who or what)\b)"
    ),
    "checking": (
        r"(\bcomo (sabes|saben|verific\w+|valid\w+|comprueb\w+|te aseguras|revis\w+|control\w+)\b"
        r"|\b(verif\w+|validat\w+|double[- ]check\w*|make sure)\b)"
    ),
}
_PATTERNS = {kind: compile_folded(pattern) for kind, pattern in _WORDINGS.items()}
_OUTWEIGH_THE_ROLE = ("success", "difficulties", "inefficiencies", "improvements", "critical", "tools")
"""Kinds beside which "your position" only says where: "how is success measured in your position"."""


@lru_cache(maxsize=1024)
def kinds_of(question: str) -> tuple[tuple[str, float], ...]:
    """The kinds a question asks for, with weights that add up to 1.

    Only what is really asked counts: the last sentences, for an interviewer often sums up before asking.
    """
    folded = Folded(question).folded
    asked = _asked(folded)
    found = {
        kind: len({m.group(0) for m in p.finditer(asked)}) for kind, p in _PATTERNS.items() if p.search(asked)
    }
    if "opening" in found:
        return (("opening", 1.0),)
    if "use" in found:
        found.pop("tools", None)
    if len(found) > 1 and any(kind in found for kind in _OUTWEIGH_THE_ROLE):
        found.pop("role", None)
    total = sum(found.values())
    if not total:
        return (("other", 1.0),)
    return tuple((kind, count / total) for kind, count in sorted(found.items()))


def _asked(folded: str) -> str:
    """The sentences that end in a question mark and what precedes the last of them, or the end."""
    sentences = [s.strip() for s in re.split(r"(?<=[.!?])\s+|\n+", folded) if s.strip()]
    asked = [index for index, sentence in enumerate(sentences) if sentence.endswith("?")]
    if not asked:
        return " ".join(sentences[-2:])
    last = asked[-1]
    first = asked[-2] if len(asked) > 1 and asked[-2] == last - 1 else last
    before = sentences[last - 1 : last] if first == last and len(sentences[last].split()) < 9 else []
    return " ".join([*before, *sentences[first : last + 1]])
