"""The desk says what follows from publishing and is not done yet."""

from __future__ import annotations

import pytest

from broadsheet.delivery import outbox, purging
from broadsheet.delivery.models import Task
from broadsheet.ops.delivery_status import status

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/reports/delivery/"


def test_nothing_waits(editor_client, capsys):
    text = editor_client.get(ADDRESS).text
    assert "All pages are as they were published." in text and "Nothing waits." in text
    assert status([]) == 0 and "nothing waits in the outbox" in capsys.readouterr().out


def test_what_waits_and_why(editor_client, settings, capsys):
    settings.CACHES_IN_FRONT = {"edge": {"BACKEND": "broadsheet.delivery.caches.Varnish", "LOCATION": "http://127.0.0.1:9"}}
    purging.touch("story:1")
    outbox.put("delivery.tell_caches", backend="edge", paths=["/a/"])
    outbox.run_due()
    text = editor_client.get(ADDRESS).text
    assert "1 change whose pages are not replaced yet." in text and "did not answer" in text and "Caches in front:" in text
    assert status([]) == 0 and "did not answer" in capsys.readouterr().out
    Task.objects.update(status=Task.Status.FAILED)
    assert status([]) == 1 and "1 were given up" in capsys.readouterr().out


def test_it_is_for_administrators(client, django_user_model):
    from django.contrib.auth.models import Group

    user = django_user_model.objects.create_user("reporter", password="a-long-password")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    assert client.get(ADDRESS).status_code in {302, 403}
