"""Ways into the desk, and that they are no ways in for others."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from broadsheet.ops import sign_in
from broadsheet.ops.models import FailedSignIn, SignInLink

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password"


def try_password(client, password: str, name: str = "editor", address: str = "192.0.2.1") -> bool:
    client.post("/desk/login/", {"username": name, "password": password}, REMOTE_ADDR=address)
    return "_auth_user_id" in client.session


def test_after_ten_wrong_passwords_no_other_is_looked_at_until_a_quarter_of_an_hour_has_passed(editor, client, monkeypatch):
    assert not any(try_password(client, f"guess-{n}") for n in range(sign_in.MOST - 1))
    assert try_password(client, PASSWORD), "a typing mistake too many must not cost anybody the day"
    client.logout()
    assert not any(try_password(client, f"guess-{n}") for n in range(sign_in.MOST))
    monkeypatch.setattr("django.contrib.auth.hashers.check_password", lambda *args, **more: pytest.fail("a password was looked at"))
    answer = client.post("/desk/login/", {"username": "Editor ", "password": PASSWORD}, REMOTE_ADDR="192.0.2.1")
    assert b"Too many wrong passwords" in answer.content and "_auth_user_id" not in client.session
    monkeypatch.undo()
    FailedSignIn.objects.update(at=timezone.now() - sign_in.COUNTED - dt.timedelta(seconds=1))
    assert try_password(client, PASSWORD)


def test_many_addresses_together_get_no_more_than_a_hundred_guesses(editor, client):
    digest = sign_in._digest("editor")
    FailedSignIn.objects.bulk_create(FailedSignIn(name=digest, address=f"192.0.2.{n}") for n in range(sign_in.MOST_OF_ALL - 1))
    assert try_password(client, PASSWORD, address="198.51.100.1")
    client.logout()
    FailedSignIn.objects.create(name=digest, address="192.0.2.200")
    assert not try_password(client, PASSWORD, address="198.51.100.2")


def test_one_name_does_not_shut_out_another_and_old_failures_are_forgotten(editor, client, django_user_model):
    django_user_model.objects.create_superuser("second", "", PASSWORD)
    for n in range(sign_in.MOST):
        try_password(client, f"guess-{n}")
    FailedSignIn.objects.update(at=timezone.now() - dt.timedelta(hours=1))
    assert not try_password(client, "wrong", name="second")
    assert FailedSignIn.objects.count() == 1
    assert try_password(client, PASSWORD, name="second")


def test_a_link_works_once_for_its_user_and_not_for_long(editor, client):
    link = sign_in.link_for("editor").partition("//")[2]
    path = link[link.index("/") :]
    assert path.split("/")[3] not in SignInLink.objects.get().digest
    assert client.head(path).status_code == 405 and client.post(path).status_code in (302, 405)
    assert client.get(path)["Location"] == "/desk/" and client.session["_auth_user_id"] == str(editor.pk)
    client.logout()
    assert client.get(path)["Location"] == "/desk/login/" and "_auth_user_id" not in client.session

    for change in ({"expires": timezone.now() - dt.timedelta(seconds=1)}, {}):
        path = "/desk/sign-in/" + sign_in.link_for("editor").split("/sign-in/")[1]
        SignInLink.objects.update(**change) if change else type(editor).objects.update(is_active=False)
        assert client.get(path)["Location"] == "/desk/login/" and "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "to", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example/", "http:///evil.example"]
)
def test_signing_in_leads_nowhere_else(editor, client, to):
    answer = client.post(f"/desk/login/?next={to}", {"username": "editor", "password": PASSWORD, "next": to})
    assert answer.status_code == 302 and answer["Location"] == "/desk/"


def test_behind_a_proxy_who_guesses_shuts_out_nobody_else(editor, client):
    def tried(password: str, forwarded: str, peer: str = "127.0.0.1") -> bool:
        client.post("/desk/login/", {"username": "editor", "password": password}, REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
        return "_auth_user_id" in client.session

    for n in range(sign_in.MOST):
        # What a client says of itself stands before what the proxy adds.
        tried(f"guess-{n}", f"10.0.0.{n}, 8.8.4.4")
    assert not tried(PASSWORD, "10.0.0.99, 8.8.4.4")
    assert tried(PASSWORD, "9.9.9.9")
    client.logout()
    for n in range(sign_in.MOST):
        tried(f"guess-{n}", f"1.1.1.{n}", peer="8.8.8.8")
    assert not tried(PASSWORD, "1.0.0.1", peer="8.8.8.8"), "who comes directly is who it is"
