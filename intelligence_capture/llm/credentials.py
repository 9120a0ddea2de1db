"""The server and the key: where they come from, where the key may go, and how it stays out of sight."""

import ipaddress
import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from intelligence_capture.errors import RunStopped

OPENAI = "https://api.openai.com/v1"
KEY = "OPENAI_API_KEY"
NO_KEY = "no-key"
"""What a local server without keys is sent."""
HIDDEN = "[key]"

_KEY_LIKE = re.compile(r"\b(?:sk|pk|rk|gsk|key)-[\w*.-]{4,}|(?<=Bearer )\S+")

_PRINTABLE = re.compile("[!-~]*")
"""ASCII without spaces: nothing else fits in a header or an address."""


class Credentials:
    """The server's address and the key for it; the key never shows in a text of this object."""

    def __init__(self, server: str, key: str) -> None:
        self.server = server.rstrip("/")
        self.key = key

    @property
    def local(self) -> bool:
        """Whether the server is this machine."""
        return is_loopback(urlsplit(self.server).hostname or "")

    def __repr__(self) -> str:
        return f"Credentials({self.server!r})"

    def redact(self, text: str) -> str:
        """`text` without this key, and without anything that looks like one."""
        plain = text.replace(self.key, HIDDEN) if len(self.key) > 3 and self.key != NO_KEY else text
        return _KEY_LIKE.sub(HIDDEN, plain)

    def redact_bytes(self, content: bytes) -> bytes:
        """`content` without this key."""
        if len(self.key) <= 3 or self.key == NO_KEY:
            return content
        return content.replace(self.key.encode(), HIDDEN.encode())


def server_address(base_url: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """The server that is meant: the configured one, else OPENAI_BASE_URL, else OpenAI's own."""
    return (base_url or environment.get("OPENAI_BASE_URL") or OPENAI).rstrip("/")


def read_credentials(
    base_url: str | None, *, environment: Mapping[str, str] = os.environ, dotenv: Path = Path(".env")
) -> Credentials:
    """The credentials for this server; RunStopped where there is no key, or it would travel in the clear."""
    server = server_address(base_url, environment)
    host, scheme = _host_and_scheme(server)
    local = is_loopback(host)
    key = (environment.get(KEY) or _from_file(dotenv)).strip()
    if not _PRINTABLE.fullmatch(key):
        raise RunStopped(f"{KEY} holds a space or a character that no key has; copy it anew")
    if scheme == "http" and not local:
        raise RunStopped(f"{server}: the key is not sent over plain http to another machine; use https")
    if not key and not local:
        raise RunStopped(f"no API key: set {KEY} in the environment or in the file .env, then run again")
    return Credentials(server, key or NO_KEY)


def _host_and_scheme(server: str) -> tuple[str, str]:
    """The host and the scheme of an address that can be meant; RunStopped where it cannot."""
    try:
        parts = urlsplit(server)
        sound = parts.scheme in ("http", "https") and parts.port != 0 and _PRINTABLE.fullmatch(server)
    except ValueError:  # a port that is none, half a bracket
        sound = False
    if not sound or not parts.hostname:
        raise RunStopped("openai.base_url (or OPENAI_BASE_URL) is no http or https address of a server")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise RunStopped(
            "openai.base_url holds a user name, a password or what comes after ? or #: it is the address alone; "
            "put the key in OPENAI_API_KEY or .env"
        )
    return parts.hostname, parts.scheme


def is_loopback(host: str) -> bool:
    """Whether this host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _from_file(dotenv: Path) -> str:
    if not dotenv.is_file():
        return ""
    try:
        # Editors of Windows put a byte order mark first; a key is taken as it stands, also with `${` in it.
        return dotenv_values(dotenv, encoding="utf-8-sig", interpolate=False).get(KEY) or ""
    except UnicodeDecodeError:
        raise RunStopped(
            f"{dotenv} is no UTF-8 text; write it anew, or set {KEY} in the environment"
        ) from None
