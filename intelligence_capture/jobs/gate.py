"""The gate as the last rule of a run."""

from pathlib import Path

from intelligence_capture.errors import GateClosed
from intelligence_capture.validation import Validation, gate_message


def check_gate(path: Path) -> str:
    """The message of an open gate; GateClosed with the reasons otherwise."""
    validation = Validation.model_validate_json(path.read_bytes())
    message = gate_message(validation)
    if validation.gate == "closed":
        raise GateClosed(message)
    return message
