"""Projects and codebooks for programs of qualitative analysis, and a codebook of theirs as a catalogue."""

import re
from pathlib import Path

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.errors import CatalogueError
from intelligence_capture.jobs.report import shared_report
from intelligence_capture.qda.codebook import codebook_file
from intelligence_capture.qda.new_catalogue import as_files, read_codebook
from intelligence_capture.qda.project import project_file
from intelligence_capture.settings import Settings
from intelligence_capture.state import write_whole
from intelligence_capture.texts import fold


def run_qda(settings: Settings, *, database: Path, project: Path, codebook: Path) -> str:
    """Write the project and its codebook; returns what is in them."""
    catalogue = load_catalogue(Path(settings.ontology))
    made = project_file(shared_report(settings, database=database))
    write_whole(project, made.content)
    write_whole(codebook, codebook_file(catalogue.types, settings.language))
    return f"{project}: {made.summary()}.\n{codebook}: {len(catalogue.types)} codes."


def run_import_codebook(settings: Settings) -> str:
    """Write the catalogue that the codebook makes into a new folder; returns how to use it.

    CatalogueError where there is no codebook, it cannot be a catalogue, or the folder is there already.
    """
    if not settings.codebook:
        raise CatalogueError("which codebook? snakemake import_codebook --config codebook=FILE.qdc")
    source = Path(settings.codebook)
    files = as_files(read_codebook(source))
    folder = Path("ontology_" + (re.sub(r"\W+", "_", fold(source.stem)) or "codebook"))
    if folder.exists():
        raise CatalogueError(f"{folder}: it is there already, perhaps with your changes; rename or remove it")
    for name, text in files.items():
        write_whole(folder / name, text)
    return (
        f"{folder}: {len(files)} types, one a code. Add fields and examples to its files where you want them, "
        f"then run with\n  snakemake -j 4 --resources api_calls=4 --config ontology={folder} results=results_{folder}"
    )
