"""The operator's options."""

from __future__ import annotations

import os

import pytest

from broadsheet.conf import OptionError, Options


def test_the_signing_key_is_made_once_for_its_owner_only(tmp_path):
    options = Options(data=str(tmp_path))
    made = options.secret()
    assert len(made) >= 50 and options.secret() == made
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["secret_key"]


def test_a_key_that_was_being_written_when_the_machine_stopped_is_made_anew(tmp_path):
    (tmp_path / "secret_key").touch(mode=0o600)
    made = Options(data=str(tmp_path)).secret()
    assert len(made) >= 50 and (tmp_path / "secret_key").read_text() == made


def test_a_file_system_without_links_does(tmp_path, monkeypatch):
    def no_links(*args):
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    made = Options(data=str(tmp_path)).secret()
    assert Options(data=str(tmp_path)).secret() == made


def test_every_command_means_the_site_where_host_and_port_put_it():
    assert Options.from_environment({}).url == "http://127.0.0.1:8000"
    assert Options.from_environment({"PORT": "8133"}).url == "http://127.0.0.1:8133"
    assert Options.from_environment({"HOST": "0.0.0.0", "PORT": "80", "BROADSHEET_URL": ""}).url == "http://127.0.0.1:80"
    assert Options.from_environment({"HOST": "::1"}).allowed_hosts[0] == "::1"
    assert Options.from_environment({"PORT": "8133", "BROADSHEET_URL": "https://news.example"}).url == "https://news.example"


def test_what_is_taken_out_for_good_does_not_stay_in_the_file():
    assert "PRAGMA secure_delete=ON" in Options().database()["OPTIONS"]["init_command"]


def test_a_cache_that_several_servers_share():
    assert Options().caches()["default"]["BACKEND"].endswith("LocMemCache")
    for given in ("redis://:word@cache.example:6379/2", "valkey://:word@cache.example:6379/2"):
        made = Options(cache_url=given, url="https://news.example").caches()["default"]
        assert made["LOCATION"] == "redis://:word@cache.example:6379/2" and made["KEY_PREFIX"] == "broadsheet:news.example"
    at = "redis://:valkey@valkey.example:6379/0"
    assert Options(cache_url=at).caches()["default"]["LOCATION"] == at, "the name of another machine is not ours to change"
    assert Options(cache_url="valkeys://cache.example/0").caches()["default"]["LOCATION"] == "rediss://cache.example/0"
    for wrong in ("cache.example:6379", "http://cache.example/", "redis://"):
        with pytest.raises(OptionError, match="BROADSHEET_CACHE_URL must look like"):
            Options(cache_url=wrong).caches()
