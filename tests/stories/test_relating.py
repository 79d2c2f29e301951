"""Related stories: found by the worker, pinned and banned by editors, and never one that is not public."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.delivery import purging
from broadsheet.importing.bulk import Fresh, write
from broadsheet.ops.worker import Worker
from broadsheet.reader.pages import RELATED
from broadsheet.related.models import Entry, Frequency, Lead
from broadsheet.stories import relating
from broadsheet.stories.cards import related
from broadsheet.stories.models import Listing, RelatedStory, Story, Topic

pytestmark = pytest.mark.django_db

FERRY = (
    "The harbour council approved another ferry for island crossings after captains complained about crowded vessels.",
    "Captains of the island ferry asked the harbour council for deeper channels before another vessel makes crossings.",
    "Island ferry tickets cost more in spring: the harbour council pays captains and a vessel for winter crossings.",
    "Storms kept every ferry at the harbour; the council told captains that island crossings need a stronger vessel.",
)
CHESS = (
    "A chess player won the tournament's final game when her knight took an undefended queen in a quiet opening.",
    "One grandmaster lost a queen in the opening, yet the chess tournament's longest game ended with his knight ahead.",
    "Pupils learn chess openings: how a knight moves, when to trade the queen, and what a tournament game feels like.",
    "Rapid chess ends the tournament: fifteen minutes each game, no time for an opening, and a knight beats a queen.",
)


def words(*numbers):
    """Prose that nothing else in the archive is like."""
    return " ".join(f"{chr(97 + n % 26)}{chr(97 + n // 26)}{sound}" for n in numbers for sound in ("lorn", "mire", "sund", "velk"))


@pytest.fixture
def bring_in(section):
    """Brings in public stories as an import does: (headline, body, days ago) each."""

    def bring(*told):
        made = []
        for title, text, days in told:
            when = timezone.now() - dt.timedelta(days=days)
            slug = title.lower().replace(" ", "-")
            story = Story(
                title=title, draft_title=title, slug=slug, live=True, body=[("text", f"<p>{text}</p>")], permalink=f"/news/{slug}/",
                published=when, first_published_at=when, last_published_at=when,
            )  # fmt: skip
            story.set_url_path(section)
            made.append(Fresh(story, section.pk))
        write(made)
        return [one.page for one in made]

    return bring


@pytest.fixture
def archive(bring_in):
    """Four stories on ferries, four on chess, and others."""
    made = bring_in(
        *((f"Ferry {n}", text, 20 + n) for n, text in enumerate(FERRY)),
        *((f"Chess {n}", text, 10 + n) for n, text in enumerate(CHESS)),
        *((f"Sundry {n}", words(*range(n * 20, n * 20 + 6)), n) for n in range(6)),
    )
    all_done()
    return made[:4], made[4:8]


def all_done():
    """Have the worker do everything that waits."""
    for _n in range(50):
        if not relating.work(seconds=5):
            break
    assert relating.waiting() == 0


def shown(story):
    return [row[0] for row in related(story.pk)]


def listed(client, story):
    """The headlines on the page under “Related stories”."""
    import lxml.html

    page = lxml.html.fromstring(client.get(story.permalink).content.decode())
    return page.xpath("//section[contains(@class, 'container-related')]//*[contains(@class, 'headline')]/a/text()")


def test_what_is_about_the_same_is_related(archive, client):
    ferries, chess = archive
    for group in archive:
        ids = {story.pk for story in group}
        for story in group:
            assert set(shown(story)[:3]) == ids - {story.pk}
    assert sorted(listed(client, ferries[0]))[:3] == ["Ferry 1", "Ferry 2", "Ferry 3"]


def test_a_story_that_is_like_no_other_has_no_list(archive, make_story, client):
    alone = make_story("Zyx", body=f"<p>{words(*range(500, 506))}</p>")
    all_done()
    assert shown(alone) == [] and "container-related" not in client.get(alone.permalink).content.decode()


def test_nothing_is_related_before_the_worker_has_done_it(make_story):
    one, _other = (make_story(f"Ferry {n}", body=f"<p>{FERRY[n]}</p>") for n in (0, 1))
    assert relating.waiting() == 2 and not shown(one)


def test_a_new_story_comes_into_the_lists_of_older_ones(archive, make_story):
    ferries, chess = archive
    RelatedStory.objects.filter(story=chess[0]).delete()
    new = make_story("Ferry collides", body=f"<p>{FERRY[0]} {FERRY[3]} It collided with the quay.</p>")
    assert relating.waiting() == 1
    all_done()
    assert new.pk in shown(ferries[1]) and new.pk in shown(ferries[2])
    assert not shown(chess[0]), "what is far from it is left alone"


def test_what_is_withdrawn_is_gone_at_once_and_its_neighbours_get_another(archive, client):
    ferries, _chess = archive
    ferries[1].unpublish()
    assert "Ferry 1" not in listed(client, ferries[0])
    assert RelatedStory.objects.filter(other=ferries[1]).exists(), "before the worker has done anything"
    all_done()
    assert not RelatedStory.objects.filter(other=ferries[1]).exists()
    assert not Entry.objects.filter(story=ferries[1].pk).exists()
    Story.objects.get(pk=ferries[1].pk).get_latest_revision().publish()
    all_done()
    assert "Ferry 1" in listed(client, ferries[0])


def test_what_is_deleted_leaves_nothing_behind(archive):
    ferries, _chess = archive
    numbers = list(Entry.objects.filter(story=ferries[1].pk).values_list("number", flat=True))
    gone = ferries[1].pk
    Story.objects.get(pk=gone).delete()
    all_done()
    assert not Entry.objects.filter(story=gone).exists() and not Lead.objects.filter(number__in=numbers).exists()


def change(story, **relations):
    story = Story.objects.get(pk=story.pk)
    for name, value in relations.items():
        setattr(story, name, value)
    story.save_revision().publish()


def test_what_is_pinned_stands_first_and_what_is_banned_nowhere_as_soon_as_it_is_published(archive, client):
    ferries, chess = archive
    story = Story.objects.get(pk=ferries[0].pk)
    story.related_pinned, story.related_banned = [chess[2], chess[0]], [ferries[2]]
    revision = story.save_revision()
    assert "Chess 2" not in listed(client, ferries[0]), "a draft changes nothing"
    revision.publish()
    for _round in range(2):
        found = listed(client, ferries[0])
        assert found[:2] == ["Chess 0", "Chess 2"] and "Ferry 2" not in found
        all_done()
    assert len(found) == RELATED
    change(ferries[0], related_pinned=[], related_banned=[])
    all_done()
    assert set(listed(client, ferries[0])[:3]) == {"Ferry 1", "Ferry 2", "Ferry 3"}


def test_a_pinned_story_that_is_not_public_is_not_shown(archive, make_story, client):
    draft = make_story("Secret", live=False)
    change(archive[0][0], related_pinned=[draft, archive[1][0]])
    assert listed(client, archive[0][0])[0] == "Chess 0"
    archive[1][0].unpublish()
    all_done()
    assert "Chess 0" not in listed(client, archive[0][0])
    Story.objects.get(pk=archive[1][0].pk).get_latest_revision().publish()
    assert listed(client, archive[0][0])[0] == "Chess 0", "an editor's decision outlives a withdrawal"


def test_a_preview_shows_what_the_draft_pins(archive, client, editor_client):
    ferries, chess = archive
    story = Story.objects.get(pk=ferries[0].pk)
    story.related_pinned, story.related_banned = [chess[3]], [ferries[3]]
    story.save_revision()
    html = editor_client.get(f"/desk/pages/{story.pk}/view_draft/").content.decode()
    assert html.index("Chess 3") > html.index("Related stories") and "Ferry 3" not in html[html.index("Related stories") :]


def test_no_story_is_twice_on_a_page(archive, client, front, section):
    import json

    value = {"heading": "", "layout": "list", "count": 6, "placement": None, "topic": None, "pinned": [], "section": section.pk}
    front.story_blocks = json.dumps([{"type": "container", "value": value}])
    front.save_revision().publish()
    for story in [*archive[0], *archive[1]]:
        import lxml.html

        page = lxml.html.fromstring(client.get(story.permalink).content.decode())
        links = page.xpath("//main//*[contains(@class, 'headline')]/a/@href")
        assert len(links) == len(set(links)) > RELATED, links


def test_versions_of_one_text_are_one(archive, make_story):
    text = f"{FERRY[1]} {words(1)} The harbour master spoke to reporters on the quay at noon about the crossing and its delays."
    versions = [make_story(f"Version {n}", body=f"<p>{text} Update {n}.</p>") for n in range(5)]
    all_done()
    found = [pk for pk in shown(archive[0][0]) if pk in {v.pk for v in versions}]
    assert found == [versions[-1].pk]
    assert not {v.pk for v in versions} & set(shown(versions[2])), "a version of the story itself is nothing new"


def test_languages_are_kept_apart(archive, make_story):
    text = f"<p>{FERRY[0]}</p>"
    other = make_story("Ferry", body=text, language="fr")
    again = make_story("Ferry encore", body=f"<p>{FERRY[1]} {FERRY[3]}</p>", language="fr-CA")
    all_done()
    assert shown(other) == [again.pk] and other.pk not in shown(archive[0][0])


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("zh", ("港口议会批准岛屿航线增加第二艘渡轮", "渡轮船长希望港口议会批准岛屿航线的新渡轮", "象棋俱乐部赢得最后一轮比赛")),
        ("ja", ("港の議会は島の航路に二隻目のフェリーを承認した", "フェリーの船長は港の航路を深くしたい", "将棋クラブが最終戦で勝った")),
        (
            "ar",
            (
                "وافق مجلس المِيناء على عبّارة ثانية إلى الجزيرة",
                "قبطان عبارة الجزيرة يريد الميناء أعمق",
                "فاز نادي الشطرنج في الجولة الأخيرة",
            ),
        ),
    ],
)
def test_in_languages_without_spaces_and_with_vowel_signs(archive, make_story, language, texts):
    first, second, third = (make_story(text[:12], body=f"<p>{text}</p>", language=language) for text in texts)
    all_done()
    assert shown(first)[:1] == [second.pk] and third.pk not in shown(first)[:1]


def test_topics_and_place_count(archive, make_story):
    topic = Topic.objects.create(name="Wrecks", slug="wrecks")
    one = make_story("Alpha", body=f"<p>{words(*range(30, 33))}</p>", topics=[topic], dateline="Port Ann")
    two = make_story("Omega", body=f"<p>{words(*range(40, 43))}</p>", topics=[topic], dateline="Port Ann")
    all_done()
    assert shown(one) == [two.pk]


def test_a_story_changed_while_it_is_worked_on_is_done_once_more(archive, monkeypatch):
    story = archive[0][0]
    change(story)
    documents = relating._documents

    def meanwhile(stories):
        found = list(documents(stories))
        Entry.objects.filter(story=story.pk).update(since=1)
        monkeypatch.setattr(relating, "_documents", documents)
        return found

    monkeypatch.setattr(relating, "_documents", meanwhile)
    relating.work(seconds=0.000001)
    assert Entry.objects.get(story=story.pk).waits == Entry.Waits.ENTER


def test_one_that_fails_is_told_and_holds_up_nobody(archive, make_story, monkeypatch, caplog, capsys):
    from broadsheet.ops import doctor
    from broadsheet.related import entering

    bad, good = make_story("Bad"), make_story("Good", body=f"<p>{FERRY[0]} {FERRY[2]}</p>")
    count = entering.count
    monkeypatch.setattr(entering, "count", lambda d: 1 / 0 if d.story == bad.pk else count(d))
    all_done()
    assert relating.failed() == [bad.pk] and shown(good)
    doctor.check()
    assert f"what story {bad.pk} is about could not be worked out" in capsys.readouterr().out
    monkeypatch.undo()
    change(bad)
    all_done()
    assert relating.failed() == []


def test_the_worker_says_how_many_wait(archive, make_story, caplog, capsys, monkeypatch):
    from broadsheet.ops import doctor

    make_story("Ferry again", body=f"<p>{FERRY[0]} {FERRY[1]}</p>")
    doctor.check()
    assert "ok  related stories (1 wait for theirs)" in capsys.readouterr().out
    # While a publish is carried out, related stories wait.
    purging.carry_out()
    worker, work = Worker(), relating.work
    monkeypatch.setattr(relating, "work", lambda: 1)
    caplog.set_level("INFO")
    assert worker.relate() == worker.relate() == 1
    assert caplog.text.count("related stories: 1 wait") == 1, "once a minute"
    monkeypatch.setattr(relating, "work", work)
    worker.work()
    # That it is another year than when pages were last replaced was a write, too.
    purging.carry_out()
    assert worker.work() == 0 and relating.waiting() == 0


def test_an_import_goes_first(archive, make_story):
    from django.conf import settings

    from broadsheet.importing.one_at_a_time import alone

    make_story("Ferry again", body=f"<p>{FERRY[0]} {FERRY[1]}</p>")
    settings.DATA.mkdir(exist_ok=True)
    worker = Worker()
    with alone():
        assert worker.relate() == 0 and relating.waiting() == 1
    assert worker.relate() == 0, "a publish is being carried out"
    purging.carry_out()
    assert worker.relate() > 0


def some(count, start):
    return [(f"Story {n}", words(n, n % 7), n) for n in range(start, start + count)]


def test_what_is_imported_waits_and_costs_the_import_one_statement_a_batch(bring_in):
    costs = []
    for start, count in ((0, 3), (100, 30)):
        with CaptureQueriesContext(connection) as seen:
            bring_in(*some(count, start))
        costs.append([q["sql"] for q in seen if "related" in q["sql"]])
    assert [len(one) for one in costs] == [1, 1], costs
    assert relating.waiting() == 33


def test_entering_asks_as_often_for_many_as_for_few(bring_in):
    costs = []
    for start, count in ((0, 5), (10, 5), (100, 60)):
        bring_in(*some(count, start))
        since = dict(Entry.objects.filter(waits=Entry.Waits.ENTER).values_list("story", "since"))
        with CaptureQueriesContext(connection) as seen:
            relating._enter(since)
        # Rows go to SQLite fifty to a statement and the rest one by one: up to two statements of one kind.
        costs.append({re.sub(r"^\d+ times: |_x\d+|[ (]+VALUES .*|IN \(.*", "", one["sql"]) for one in seen})
        assert len(seen) <= len(costs[0]) + 6
    assert costs[0] == costs[1] == costs[2]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's query plans")
def test_nothing_walks_through_the_archive(archive, client):
    with CaptureQueriesContext(connection) as seen:
        client.get(archive[0][0].permalink)
        change(archive[0][0])
        all_done()
    walks = []
    for query in seen.captured_queries:
        if "related" not in query["sql"] or not query["sql"].lstrip().startswith("SELECT"):
            continue
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + query["sql"])
            walks += [f"{row[3]}: {query['sql'][:300]}" for row in cursor.fetchall() if row[3].startswith("SCAN") and "part" not in row[3]]
    assert not walks, "\n".join(walks)


def test_words_are_counted_once_for_a_story(archive):
    before = dict(Frequency.objects.values_list("term", "stories"))
    change(archive[0][0])
    all_done()
    assert dict(Frequency.objects.values_list("term", "stories")) == before
    assert max(before.values()) == Listing.objects.filter(list_key="site").count()
