"""How many reports come from one address: counted by a digest whose key nobody has any more after two days. No address is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import ipaddress
import secrets

from django.db.models import Sum

from broadsheet import rows
from broadsheet.record.reports.models import SenderKey, SentInHour

IN_HOUR, IN_DAY = 10, 30
"""Reports that are taken from one address: a school or an office may share it."""
KEPT = dt.timedelta(days=2)


def address_of(peer: str, forwarded: str) -> str:
    """Who asks: the peer, or, where that is a proxy of the operator's own, whom its last line names.

    A peer on the internet says of itself whatever it likes, so its header is not looked at.
    """
    try:
        near = ipaddress.ip_address(peer)
    except ValueError:
        return _network(forwarded.rpartition(",")[2].strip())
    if near.is_global or not forwarded:
        return _network(peer)
    return _network(forwarded.rpartition(",")[2].strip()) or _network(peer)


def _network(text: str) -> str:
    """The address as it is counted: of IPv6 the network of one line, for who has one has all of it. Empty for what is no address."""
    try:
        address = ipaddress.ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def has_room(address: str, now: dt.datetime) -> bool:
    """Whether another report is taken from this address."""
    sent = SentInHour.objects.filter(mark=_mark(address, now))
    if (sent.aggregate(n=Sum("count"))["n"] or 0) >= IN_DAY:
        return False
    return (sent.filter(hour=_hour(now)).aggregate(n=Sum("count"))["n"] or 0) < IN_HOUR


def count(address: str, now: dt.datetime) -> None:
    """Count one more."""
    added = "count = record_sentinhour.count + excluded.count"
    conflicts = f"ON CONFLICT (mark, hour) DO UPDATE SET {added}"
    rows.insert(SentInHour, ("mark", "hour", "count"), [(_mark(address, now), _hour(now), 1)], conflicts=conflicts)


def forget(now: dt.datetime) -> None:
    """Drop counts and keys that are not looked at any more."""
    SentInHour.objects.filter(hour__lt=now - KEPT).delete()
    SenderKey.objects.filter(day__lt=(now - KEPT).date()).delete()


def _hour(now: dt.datetime) -> dt.datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def _mark(address: str, now: dt.datetime) -> str:
    day = now.astimezone(dt.UTC).date()
    made, _is_new = SenderKey.objects.get_or_create(day=day, defaults={"key": secrets.token_hex(32)})
    return hmac.new(bytes.fromhex(made.key), address.encode(), hashlib.sha256).hexdigest()
