"""A database that is migrated and founded once and copied from then on: all migrations take half a minute, and a run of tests needs several.

    python -m tests.migrated

makes it ahead, in SQLite or where BROADSHEET_DATABASE_URL says.
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import importlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

KEPT = Path(__file__).resolve().parent.parent / ".pytest_cache" / "migrated"


MAKE = "import django; django.setup(); from tests.migrated import make; make()"
LEFT_ALONE = """DO $$ DECLARE one regclass; BEGIN
    FOR one IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', one);
    END LOOP;
END $$"""
"""What a test has written is taken back: the server would clean up, count nothing, and take each table for empty from then on, a thousand rows or not."""


def found() -> None:
    """Found the publication, of which readers have seen nothing yet."""
    from broadsheet.delivery.models import Purge, Task
    from broadsheet.fronts.actions import found_publication

    found_publication(by=None)
    for model in (Purge, Task):
        model.objects.all().delete()


def make() -> None:
    """Migrate an empty database and found the publication in it."""
    from django.core.management import call_command
    from django.db import connection

    # Migrations make millions of things, and a quarter of their time went into looking for garbage among them.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    call_command("migrate", interactive=False, verbosity=0)
    found()
    with connection.cursor() as cursor:
        cursor.execute(LEFT_ALONE)


def _name() -> str:
    """Changes with every migration, ours or a library's, and with how a publication is founded."""
    from django.apps import apps

    from broadsheet.fronts import actions

    digest = hashlib.sha256(Path(actions.__file__).read_bytes() + Path(__file__).read_bytes())
    for app in apps.get_app_configs():
        for path in sorted((Path(app.path) / "migrations").glob("*.py")):
            digest.update(f"{app.label}/{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def template() -> None:
    """Have PostgreSQL make the databases of the tests as copies of one that is migrated, which is made where there is none."""
    from django.db import connections

    connection = connections["default"]
    if connection.vendor != "postgresql":
        return
    name = f"broadsheet_migrated_{_name()}"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [name])
            if not cursor.fetchone():
                cursor.execute(f"DROP DATABASE IF EXISTS {name}")
                cursor.execute(f"CREATE DATABASE {name}")
                base = os.environ["BROADSHEET_DATABASE_URL"].rsplit("/", 1)[0]
                subprocess.run(
                    [sys.executable, "-c", MAKE], check=True,
                    env={**os.environ, "BROADSHEET_DATABASE_URL": f"{base}/{name}", "DJANGO_SETTINGS_MODULE": "broadsheet.settings"},
                )  # fmt: skip
                # The mark of one that is whole: a run that was broken off makes it anew.
                cursor.execute(f"ALTER DATABASE {name} IS_TEMPLATE true")
    connection.settings_dict["TEST"]["TEMPLATE"] = name


def kept() -> Path:
    """The file of SQLite's that is copied."""
    return KEPT / f"{_name()}.sqlite3"


@contextmanager
def copied() -> Iterator[None]:
    """Inside, `migrate` fills an empty SQLite database from the copy that is kept, and makes the copy where there is none."""
    # Not at the top: Django's commands want settings.
    command = importlib.import_module("django.core.management.commands.migrate").Command
    really = command.handle

    def handle(self: Any, *args: Any, **options: Any) -> None:
        from django.core.management.sql import emit_post_migrate_signal
        from django.db import connections

        connection = connections[options.get("database") or "default"]
        partly = options.get("app_label") or options.get("migration_name")
        if connection.vendor != "sqlite" or partly or connection.introspection.table_names():
            return really(self, *args, **options)
        KEPT.mkdir(parents=True, exist_ok=True)
        made = kept()
        with (KEPT / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                really(self, *args, **options)
                found()
                unfinished = made.with_suffix(".unfinished")
                unfinished.unlink(missing_ok=True)
                with closing(sqlite3.connect(unfinished)) as copy:
                    connection.connection.backup(copy)
                for old in KEPT.glob("*.sqlite3"):
                    old.unlink()
                unfinished.rename(made)
                return None
        with closing(sqlite3.connect(made)) as copy:
            copy.backup(connection.connection)
        # Types and permissions follow the models of today, which can change without a migration.
        emit_post_migrate_signal(options.get("verbosity", 1), False, connection.alias)
        return None

    flush = importlib.import_module("django.core.management.commands.flush").Command
    really_flush = flush.handle

    def empty(self: Any, **options: Any) -> None:
        from broadsheet.record import triggers

        # The one place where the record may be emptied.
        with triggers.lifted():
            really_flush(self, **options)

    command.handle, flush.handle = handle, empty
    try:
        yield
    finally:
        command.handle, flush.handle = really, really_flush


def main() -> None:
    """Make it where there is none."""
    # A data folder of its own, before Django's settings are read.
    importlib.import_module("tests.own_data")
    os.environ["DJANGO_SETTINGS_MODULE"] = "broadsheet.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    template()
    if connection.vendor == "sqlite":
        with copied():
            call_command("migrate", interactive=False, verbosity=0)


if __name__ == "__main__":
    main()
