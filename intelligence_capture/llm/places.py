"""Where the limits are kept, and whether they and the store lie where their promises hold: docs/cluster.md."""

import os
import tempfile
from pathlib import Path

from intelligence_capture.llm.credentials import server_address
from intelligence_capture.llm.prompt import digest
from intelligence_capture.mounts import TABLE, mount_of
from intelligence_capture.settings import Settings


def shared_folder(server: str) -> Path:
    """Where the processes of this machine and user meet that call this server."""
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    folder = Path(base) / "intelligence-capture" / digest(server)[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"intelligence-capture-{os.getuid()}" / digest(server)[:16]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def place_warnings(
    settings: Settings, *, many_machines: bool, limits: Path | None = None, table: Path = TABLE
) -> list[str]:
    """What a person should know before paid calls are made, each with what to do; empty where all is well.

    `many_machines` says that jobs run elsewhere too, `limits` is the folder of the limits unless it follows
    from the settings.
    """
    if not settings.asks_model:
        return []
    found = [_store(Path(settings.responses), many_machines=many_machines, table=table)]
    if not settings.openai.redis_url:
        folder = limits or shared_folder(server_address(settings.openai.base_url))
        found.append(_limits(folder, many_machines=many_machines, table=table))
    return [f"{warning} See docs/cluster.md." for warning in found if warning]


def _store(responses: Path, *, many_machines: bool, table: Path) -> str:
    mount = mount_of(responses, table)
    if mount is None:
        return ""
    if mount.network and not mount.locks_reach_all:
        return (
            f"`responses` ({responses}) lies on {mount.kind}, whose file locks do not reach other machines: "
            "an answer may be paid for twice and max_cost_usd be passed. Name a folder on a file system with "
            "locks in `responses`, or run on one machine."
        )
    if mount.network:
        return (
            f"`responses` ({responses}) lies on {mount.kind}: paying once and max_cost_usd rest on its file "
            "locks. Check once that they reach all machines; for runs on one machine name a local folder in "
            "`responses`."
        )
    if many_machines:
        return (
            f"`responses` ({responses}) lies on {mount.kind}, a file system of this machine: jobs on other "
            "machines do not find it. Name a folder that all machines share in `responses`."
        )
    return ""


def _limits(folder: Path, *, many_machines: bool, table: Path) -> str:
    mount = mount_of(folder, table)
    if mount and mount.network:
        return (
            f"The limits a minute are counted in {folder}, which lies on {mount.kind}: SQLite is not safe "
            "there. Set openai.redis_url, or for runs on one machine XDG_STATE_HOME to a local folder."
        )
    if many_machines:
        return (
            "The limits a minute are counted by each machine for itself: so many machines, so many times "
            "requests_per_minute. Set openai.redis_url, or divide the limits by their number."
        )
    return ""
