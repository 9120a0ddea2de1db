"""Deliberately broken variants of the product: a harness that does not catch them proves nothing."""

import shutil
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = "intelligence_capture"

VARIANTS: dict[str, list[tuple[str, str, str]]] = {
    "no lock": [
        ("llm/store.py", "        fcntl.flock(descriptor, fcntl.LOCK_EX)\n", ""),
    ],
    "no store": [
        (
            "llm/store.py",
            '        record = untrusted_json.loads((path or self._path(key)).read_bytes().rstrip(b"\\x00"))\n',
            "        raise FileNotFoundError\n        record = {}\n",
        ),
    ],
    "plain inserts": [
        (
            "storage/connect.py",
            'temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")\n',
            "temporary = path\n",
        ),
        ("storage/connect.py", "        publish(temporary, path)\n", ""),
        ("storage/connect.py", '            connection.execute("pragma journal_mode = memory")\n', ""),
        ("storage/connect.py", "    finally:\n        remove_with_journals(temporary)\n", ""),
        ("storage/merge.py", '        connection.execute("begin")\n', ""),
        ("storage/merge.py", '        connection.execute("commit")\n', ""),
    ],
    "SDK retries on": [
        ("llm/client.py", "max_retries=0", "max_retries=2"),
    ],
    "rename before fsync": [
        (
            "llm/store.py",
            "            os.fsync(file.fileno())\n        room.rename(path)\n",
            "            room.rename(path)\n            os.fsync(file.fileno())\n",
        ),
    ],
    "no mark of a call in flight": [
        ("llm/store.py", "        os.pwrite(self._descriptor, json.dumps(note).encode(), 0)\n", ""),
    ],
}
"""By name: the file, what stands there, and what the variant has in its place."""


def apply(name: str, folder: Path) -> Path:
    """Put a broken copy of the package into this folder and return it; an edit that fits nowhere is an error."""
    copy = folder / PACKAGE
    if copy.is_symlink():
        copy.unlink()
    shutil.copytree(ROOT / PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for file, old, new in VARIANTS[name]:
        path = copy / file
        text = path.read_text("utf-8")
        if text.count(old) != 1:
            raise ValueError(f"variant {name!r}: {file} does not hold once: {old}")
        path.write_text(text.replace(old, new), "utf-8")
    return copy
