"""Files that are their owner's alone: the key of the pseudonyms and the map of names."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from intelligence_capture.errors import SettingsError

KEY_BYTES = 32


def read_key(path: Path) -> bytes:
    """The key, made where there is none; SettingsError where others can read it."""
    if not path.exists():
        _make_key(path)
    refuse_readable_by_others(path)
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) < KEY_BYTES:
        raise SettingsError(
            f"{path}: not a whole key; bring it back from your own copy. Without it every name gets another "
            "placeholder, and what names somebody is paid for again; if that may be, delete the file"
        )
    return key


def refuse_readable_by_others(path: Path) -> None:
    """SettingsError where somebody else can read the file: by its own mode and that of its folder."""
    try:
        file, folder = path.stat().st_mode, path.absolute().parent.stat().st_mode
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    if file & 0o077 and folder & 0o077:
        raise SettingsError(
            f"{path}: others can read who is behind the pseudonyms; close it: chmod 600 {path.name}, "
            "or chmod 700 for its folder"
        )


def _make_key(path: Path) -> None:
    """Write a new key; of several processes that do so at once one wins. A new folder is none of Git's."""
    with suppress(FileExistsError):
        path.parent.mkdir(parents=True, mode=0o700)
        (path.parent / ".gitignore").write_text("*\n", "ascii")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    except FileExistsError:
        pass
    except OSError as error:
        raise SettingsError(
            f"{path}: the key of the pseudonyms cannot be written: {error.strerror}"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
