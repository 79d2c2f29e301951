"""Which machines may be asked for a file: public ones, by the address that is really connected to."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
# Reachable from a rented machine without being on the internet: providers' own services, and ranges younger than `ipaddress`.
_REFUSED = tuple(
    ipaddress.ip_network(block)
    for block in ("0.0.0.0/8", "100.64.0.0/10", "168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15",
                  "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10")
)  # fmt: skip
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
PORTS = {"http": 80, "https": 443}


class Refused(Exception):
    """An address that is not asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where one request goes."""

    scheme: str
    host: str
    port: int
    path: str
    """With its query, percent-encoded."""
    addresses: tuple[str, ...]
    """Of the host, each of them checked; no other is connected to."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, whatever it is wrapped in."""
    try:
        ip: IPAddress = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    if any(ip in block for block in _REFUSED if block.version == ip.version):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_private or ip.is_loopback or ip.is_link_local)


def name_of(host: str, port: int | None = None) -> str:
    """A host as it is compared: folded, without `www.` and the dot at its end, with its port when that is not a usual one."""
    name = host.casefold().rstrip(".").removeprefix("www.")
    return name if port in (None, 80, 443) else f"{name}:{port}"


def split(url: str) -> SplitResult:
    """The parts of an address; raises Refused for what no file can be had from."""
    if any(ord(c) < 33 or c == "\\" or "\ud800" <= c <= "\udfff" for c in url):
        raise Refused("is no address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused("is no address") from error
    if parts.scheme not in PORTS:
        raise Refused(f"begins with {parts.scheme or 'nothing'}:, only http and https are asked")
    if not parts.hostname or parts.username is not None or parts.password is not None or port == 0:
        raise Refused("is no address of a public file")
    return parts


def target(
    url: str, *, allowed: frozenset[str], resolve: Callable[[str, int], list[str]] | None = None, permit: Callable[[str], bool] = is_public
) -> Target:  # fmt: skip
    """Where a request for `url` goes; the host's name is looked up here, once.

    `allowed`: names as `name_of` gives them. Raises Refused unless host and port are among them and every address of the host is public.
    """
    parts = split(url)
    port = parts.port or PORTS[parts.scheme]
    host = str(parts.hostname).rstrip(".")
    if name_of(host, port) not in allowed:
        raise Refused(f"is on {name_of(host, port)}; allow that with --media-host {name_of(host, port)}")
    try:
        ascii_host = host if ":" in host else host.encode("idna").decode("ascii")
        addresses = (resolve or lookup)(ascii_host, port)
    except (OSError, UnicodeError) as error:
        raise Refused(f"is on {host}, which cannot be found") from error
    if not addresses:
        raise Refused(f"is on {host}, which cannot be found")
    for address in addresses:
        if not permit(address):
            raise Refused(f"is on {host}, which is {address}: not a public address")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    )
    return Target(parts.scheme, ascii_host, port, path, tuple(addresses))


def lookup(host: str, port: int) -> list[str]:
    """All addresses of a host, those of IPv4 first."""
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    return sorted(found, key=lambda address: (":" in address, address))
