import pytest

from intelligence_capture.offline.questions import kinds_of


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("¿Cuál es tu rol en la empresa y cuáles son tus principales responsabilidades?", "role"),
        ("¿Cómo es tu proceso de trabajo diario?", "process"),
        ("que herramientas usas", "tools"),
        ("¿Cuáles son los pasos más críticos y qué pasa si fallan?", "critical"),
        ("¿Qué dificultades enfrentas con mayor frecuencia?", "difficulties"),
        ("Which tasks are inefficient, slow or repetitive?", "inefficiencies"),
        ("If you could wave a magic wand, what would you change?", "improvements"),
        ("How is success measured in your position or area?", "success"),
        ("I loved what you said about tools. Do you have any questions before we begin?", "opening"),
        ("Walk me through it. Where and when do you find yourself reaching for AI tools?", "use"),
        ("When you have used AI for that, how do you verify what it suggested?", "checking"),
        ("When you work with it like that, who or what is driving the creative decisions?", "decisions"),
        ("¿Quién aprueba los descuentos y quién tiene la última palabra?", "decisions"),
        ("Is there anything else?", "other"),
    ],
)
def test_knows_what_a_question_asks_for(question, kind):
    kinds = dict(kinds_of(question))

    assert max(kinds, key=lambda name: kinds[name]) == kind
    assert sum(kinds.values()) == pytest.approx(1)
