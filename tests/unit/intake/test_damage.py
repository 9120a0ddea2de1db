"""Damaged files are refused or read, and never end the import of the others."""

import random

from intelligence_capture.errors import IntakeError
from intelligence_capture.intake.formats import read_file
from intelligence_capture.intake.mapping import FileMapping
from tests import office_files
from tests.conftest import ROOT

MAPPING = FileMapping(speakers={"Diego Salinas": "interviewer", "Ana Lucía Torres": "interviewer"})


def damaged(content, chance):
    """The content cut, with bytes changed, or with its lines in another order."""
    how = chance.randrange(3)
    if how == 0:
        return content[: chance.randrange(len(content))]
    if how == 1:
        changed = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)
    lines = content.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def test_three_hundred_damaged_files_end_in_a_reading_or_a_refusal(tmp_path):
    sources = sorted((ROOT / "tests" / "data" / "inbox").iterdir())
    sources += [
        office_files.microsoft_forms(tmp_path / "a.xlsx"),
        office_files.teams_transcript(tmp_path / "b.docx"),
    ]
    chance = random.Random(8)  # noqa: S311 - repeatable damage
    read = refused = 0
    for _ in range(300):
        source = chance.choice(sources)
        file = tmp_path / f"damaged{source.suffix}"
        file.write_bytes(damaged(source.read_bytes(), chance))
        try:
            read_file(file, MAPPING)
            read += 1
        except IntakeError:
            refused += 1

    assert read > 30 and refused > 150
