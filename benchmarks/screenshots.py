"""Pictures of the dashboard for the README, taken in headless Chromium.

python -m benchmarks.screenshots results/reports/dashboard.html docs/images
"""

import argparse
import tempfile
from pathlib import Path

from tests.unit.reports.chromium import Page

SETTLED = "new Promise((done) => setTimeout(done, 200))"
OPEN_PROOF = (
    "document.querySelector('.finding .open').click(); document.querySelector('.voice summary')?.click(); "
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("dashboard", type=Path)
    parser.add_argument("folder", type=Path)
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        page = Page(Path(profile))
        try:
            page.open(wanted.dashboard)
            for name, width, height, before in (
                ("dashboard", 1280, 900, ""),
                ("proof", 1280, 900, OPEN_PROOF),
                ("phone", 390, 844, "document.querySelector('dialog').close(); "),
            ):
                page.resize(width, height, mobile=width < 500)
                page.run(before + SETTLED)
                page.screenshot(wanted.folder / f"{name}.png")
        finally:
            page.close()


if __name__ == "__main__":
    main()
