"""The operator's options: one frozen dataclass, read once from the environment."""

from __future__ import annotations

import json
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import unquote, urlsplit


class OptionError(ValueError):
    """An option has a value that cannot be used; the message names it and the remedy."""


def _option(help: str, default: str = "") -> str:
    return field(default=default, metadata={"help": help})


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server, and who sends through it."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    is_encrypted: bool = False
    """From the first byte."""
    is_encrypted_later: bool = False
    """By STARTTLS; only a server of this machine is spoken to in the open."""
    sender: str = "webmaster@localhost"


@dataclass(frozen=True, slots=True)
class Options:
    """Everything an operator decides outside the desk. Each is `BROADSHEET_<NAME>` in the environment."""

    data: str = _option("Folder for the database, pictures and stored pages.", "data")
    url: str = _option("The one canonical address of the site; empty means where HOST and PORT put it.", "http://127.0.0.1:8000")
    hosts: str = _option("Further host names that are answered, separated by commas.")
    database_url: str = _option("postgres://user:password@host:port/name; empty means SQLite in the data folder.")
    cache_url: str = _option("redis://user:password@host:port/number, for several servers; empty means the memory of each process.")
    secret_key: str = _option("Signs sessions and links; empty means a key made in the data folder.")
    hub: str = _option("A WebSub hub that feeds name and that is told of each change; empty means none.")
    cdn: str = _option(
        "Caches in front, told of what changes: addresses that take PURGE and BAN, or a JSON object of Wagtail's cache backends; empty means none."
    )
    email_url: str = _option(
        "smtp://user:password@host:587 (or smtps://…:465), where mail is sent to readers who asked for an answer; empty means none."
    )
    email_from: str = _option("The address that mail is sent from; needed with BROADSHEET_EMAIL_URL.")
    report_days: str = _option("Days for which a reader's e-mail address is kept after their report was closed.", "30")
    debug: str = _option("1 shows errors in full. Never in public.")
    site: str = _option("Folder with a newsroom's own templates, static files and one Python app.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Options:
        """Read the options; names that are not set keep their defaults, the address that of HOST and PORT."""
        environment = os.environ if environment is None else environment
        names = [f.name for f in fields(cls)]
        told = {n: environment[key] for n in names if (key := f"BROADSHEET_{n.upper()}") in environment}
        # Every command means the site that `broadsheet serve` would start, not only that one.
        return cls(**{**told, "url": told.get("url") or _local(environment)})

    @property
    def data_folder(self) -> Path:
        """The data folder, absolute."""
        return Path(self.data).expanduser().resolve()

    @property
    def allowed_hosts(self) -> list[str]:
        """The host names Django answers to."""
        host = urlsplit(self.url).hostname
        if not host:
            raise OptionError(f"BROADSHEET_URL is {self.url!r}: give a complete address such as https://news.example")
        local = ["localhost", "127.0.0.1", "[::1]"]
        return list(dict.fromkeys([host, *filter(None, (h.strip() for h in self.hosts.split(","))), *local]))

    @property
    def websub_hub(self) -> str:
        """The address of the WebSub hub, or nothing.

        Raises OptionError when BROADSHEET_HUB is no address of one.
        """
        hub = self.hub.strip()
        parts = urlsplit(hub)
        if hub and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.fragment):
            raise OptionError(f"BROADSHEET_HUB is {hub!r}: give a complete address such as https://hub.example/, or nothing")
        return hub

    @property
    def caches_in_front(self) -> dict[str, dict[str, object]]:
        """The caches in front of us as Wagtail's `WAGTAILFRONTENDCACHE` has them, by name.

        Raises OptionError when BROADSHEET_CDN names none.
        """
        told = self.cdn.strip()
        if not told.startswith("{"):
            places = told.split()
            for place in places:
                if urlsplit(place).scheme != "http" or not urlsplit(place).hostname:
                    raise OptionError(f"BROADSHEET_CDN names {place!r}: give addresses such as http://127.0.0.1:6081, or a JSON object")
            return {place: {"BACKEND": "broadsheet.delivery.caches.Varnish", "LOCATION": place} for place in places}
        try:
            named = json.loads(told)
        except ValueError as error:
            raise OptionError(f"BROADSHEET_CDN is no JSON: {error}") from error
        if not all(isinstance(one, dict) and isinstance(one.get("BACKEND"), str) for one in named.values()):
            raise OptionError(
                'BROADSHEET_CDN: give each cache a "BACKEND", such as "wagtail.contrib.frontend_cache.backends.CloudflareBackend"'
            )
        return {str(name): dict(one) for name, one in named.items()}

    @property
    def mail(self) -> Mail:
        """The server that mail is sent through; without a host, none is.

        Raises OptionError when BROADSHEET_EMAIL_URL is no address of a mail server, or nobody is said to send.
        """
        place = self.email_url.strip()
        if not place:
            return Mail()
        try:
            parts, port = urlsplit(place), urlsplit(place).port
        except ValueError:
            parts, port = urlsplit(""), None
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path.strip("/"):
            raise OptionError("BROADSHEET_EMAIL_URL must look like smtp://user:password@host:587 or smtps://user:password@host:465")
        sender = self.email_from.strip()
        if not re.fullmatch(r"(?:[^<>\r\n]*<)?[^@\s<>]+@[^@\s<>]+>?", sender):
            raise OptionError(f"BROADSHEET_EMAIL_FROM is {sender!r}: give the address that mail is sent from, such as desk@news.example")
        is_encrypted, is_here = parts.scheme == "smtps", parts.hostname in {"localhost", "127.0.0.1", "::1"}
        usual = 465 if is_encrypted else 25 if is_here else 587
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return Mail(parts.hostname, port or usual, user, password, is_encrypted, not is_encrypted and not is_here, sender)

    @property
    def days_of_reports(self) -> int:
        """For how many days after a report was closed its reader's address is kept.

        Raises OptionError when BROADSHEET_REPORT_DAYS is no number of days.
        """
        if not re.fullmatch(r"\d{1,4}", self.report_days.strip(), re.ASCII):
            raise OptionError(f"BROADSHEET_REPORT_DAYS is {self.report_days!r}: give a number of days such as 30")
        return int(self.report_days)

    def caches(self) -> dict[str, dict[str, object]]:
        """Django's cache settings.

        Raises OptionError when BROADSHEET_CACHE_URL is no address of a Redis or Valkey.
        """
        place = self.cache_url.strip()
        if not place:
            return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
        parts = urlsplit(re.sub(r"^valkey(?=s?:)", "redis", place))
        if parts.scheme not in {"redis", "rediss", "unix"} or not (parts.hostname or parts.path.strip("/")):
            raise OptionError("BROADSHEET_CACHE_URL must look like redis://user:password@host:6379/0")
        # What is in there belongs to one site, which others may share the server with.
        return {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": parts.geturl(),
                "KEY_PREFIX": f"broadsheet:{urlsplit(self.url).netloc}",
            }
        }

    def secret(self) -> str:
        """The signing key; made in the data folder, readable by its owner only, when none is given."""
        if self.secret_key:
            return self.secret_key
        path = self.data_folder / "secret_key"
        if path.exists() and (kept := path.read_text().strip()):
            return kept
        if not self.data_folder.exists():
            # Commands that need no data folder (checks, help) must not create one.
            return secrets.token_urlsafe(48)
        # Written beside its place and linked there: what has the name is whole, and of two at once one stays.
        handle, beside = tempfile.mkstemp(dir=self.data_folder, prefix=".secret_key-")
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(beside, path)
        except OSError:
            # It is there already, or it is empty since a crash, or this file system knows no links.
            if not (path.exists() and path.read_text().strip()):
                os.replace(beside, path)
        finally:
            Path(beside).unlink(missing_ok=True)
        return path.read_text().strip()

    def database(self) -> dict[str, object]:
        """Django's database settings.

        Raises OptionError when BROADSHEET_DATABASE_URL is no PostgreSQL address.
        """
        if not self.database_url:
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(self.data_folder / "broadsheet.sqlite3"),
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    # FULL: with NORMAL a power cut may take the last transactions of a WAL, which somebody was told are saved.
                    # What is taken out for good, as the law may ask, is not to stay in the file: not every SQLite is built to see to that.
                    # A checkpoint each 64 MB: what many commits write anew in the same places is carried over once.
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384; PRAGMA secure_delete=ON;"
                    " PRAGMA wal_autocheckpoint=16000;",
                },
            }
        parts = urlsplit(self.database_url)
        if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
            raise OptionError("BROADSHEET_DATABASE_URL must look like postgres://user:password@host:5432/name")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
        }


def _local(environment: Mapping[str, str]) -> str:
    host = environment.get("HOST", "127.0.0.1")
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else f"[{host}]" if ":" in host else host  # noqa: S104 - compared, not bound
    return f"http://{shown}:{environment.get('PORT', '8000')}"


options = Options.from_environment()
