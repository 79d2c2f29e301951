"""What `broadsheet up` makes before it starts: tables, static files, the demo edition, a desk user."""

from __future__ import annotations

import gc
import hashlib
import importlib.util
import os
import signal
import sys
import tempfile
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from broadsheet.conf import OptionError
from broadsheet.durable import put_in_place, settle
from broadsheet.ops.cli import Stop
from broadsheet.ops.up import REPOSITORY, new_password

DEMO = REPOSITORY / "demo"
SELDOM = 50_000
"""New things after which Python looks for garbage: making the tables makes millions, and a quarter of its time went into looking."""


def main() -> int:
    """Bring everything up to date; safe to repeat and to interrupt."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.settings")
    # Leave by an exception, so that temporary folders are removed and open transactions taken back.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        django.setup()
        gc.freeze()
        gc.set_threshold(SELDOM, 20, 20)
        if "--static-only" in sys.argv:
            _static_files()
            _store()
            return 0
        _migrate()
        _static_files()
        _content(with_demo="--empty" not in sys.argv)
        _record()
        _store()
        _announce()
    except (Stop, OptionError) as stop:
        print(f"broadsheet: {stop}", file=sys.stderr)
        return 1
    return 0


def missing_migrations() -> int:
    """How many steps the database is behind this version; raises OperationalError where there is none to be asked."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrate() -> None:
    from django.db import connection

    place = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite" and not (place.exists() and place.stat().st_size):
        _make_database(place)
    elif missing_migrations():
        print("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
    if connection.vendor == "sqlite":
        os.chmod(str(connection.settings_dict["NAME"]), 0o600)


def _make_database(place: Path) -> None:
    """Beside its place, and put there when it has all tables: Django makes a table in one transaction and notes that it did in another."""
    from django.db import connection

    print("Preparing the database …")
    beside = place.with_name(f".{place.name}-unfinished")
    for name in (beside, place):
        for ending in ("", "-wal", "-shm", "-journal"):
            name.with_name(name.name + ending).unlink(missing_ok=True)
    connection.close()
    connection.settings_dict["NAME"] = str(beside)
    try:
        call_command("migrate", interactive=False, verbosity=0)
    finally:
        # The last to close it takes what is in its log into the file.
        connection.close()
        connection.settings_dict["NAME"] = str(place)
    put_in_place(beside, place)


def _static_files() -> None:
    """Collect static files when this version, or Wagtail's, has not been collected yet."""
    import wagtail

    stamp = Path(settings.STATIC_ROOT) / ".collected"
    sources = sorted((Path(__file__).parents[1]).rglob("static/**/*"))
    facts = "".join(f"{p}:{p.stat().st_mtime_ns}" for p in sources if p.is_file()) + wagtail.__version__ + django.get_version()
    digest = hashlib.sha256(facts.encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    # Said only of what is on the disk: a power cut must not leave empty files that nobody collects again.
    os.sync()
    stamp.write_text(digest)


def _content(*, with_demo: bool) -> None:
    """Found the publication; bring in the demo edition when there is no content, or its import was interrupted."""
    from broadsheet.fronts.actions import found_publication
    from broadsheet.stories.models import Section, Story

    found_publication(by=None)
    unfinished = Path(settings.DATA) / "demo-unfinished"
    empty = not Story.objects.exists() and not Section.objects.exists()
    if not with_demo or not (empty or unfinished.exists()) or not (DEMO / "edition.py").exists():
        return
    # Written before and removed after: a crash in between is taken up again by the next run.
    unfinished.touch(mode=0o600)
    settle(unfinished.parent)
    print("Bringing in the demo edition …")
    spec = importlib.util.spec_from_file_location("broadsheet_demo_bring_in", DEMO / "bring_in.py")
    if spec is None or spec.loader is None:
        raise Stop(f"{DEMO / 'bring_in.py'} is missing: get a complete copy of the repository")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with tempfile.TemporaryDirectory() as folder:
        module.bring_in(Path(folder))
    unfinished.unlink()


def _store() -> None:
    # Its models are there once Django is set up.
    from broadsheet.ops.page_store import follow_the_version

    follow_the_version()


def _record() -> None:
    from broadsheet.record.signing import ensure_key

    ensure_key()


def _announce() -> None:
    from django.contrib.auth import get_user_model

    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    print(f"\n  Site   {address}/\n  Desk   {address}/desk/")
    users = get_user_model().objects
    if not users.filter(is_superuser=True).exists():
        password = new_password()
        users.create_superuser("editor", "", password)
        print(f"  Login  editor  {password}   (shown once; `broadsheet desk-login` prints a sign-in link)")
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
