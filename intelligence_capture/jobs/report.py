"""Reading what reports and exports say, of people as much as the settings let through."""

from contextlib import ExitStack
from pathlib import Path

from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.reports.records import ReportData
from intelligence_capture.settings import Settings
from intelligence_capture.storage.report_data import report_data
from intelligence_capture.storage.shared import shared_database


def shared_report(
    settings: Settings, *, database: Path, graph: Path | None = None, validation: Path | None = None
) -> ReportData:
    """Everything the reports say, as it may be shared."""
    with ExitStack() as open_copies:
        return report_data(
            open_copies.enter_context(shared_database(database, settings)),
            catalogue=load_catalogue(Path(settings.ontology)),
            graph=graph and open_copies.enter_context(shared_database(graph, settings)),
            validation=validation,
            language=settings.language,
        )
