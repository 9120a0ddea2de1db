"""Invented interviews in any number, for benchmarks: the same for a seed on every machine.

    python -m benchmarks.invented FOLDER 10000 [--seed 7]

People of companies of about a hundred each answer six questions from sentences with slots: systems, duties,
times, colleagues. Some things are said by many, most by few. They are no test of quality: the sentences are
short and clean, as no person talks.
"""

import argparse
import json
import random
from pathlib import Path

SYSTEMS = "SAP,Opera,Excel,Simphony,Power BI,Outlook,WhatsApp,Salesforce,Trello,Odoo,Concar,Starsoft".split(
    ","
)
TIMES = (
    "cada lunes",
    "todos los días",
    "a fin de mes",
    "cada quincena",
    "los viernes a las 6 pm",
    "cada trimestre",
)
AREAS = (
    "compras",
    "ventas",
    "almacén",
    "recepción",
    "mantenimiento",
    "contabilidad",
    "cocina",
    "obra",
    "sistemas",
)
THINGS = (
    "las facturas",
    "los pedidos",
    "el inventario",
    "las reservas",
    "los turnos",
    "las órdenes de servicio",
    "los contratos",
    "las planillas",
    "los vales",
    "las guías de remisión",
    "los reclamos",
    "las muestras",
)
VERBS = ("reviso", "registro", "concilio", "apruebo", "consolido", "programo", "archivo", "comparo")
TROUBLES = (
    "se cae y no podemos atender",
    "se queda colgado y hay colas",
    "pierde los datos del día",
    "no cruza con el banco",
    "muestra saldos de ayer",
    "borra lo que se digitó",
)
PEOPLE = (
    "el gerente general",
    "la jefa de finanzas",
    "el administrador",
    "la directora",
    "el supervisor de turno",
)
PARTIES = ("el proveedor de carnes", "la municipalidad", "el contratista eléctrico", "el banco", "la SUNAT")
SKILLS = ("tablas dinámicas", "el módulo de costos", "leer planos", "hablar inglés", "usar el sistema nuevo")

QUESTIONS = {
    "¿Cuál es tu rol y cuáles son tus responsabilidades?": (
        "Soy responsable de {area} y reporto a {person}. {Verb} {thing} con un equipo de {number} personas.",
        "Trabajo en {area} hace {number} años. Coordino {thing} y respondo por ellos ante {person}.",
    ),
    "¿Cómo es tu proceso de trabajo?": (
        "{Time} {verb} {thing} en {system}. Después paso el resumen a {person} por WhatsApp.",
        "{Verb} {thing} {time} y copio los datos a mano de {system} a {system2}.",
        "Bajo {thing} de {system}, los pego en Excel y {time} mando el reporte a {area2}.",
    ),
    "¿Qué dificultades enfrentas?": (
        "{System} {trouble}. Nadie de {area2} nos avisa cuando faltan {thing}.",
        "El cierre de {thing} demora {number} días porque {area2} no entrega a tiempo.",
        "Falta capacitación: pocos saben {skill}. Además {system} {trouble}.",
    ),
    "¿Quién decide y cómo se aprueba?": (
        "{Person} aprueba todo gasto mayor a {number}00 soles. Lo demás lo decido yo.",
        "Las compras de {area} las aprueba {person}, y si pasa de {number}000 soles van al directorio.",
    ),
    "¿Qué mides y con quién dependes?": (
        "Me miden por {thing} atendidos a tiempo; la meta es {number} por ciento. Dependemos de {party}.",
        "El indicador es el error en {thing}. {Party} nos entrega con retraso {time}.",
    ),
    "¿Qué mejorarías?": (
        "Quisiera que {system} se integre con {system2} para no digitar {thing} dos veces.",
        "Hay que automatizar el reporte de {thing}; hoy se hace a mano {time}. Sí funciona la reunión con {area2}.",
        "El presupuesto de {area} no alcanza para más personal. La reunión de los lunes con {area2} funciona bien.",
    ),
}


def interview(number: int, *, seed: int, people_a_company: int = 100) -> dict[str, object]:
    """The interview with this number; it depends on the seed and the number alone."""
    chance = random.Random(f"{seed}/{number}")
    company = f"Empresa {number // people_a_company + 1}"
    slots = {
        "area": chance.choice(AREAS),
        "area2": chance.choice(AREAS),
        "person": chance.choice(PEOPLE),
        "number": chance.randint(2, 60),
        "party": chance.choice(PARTIES),
        "skill": chance.choice(SKILLS),
    }
    answers = {}
    for question, sentences in QUESTIONS.items():
        slots |= {
            "system": chance.choice(SYSTEMS),
            "system2": chance.choice(SYSTEMS),
            "thing": f"{chance.choice(THINGS)} de {chance.choice(AREAS)}",
            "time": chance.choice(TIMES),
            "verb": chance.choice(VERBS),
            "trouble": chance.choice(TROUBLES),
        }
        capitalised = {
            name.capitalize(): str(value)[:1].upper() + str(value)[1:] for name, value in slots.items()
        }
        answers[question] = chance.choice(sentences).format(**slots, **capitalised)
    meta = {
        "company": company,
        "respondent": f"Persona {number}",
        "role": f"Responsable de {slots['area']}",
        "date": f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
    }
    return {"meta": meta, "qa_pairs": answers}


def write_interviews(folder: Path, count: int, *, seed: int) -> None:
    """Write so many interviews into the folder, one file each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = json.dumps(interview(number, seed=seed), ensure_ascii=False, indent=1)
        (folder / f"persona-{number:05d}.json").write_text(text, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    write_interviews(given.folder, given.count, seed=given.seed)


if __name__ == "__main__":
    main()
