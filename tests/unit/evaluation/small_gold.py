"""Two invented interviews with labels by hand, and deliberately bad extractors."""

import random
import re
from collections.abc import Iterator

from intelligence_capture.evaluation.items import Item
from intelligence_capture.records import Interview
from intelligence_capture.spans import Span
from tests.conftest import interview

BAKER = interview(
    "Soy jefe de panadería. Me encargo de:\n- pedir la harina\n- hornear el pan de la mañana\n"
    "- cuadrar la caja\nEmpecé hace 20 años con mi papá, cuando esto era una ventana a la calle.",
    "A las 4 prendo los hornos y a las 6 abrimos. Los lunes cuento la harina y paso el número a un Excel, "
    "de ahí mi hermana lo copia a Contasol.",
    "El horno 2 se apaga solo y perdemos la tanda. Además cobrar con el datáfono viejo es lentísimo, "
    "y nadie sabe programar la amasadora nueva.",
    "Hablamos por WhatsApp y los viernes nos reunimos diez minutos. Arriba de 500 soles decide mi hermana. "
    "Miro la merma y las ventas por hora. Quisiera que el conteo de harina se hiciera solo.",
    name="baker",
)
NURSE = interview(
    "I'm the ward nurse for the night shift and I report to Dr. Hill. We are four nurses, two of us since "
    "the old building. At midnight we check every bed. I type the temperatures from paper into MediLog.",
    "MediLog freezes and then we lose the round. The linen comes late from CleanCo. There is no money for "
    "new beds. Infection rate is what we are judged by. The new handover sheet works well: fewer questions "
    "in the morning.",
    name="nurse",
)
_BAKER_LABELS = (
    ("roles", "jefe de panadería"),
    ("processes", "pedir la harina"),
    ("processes", "hornear el pan de la mañana"),
    ("processes", "cuadrar la caja"),
    ("temporal_patterns", "A las 4 prendo los hornos"),
    ("temporal_patterns", "a las 6 abrimos"),
    ("temporal_patterns", "Los lunes cuento la harina"),
    ("systems", "Excel"),
    ("systems", "Contasol"),
    ("data_flows", "mi hermana lo copia a Contasol"),
    ("failure_modes", "El horno 2 se apaga solo y perdemos la tanda"),
    ("inefficiencies", "cobrar con el datáfono viejo es lentísimo"),
    ("knowledge_gaps", "nadie sabe programar la amasadora nueva"),
    ("communication_channels", "WhatsApp"),
    ("systems", "WhatsApp"),
    ("communication_channels", "los viernes nos reunimos"),
    ("decision_points", "Arriba de 500 soles decide mi hermana"),
    ("kpis", "merma"),
    ("kpis", "ventas por hora"),
    ("automation_candidates", "que el conteo de harina se hiciera solo"),
)
_NURSE_LABELS = (
    ("roles", "ward nurse for the night shift"),
    ("team_structures", "I report to Dr. Hill"),
    ("team_structures", "We are four nurses"),
    ("temporal_patterns", "At midnight we check every bed"),
    ("processes", "check every bed"),
    ("data_flows", "I type the temperatures from paper into MediLog"),
    ("automation_candidates", "type the temperatures from paper"),
    ("systems", "MediLog"),
    ("failure_modes", "MediLog freezes and then we lose the round"),
    ("pain_points", "The linen comes late"),
    ("external_dependencies", "CleanCo"),
    ("budget_constraints", "no money for new beds"),
    ("kpis", "Infection rate"),
    ("success_patterns", "The new handover sheet works well"),
)


def said(given: Interview, quote: str) -> Span:
    """Where the quote stands first."""
    question = next(n for n, answer in enumerate(given.answers) if quote in answer.answer)
    start = given.answer(question).index(quote)
    return Span(question, start, start + len(quote))


def labelled(given: Interview, labels: tuple[tuple[str, str], ...]) -> list[Item]:
    return [
        Item(type=table, label=quote, spans=(said(given, quote),), quotes=(quote,)) for table, quote in labels
    ]


SMALL_GOLD = [(BAKER, labelled(BAKER, _BAKER_LABELS)), (NURSE, labelled(NURSE, _NURSE_LABELS))]


def random_spans(given: Interview, tables: tuple[str, ...]) -> Iterator[Item]:
    """Stretches of one to fifteen words anywhere, of any type."""
    choose = random.Random(given.id)  # noqa: S311 - no secret
    for _ in range(70):
        question = choose.randrange(len(given.answers))
        words = list(re.finditer(r"\S+", given.answer(question)))
        if words:
            first = choose.randrange(len(words))
            last = min(first + choose.randrange(15), len(words) - 1)
            yield _item(choose.choice(tables), Span(question, words[first].start(), words[last].end()))


def all_pain_points(given: Interview, tables: tuple[str, ...]) -> Iterator[Item]:
    """Every sentence as a pain point."""
    return (_item("pain_points", span) for span in _sentences(given))


def everything_twice(given: Interview, tables: tuple[str, ...]) -> Iterator[Item]:
    """Every sentence as every type, twice."""
    return (_item(table, span) for span in _sentences(given) for table in tables for _ in range(2))


def whole_answers(given: Interview, tables: tuple[str, ...]) -> Iterator[Item]:
    """Every whole answer as every type."""
    for question, answer in enumerate(given.answers):
        if answer.answer:
            yield from (_item(table, Span(question, 0, len(answer.answer))) for table in tables)


BAD_EXTRACTORS = (random_spans, all_pain_points, everything_twice, whole_answers)


def _sentences(given: Interview) -> Iterator[Span]:
    for question, answer in enumerate(given.answers):
        for match in re.finditer(r"[^.;:!?\n]*\w[^.;:!?\n]*", answer.answer):
            yield Span(question, match.start(), match.end())


def _item(table: str, span: Span) -> Item:
    return Item(type=table, label="anything", spans=(span,))
