"""A second import says so, also from another data folder into the same database."""

from __future__ import annotations

from contextlib import closing

import pytest
from django.db import connection

from broadsheet.importing.one_at_a_time import LOCK, alone, is_running
from broadsheet.importing.records import ImportRefused

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_of_a_data_folder_says_so_and_the_next_may(settings) -> None:
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with alone():
        assert is_running()
        with pytest.raises(ImportRefused, match="another import is running"), alone():
            pass
    with alone():
        assert is_running()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database is in its data folder")
def test_the_second_into_a_database_says_so_from_another_data_folder(settings, tmp_path) -> None:
    settings.DATA = tmp_path
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(ImportRefused, match="another import is running"), alone():
            pass
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        with alone():
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            assert cursor.fetchone() == (False,)
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        assert cursor.fetchone() == (True,), "given back"
