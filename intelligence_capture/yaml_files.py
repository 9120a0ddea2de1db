"""Reading YAML, with the C parser where it is there: five times as fast, and each job reads the catalogue."""

from pathlib import Path
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:  # noqa: ANN401 - any tree of YAML
    """The content of the file; yaml.YAMLError or UnicodeDecodeError where it is none."""
    return yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - both loaders are the safe ones
