"""The script that writes the demo edition as a WordPress export."""

import re
import tomllib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from edition import NAMESPACES, main, topic_slug, write_edition
from manuscripts import EditionError, read_sources

DEMO = Path(__file__).resolve().parents[2] / "demo"
NOW = datetime(2030, 5, 1, 9, 0, tzinfo=UTC)


def channel(folder, out):
    """The channel element of the folder's export."""
    found = ElementTree.parse(write_edition(folder, out, NOW).file).getroot().find("channel")
    assert found is not None
    return found


def text(element, path):
    return element.findtext(path, namespaces=NAMESPACES)


def items(found, post_type):
    return [item for item in found.iter("item") if text(item, "wp:post_type") == post_type]


def meta(element, kind="postmeta"):
    rows = element.findall(f"wp:{kind}", NAMESPACES)
    return {text(row, "wp:meta_key"): text(row, "wp:meta_value") for row in rows}


class TestStory:
    def test_dates_count_back_from_now_in_gmt_and_local_time(self, small, tmp_path):
        (post,) = items(channel(small, tmp_path / "out"), "post")
        assert text(post, "wp:post_date_gmt") == "2030-05-01 04:00:00"
        assert text(post, "wp:post_date") == "2030-05-01 07:00:00"
        assert text(post, "wp:post_modified_gmt") == "2030-05-01 07:00:00"
        assert text(post, "pubDate") == "Wed, 01 May 2030 04:00:00 +0000"

    def test_address_is_home_section_and_slug(self, small, tmp_path):
        (post,) = items(channel(small, tmp_path / "out"), "post")
        assert text(post, "link") == "https://tern.example/asia/ferry-sails/"

    def test_home_section_first_then_others_placements_topics_and_byline(self, small, tmp_path):
        (post,) = items(channel(small, tmp_path / "out"), "post")
        terms = [(term.get("domain"), term.get("nicename"), term.text) for term in post.findall("category")]
        assert terms == [
            ("category", "asia", "Asia"),
            ("category", "news", "News"),
            ("category", "top-stories", "Top Stories"),
            ("post_tag", "ferries", "Ferries"),
            ("post_tag", topic_slug("مرافئ"), "مرافئ"),
            ("author", "cap-ada-quill", "Ada Quill"),
            ("author", "cap-bo-margin", "Bo Margin"),
        ]
        assert text(post, "dc:creator") == "ada-quill"

    def test_kind_language_and_lead_picture_are_postmeta(self, small, tmp_path):
        found = channel(small, tmp_path / "out")
        (post,), (picture,) = items(found, "post"), items(found, "attachment")
        assert meta(post) == {
            "_broadsheet_kind": "news",
            "_broadsheet_language": "en",
            "_thumbnail_id": text(picture, "wp:post_id"),
        }

    def test_text_cannot_leave_its_cdata_section(self, small, tmp_path):
        (post,) = items(channel(small, tmp_path / "out"), "post")
        assert text(post, "excerpt:encoded") == "It sailed ]]> and came back."

    def test_ids_do_not_depend_on_the_moment(self, small, tmp_path):
        ids = [
            [text(item, "wp:post_id") for item in ElementTree.parse(written.file).iter("item")]
            for written in (
                write_edition(small, tmp_path / "a", NOW),
                write_edition(small, tmp_path / "b", NOW.replace(year=2031)),
            )
        ]
        assert ids[0] == ids[1]
        assert len(set(ids[0])) == 3


