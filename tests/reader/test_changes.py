"""What readers are told of changes: the box, the page of all versions, the list and its feed, the stub of what was removed."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from wagtail.contrib.redirects.models import Redirect

from broadsheet.people.models import Declarations, Person
from broadsheet.record import actions
from broadsheet.record.actions import Said
from broadsheet.record.digests import canonical, said_digest, text_digest
from broadsheet.record.models import Change, Kind
from broadsheet.stories.corrections import classify, corrections
from broadsheet.stories.models import StaticPage, Story
from tests.record.test_entries import edit, holds

pytestmark = pytest.mark.django_db
WRONG = {"change_kind": "correction", "change_wrong": "It did not sail at noon.", "change_note": "It sailed at one."}


def read(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def again(story):
    return Story.objects.get(pk=story.pk).get_latest_revision_as_object()


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_updated_stands_beside_the_date_only_after_a_substantive_change(client, make_story, editor):
    story = make_story()
    assert "Updated" not in read(client, story.permalink)
    edit(story, "<p>It sailed at  noon!</p>", change_kind="minor")
    unsaid = edit(story, "<p>It sailed at one.</p>")
    assert "Updated" not in read(client, story.permalink) and unsaid.updated is None
    classify(story=story.pk, number=3, said=Said(Kind.UPDATE, "Another hour."), by=editor)
    told = Story.objects.get(pk=story.pk)
    assert told.updated == Change.objects.get(story=story.pk, number=3).moment and "Updated" in read(client, story.permalink)
    classify(story=story.pk, number=3, said=Said(Kind.MINOR), by=editor)
    assert "Updated" not in read(client, story.permalink) and Story.objects.get(pk=story.pk).updated is None


def test_corrections_stand_above_the_text_the_newest_first(client, make_story):
    story = edit(make_story(), **WRONG)
    edit(story, "<p>It sailed at one, with Ada.</p>", change_kind="clarification", change_note="Ada was on board.")
    html = read(client, story.permalink)
    box = html[html.index('<aside class="corrections"') : html.index("</aside>")]
    told = words(box)
    assert told.index("Clarification") < told.index("Ada was on board.") < told.index("Correction") < told.index("It did not sail at noon.")
    assert f'href="{story.permalink}changes/"' in box and html.index(box) < html.rindex("with Ada.")
    found = [json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    said = next(one for one in found if one["@type"] == "NewsArticle")
    assert [one["text"] for one in said["correction"]] == ["Ada was on board.", "It did not sail at noon. It sailed at one."]
    assert said["dateModified"] == Story.objects.get(pk=story.pk).updated.isoformat()
    assert "corrections" not in read(client, make_story().permalink).partition('<footer class="footer"')[0]


@pytest.mark.parametrize("pattern", ["/{section}/{slug}/", "/{yyyy}/{mm}/{slug}/", "/{slug}.html", "/{slug}/"])
def test_what_changed_is_told_by_word_whatever_the_address(client, make_story, pattern, front):
    from broadsheet.people.models import Publication

    Publication.objects.update(permalink_pattern=pattern)
    story = edit(make_story("Ferry sails", slug="ferry"), **WRONG)
    at = f"{story.permalink.rstrip('/')}/changes/"
    assert f'href="{at}"' in read(client, story.permalink)
    html = read(client, at)
    assert re.search(r"<del>.*?noon.*?</del><ins>.*?one.*?</ins>", html) and "inserted:" in html and "removed:" in html
    assert [words(one) for one in re.findall(r"<h2 id=.*?>(.*?),", html)] == ["Correction", "Taken over"]
    assert client.get(at).headers.get("Content-Language") == "en" and 'content="noindex, follow"' in html


def test_a_story_at_such_an_address_stays_there(client, make_story):
    story = make_story("Ferry", slug="ferry")
    other = make_story("Tides", slug="tides")
    Story.objects.filter(pk=other.pk).update(permalink=f"{story.permalink}changes/")
    assert "Tides" in read(client, f"{story.permalink}changes/")
    assert make_story("Changes", slug="changes").permalink == "/news/changes-2/"
    assert client.get("/news/changes/").headers["Location"] == "/news/changes-2/" and client.get("/nothing/changes/").status_code == 404


def test_headline_byline_and_all_that_is_no_body_are_told_in_words(client, make_story):
    story = make_story("Ferry sails", people=[Person.objects.create(name="Ada Holm", slug="ada")])
    edit(
        story,
        "<p>It sailed at noon.</p>",
        title="Ferry <sinks>",
        kind="analysis",
        dateline="Ystad",
        standfirst="All are safe.",
        change_kind="update",
    )
    told = words(read(client, f"{story.permalink}changes/"))
    for one in ("Headline Ferry removed: sails (end) inserted: &lt;sinks&gt; (end)", "Kind removed: News (end) inserted: Analysis (end)",
                "Dateline inserted: Ystad (end)", "Standfirst inserted: All are safe. (end)"):  # fmt: skip
        assert one in told, told


def test_a_label_that_comes_goes_or_changes_is_a_change(client, make_story):
    story = make_story()
    for label in (
        {"ai_tool": "a translation model", "ai_part": "The interview."},
        {"ai_part": "The interview with Ada."},
        {"ai_tool": "", "ai_part": "", "paid_by": "Salen Line"},
    ):
        draft = again(story)
        for name, value in {**label, "change_kind": "update"}.items():
            setattr(draft, name, value)
        draft.save_revision().publish()
    assert Change.objects.filter(story=story.pk).count() == 4 and holds(story.pk)
    told = words(read(client, f"{story.permalink}changes/"))
    for said in ("AI used", "a translation model", "What AI was used for", "with Ada", "Paid for by", "Salen Line"):
        assert said in told, said


def test_minor_changes_are_listed_but_folded(client, make_story):
    story = edit(make_story(), change_kind="minor")
    html = read(client, f"{story.permalink}changes/")
    html = html[html.index("<main") :]
    assert html.index("Minor change") < html.index("<details>") < html.index("<del>") < html.index("</details>")


def test_right_to_left(client, make_story):
    story = edit(make_story("سفينة", body="<p>أبحرت عند الظهر.</p>", language="ar"), "<p>أبحرت عند المساء.</p>", change_kind="update")
    html = read(client, f"{story.permalink}changes/")
    assert '<div class="passages" lang="ar" dir="rtl">' in html and '<span class="hidden" lang="en">' in html


def test_any_version_against_now_and_earlier_versions(client, make_story, monkeypatch):
    story = make_story()
    for number in range(4):
        edit(story, f"<p>It sailed at {number}.</p><p>The sea was calm.</p>", change_kind="update")
    at = f"{story.permalink}changes/"
    html = read(client, f"{at}?version=1")
    assert re.search(r"<del>.*?noon.*?</del><ins>.*?3.*?</ins>", html) and "The sea was calm." in html
    for bad in ("?version=5", "?version=9", "?version=0", "?version=x", "?before=1", "?before=-3"):
        assert client.get(f"{at}{bad}").status_code == 404, bad
    monkeypatch.setattr("broadsheet.reader.changes.AT_ONCE", 2)
    first = read(client, at)
    assert first.count('<section class="version') == 2 and f'href="{at}?before=4"' in first
    assert read(client, f"{at}?before=4").count('<section class="version') == 2


def test_a_text_that_was_taken_out_is_told_with_its_reason(client, make_story, editor):
    story = edit(edit(make_story(), "<p>A secret libel.</p>", change_kind="update"), "<p>It sailed.</p>", change_kind="update")
    actions.blank(story=story.pk, numbers=[2], reason="A court’s order.", by=editor)
    html = read(client, f"{story.permalink}changes/")
    assert html.count("A court’s order.") == 2 and "libel" not in html and "Taken over" in html
    assert "libel" not in read(client, f"{story.permalink}changes.json")


def test_words_that_were_taken_out_are_told_with_their_reason_everywhere(client, make_story, editor, front):
    story = edit(make_story(), **WRONG)
    before = client.get(f"{story.permalink}changes.json").json()["entries"]
    actions.unsay(story=story.pk, numbers=[2], reason="A court’s <b>order</b>.", by=editor)
    for address in (story.permalink, f"{story.permalink}changes/", "/corrections/", "/corrections/feed/", "/corrections/feed/atom/"):
        html = read(client, address)
        assert "Removed · Reason: A court’s " in html and "did not" not in html and "<b>order" not in html, address
    assert "Removed · Reason: A court’s" in read(client, "/corrections/feed/json/")
    entries = client.get(f"{story.permalink}changes.json").json()["entries"]
    assert "said" in before[1] and entries[1] == {name: value for name, value in before[1].items() if name != "said"}
    assert (entries[2]["kind"], entries[2]["about"], entries[2]["text"]) == ("removal", 2, entries[1]["said_digest"])
    assert entries[2]["said"]["note"] == "A court’s <b>order</b>." and all("content" in one for one in entries[:2])


@pytest.mark.parametrize("how", ["unpublished", "deleted"])
def test_what_was_removed_tells_when_and_why_and_nothing_else(client, make_story, editor, how):
    story = edit(make_story("Secret headline", slug="ferry"), **WRONG)
    pk, at = story.pk, story.permalink
    Story.objects.get(pk=pk).unpublish() if how == "unpublished" else Story.objects.get(pk=pk).delete()
    assert "Removed" in read(client, at, 410) and "Reason:" not in read(client, at, 410)
    actions.explain(story=pk, reason="legal <b>", by=editor)
    for address in (at, f"{at}changes/", f"{at}changes/?version=1"):
        html = read(client, address, 410)
        assert "Removed" in html and "legal &lt;b&gt;" in html
        for hidden in ("Secret", "sailed", "noon", "did not"):
            assert hidden not in html, (address, hidden)
    told = client.get(f"{at}changes.json")
    assert told.status_code == 410 and set(told.json()) == {"story", "removed", "reason"}
    assert "Secret" not in read(client, "/corrections/") and "noon" not in read(client, "/corrections/feed/json/")
    if how == "unpublished":
        Story.objects.get(pk=pk).get_latest_revision().publish()
        assert "It did not sail at noon." in read(client, "/corrections/") and "legal" in read(client, f"{at}changes/")


def test_a_reason_that_was_taken_back_is_not_repeated(client, make_story, editor):
    story = edit(make_story(), "<p>A libel.</p>", change_kind="update")
    actions.blank(story=story.pk, numbers=[2], reason="A court’s order.", by=editor)
    Story.objects.get(pk=story.pk).unpublish()
    actions.explain(story=story.pk, reason="Mayor Holm asked for it.", by=editor)
    actions.explain(story=story.pk, reason="legal", by=editor)
    Story.objects.get(pk=story.pk).get_latest_revision().publish()
    said = [one["said"]["note"] for one in client.get(f"{story.permalink}changes.json").json()["entries"] if "said" in one]
    assert said == ["A court’s order.", "legal"]


def test_all_corrections_with_the_newest_first_and_only_what_holds(client, make_story, editor, front):
    assert "Nothing had to be corrected yet." in read(client, "/corrections/")
    first, second = (
        edit(make_story("Ferry"), **WRONG),
        edit(make_story("Tides"), change_kind="clarification", change_note="High <i>tide</i>."),
    )
    html = read(client, "/corrections/")
    assert (
        html.index("High &lt;i&gt;tide&lt;/i&gt;.") < html.index("It did not sail at noon.")
        and f"{first.permalink}changes/#version-2" in html
    )
    classify(story=first.pk, number=2, said=Said(Kind.CORRECTION, "It sailed at two.", "It did not sail at one."), by=editor)
    html = read(client, "/corrections/")
    assert html.index("It sailed at two.") < html.index("High ") and "It did not sail at noon." not in html
    classify(story=second.pk, number=2, said=Said(Kind.MINOR), by=editor)
    assert "High" not in read(client, "/corrections/") and len(corrections(9)) == 1
    about = type(front).objects.get().add_child(instance=StaticPage(title="How we correct", slug="correcting"))
    about.save_revision().publish()
    declared = Declarations.for_site(type(front).objects.get().get_site())
    declared.corrections = about
    declared.save()
    assert '<a href="/correcting/">How we correct</a>' in read(client, "/corrections/")
    Declarations.objects.update(corrections=None)
    StaticPage.objects.filter(pk=about.pk).update(permalink="/corrections/")
    assert '<a href="/corrections/">Corrections</a>' in read(client, first.permalink)


def test_a_long_list_is_paged(client, make_story, monkeypatch):
    story = make_story()
    for n in range(5):
        edit(story, f"<p>It sailed at {n}.</p>", change_kind="correction", change_wrong="Not then.", change_note=f"At {n}.")
    monkeypatch.setattr("broadsheet.reader.changes.PER_PAGE", 2)
    seen, at = [], "/corrections/"
    while at:
        html = read(client, at)
        seen += re.findall(r"At (\d)\.", html)
        at = next((a.replace("&amp;", "&") for a in re.findall(r'href="(/corrections/\?before=[^"]+)"', html)), "")
    assert seen == ["4", "3", "2", "1", "0"] and client.get("/corrections/?before=x").status_code == 404


def test_the_feed_in_every_format(client, make_story):
    story = edit(make_story("Ferry"), **WRONG)
    at = f"/news/{story.slug}/changes/#version-2"
    for ending, kind in (("", "application/rss+xml"), ("atom/", "application/atom+xml"), ("json/", "application/feed+json")):
        answer = client.get(f"/corrections/feed/{ending}")
        assert (
            answer.headers["Content-Type"].startswith(kind)
            and at in answer.content.decode()
            and "Correction: Ferry" in answer.content.decode()
        )
        again = client.get(f"/corrections/feed/{ending}", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    assert "/corrections/feed/" in read(client, "/corrections/")


@pytest.mark.parametrize("entered", ["by the desk", "before"])
def test_no_sign_of_a_word_processor_breaks_the_feed(client, make_story, monkeypatch, entered):
    if entered == "before":
        monkeypatch.setattr("broadsheet.stories.recording.without_control", str)
    edit(make_story("Ferry"), change_kind="correction", change_wrong="120\x0b <b>\x01 ]]>", change_note="210\ufffe.")
    for ending in ("", "atom/"):
        parsed = ElementTree.fromstring(client.get(f"/corrections/feed/{ending}").content)
        assert "210." in "".join(parsed.itertext())


def test_the_record_for_machines_can_be_checked(client, make_story, editor):
    story = edit(make_story(), **WRONG)
    classify(story=story.pk, number=2, said=Said(Kind.CLARIFICATION, "At one, in fact."), by=editor)
    told = client.get(f"{story.permalink}changes.json").json()
    first, second, third = told["entries"]
    for one in (first, second):
        assert text_digest(one["content"]["salt"], canonical(one["content"]["text"])) == one["text"]
    assert "said" not in second and "noon" not in json.dumps([second["kind"], third]), "what does not hold any more is not repeated"
    said = third["said"]
    assert said_digest(said["salt"], wrong=said["wrong"], note=said["note"]) and third["about"] == 2
    assert [one["previous"] for one in (second, third)] == [first["digest"], second["digest"]]


def test_few_queries_whatever_the_number_of_versions(make_story, client, django_assert_max_num_queries):
    story = make_story()
    for n in range(6):
        edit(story, f"<p>It sailed at {n}.</p>", change_kind="update")
    with django_assert_max_num_queries(14):
        client.get(f"{story.permalink}changes/")


@pytest.mark.parametrize("ending", ["changes/", "changes/?version=1", "changes.json", "report/", "text/", "statements.json"])
def test_an_old_address_leads_to_what_stands_below_the_new_one(client, make_story, ending):
    story = edit(make_story(), **WRONG)
    site = story.get_site()
    Redirect.objects.create(site=site, old_path="/old/ferry", redirect_page=story)
    Redirect.objects.create(site=site, old_path="/old/elsewhere", redirect_link="/somewhere/")
    answer = client.get(f"/old/ferry/{ending}")
    assert (answer.status_code, answer["Location"]) == (301, f"{story.permalink}{ending}")
    # It has no statements.
    read(client, answer["Location"], status=404 if "statements" in ending else 200)
    for nothing in ("elsewhere", "never"):
        read(client, f"/old/{nothing}/{ending}", status=404)
    story.unpublish()
    read(client, f"/old/ferry/{ending}", status=404)
