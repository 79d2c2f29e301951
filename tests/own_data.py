"""Gives the suite a data folder of its own, before Django's settings are read: a newcomer's `data/` must not decide what passes."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_NAME = "BROADSHEET_TESTS_DATA"

if _NAME not in os.environ:
    # Further test processes find the name already set, use the same folder and leave its removal to the first.
    os.environ[_NAME] = tempfile.mkdtemp(prefix="broadsheet-tests-")
    atexit.register(shutil.rmtree, os.environ[_NAME], ignore_errors=True)

os.environ["BROADSHEET_DATA"] = os.environ[_NAME]
for _option in ("URL", "HOSTS", "DEBUG", "SECRET_KEY", "SITE"):
    os.environ.pop(f"BROADSHEET_{_option}", None)
if _cache := os.environ.get("BROADSHEET_CACHE_URL"):
    # Test processes share a server, and must not read each other's: each has a database of its own there.
    _worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ["BROADSHEET_CACHE_URL"] = f"{_cache.rpartition('/')[0]}/{_worker}"
