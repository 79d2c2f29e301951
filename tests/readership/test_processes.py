"""Several server processes count at the same time, each for itself, and no read is lost or counted twice."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.db import connection

from broadsheet.readership.models import ReadsInHour

PROCESSES, READS, TIMES = 3, 30, 4
READER = """
import sys
import django
django.setup()
from django.db import connection
from broadsheet import pending
from broadsheet.readership import counting
connection.settings_dict["NAME"] = sys.argv[1]
pending.later = lambda seconds, function: None
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[3])):
    for _ in range(int(sys.argv[4])):
        assert counting.count(sys.argv[2])
    counting.write()
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the processes are told a file")
def test_processes_that_write_at_once_add_up(make_story, tmp_path):
    story = make_story()
    # What the tests' database in memory, or file, holds now, as a file that processes share.
    place = tmp_path / "shared.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(place)])
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "broadsheet.settings", "BROADSHEET_DATA": str(tmp_path / "data")}
    environment.pop("BROADSHEET_DATABASE_URL", None)
    command = [sys.executable, "-c", READER, str(place), story.permalink, str(TIMES), str(READS)]
    readers = [
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)
    ]
    for reader in readers:
        assert reader.stdout.readline() == "ready\n"
    for reader in readers:
        reader.stdin.write("go\n")
        reader.stdin.flush()
    assert [reader.wait(timeout=120) for reader in readers] == [0] * PROCESSES
    for reader in readers:
        reader.stdin.close()
        reader.stdout.close()
    with closing(sqlite3.connect(place)) as shared:
        rows = shared.execute(f"SELECT story_id, sum(count) FROM {ReadsInHour._meta.db_table} GROUP BY story_id").fetchall()
    assert rows == [(story.pk, PROCESSES * READS * TIMES)]
