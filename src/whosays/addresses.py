"""Addresses that have one reading only, and machines that stand on the public internet. Nothing is looked up here: `fetch` does.

    parse(url, ports) -> (https?, host, port, path) | Refusal        is_public(address) -> bool

What two parsers could read differently is no address: blanks, controls, backslashes, user and password, escapes in the host, and
numbers in any spelling but four plain decimals or IPv6 in brackets. IPv6 is taken from 2000::/3 only, without the parts that
carry an IPv4 address inside (6to4, Teredo), so what is mapped or translated (NAT64) cannot be meant.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

from whosays.nouns import Refusal, Stage

LONGEST = 2_000
"""Characters of an address."""

_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\u200b-\u200f\u2060\ufeff\\\ud800-\udfff]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LOCAL = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "onion", "test", "invalid")
"""Last labels of names that lead nowhere on the public internet."""

_V4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
            "192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 "
            "198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
        ).split(),
    )
)
"""IANA's special-purpose IPv4 addresses, relay anycast, multicast and reserved."""
_V6 = tuple(map(ip_network, "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20".split()))
"""Those in 2000::/3, Teredo and 6to4 among them."""
_GLOBAL_V6 = ip_network("2000::/3")


def is_public(address: str) -> bool:
    """Is this the address of a host on the public internet?"""
    try:
        found = ip_address(address)
    except ValueError:  # a zone (`fe80::1%eth0`) among others
        return False
    if isinstance(found, IPv4Address):
        return found.is_global and not any(found in network for network in _V4)
    return (
        found.scope_id is None
        and found in _GLOBAL_V6
        and found.is_global
        and not any(found in network for network in _V6)
    )


def parse(url: str, ports: frozenset[int]) -> tuple[bool, str, int, str] | Refusal:
    """https?, host, port and path of an address that has one reading only."""
    shown = ascii(url[:100])[1:-1]
    if len(url) > LONGEST or _ODD.search(url):
        return _no("address", f"{shown} is too long, or has blanks, controls or backslashes")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        return _no("address", f"{shown}: {words(error)}")
    if parts.scheme not in ("http", "https") or not url[len(parts.scheme) :].startswith("://"):
        return _no("address", f"{shown}: only addresses that begin with http:// or https:// are read")
    if "@" in parts.netloc or "%" in parts.netloc or parts.netloc.endswith(":"):
        return _no("address", f"{shown}: no user, password or escapes before the path, please")
    host = _host(parts.hostname or "", bracketed=parts.netloc.startswith("["))
    if host is None:
        return _no("address", f"{shown}: its host is not the name of one, nor a number as it is plainly written")
    https = parts.scheme == "https"
    port = port if port is not None else (443 if https else 80)
    if port not in ports:
        return _no("address", f"{shown}: port {port} is not one of {', '.join(map(str, sorted(ports)))}")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return https, host, port, path + ("?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]") if parts.query else "")


def _host(given: str, *, bracketed: bool) -> str | None:
    """The host in its one plain spelling; None where it has another."""
    if bracketed:
        return given if is_address(given) and isinstance(ip_address(given), IPv6Address) else None
    try:
        host = given if given.isascii() else given.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    host = host.lower()
    labels = host.split(".")
    if _NUMBER.fullmatch(
        labels[-1]
    ):  # 2130706433, 0x7f.1, 0177.0.0.1: numbers to some parsers; to us only four decimals
        return host if is_address(host) and given.isascii() else None
    fine = len(host) <= 253 and len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    return host if fine and labels[-1] not in _LOCAL else None


def is_address(host: str) -> bool:
    """Is this a number, and no name?"""
    try:
        ip_address(host)
    except ValueError:
        return False
    return "%" not in host


def words(error: BaseException) -> str:
    """What an error says, in ASCII and short: it may quote a stranger."""
    return ascii(str(error)[:120])[1:-1] or type(error).__name__


def _no(reason: str, detail: str) -> Refusal:
    return Refusal(Stage.FETCH, reason, detail)