class TestSite:
    def test_authors_have_display_names_and_what_is_told_of_them(self, small, tmp_path):
        found = channel(small, tmp_path / "out")
        names = [text(author, "wp:author_display_name") for author in found.findall("wp:author", NAMESPACES)]
        assert names == ["The Tern", "Ada Quill", "Bo Margin"]
        terms = {text(term, "wp:term_slug"): meta(term, "termmeta") for term in found.findall("wp:term", NAMESPACES)}
        assert terms["cap-bo-margin"] == {
            "_broadsheet_bio": "Thinks & writes.",
            "_broadsheet_role": "Columnist",
            "_broadsheet_standing": "columnist",
        }

    def test_sections_stand_in_menu_order_with_parent_and_tone(self, small, tmp_path):
        found = channel(small, tmp_path / "out").findall("wp:category", NAMESPACES)
        assert [(text(one, "wp:category_nicename"), text(one, "wp:category_parent")) for one in found] == [
            ("news", ""),
            ("asia", "news"),
            ("top-stories", ""),
        ]
        assert [meta(one, "termmeta") for one in found] == [{"_broadsheet_tone": "news"}] * 2 + [{}]

    def test_picture_is_an_attachment_with_its_file(self, small, tmp_path):
        (picture,) = items(channel(small, tmp_path / "out"), "attachment")
        assert meta(picture) == {
            "_wp_attached_file": "2030/05/ferry.jpg",
            "_wp_attachment_image_alt": "A ferry.",
            "_broadsheet_focus": "0.5,0.6",
        }
        assert text(picture, "excerpt:encoded") == "The ferry."
        assert text(picture, "content:encoded") == "Drawn"
        copied = tmp_path / "out/uploads/2030/05/ferry.jpg"
        assert copied.read_bytes() == (small / "pictures/ferry.jpg").read_bytes()

    def test_page_belongs_to_the_publication(self, small, tmp_path):
        (page,) = items(channel(small, tmp_path / "out"), "page")
        assert text(page, "link") == "https://tern.example/about/"
        assert text(page, "dc:creator") == "the-tern"
        assert page.findall("category") == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"Ada Quill", ', '"Ada Quil", ', "4: unknown author “Ada Quil”"),
        ('section = "asia"', 'section = "aisa"', "5: unknown section “aisa”"),
        ('also = ["news"]', 'also = ["olds"]', "6: unknown section “olds”"),
        ('["Top Stories"]', '["Top Story"]', "8: unknown placement “Top Story”"),
        ('picture = "ferry"', 'picture = "fery"', "14: unknown picture “fery”"),
        ('kind = "news"', 'kind = "gossip"', "11: no kind “gossip”"),
        ("age_hours = 5", 'age_hours = "5"', "9: “age_hours” must be a number"),
        ("updated_hours = 2", "updated_hours = 6", "10: hours count back from now"),
        ("Ferry sails at last today", "Ferry sails now", "2: a headline has 4 to 20 words, this one 3"),
        ('slug = "ferry-sails"', 'slug = "Ferry_sails"', "3: “Ferry_sails” is not a slug"),
        ('language = "en"\n', "", "1: “language” is missing"),
        ('dateline = "Port"', 'datelines = "Port"', "16: no such key “datelines”"),
        ('caption = "The ferry."\n', "", "14: a picture needs a caption"),
        ("Port – The", "Haven – The", "16: the first paragraph must start with “Port – ”"),
        ('["Ferries", "مرافئ"]', "[]", "7: a story has one to four topics"),
        ("kind = ", "kind ", "11: Expected '='"),
        ("(/about/)", "(/abuot/)", "18: the link /abuot/ leads nowhere"),
        ("Port – The ferry", "Port – The ferry.\n\n![So](feri)\n\nThe ferry", "20: unknown picture “feri”"),
    ],
)
def test_every_problem_names_file_and_line(small, story, tmp_path, old, new, problem):
    story(old, new)
    with pytest.raises(EditionError) as raised:
        write_edition(small, tmp_path / "out", NOW)
    assert f"stories/asia/ferry-sails.md:{problem}" in str(raised.value)
    assert not (tmp_path / "out").exists()


def test_all_problems_are_told_at_once(small, story):
    story('kind = "news"', 'kind = "gossip"')
    (small / "stories/asia/second.md").write_text("no front matter")
    with pytest.raises(EditionError) as raised:
        read_sources(small)
    assert len(raised.value.problems) == 2


def test_publication_must_be_complete_and_able_to_sign(small):
    sections = small / "sections.toml"
    sections.write_text(sections.read_text().replace('tagline = "Ink & salt"\n', "").replace('"The Tern"', '"The Gull"'))
    with pytest.raises(EditionError) as raised:
        read_sources(small)
    assert "sections.toml: [publication] has no “tagline”" in raised.value.problems
    assert "people.toml: the publication “The Gull” is missing; it signs the pages" in raised.value.problems


def test_what_else_is_in_the_folder_stays(small, tmp_path):
    other = tmp_path / "out/uploads/2019/01/other.jpg"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"not ours")
    write_edition(small, tmp_path / "out", NOW)
    assert other.read_bytes() == b"not ours"


def test_same_address_and_same_lead_picture_are_refused(small):
    first = small / "stories/asia/ferry-sails.md"
    (small / "stories/asia/second.md").write_text(first.read_text())
    with pytest.raises(EditionError) as raised:
        read_sources(small)
    assert "/asia/ferry-sails/ is taken by stories/asia/ferry-sails.md" in str(raised.value)
    assert "“ferry” already leads stories/asia/ferry-sails.md" in str(raised.value)


