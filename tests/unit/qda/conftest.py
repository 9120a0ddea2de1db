"""The small database of the reports, hostile texts included."""

from tests.unit.reports.conftest import data, database

__all__ = ["data", "database"]
