"""Ask the database by words: python scripts/ask.py 'cierre mensual' --company Mirador."""

import argparse
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from intelligence_capture.errors import IntelligenceCaptureError
from intelligence_capture.settings import project_settings
from intelligence_capture.storage.ask import Filters, as_text, ask, shared

signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `ask.py … | head` ends without a traceback
parser = argparse.ArgumentParser(description="Find answers and findings by words, with accents or without.")
parser.add_argument(
    "words", nargs="+", help="words, or their beginnings; in quotation marks they stand together"
)
parser.add_argument("--company", default="", help="part of a company's name")
parser.add_argument("--type", default="", help="a type of findings, as pain_points or 'puntos de dolor'")
parser.add_argument("--role", default="", help="part of the respondent's role")
parser.add_argument("--limit", type=int, default=10, help="how many are shown (10)")
parser.add_argument("--database", type=Path, default=Path("results/intelligence.db"))
given = parser.parse_args()
question = " ".join(given.words)
filters = Filters(company=given.company, type=given.type, role=given.role)
try:
    shown = project_settings().respondents
    found = ask(given.database, question, filters=filters, limit=given.limit)
    print(as_text(shared(found, given.database, shown), question))
except IntelligenceCaptureError as error:
    sys.exit(str(error))
