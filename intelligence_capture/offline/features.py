"""What is known of each unit of an answer: cues, question, words around it, and its meaning as a vector."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from intelligence_capture.catalogue import Catalogue, EntityType
from intelligence_capture.embedding import DIMENSIONS, Embedder, Matrix
from intelligence_capture.offline.folding import Folded, compile_folded
from intelligence_capture.offline.mentions import Mention
from intelligence_capture.offline.questions import KINDS
from intelligence_capture.offline.segments import Unit

_MOST_HITS = 3
"""Cue hits in a unit beyond which more say nothing more."""

_SIGNS = {
    "number": r"\d",
    "percent": r"\d ?%|por ciento|percent",
    "money": r"(?:s/\.?|us\$|usd|\$|€|eur|pen|mxn|cop) ?\d|\d ?(?:soles|dolares|euros|pesos|dollars|mil\b|k\b|millones|million)",
    "clock": r"\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2} ?(?:a\.?m|p\.?m)\b|\ba las? \d|\bat \d{1,2}\b",
    "calendar": r"\b(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|diari\w+|semanal\w*|mensual\w*|quincenal\w*"
    r"|cada (?:dia|semana|mes|año|ano|mañana|manana|trimestre|\d+)|todos los|todas las|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday|daily|weekly|monthly|every|each (?:day|week|month)|enero|febrero|marzo|abril|mayo|junio|julio|agosto"
    r"|sept?iembre|octubre|noviembre|diciembre|fin de mes|cierre)\b",
    "duration": r"\b(?:\d+|un|una|dos|tres|cuatro|cinco|seis|media|medio|two|three|four|half an?|an?|several) "
    r"(?:minutos?|min|horas?|hrs?|dias?|semanas?|meses|minutes?|hours?|days?|weeks?|months?)\b",
    "negation": r"\b(?:no|nunca|nadie|ningun\w*|sin|tampoco|nada|not|never|nobody|none|without|n't|can't|don't|doesn't|isn't|won't)\b",
    "conditional_start": r"^(?:y |o |pero |and |but |or )?(?:si|cuando|if|when|en caso|in case|unless|a menos)\b",
    "first_person": r"\b(?:yo|me|mi|mis|i|my|we|our|nos|nosotros|nuestr\w+)\b|\b[a-z]{3,}(?:amos|emos|imos)\b",
    "infinitive_start": r"^(?:y |e |a |de |para |to )?[a-z]{2,}(?:ar|er|ir|arl[oa]s?|erl[oa]s?|irl[oa]s?)\b",
    "gerund_start": r"^(?:and |by )?[a-z]{3,}(?:ing|ando|iendo)\b",
    "noun_start": r"^(?:y |la |el |los |las |the )?[a-z]{3,}(?:cion|ciones|miento|mientos|aje|sion|siones|encia|ancia|dad|ment|tion|tions)\b",
    "conditional_verb": r"\b[a-z]{3,}(?:aria|eria|iria|arian|erian|irian|ariamos|eriamos)\b|\b(?:would|could|should|might)\b|'d\b",
    "subjunctive_que": r"^(?:y )?que (?:el|la|los|las|se|no|me|nos|cada|todo|un|una|alguien|haya|[a-z]+[ae]n?)\b",
    "past": r"\b[a-z]{3,}(?:aron|ieron|amos|aba|aban|ia|ian)\b|\b(?:fue|hubo|paso|hizo|did|was|were|had|went|[a-z]{3,}ed)\b",
    "question_mark": r"\?",
    "purpose": r"\bpara\b|\bto [a-z]{3,}\b|\bso that\b",
    "cause": r"\b(?:porque|por ?que|ya que|debido|xq|pq|because|since|due to)\b",
    "role_title": r"\b(?:gerente|jef[ea]|director\w*|coordinador\w*|supervisor\w*|administrador\w*|analista|asistente|contador\w*|dueñ\w+"
    r"|duen[oa]s?|ingenier[oa]|residente|chef|maitre|recepcionista|tecnic[oa]s?|manager|head|boss|lead|assistant|engineer|owner)\b",
    "area": r"\b(?:area|departamento|gerencia|contabilidad|finanzas|compras|almacen|logistica|ventas|marketing|operaciones|sistemas"
    r"|recursos humanos|rrhh|mantenimiento|housekeeping|cocina|department|accounting|finance|purchasing|warehouse|sales|hr|it)\b",
    "wish_start": r"^(?:y |tambien |ademas )?(?:un|una|que|tener|implementar|automatizar|crear|integrar|digitalizar|a|an|having|automat\w+)\b",
}
_PATTERNS = {name: compile_folded(pattern) for name, pattern in _SIGNS.items()}
_SHAPES = (
    "sentence",
    "whole",
    "item",
    "first_clause",
    "last_clause",
    "first_sentence",
    "last_sentence",
    "english",
)
_MENTIONED = ("mentions_system", "mentions_channel", "mentions_party", "mentions_several_systems")
_WORD = re.compile(r"[a-z]+|\d+|%")


class Answered(NamedTuple):
    """An answer with everything that features are made of."""

    text: Folded
    units: list[Unit]
    mentions: list[Mention]
    kinds: tuple[tuple[str, float], ...]
    english: bool


class Cued(NamedTuple):
    """The compiled wordings of a type."""

    cues: tuple[re.Pattern[str], ...]
    anti_cues: tuple[re.Pattern[str], ...]


class FeatureMaker:
    """Rows of numbers for units, in blocks that are named and always stand in the same order."""

    def __init__(self, catalogue: Catalogue, embed: Embedder, tables: tuple[str, ...]) -> None:
        self._tables = tables
        self._embed = embed
        self._cued = [_cued(catalogue[table]) for table in tables]
        self._examples = [_Examples(catalogue[table], embed) for table in tables]
        self.names = (
            *(f"cue:{table}" for table in tables),
            *(f"anti:{table}" for table in tables),
            *(f"around:{table}" for table in tables),
            *(f"near:{table}" for table in tables),
            *(f"question:{kind}" for kind in KINDS),
            *_SIGNS,
            *(f"around:{sign}" for sign in _SIGNS),
            *_SHAPES,
            *_MENTIONED,
            "words",
            "long",
            "position",
            *(f"meaning:{index}" for index in range(DIMENSIONS)),
            *(f"context:{index}" for index in range(DIMENSIONS)),
        )

    def rows(self, answered: Answered) -> Matrix:
        """One row a unit of the answer."""
        units = answered.units
        if not units:
            return np.zeros((0, len(self.names)), dtype=np.float32)
        texts = [answered.text.folded[unit.start : unit.end] for unit in units]
        meanings = self._embed(tuple(answered.text.words(unit.start, unit.end) for unit in units))
        hits, anti = self._hits(texts)
        signs = _signs(texts)
        sentence = _sentence_rows(units)
        neighbours = _neighbour_rows(units)
        near = np.stack([examples.nearness(meanings) for examples in self._examples], axis=1)
        question = np.zeros((len(units), len(KINDS)), dtype=np.float32)
        for kind, weight in answered.kinds:
            question[:, KINDS.index(kind)] = weight
        return np.concatenate(
            [
                hits,
                anti,
                _neighbour_mean(hits, neighbours),
                near,
                question,
                signs,
                _neighbour_mean(signs, neighbours),
                _shapes(answered),
                meanings,
                meanings[sentence],
            ],
            axis=1,
            dtype=np.float32,
        )

    def _hits(self, texts: list[str]) -> tuple[Matrix, Matrix]:
        def count(patterns: tuple[re.Pattern[str], ...], text: str) -> int:
            return min(sum(len(pattern.findall(text)) for pattern in patterns), _MOST_HITS)

        hits = [[count(cued.cues, text) for cued in self._cued] for text in texts]
        anti = [[count(cued.anti_cues, text) for cued in self._cued] for text in texts]
        return np.array(hits, dtype=np.float32), np.array(anti, dtype=np.float32)


class _Examples:
    """The example sentences of a type as vectors."""

    def __init__(self, entity_type: EntityType, embed: Embedder) -> None:
        self._good = embed((*entity_type.examples.es, *entity_type.examples.en))
        self._bad = embed((*entity_type.counter_examples.es, *entity_type.counter_examples.en))

    def nearness(self, meanings: Matrix) -> Matrix:
        """How near each row is to the nearest examples, less how near to a counter-example."""
        good = _nearest(meanings, self._good)
        bad = _nearest(meanings, self._bad)
        return (good - 0.5 * np.maximum(bad - good + 0.1, 0)).astype(np.float32)


def words_of(text: str) -> Iterator[str]:
    """The words of folded text and their neighbours in pairs, numbers as one word: what a text is made of."""
    words = ["#" if word[0].isdigit() else word for word in _WORD.findall(text)]
    yield from words
    yield from (f"{first} {second}" for first, second in zip(words, words[1:], strict=False))
    if words:
        yield f"^{words[0]}"


def _cued(entity_type: EntityType) -> Cued:
    return Cued(
        tuple(compile_folded(p) for p in (*entity_type.cues.es, *entity_type.cues.en)),
        tuple(compile_folded(p) for p in (*entity_type.anti_cues.es, *entity_type.anti_cues.en)),
    )


def _nearest(meanings: Matrix, examples: Matrix) -> Matrix:
    if not len(examples):
        return np.zeros(len(meanings), dtype=np.float32)
    closest = np.sort(meanings @ examples.T, axis=1)[:, -2:]
    return closest.mean(axis=1)


def _signs(texts: list[str]) -> Matrix:
    rows = [[float(bool(pattern.search(text))) for pattern in _PATTERNS.values()] for text in texts]
    return np.array(rows, dtype=np.float32)


def _sentence_rows(units: list[Unit]) -> list[int]:
    """For each unit the row of its sentence."""
    row_of = {unit.sentence: index for index, unit in enumerate(units) if unit.clause < 0}
    return [row_of[unit.sentence] for unit in units]


def _neighbour_rows(units: list[Unit]) -> list[list[int]]:
    """For each unit the rows of what stands before and after it: clauses of its sentence, or sentences."""
    row_of = {(unit.sentence, unit.clause): index for index, unit in enumerate(units)}
    found = []
    for unit in units:
        if unit.clause < 0:
            keys = [(unit.sentence - 1, -1), (unit.sentence + 1, -1)]
        else:
            keys = [(unit.sentence, unit.clause - 1), (unit.sentence, unit.clause + 1)]
            keys = [key for key in keys if key[1] >= 0]
        found.append([row_of[key] for key in keys if key in row_of])
    return found


def _neighbour_mean(rows: Matrix, neighbours: list[list[int]]) -> Matrix:
    return np.stack(
        [rows[near].mean(axis=0) if near else np.zeros(rows.shape[1], np.float32) for near in neighbours]
    )


def _shapes(answered: Answered) -> Matrix:
    units = answered.units
    clauses = {unit.sentence: 0 for unit in units}
    for unit in units:
        clauses[unit.sentence] = max(clauses[unit.sentence], unit.clause + 1)
    last = units[-1].sentence
    rows = []
    for unit in units:
        inside = {
            (m.type, m.name)
            for m in answered.mentions
            if m.start >= unit.start and m.end <= unit.end and "form" not in m.flags
        }
        systems = sum(kind == "systems" for kind, _ in inside)
        rows.append(
            [
                unit.clause < 0,
                clauses[unit.sentence] == 0,
                unit.item,
                unit.clause == 0,
                unit.clause >= 0 and unit.clause == clauses[unit.sentence] - 1,
                unit.sentence == 0,
                unit.sentence == last,
                answered.english,
                systems > 0,
                any(kind == "communication_channels" for kind, _ in inside),
                any(kind == "external_dependencies" for kind, _ in inside),
                systems > 1,
                min((unit.end - unit.start) / 100, 3.0),
                unit.end - unit.start > 120,
                unit.sentence / max(last, 1),
            ]
        )
    return np.array(rows, dtype=np.float32)
