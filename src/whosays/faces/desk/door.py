"""How the server is reached: which `Host` it answers to, where its own pages come from, whether the way to it is TLS.

    Door(host, port, origin)     as `serve --host --port --origin` gave them
    own_page(target) -> path     where to go on: a page of ours, whatever was asked for

**Names.** A page on the internet may let its own name resolve to 127.0.0.1 and so read a ledger on loopback through the
reader's browser (DNS rebinding). The browser then sends that name as `Host`. So on loopback we answer to loopback's own
names only; elsewhere to addresses written as numbers, which cannot be rebound, and to the name in `--origin`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from whosays.errors import Misuse

LONGEST = 2_000
"""Characters of an address to go on to."""

_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class Door:
    """Where the server stands."""

    host: str = "127.0.0.1"
    port: int = 8765
    origin: str | None = None
    """`https://ledger.example.org`: what people type, where a reverse proxy stands before us."""

    def __post_init__(self) -> None:
        if self.origin is None:
            return
        parts = urlsplit(self.origin)
        plain = f"{parts.scheme}://{parts.netloc}" == self.origin and parts.scheme in ("http", "https")
        if not plain or not _HOST.fullmatch(parts.netloc):
            raise Misuse(f"{self.origin!r} is no origin. Write https://NAME, with a port if it has one, and no path.")

    @property
    def address(self) -> str:
        """What to type into a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.origin or f"http://{host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """Do only programs on this machine reach us, with nobody before us who passes strangers on?"""
        return is_loopback(self.host) and self.origin is None

    @property
    def tls(self) -> bool:
        """Is the way from the browser encrypted?"""
        return self.origin is not None and self.origin.startswith("https://")

    @property
    def secure(self) -> bool:
        """Are cookies for TLS only? Always, but on loopback, where nobody listens on the way."""
        return not self.loopback

    @property
    def cookie(self) -> str:
        """Name of the session's cookie. `__Host-`: a neighbouring name cannot set it. The port: cookies of one host are
        shared by all its ports, and two ledgers may be open at once."""
        return "__Host-whosays" if self.secure else f"whosays-{self.port}"

    def answers(self, host: str) -> bool:
        """Is this a `Host` that we are meant by?"""
        found = _HOST.fullmatch(host)
        if not found:
            return False
        if self.origin is not None and host.lower() == urlsplit(self.origin).netloc.lower():
            return True
        name = found[1].strip("[]").lower()
        if is_loopback(name):
            return True
        return not is_loopback(self.host) and (name == self.host.lower() or _is_address(name))

    def own(self, origin: str, host: str) -> bool:
        """Does a request with this `Origin`, sent to this `Host`, come from one of our own pages?"""
        if self.origin is not None and origin.lower() == self.origin.lower():
            return True
        return self.answers(host) and not self.tls and origin.lower() == f"http://{host.lower()}"


def is_loopback(host: str) -> bool:
    """`localhost`, 127.0.0.0/8, ::1."""
    if host.lower() == "localhost":
        return True
    return _is_address(host) and ip_address(host).is_loopback


def own_page(target: str) -> str:
    """A path of ours, whatever was sent: `//host` and `/\\host` lead elsewhere."""
    fine = target.startswith("/") and target[1:2] not in ("/", "\\") and target.isprintable() and len(target) < LONGEST
    return target if fine and "\\" not in target else "/"


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return "%" not in host
