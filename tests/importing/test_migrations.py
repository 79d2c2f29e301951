"""What earlier releases brought in is found by the keys that later ones look it up by."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from broadsheet.importing.models import SourceItem, SourceMedia, SourcePerson
from broadsheet.importing.spelling import key_of, login_slug
from broadsheet.people.models import Person

BEFORE = [("importing", "0003_identity")]


def migrate(targets: list[tuple[str, str]]) -> None:
    # The schema editor of SQLite goes with no transaction around it.
    MigrationExecutor(connection).migrate(targets)


@pytest.mark.django_db(transaction=True)
@pytest.mark.long
def test_old_rows_get_their_keys(django_user_model) -> None:
    # All: what is undone takes along what was built on it.
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    migrate(BEFORE)
    try:
        apps = MigrationExecutor(connection).loader.project_state(BEFORE).apps
        site = apps.get_model("importing", "SourceSite").objects.create(key="tern.example")
        # Nothing of people was undone: they are as they are today.
        person = Person.objects.create(name="Ada Holm", slug="ada-holm")
        apps.get_model("importing", "SourcePerson").objects.create(site=site, login="Ada.Holm", person_id=person.pk)
        items, media = apps.get_model("importing", "SourceItem"), apps.get_model("importing", "SourceMedia")
        # More than are filled at a time, and more than twice.
        items.objects.bulk_create(
            items(site=site, source_id=str(n), type="post", digest="0", old_path=f"/2020/Café-{n}/" if n % 2 else "") for n in range(1201)
        )
        media.objects.create(site=site, source_id="1", digest="0", url="https://tern.example/wp-content/uploads/2020/01/Gale-scaled.jpg")
        media.objects.create(site=site, source_id="2", digest="0")
    finally:
        migrate(newest)
    assert not SourceItem.objects.filter(address="").exclude(old_path="").exists()
    assert not SourceItem.objects.exclude(address="").filter(old_path="").exists()
    assert SourceItem.objects.get(address=key_of("/2020/cafe\u0301-1199")).source_id == "1199"
    assert dict(SourceMedia.objects.values_list("source_id", "name")) == {"1": key_of("2020/01/gale.jpg"), "2": ""}
    assert SourcePerson.objects.get().slug == login_slug("Ada.Holm") == "ada-holm"
    migrate(BEFORE)
    migrate(newest)
    assert SourceItem.objects.exclude(address="").count() == 600
