"""methods.html: what made these data (extractor, model, prompt, catalogue, settings, code), with hashes."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from intelligence_capture.records import Record
from intelligence_capture.state import write_whole

_TEMPLATES = Path(__file__).with_name("templates")


class Extractor(Record):
    """One extractor with one model; `fingerprint` is the hash of all that its answers depend on."""

    extractor: str
    model: str
    fingerprint: str
    interviews: int


class Hashed(Record):
    """A file, or several under one name, with the SHA-256 of its content."""

    name: str
    sha256: str


class Methods(Record):
    """What a researcher has to state to have the same data made again."""

    extractors: tuple[Extractor, ...]
    interviews: int
    interviews_sha256: str
    catalogue_sha256: str
    files: tuple[Hashed, ...]
    settings: dict[str, str]
    code: tuple[Hashed, ...]
    packages: dict[str, str]


def write_methods(methods: Methods, path: Path) -> None:
    """Write methods.html: the same methods give the same bytes."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.get_template("methods.html.j2").render(methods=methods)
    write_whole(path, page.encode("utf-8", "replace"))