class TestScript:
    def test_says_what_it_wrote(self, small, tmp_path, capsys):
        out = tmp_path / "out"
        assert main(["--source", str(small), "--out", str(out), "--now", "2030-05-01T09:00:00Z"]) == 0
        assert capsys.readouterr().out == f"{out / 'edition.xml'}: 1 stories, 1 pages, 1 pictures\n"

    def test_problems_go_to_stderr_and_status(self, small, story, tmp_path, capsys):
        story('kind = "news"', 'kind = "gossip"')
        assert main(["--source", str(small), "--out", str(tmp_path / "out")]) == 1
        assert "ferry-sails.md:11: no kind “gossip”" in capsys.readouterr().err

    def test_refuses_a_moment_it_cannot_read(self, small, tmp_path, capsys):
        with pytest.raises(SystemExit):
            main(["--source", str(small), "--out", str(tmp_path), "--now", "yesterday"])
        assert "“yesterday” is not a moment" in capsys.readouterr().err


@pytest.fixture(scope="module")
def found(real_edition, tmp_path_factory):
    """The channel of the real edition's export."""
    return channel(real_edition, tmp_path_factory.mktemp("out"))


class TestRealEdition:
    def test_every_manuscript_is_in_it(self, found):
        assert len(items(found, "post")) == len(list((DEMO / "stories").glob("**/*.md"))) > 0
        assert len(items(found, "page")) == len(list((DEMO / "pages").glob("*.md"))) > 0

    def test_nothing_of_the_markdown_is_left(self, found):
        for item in [*items(found, "post"), *items(found, "page")]:
            body = text(item, "content:encoded")
            assert not re.search(r"\*\*|:::|\]\(|^#|^>", body, re.MULTILINE), text(item, "title")
            assert body.count("<!-- wp:") == body.count("<!-- /wp:") > 0

    def test_internal_links_resolve(self, found):
        site = text(found, "link")
        addresses = {text(item, "link") for item in found.iter("item")}
        addresses |= {f"{site}/{text(one, 'wp:category_nicename')}/" for one in found.findall("wp:category", NAMESPACES)}
        for item in found.iter("item"):
            links = re.findall(rf'href="({re.escape(site)}/[^"#]*)', text(item, "content:encoded") or "")
            assert set(links) <= addresses, text(item, "title")

    def test_no_lead_picture_twice(self, found):
        leads = Counter(meta(item).get("_thumbnail_id") for item in items(found, "post"))
        del leads[None]
        assert set(leads.values()) <= {1}

    def test_every_topic_is_named(self, found):
        named = {text(tag, "wp:tag_slug"): text(tag, "wp:tag_name") for tag in found.findall("wp:tag", NAMESPACES)}
        used = {term.get("nicename"): term.text for item in items(found, "post") for term in item.findall("category[@domain='post_tag']")}
        assert used == named
        assert all(named.values())

    def test_ids_are_unique(self, found):
        ids = [text(item, "wp:post_id") for item in found.iter("item")]
        assert len(ids) == len(set(ids))

    def test_every_picture_is_drawn(self, named_pictures):
        if not (DEMO / "pictures").exists():
            pytest.skip("demo/pictures is absent; draw it with `python demo/draw.py`")
        drawn = {file.stem for file in (DEMO / "pictures").iterdir()}
        assert named_pictures <= drawn, sorted(named_pictures - drawn)


def test_everybody_who_writes_has_a_portrait_of_their_own():
    people = tomllib.loads((DEMO / "people.toml").read_text(encoding="utf-8"))["person"]
    told = tomllib.loads((DEMO / "pictures/alt.toml").read_text(encoding="utf-8"))
    drawn = {}
    for person in people:
        if person["standing"] in {"publication", "desk"}:
            continue
        name = f"portrait-{person['slug']}"
        assert told[name]["alt"].startswith("Portrait, drawn: ")
        drawn[name] = (DEMO / f"pictures/{name}.jpg").read_bytes()
    assert len(drawn) >= 16 and len(set(drawn.values())) == len(drawn)


def test_portraits_are_attachments_that_their_people_name(small, tmp_path):
    (small / "pictures/portrait-ada-quill.jpg").write_bytes(b"drawn")
    with (small / "pictures/alt.toml").open("a") as alt:
        alt.write('[portrait-ada-quill]\nalt = "Portrait, drawn: Ada."\n')
    found = channel(small, tmp_path / "out")
    portrait = next(one for one in items(found, "attachment") if text(one, "wp:post_name") == "portrait-ada-quill")
    named = {text(t, "wp:term_slug"): t for t in found.findall("wp:term", NAMESPACES)}
    keys = {text(m, "wp:meta_key"): text(m, "wp:meta_value") for m in named["cap-ada-quill"].findall("wp:termmeta", NAMESPACES)}
    assert keys["_broadsheet_portrait"] == text(portrait, "wp:post_id")
    assert "_broadsheet_portrait" not in {text(m, "wp:meta_key") for m in named["cap-bo-margin"].findall("wp:termmeta", NAMESPACES)}
