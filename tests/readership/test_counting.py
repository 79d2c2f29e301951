"""A read is counted once, by one address without a body, and written without a trace of who it was."""

from __future__ import annotations

import datetime as dt
import importlib.util
import threading

import pytest
from django.db import DatabaseError
from django.utils import timezone

from broadsheet.people.models import Publication
from broadsheet.readership import counting, folding
from broadsheet.readership.models import ReadsInHour, ReadsOnDay
from broadsheet.readership.queries import Span, most_in, reads_of, spread

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
OURS = {"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin"}


def told(client, story, **headers):
    """What the address answers, and how often the story is counted then."""
    answer = client.generic("POST", f"/assets/read?story={story}", headers=headers)
    return answer.status_code, sum(counting.pending.counted.values())


def test_a_read_is_counted_without_asking_the_database(client, make_story, django_assert_num_queries):
    story = make_story()
    counting.is_on()
    with django_assert_num_queries(0):
        answer = client.generic("POST", f"/assets/read?story={story.permalink}", headers=OURS)
    assert (answer.status_code, answer.content, answer.cookies) == (204, b"", {})
    assert counting.write() == 1 and reads_of(story.pk) == 1


@pytest.mark.parametrize(
    ("headers", "counts"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": None, "Origin": "http://127.0.0.1"}, True),
        ({"Sec-Fetch-Site": None}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1"}, False),
        ({"Sec-Fetch-Site": None, "Origin": "http://evil.example"}, False),
        ({"Sec-Fetch-Site": None, "Origin": "null"}, False),
        ({"Sec-GPC": "1"}, False),
        ({"DNT": "1"}, False),
        ({"DNT": "0"}, True),
        ({"Sec-Purpose": "prefetch;prerender"}, False),
        ({"Purpose": "prefetch"}, False),
        ({"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}, False),
        ({"User-Agent": "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)"}, False),
        ({"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/131.0.0.0 Safari/537.36"}, False),
        ({"User-Agent": "curl/8.5.0"}, False),
        ({"User-Agent": ""}, False),
        ({"User-Agent": "Mozilla/5.0 " + "a" * 2000}, False),
    ],
)
def test_only_readers_on_our_pages_who_did_not_decline(client, make_story, headers, counts):
    sent = {name: value for name, value in (OURS | headers).items() if value is not None}
    assert told(client, make_story().permalink, **sent) == (204, int(counts))


@pytest.mark.parametrize("story", ["", "1", "/%00", "/" + "a" * 600, "//evil.example/", "/no/such/", "/²", "1&story="])
def test_what_is_no_story_is_not_counted(client, front, story):
    status, _n = told(client, story, **OURS)
    assert status in (204, 400)
    assert counting.write() == 0 and not ReadsInHour.objects.exists()


def test_only_public_stories_are_written(client, make_story):
    public, draft = make_story(), make_story(live=False)
    for address in (public.permalink, f"/news/{draft.slug}/", "/no/such/"):
        told(client, address, **OURS)
    assert counting.write() == 1
    assert list(ReadsInHour.objects.values_list("story_id", "count")) == [(public.pk, 1)]


def test_it_takes_a_post_without_a_body(client, make_story):
    story = make_story()
    assert client.get(f"/assets/read?story={story.permalink}").status_code == 405
    assert client.put(f"/assets/read?story={story.permalink}", headers=OURS).status_code == 405
    assert client.post(f"/assets/read?story={story.permalink}", {"a": "b"}, headers=OURS).status_code == 413
    assert client.generic("POST", "/assets/read.css", headers=OURS).status_code == 405
    assert not counting.pending.counted


def test_too_many_are_not_taken_in(client, make_story, monkeypatch):
    monkeypatch.setattr(counting, "MOST", 5)
    monkeypatch.setattr(counting, "MOST_OF_ONE", 3)
    one, two = make_story().permalink, make_story().permalink
    assert [told(client, one, **OURS)[1] for _ in range(4)] == [1, 2, 3, 3]
    assert [told(client, two, **OURS)[1] for _ in range(3)] == [4, 5, 5]
    counting.write()
    assert told(client, one, **OURS)[1] == 1


def test_off_there_is_no_address_and_no_code(client, make_story):
    story = make_story()
    page = client.get(story.permalink).content.decode()
    assert f'data-read="/assets/read?story={story.permalink}"' in page
    Publication.objects.update(count_reads=False)
    counting._setting.clear()
    page = client.get(story.permalink).content.decode()
    assert "data-read" not in page
    assert told(client, story.permalink, **OURS) == (404, 0)


def test_what_cannot_be_written_is_kept_for_the_next_time(client, make_story, monkeypatch):
    story = make_story()
    told(client, story.permalink, **OURS)

    def refuse(*args, **kwargs):
        raise DatabaseError("locked")

    with monkeypatch.context() as broken:
        broken.setattr(counting.rows, "insert", refuse)
        with pytest.raises(DatabaseError):
            counting.write()
    told(client, story.permalink, **OURS)
    counting.write()
    assert reads_of(story.pk) == 2


def test_threads_and_hours_add_up(make_story, monkeypatch):
    story = make_story().permalink
    threads = [threading.Thread(target=lambda: [counting.count(story) for _ in range(25)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counting.write()
    soon = timezone.now() + dt.timedelta(hours=1)
    monkeypatch.setattr(counting.timezone, "now", lambda: soon)
    counting.count(story)
    counting.write()
    assert sorted(ReadsInHour.objects.values_list("count", flat=True)) == [1, 100]


def test_processes_add_up(make_story):
    """Each has a memory of its own; they meet in the row of the hour."""
    story = make_story().permalink
    spec = importlib.util.find_spec("broadsheet.readership.counting")
    other = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(other)
    for process, times in ((counting, 2), (other, 7), (counting, 1)):
        for _ in range(times):
            process.count(story)
        process.write()
    assert list(ReadsInHour.objects.values_list("count", flat=True)) == [10]


def test_old_hours_become_days_by_the_clock_of_the_publication(make_story):
    Publication.objects.update(zone="Asia/Kolkata")
    one, two = make_story().pk, make_story().pk
    now = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
    # 19:00 UTC is half past midnight in Kolkata.
    for day, hour in ((1, 12), (1, 17), (1, 19), (25, 9)):
        for story in (one, two):
            ReadsInHour.objects.create(
                story_id=story, hour=dt.datetime(2026, 10 if day < 25 else 11, day, hour, tzinfo=dt.UTC), count=day + hour
            )
    ReadsOnDay.objects.create(story_id=one, day=dt.date(2026, 10, 1), count=100)
    assert folding.fold(now) == 2
    assert sorted(ReadsOnDay.objects.values_list("story_id", "day", "count")) == [
        (one, dt.date(2026, 10, 1), 131), (one, dt.date(2026, 10, 2), 20), (two, dt.date(2026, 10, 1), 31), (two, dt.date(2026, 10, 2), 20),
    ]  # fmt: skip
    assert ReadsInHour.objects.count() == 2 and folding.fold(now) == 0
    assert reads_of(one) == 131 + 20 + 34


def test_a_span_is_summed_and_spread(make_story):
    one, two = make_story().pk, make_story().pk
    now = dt.datetime(2026, 11, 26, 12, 20, tzinfo=dt.UTC)
    for story, hours, count in ((one, 0, 4), (one, 3, 2), (two, 1, 9), (one, 30, 50)):
        ReadsInHour.objects.create(story_id=story, hour=(now - dt.timedelta(hours=hours)).replace(minute=0), count=count)
    day = Span.until(now, hours=24, parts=24)
    assert most_in(day, 5) == [(two, 9), (one, 6)]
    parts = spread([one, two], day)
    assert (parts[one][-1], parts[one][-4], sum(parts[one]), parts[two][-2]) == (4, 2, 6, 9)
    ReadsOnDay.objects.create(story_id=two, day=dt.date(2026, 6, 1), count=1000)
    year = Span.until(now, hours=364 * 24, parts=52)
    assert most_in(year, 1) == [(two, 1009)] and sum(spread([two], year)[two]) == 1009
