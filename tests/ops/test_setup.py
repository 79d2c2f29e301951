"""What a first start leaves when it is broken off."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

BROKEN_OFF = """
import os, sys
from django.db.migrations.executor import MigrationExecutor

whole = MigrationExecutor.record_migration
def record(self, migration):
    # Its tables are there by now, and that they are is not noted.
    if migration.app_label == "auth":
        os.kill(os.getpid(), 9)
    whole(self, migration)
MigrationExecutor.record_migration = record
from broadsheet.ops import setup
setup.main()
"""

AGAIN = """
import sys
from tests.migrated import copied
from broadsheet.ops import setup

# The tables are copied into a database that has none, and made one by one if it has; static files are another test's.
setup._static_files = lambda: None
sys.argv.append("--empty")
with copied():
    sys.exit(setup.main())
"""


def test_a_start_that_is_killed_between_two_tables_can_be_run_again(tmp_path):
    environment = {**os.environ, "BROADSHEET_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "broadsheet.settings"}
    environment.pop("BROADSHEET_DATABASE_URL", None)
    killed = subprocess.run([sys.executable, "-c", BROKEN_OFF], env=environment, capture_output=True, text=True, check=False)
    assert killed.returncode == -9, killed.stderr
    again = subprocess.run([sys.executable, "-c", AGAIN], env=environment, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    with closing(sqlite3.connect(tmp_path / "broadsheet.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM stories_section").fetchone() and database.execute(
            "PRAGMA integrity_check"
        ).fetchone() == ("ok",)
    assert (tmp_path / "broadsheet.sqlite3").stat().st_mode & 0o777 == 0o600
    assert not [path.name for path in tmp_path.iterdir() if "unfinished" in path.name]
