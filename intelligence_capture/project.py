"""A project of one's own: a folder with settings and data, run by the workflow of this checkout."""

import shutil
import sys
from pathlib import Path

from intelligence_capture.errors import IntelligenceCaptureError, ProjectError

CHECKOUT = Path(__file__).resolve().parent.parent
PLACEHOLDER = "@CHECKOUT@"
PROFILE = Path("profiles/default/config.yaml")


def create_project(folder: Path, checkout: Path = CHECKOUT) -> None:
    """Fill `folder` from the template; ProjectError where anything is there already, or it is this checkout."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProjectError(f"{folder}: something is there already; name a new folder: make project DIR=…")
    if folder.resolve().is_relative_to(checkout.resolve()):
        raise ProjectError(f"{folder}: inside the checkout, where it would meet the samples; choose another")
    if set("\"\\{}'\n") & set(str(checkout.resolve())):
        raise ProjectError(f"{checkout}: a quote, brace or backslash in the path; move the checkout")
    shutil.copytree(checkout / "template", folder, dirs_exist_ok=True)
    (folder / PROFILE).parent.mkdir(parents=True)
    shutil.copy(checkout / PROFILE, folder / PROFILE)
    for name in ("Snakefile", "README.md"):
        text = (folder / name).read_text("utf-8").replace(PLACEHOLDER, str(checkout.resolve()))
        (folder / name).write_text(text, "utf-8")


def main(arguments: list[str]) -> None:
    """`python -m intelligence_capture.project FOLDER`, as `make project DIR=FOLDER` runs it."""
    try:
        if len(arguments) != 1 or not arguments[0]:
            raise ProjectError("name a new folder: make project DIR=../mi-proyecto")
        create_project(Path(arguments[0]))
    except IntelligenceCaptureError as error:
        sys.exit(str(error))
    print(f"{arguments[0]} is ready: put files into its inbox/, then see its README.md.")


if __name__ == "__main__":
    main(sys.argv[1:])
