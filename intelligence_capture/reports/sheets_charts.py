"""The workbook's charts, each of figures that stand in cells beside it, and bars in cells."""

from intelligence_capture.records import Record
from intelligence_capture.reports.sheets import Book, Sheet

COLOUR, HURTS, BARS = "#2F6690", "#C2571A", "#9DB8D2"
MOST = 10
"""Bars of a chart that takes the first rows of a ranking."""


class Series(Record):
    """The cells of a chart: on this sheet, from the first to the last row, names and values by column."""

    sheet: str
    first: int
    last: int
    names: int
    values: int


def bar_chart(
    book: Book, sheet: Sheet, series: Series, *, title: str, at: str, colour: str = COLOUR, width: int = 560
) -> None:
    """A bar a row, the first on top; `at` is the cell of its corner."""
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [series.sheet, series.first, series.names, series.last, series.names],
            "values": [series.sheet, series.first, series.values, series.last, series.values],
            "fill": {"color": colour},
            "gap": 40,
            "data_labels": {"value": True},
        }
    )
    chart.set_title({"name": title, "name_font": {"size": 11}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    # The figure stands at each bar.
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": width, "height": 90 + 24 * (1 + series.last - series.first)})
    sheet.insert_chart(at, chart, {"description": title})


def cell_bars(sheet: Sheet, cells: tuple[int, int, int, int], most: float | None = None) -> None:
    """Bars in cells (first row, column, last row, column) from 0 to `most`, else to the greatest."""
    rule: dict[str, object] = {"type": "data_bar", "bar_color": BARS}
    rule |= {"min_type": "num", "min_value": 0}
    if most is not None:
        rule |= {"max_type": "num", "max_value": most}
    sheet.conditional_format(*cells, rule)
