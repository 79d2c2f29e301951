"""What an export holds besides stories: guests, own types and groups, pages below pages, menus, pins, languages, comments."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest
from django.urls import reverse

from broadsheet.fronts.models import FrontPage, MenuEntry
from broadsheet.fronts.queries import menu_places
from broadsheet.importing.addressbook import Addresses
from broadsheet.importing.commands import import_wordpress
from broadsheet.importing.load import Loader
from broadsheet.importing.mapping import Counterparts
from broadsheet.importing.models import SourceComment, SourceItem
from broadsheet.importing.wordpress.parse import KEPT_META
from broadsheet.importing.wordpress.reader import Export
from broadsheet.people.models import Person, Publication
from broadsheet.stories.models import Placement, ReaderComment, Section, StaticPage, Story, Topic

from .conftest import HEAD, author, category, item, within
from .test_forwarding import ask

pytestmark = pytest.mark.django_db(transaction=False)


def bring_in(*paths, **options):
    report = Loader(Export(paths), **options).run()
    assert report.differences == []
    return report


def notes(report) -> dict[str, int]:
    return {oddity.what: oddity.count for oddity in report.oddities}


def found_by(client, address: str) -> str:
    """A page or a feed without what stands on every page."""
    return re.sub(r"<!--island.*?<!--/island-->", "", client.get(address).content.decode(), flags=re.S)


def term(taxonomy: str, slug: str, name: str, parent: str = "", number: str = "", description: str = "", meta: str = "") -> str:
    return (
        f"<wp:term><wp:term_id>{number}</wp:term_id><wp:term_taxonomy>{taxonomy}</wp:term_taxonomy><wp:term_slug>{slug}</wp:term_slug>"
        f"<wp:term_parent>{parent}</wp:term_parent><wp:term_name><![CDATA[{name}]]></wp:term_name>"
        f"<wp:term_description><![CDATA[{description}]]></wp:term_description>{meta}</wp:term>"
    )


def comment(
    number: str,
    text: str = "Well",
    *,
    approved: str = "1",
    parent: str = "0",
    kind: str = "",
    who: str = "Bo",
    url: str = "",
    at: str = "06",
) -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author><![CDATA[{who}]]></wp:comment_author>"
        f"<wp:comment_author_email>bo@tern.example</wp:comment_author_email><wp:comment_author_url>{url}</wp:comment_author_url>"
        f"<wp:comment_date_gmt>2024-03-{at} 00:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[{text}]]></wp:comment_content>"
        f"<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
    )


def guest(number: str, login: str, name: str, **meta: str) -> str:
    meta = {"cap-display_name": name, "cap-user_login": login, **{f"cap-{k}": v for k, v in meta.items()}}
    return item(number, name, "", type="guest-author", slug=f"cap-{login}", link="https://tern.example/?post_type=guest-author", meta=meta)


class TestPeople:
    def test_a_guest_has_what_was_written_of_them(self, wxr) -> None:
        signed = within(("cap-cleo", "Cleo Maro"), domain="author")
        biography = "Writes on <b>ports</b>.\n\nLives by one."
        path = wxr(item("1", terms=signed), guest("9", "cleo", "Cleo Maro", description=biography, website="https://cleo.example/"))
        report = bring_in(path)
        person = Person.objects.get(slug="cleo")
        assert (person.name, person.kind, person.website) == ("Cleo Maro", "guest", "https://cleo.example/")
        assert "Writes on ports." in person.biography
        assert [b.person for b in Story.objects.get().bylines.all()] == [person]
        assert report.items["guest-author"].imported == 1
        person.biography = "<p>Ours</p>"
        person.save()
        assert bring_in(path).items["guest-author"].unchanged == 1
        assert Person.objects.get(slug="cleo").biography == "<p>Ours</p>"

    def test_a_guest_linked_to_an_account_is_one_person(self, wxr) -> None:
        signed = within(("cap-ada-h", "Ada H."), domain="author")
        bring_in(wxr(item("1", terms=signed), guest("9", "ada-h", "Ada H.", linked_account="ada"), head=author("ada", "Ada Holm")))
        assert [b.person.name for b in Story.objects.get().bylines.all()] == ["Ada Holm"]
        assert Person.objects.count() == 1

    def test_a_login_that_is_no_address_is_found(self, wxr) -> None:
        head = author("Bo.Lind@tern", "Bo Lind")
        bring_in(wxr(item("1", creator="Bo.Lind@tern", terms=within(("cap-bolindtern", "Bo Lind"), domain="author")), head=head))
        assert Person.objects.count() == 1

    def test_the_owner_of_a_post_signs_first(self, wxr) -> None:
        signed = within(("cap-ada", "Ada"), ("cap-bo", "Bo"), ("cap-cy", "Cy"), domain="author")
        head = author("ada", "Ada") + author("bo", "Bo") + author("cy", "Cy") + author("di", "Di")
        bring_in(wxr(item("1", creator="bo", terms=signed), item("2", creator="di", terms=signed), head=head))
        first, second = Story.objects.order_by("slug")
        assert [b.person.name for b in first.bylines.order_by("sort_order")] == ["Bo", "Ada", "Cy"]
        assert [b.person.name for b in second.bylines.order_by("sort_order")] == ["Ada", "Bo", "Cy"], "who only typed it in does not sign"

    def test_a_guests_portrait(self, wxr, tmp_path) -> None:
        from PIL import Image as Raster

        (tmp_path / "uploads").mkdir()
        Raster.new("RGB", (900, 900), "teal").save(tmp_path / "uploads/cleo.jpg")
        file = item("5", "Cleo", "", type="attachment", status="inherit", slug="cleo-jpg", meta={"_wp_attached_file": "cleo.jpg"},
                    more="<wp:attachment_url>https://tern.example/wp-content/uploads/cleo.jpg</wp:attachment_url>")  # fmt: skip
        path = wxr(
            file,
            guest("9", "cleo", "Cleo").replace(
                "</item>", "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>5</wp:meta_value></wp:postmeta></item>"
            ),
        )
        bring_in(path, media=tmp_path / "uploads")
        assert Person.objects.get(slug="cleo").portrait.title == "Cleo"


class TestTypesAndGroups:
    def test_types_as_told_as_they_are_named_and_left_out(self, wxr) -> None:
        types = ["podcast", "review", "portfolio", "recipe", "event", "form"]
        counterparts = Counterparts({"event": "page", "recipe": "explainer", "form": "ignore"})
        report = bring_in(wxr(*(item(str(n), f"{t} {n}", type=t) for n, t in enumerate(types, 1))), counterparts=counterparts)
        assert dict(Story.objects.values_list("title", "kind")) == {"podcast 1": "audio", "review 2": "analysis", "recipe 4": "explainer"}
        assert set(StaticPage.objects.values_list("title", flat=True)) == {"portfolio 3", "event 5"}
        assert report.items["form"].as_json()["skipped"] == [{"reason": "left out as told", "count": 1, "ids": ["6"]}]
        assert notes(report)["type “podcast” taken as audio: choose with --type podcast=…"] == 1
        assert not any("“event”" in what for what in notes(report))

    def test_taxonomies_as_told_and_guessed(self, wxr) -> None:
        head = term("genre", "noir", "Noir", description="Dark") + term("genre", "neo", "Neo-noir", "noir") + term("ressort", "see", "See")
        links = (
            within(("neo", "Neo-noir"), domain="genre")
            + within(("see", "See"), domain="ressort")
            + within(("top", "Top"), domain="front_position")
        )
        report = bring_in(wxr(item("1", terms=links), head=head))
        story = Story.objects.get()
        assert [t.name for t in story.topics.all()] == ["Neo-noir"] and Topic.objects.get(slug="noir").description == "Dark"
        assert story.get_parent().title == "See" and [p.slug for p in story.placements.all()] == ["top"]
        assert notes(report)["taxonomy “genre” taken as topic: choose with --taxonomy genre=…"] == 1
        told = Counterparts(taxonomies={"genre": "section", "ressort": "ignore", "front_position": "topic"})
        report = bring_in(wxr(item("1", terms=links), head=head), counterparts=told)
        assert report.items["post"].updated == 1, "told otherwise, it is looked at again"
        story = Story.objects.get()
        assert Section.objects.get(title="Neo-noir").get_parent().title == "Noir"
        assert [s.title for s in story.sections.all()] == ["Neo-noir"] and [t.name for t in story.topics.all()] == ["Top"]

    def test_term_meta(self, wxr) -> None:
        meta = "".join(
            f"<wp:termmeta><wp:meta_key>{k}</wp:meta_key><wp:meta_value><![CDATA[{v}]]></wp:meta_value></wp:termmeta>"
            for k, v in (
                ("rank_math_title", "All of the sea %sep% %sitename%"),
                ("rank_math_description", "Every story"),
                ("colour", "blue"),
            )
        )
        report = bring_in(wxr(item("1", terms=within(("sea", "Sea"))), head=term("category", "sea", "Sea", meta=meta)))
        section = Section.objects.get(slug="sea")
        assert (section.seo_title, section.search_description) == ("All of the sea", "Every story")
        assert notes(report)["meta of terms not brought in: colour"] == 1

    @pytest.mark.parametrize("options", [["--type", "x"], ["--type", "x=nonsense"], ["--taxonomy", "genre=page"], ["--menu", "none"]])
    def test_options_that_make_no_sense_write_nothing(self, wxr, options, capsys) -> None:
        assert import_wordpress([str(wxr(item("1"))), *options]) == 2
        assert options[1] in capsys.readouterr().err and not Story.objects.exists()

    def test_formats(self, wxr) -> None:
        forms = ["video", "audio", "gallery", "image", "aside", "status", "quote", "link"]
        report = bring_in(
            wxr(*(item(str(n), f, terms=within((f"post-format-{f}", f), domain="post_format")) for n, f in enumerate(forms, 1)))
        )
        kinds = dict(Story.objects.values_list("title", "kind"))
        assert kinds == {
            "video": "video",
            "audio": "audio",
            "gallery": "gallery",
            "image": "gallery",
            "aside": "news",
            "status": "news",
            "quote": "news",
            "link": "news",
        }
        assert notes(report)["post format “aside” taken as news"] == 1 and not Topic.objects.exists()


class TestSearch:
    def test_titles_descriptions_home_and_robots(self, wxr, client) -> None:
        head = category("news", "News") + category("sea", "Sea").replace("<wp:category>", "<wp:category><wp:term_id>7</wp:term_id>")
        terms = within(("news", "News"), ("sea", "Sea"))
        yoast = {
            "_yoast_wpseo_title": "Ferries, all of them %%page%% %%sep%% %%sitename%%", "_yoast_wpseo_metadesc": "%%excerpt%% Read on.",
            "_yoast_wpseo_primary_category": "7", "_yoast_wpseo_meta-robots-noindex": "1", "_yoast_wpseo_canonical": "https://wire.example/ferries",
        }  # fmt: skip
        usual = {"_yoast_wpseo_title": "%%title%% %%sep%% %%sitename%%", "_yoast_wpseo_canonical": "https://tern.example/2024/03/story-2/"}
        report = bring_in(wxr(item("1", terms=terms, meta=yoast), item("2", terms=terms, meta=usual), head=head))
        first, second = Story.objects.order_by("slug")
        assert (first.seo_title, first.search_description, first.get_parent().title) == ("Ferries, all of them", "Read on.", "Sea")
        assert (second.seo_title, second.original_url, second.noindex) == ("", "", False)
        page = client.get(first.permalink).content.decode()
        assert '<link rel="canonical" href="https://wire.example/ferries">' in page and '<meta name="robots" content="noindex">' in page
        sitemap = client.get(f"/sitemap-{second.published:%Y-%m}.xml").content.decode()
        assert first.permalink not in sitemap and second.permalink in sitemap
        assert notes(report)["names another address as its original"] == 1


class TestPages:
    def test_pages_stand_below_pages_whatever_their_order(self, wxr, client) -> None:
        def page(number: str, title: str, path: str, parent: str = "0") -> str:
            parent = f"<wp:post_parent>{parent}</wp:post_parent>"
            return item(number, title, type="page", slug=path.rpartition("/")[2], link=f"https://tern.example/{path}/", more=parent)

        path = wxr(page("3", "Desk", "about/team/desk", "2"), page("2", "Team", "about/team", "1"), page("1", "About", "about"),
                   page("4", "Team", "jobs/team", "5"), page("5", "Jobs", "jobs"), page("6", "Lost", "lost", "99"))  # fmt: skip
        report = bring_in(path)
        desk, lost = StaticPage.objects.get(title="Desk"), StaticPage.objects.get(title="Lost")
        assert [p.title for p in desk.get_ancestors()][-2:] == ["About", "Team"]
        assert {p.slug for p in StaticPage.objects.filter(title="Team")} == {"team"}, "each has its own name below its own parent"
        assert client.get("/about/team/desk/").status_code == client.get("/jobs/team/").status_code == 200
        assert lost.get_parent().pk == FrontPage.objects.get().pk
        assert notes(report)["page whose parent is not here, put at the top"] == 1
        desk.move(FrontPage.objects.get(), pos="last-child")
        bring_in(path)
        assert StaticPage.objects.get(title="Desk").get_parent().pk == FrontPage.objects.get().pk, "moved here, it stays"
        assert StaticPage.find_problems() == ([], [], [], [], [])

    def test_pages_that_already_stand_above_others_take_them_along(self, wxr) -> None:
        def page(number: str, title: str, parent: str = "0", text: str = "Some.") -> str:
            told = f"<wp:post_parent>{parent}</wp:post_parent>"
            return item(number, title, text, type="page", slug=title.lower(), link=f"https://tern.example/{number}/", more=told)

        bring_in(wxr(page("1", "Desk", "2"), page("2", "Team"), page("3", "Desk"), page("4", "About")))
        report = bring_in(
            wxr(page("1", "Desk", "2"), page("2", "Team", "4", "New."), page("3", "Desk", "2", "New."), page("4", "About", "1", "New."))
        )
        assert [(p.url_path, p.depth, p.numchild) for p in StaticPage.objects.order_by("path")] == [
            ("/front/about/", 3, 1), ("/front/about/team/", 4, 2), ("/front/about/team/desk/", 5, 0), ("/front/about/team/desk-2/", 5, 0)
        ]  # fmt: skip
        assert notes(report)["pages that are each other's parents"] == 1
        assert StaticPage.find_problems() == ([], [], [], [], [])

    def test_what_was_sticky_leads_the_front(self, wxr, client) -> None:
        sticky = "<wp:is_sticky>1</wp:is_sticky>"
        path = wxr(
            item("1", "Old and pinned", date="2019-01-01 00:00:00", more=sticky),
            item("2", "Draft", status="draft", more=sticky),
            *(item(str(n)) for n in range(3, 12)),
        )
        bring_in(path)
        front = FrontPage.objects.get()
        assert list(front.containers[0].value["pinned"]) == [Story.objects.get(slug="story-1")]
        assert {block.block_type for block in front.containers} == {"container", "most_read"}
        page = client.get("/").content.decode()
        assert "Old and pinned" in page and "Draft" not in page
        del front.containers[1:]
        front.save_revision().publish()
        bring_in(wxr(item("1", "Pinned again", more=sticky)))
        assert len(FrontPage.objects.get().containers) == 1, "an arranged front is an editor's"


def entry(
    number: str, menu: str, order: int, title: str = "", *, kind: str = "custom", target: str = "", url: str = "", parent: str = "0"
) -> str:
    meta = {"_menu_item_type": kind, "_menu_item_object_id": target, "_menu_item_url": url, "_menu_item_menu_item_parent": parent}
    more = f"<wp:menu_order>{order}</wp:menu_order>"
    return item(number, title, "", type="nav_menu_item", meta=meta, terms=within((menu, menu), domain="nav_menu"), more=more)


class TestMenus:
    def export(self, wxr):
        head = category("news", "News").replace("<wp:category>", "<wp:category><wp:term_id>7</wp:term_id>") + category(
            "sea", "Sea", "news"
        ).replace("<wp:category>", "<wp:category><wp:term_id>8</wp:term_id>")
        return wxr(
            entry("51", "main", 2, kind="taxonomy", target="7"), entry("52", "main", 3, "At sea", kind="taxonomy", target="8", parent="51"),
            entry("50", "main", 1, "Home", url="https://tern.example/"), entry("53", "main", 4, kind="post_type", target="2"),
            entry("54", "main", 5, "Elsewhere", url="https://other.example/x", parent="52"), entry("55", "main", 6, "Bad", url="javascript:alert(1)"),
            entry("56", "main", 7, kind="post_type", target="3"), entry("60", "social", 1, "X", url="https://x.com/tern"),
            item("1", terms=within(("sea", "Sea"), ("news", "News"))), item("2", "About us", type="page", slug="about", link="https://tern.example/about/"),
            item("3", "Secret", type="page", status="draft"), head=head,
        )  # fmt: skip

    def test_the_main_menu_becomes_the_menu(self, wxr, client) -> None:
        path = self.export(wxr)
        report = bring_in(path)
        rows = [
            (e.text, e.url, e.section.title if e.section else "", str(e.parent or ""))
            for e in MenuEntry.objects.select_related("section", "parent__section")
        ]
        assert rows == [
            ("Home", "/", "", ""), ("", "", "News", ""), ("At sea", "", "Sea", "News"), ("About us", "/about/", "", ""),
            ("Elsewhere", "https://other.example/x", "", "News"),
        ]  # fmt: skip
        page = client.get("/").content.decode()
        menu = page[page.index('<ul class="menu-list">') :]
        places = [menu.index(f">{text}</a>") for text in ("Home", "News", "At sea", "Elsewhere", "About us")]
        assert places == sorted(places) and "Secret" not in page
        assert notes(report)["menu entry that leads nowhere here"] == 2
        assert notes(report)["menu left out: choose it with --menu"] == 1
        assert [(p.text, p.below) for p in menu_places()] == [("Home", ()), ("News", ("At sea", "Elsewhere")), ("About us", ())], (
            "in the desk too"
        )
        MenuEntry.objects.filter(text="Home").delete()
        bring_in(path)
        assert not MenuEntry.objects.filter(text="Home").exists(), "a menu that is there is an editor's"

    def test_another_menu_by_option(self, wxr) -> None:
        bring_in(self.export(wxr), menu="social")
        assert list(MenuEntry.objects.values_list("text", "url")) == [("X", "https://x.com/tern")]

    def test_a_navigation_block(self, wxr) -> None:
        body = (
            '<!-- wp:home-link {"label":"Front"} /--><!-- wp:navigation-submenu {"label":"More","url":"https://tern.example/about/"} -->'
            '<!-- wp:navigation-link {"label":"Wire","url":"https://wire.example/","kind":"custom"} /--><!-- /wp:navigation-submenu --><!-- wp:page-list /-->'
        )
        about = item("2", "About us", type="page", slug="about", link="https://tern.example/about/")
        bring_in(wxr(item("1"), about, item("9", "Navigation", body, type="wp_navigation", slug="navigation")))
        rows = [(e.text, e.url, str(e.parent or "")) for e in MenuEntry.objects.select_related("parent")]
        assert rows == [("Front", "/", ""), ("More", "/about/", ""), ("Wire", "https://wire.example/", "More"), ("About us", "/about/", "")]


class TestLanguages:
    def test_polylang(self, wxr, client) -> None:
        head = term("language", "en", "English", description='a:1:{s:6:"locale";s:5:"en_GB";}') + term(
            "language", "br", "Português", description='a:1:{s:6:"locale";s:5:"pt_BR";}'
        ) + term("post_translations", "pll_1", "pll_1", description='a:2:{s:2:"en";i:1;s:2:"br";i:2;}')  # fmt: skip

        def told(language: str) -> str:
            return within((language, language), domain="language") + within(("pll_1", "pll_1"), domain="post_translations")

        path = wxr(item("1", "Ferry", terms=told("en")), item("2", "Balsa", terms=told("pt-br")), item("3"), head=head)
        bring_in(path)
        first, second, third = Story.objects.order_by("slug")
        assert first.translation_group == second.translation_group is not None and third.translation_group is None
        assert (first.language, second.language) == ("", "pt-br") and not Topic.objects.exists()
        assert f'<a href="{second.permalink}"' in client.get(first.permalink).content.decode()

    @pytest.mark.parametrize("marks", ["[:en]{0}[:fr]{1}[:]", "<!--:en-->{0}<!--:--><!--:fr-->{1}<!--:-->", "{{:en}}{0}{{:fr}}{1}{{:}}"])
    def test_several_languages_in_one_text(self, wxr, client, marks) -> None:
        head = (
            category("sea", marks.format("Sea", "Mer"))
            .replace("<wp:cat_name>", "<wp:cat_name><![CDATA[")
            .replace("</wp:cat_name>", "]]></wp:cat_name>")
        )
        one = item(
            "1",
            marks.format("Ferry", "Bac"),
            f"All: {marks.format('It sailed.', 'Il est parti.')}",
            terms=within(("sea", "Sea")),
            more=comment("1"),
        )
        path = wxr(one, item("2"), head=head)
        report = bring_in(path)
        english, french = Story.objects.get(title="Ferry"), Story.objects.get(title="Bac")
        assert (english.language, french.language) == ("", "fr")
        assert english.translation_group == french.translation_group is not None
        assert (english.permalink, french.permalink) == ("/2024/03/story-1/", "/fr/2024/03/story-1/")
        assert "All: It sailed." in english.galley.body_text and "All: Il est parti." in french.galley.body_text
        assert Section.objects.get(slug="sea").title == "Sea"
        assert 'hreflang="en" href="' in client.get(french.permalink).content.decode()
        assert (report.items["post"].in_file, report.items["post@fr"].imported, report.comments.imported) == (2, 1, 1)
        assert bring_in(path).items["post@fr"].unchanged == 1

    def test_the_front_and_the_feeds_of_a_language(self, wxr, client) -> None:
        told = {tag: within((tag, tag), domain="language") for tag in ("en", "fr", "de", "pt-br", "it")}
        head = term("language", "pt-br", "Português", description='a:1:{s:6:"locale";s:5:"pt_BR";}')
        loader = Loader(Export([wxr(
            item("1", "Ferry", terms=told["en"]), item("2", "Bac", terms=told["fr"], link="https://tern.example/fr/bac/"),
            item("3", "Fähre", terms=told["de"], link="https://tern.example/de/faehre/", status="draft"),
            item("4", "Balsa", terms=told["pt-br"], link="https://tern.example/pt-br/balsa/"),
            item("5", "Traghetto", terms=told["it"], link="https://tern.example/it/traghetto/"),
            item("6", "Benvenuti", type="page", terms=told["it"], slug="benvenuti", link="https://tern.example/it/"),
            head=head,
        )]))  # fmt: skip
        loader.run()
        listed = {line["address"]: line.get("to") or str(line["status"]) for line in Addresses(loader.source, loader.site).lines()}
        fronts = {
            "/fr/": "/search/?language=fr", "/fr/feed/": "/search/feed/?language=fr", "/fr/feed/atom/": "/search/feed/atom/?language=fr",
            "/pt-br/": "/search/?language=pt-BR", "/pt-br/feed/": "/search/feed/?language=pt-BR", "/it/": "200",
            "/it/feed/": "/search/feed/?language=it",
        }  # fmt: skip
        assert {address: listed.get(address) for address in fronts} == fronts and not {"/en/", "/de/"} & set(listed)
        assert {address: ask(client, address) for address in listed} == listed
        more = {
            "/fr": fronts["/fr/"], "/fr/page/2/": fronts["/fr/"], "/fr/feed/rss2/": fronts["/fr/feed/"], "/FR/feed": fronts["/fr/feed/"],
            "/pt_BR/": fronts["/pt-br/"], "/it/amp/": "/it/", "/de/": "404", "/de/feed/": "404", "/zz/": "404",
        }  # fmt: skip
        assert {address: ask(client, address) for address in more} == more
        for address in ("/fr/", "/fr/feed/"):
            assert "Bac" in found_by(client, listed[address]) and "Ferry" not in found_by(client, listed[address])

    def test_a_language_of_ours_is_none_of_the_old_site(self, wxr, client, make_story) -> None:
        bring_in(wxr(item("1")))
        make_story(language="fr")
        assert ask(client, "/fr/") == "404"

    def test_wpml(self, wxr) -> None:
        def told(language: str) -> dict[str, str]:
            return {"_wpml_import_language_code": language, "_wpml_import_translation_group": "12"}

        bring_in(wxr(item("1", meta=told("en")), item("2", meta=told("de"))))
        first, second = Story.objects.order_by("slug")
        assert first.translation_group == second.translation_group is not None and second.language == "de"

    def test_wpml_by_its_other_fields_and_by_the_address(self, wxr) -> None:
        def told(language: str, group: str) -> dict[str, str]:
            return {"_wpml_language": language, "_wpml_trid": group}

        bring_in(wxr(
            item("1", "Storm", meta=told("en", "7")), item("2", "Sturm", meta=told("de", "7")), item("3", "Alone", meta=told("zh_hant", "0")),
            item("4", "Orage", link="https://tern.example/?p=4&lang=fr"), item("5", "Odd", link="https://tern.example/?lang=javascript:x"),
        ))  # fmt: skip
        by_title = {story.title: story for story in Story.objects.all()}
        assert by_title["Storm"].translation_group == by_title["Sturm"].translation_group is not None
        assert by_title["Alone"].translation_group is None
        assert {title: story.language for title, story in by_title.items()} == {
            "Storm": "",
            "Sturm": "de",
            "Alone": "zh-hant",
            "Orage": "fr",
            "Odd": "",
        }


class TestComments:
    def shown(self) -> list[tuple[str, int, str]]:
        return list(ReaderComment.objects.order_by("position").values_list("html", "depth", "author"))

    def test_only_approved_ones_in_their_threads(self, wxr) -> None:
        said = [
            comment("3", "third", parent="2", at="08"), comment("1", "first"), comment("2", "second", parent="1", at="07"),
            comment("4", "late", at="09"), comment("5", "spam", approved="spam"), comment("6", "waiting", approved="0"),
            comment("7", "thrown away", approved="trash"), comment("8", "to nobody", parent="6", at="10"),
            comment("9", "note", kind="note"), comment("10", "", kind="pingback", who="A diary", url="https://diary.example/", at="11"),
        ]  # fmt: skip
        bring_in(wxr(item("1", more="".join(said))))
        assert [(h, d) for h, d, _who in self.shown()] == [
            ("<p>first</p>", 0), ("<p>second</p>", 1), ("<p>third</p>", 2), ("<p>late</p>", 0), ("<p>to nobody</p>", 0), ("", 0),
        ]  # fmt: skip
        assert ReaderComment.objects.get(kind="pingback").url == "https://diary.example/"

    def test_comments_of_what_was_not_public_stay_unseen(self, wxr) -> None:
        bring_in(
            wxr(
                item("1", status="private", more=comment("1")), item("2", more=comment("2") + "<wp:post_password>x</wp:post_password>"),
                item("3", status="draft", more=comment("3")), item("4", status="trash", more=comment("4")), item("5", type="page", more=comment("5")),
            )
        )  # fmt: skip
        assert not ReaderComment.objects.exists()

    def test_nothing_of_theirs_runs_and_no_mail_address_stays(self, wxr) -> None:
        text = 'See <a href="https://a.example/" onclick="x()">this</a><script>alert(1)</script>\n\n<img src=x onerror=alert(1)><b>Yes</b>'
        bring_in(wxr(item("1", more=comment("1", text, who="bo@tern.example", url="https://spam.example/"))))
        [(html, _depth, who)] = self.shown()
        assert html == '<p>See <a href="https://a.example/" rel="nofollow ugc noopener">this</a></p>\n<p><b>Yes</b></p>'
        assert who == "bo"
        everything = json.dumps([str(v) for model in (ReaderComment,) for row in model.objects.values() for v in row.values()])
        assert "@" not in everything and "spam.example" not in everything

    def test_they_follow_the_story(self, wxr) -> None:
        path = wxr(item("1", more=comment("1") + comment("2", at="07")))
        bring_in(path)
        assert ReaderComment.objects.count() == 2
        bring_in(path)
        assert ReaderComment.objects.count() == 2
        bring_in(wxr(item("1", more=comment("1") + comment("2", approved="spam", at="07"))))
        assert ReaderComment.objects.count() == 1
        bring_in(wxr(item("1")))
        assert not ReaderComment.objects.exists()
        assert not SourceComment.objects.exists()
        bring_in(path)
        assert ReaderComment.objects.count() == 2
        bring_in(wxr(item("1", status="private", more=comment("1"))))
        assert not ReaderComment.objects.exists()

    def test_answers_in_a_circle_are_all_there(self, wxr) -> None:
        bring_in(wxr(item("1", more=comment("1", "a", parent="2") + comment("2", "b", parent="1"))))
        assert sorted(h for h, _d, _w in self.shown()) == ["<p>a</p>", "<p>b</p>"]


def test_why_a_draft_is_one_is_remembered(wxr) -> None:
    later = "2090-01-01 00:00:00"
    bring_in(
        wxr(
            item("1", more="<wp:post_password>x</wp:post_password>"), item("2", status="private"), item("3", status="draft"), item("4"),
            item("5", date=later), item("6", type="form", link="https://tern.example/?post_type=form&p=6"),
        )
    )  # fmt: skip
    assert dict(SourceItem.objects.values_list("source_id", "held")) == {
        "1": "password", "2": "private", "3": "", "4": "", "5": "ahead", "6": "unaddressed",
    }  # fmt: skip


def test_the_desk_says_why_a_draft_is_one(wxr, editor_client) -> None:
    bring_in(wxr(item("1", "Locked", more="<wp:post_password>x</wp:post_password>"), item("2", "Written", status="draft")))
    locked, written = Story.objects.get(title="Locked"), Story.objects.get(title="Written")
    report = editor_client.get(reverse("broadsheet_kept_back")).content.decode()
    assert "Locked" in report and "protected by a password" in report and "Written" not in report
    assert "protected by a password" in editor_client.get(reverse("wagtailadmin_pages:edit", args=[locked.pk])).content.decode()
    assert "earlier site" not in editor_client.get(reverse("wagtailadmin_pages:edit", args=[written.pk])).content.decode()


class TestRealExports:
    """The same on exports that nobody here wrote."""

    def test_several_authors(self, fixtures) -> None:
        bring_in(fixtures / "tool-fixtures/ghostmigrate-wp-xml-co-authors-plus.xml")
        names = {s.title: [b.person.name for b in s.bylines.order_by("sort_order")] for s in Story.objects.all()}
        assert names["Three Author Post"] == ["Alice Smith", "Bob Jones", "Carol White"]
        assert names["Duplicate Author Entries Post"] == ["Alice Smith", "Bob Jones"] and Person.objects.count() == 3

    def test_polylang(self, fixtures, tmp_path, client) -> None:
        text = (fixtures / "tool-fixtures/polylang-test-import.xml").read_text()
        path = tmp_path / "polylang.xml"
        path.write_text(text if text.rstrip().endswith("</rss>") else text.rpartition("</item>")[0] + "</item></channel></rss>")
        loader = Loader(Export([path]))
        assert loader.run().differences == []
        test, essay = Story.objects.get(title="Test"), Story.objects.get(title="Essai")
        assert test.translation_group == essay.translation_group is not None and essay.language == "fr"
        home, start = StaticPage.objects.get(title="Home"), StaticPage.objects.get(title="Accueil")
        assert home.translation_group == start.translation_group is not None
        listed = {line["address"]: line for line in Addresses(loader.source, loader.site).lines()}
        for ending, to in (("", "/search/"), ("feed/", "/search/feed/"), ("feed/atom/", "/search/feed/atom/")):
            address, to = f"/wordpress/test-import/fr/{ending}", f"{to}?language=fr"
            assert listed[address] == {"address": address, "status": 301, "to": to, "of": "language fr"}
            assert ask(client, address) == to
            shown = found_by(client, to)
            assert essay.permalink in shown and test.permalink not in shown
        assert not {"/wordpress/test-import/en/", "/wordpress/test-import/de/"} & set(listed)
        assert ask(client, "/wordpress/test-import/de/") == "404"

    def test_qtranslate(self, fixtures, tmp_path) -> None:
        path = tmp_path / "q.xml"
        text = (fixtures / "tool-fixtures/nikola-wordpress_qtranslate_item_modernized.xml").read_text()
        path.write_text(HEAD.format(base="http://www.tibonihoo.net/blog", language="fr-FR") + text + "</channel></rss>")
        bring_in(path)
        french, english = Story.objects.get(title="Sous le ciel"), Story.objects.get(title="Under heaven")
        assert french.permalink == "/blog/2014/05/sous-le-ciel/" and english.language == "en"
        assert french.translation_group == english.translation_group is not None

    def test_menus_pages_pins_and_comments(self, fixtures, client) -> None:
        report = bring_in(fixtures / "official/themeunittestdata-2024.xml", menu="testing-menu")
        assert MenuEntry.objects.filter(parent=None).count() == 3 and MenuEntry.objects.exclude(parent=None).exists()
        assert any(len(p.get_ancestors()) > 2 for p in StaticPage.objects.all())
        front = FrontPage.objects.get()
        assert front.containers[0].value["pinned"]
        assert client.get("/").status_code == 200
        Publication.objects.update(show_comments=True)
        story = max(Story.objects.filter(live=True), key=lambda s: s.reader_comments.count())
        assert "comments-list" in client.get(story.permalink).content.decode()
        assert ReaderComment.objects.filter(depth__gt=1).exists() and report.differences == []

    @pytest.mark.parametrize(
        ("file", "options", "topics", "sections"),
        [
            ("real/thenocturnalsilence-de-custom-taxonomies.xml", {}, 60, 3),
            ("real/philagov-custom-types.xml", {"topics": "section"}, 0, 8),
        ],
    )
    def test_own_taxonomies(self, fixtures, file, options, topics, sections) -> None:
        bring_in(fixtures / file, counterparts=Counterparts(taxonomies=options))
        assert Topic.objects.count() >= topics and Section.objects.count() >= sections

    def test_a_news_site_of_own_types(self, fixtures) -> None:
        report = bring_in(fixtures / "real/hsoub-news-ar.xml")
        assert Story.objects.filter(kind="opinion").count() == 6 and Story.objects.filter(kind="video").count() == 6
        assert Placement.objects.filter(slug__gt="").exists() and report.items["post"].imported


class TestBeside:
    """What a theme or plug-in kept beside the body and readers saw all the same."""

    def body(self, wxr, text: str = "Some text.", **meta: str) -> list[tuple[str, str]]:
        bring_in(wxr(item("1", "A story", text, meta=meta)))
        return [(block["type"], str(block["value"])) for block in Story.objects.get().body.raw_data]

    def test_a_player_stands_above_the_body_once(self, wxr) -> None:
        sound = "https://tern.example/a.mp3"
        found = self.body(wxr, audio_file=sound, enclosure=f"{sound}\n100\naudio/mpeg")
        assert [kind for kind, _value in found] == ["file", "text"] and sound in found[0][1]

    def test_what_the_body_shows_is_not_shown_again(self, wxr) -> None:
        found = self.body(wxr, '[audio src="https://tern.example/a.mp3"]', enclosure="https://tern.example/a.mp3\n100\naudio/mpeg")
        assert [kind for kind, _value in found] == ["file"]

    def test_formats_of_themes(self, wxr) -> None:
        found = self.body(
            wxr, _format_video_embed="https://www.youtube.com/watch?v=abc", _format_link_url="https://x.example/?a=1&b=2",
            _format_quote_source_name="Ada <b>Holm</b>", _format_quote_source_url="https://ada.example/",
        )  # fmt: skip
        assert [kind for kind, _value in found] == ["embed", "text", "text", "text"]
        for (_kind, value), said in zip(
            found[1:], ('href="https://x.example/?a=1&amp;b=2"', "Some text", '— <a href="https://ada.example/"'), strict=True
        ):
            assert said in value

    def test_nothing_hostile_comes_that_way(self, wxr) -> None:
        found = self.body(
            wxr, _format_video_embed="javascript:alert(1)", _format_link_url="javascript:alert(1)", _format_quote_source_name="Ada",
            _format_audio_embed='<iframe src="javascript:alert(1)" onload="x()" title="https://a.example/"></iframe><script>alert(1)</script>',
            _format_quote_source_url="javascript:alert(1)", audio_file="/etc/passwd", enclosure="ftp://x/a.mp3",
        )  # fmt: skip
        assert not any(word in str(found) for word in ("javascript", "alert", "onload", "passwd"))


META = {
    "used": "_wp_attached_file _wp_old_slug _thumbnail_id _wp_attachment_image_alt _wp_page_template enclosure audio_file review_embedded_player "
    "_menu_item_type _menu_item_menu_item_parent _menu_item_object_id _menu_item_object _menu_item_url rank_math_description rank_math_primary_category",
    # Sizes and camera data are read from the file; who edited last, from accounts that are not brought in.
    "made again here": "_wp_attachment_metadata _wp_attachment_backup_sizes _edit_last _jetpack_related_posts_cache _encloseme _pingme",
    # How a link opens and is styled; layouts of themes and page builders that are not here.
    "of the theme": "_menu_item_target _menu_item_classes _menu_item_xfn _elementor_controls_usage _magazine_blocks_active _magazine_blocks_css "
    "_magazine_blocks_blocks_css colornews_page_layout colormag_page_layout standard_seo_post_level_layout _pagefrog_fbia_status "
    "_pagefrog_amp_status",
    "statistics": "total_number_of_views _mzb_post_view_count",
    "sharing": "_publicize_pending _publicize_twitter_user _publicize_shares _publicize_job_id _wpas_done_all _wpas_mess _wpas_is_tweetstorm "
    "_wptg_p2tg_sent2tg dsq_thread_id",
    "bookkeeping of plug-ins": "wp-smpro-smush-data wp-smush-resize_savings _imagify_optimization_level _imagify_status _imagify_data "
    "original_post_id _original_post_id _original_import_author auto_import _attachment_original_parent_id _import_original_post_id "
    "pre_import_post_parent pre_import_post_id _mentions_term_meta _last_editor_used_jetpack rank_math_internal_links_processed "
    "rank_math_focus_keyword rank_math_analytic_object_id rank_math_seo_score mihdan_index_now_last_update _bitmonet spay_email",
    # Of one city's post type; always empty where it is most frequent.
    "of one site": "phila_dept_url phila_dept_desc video_url",
}


def test_the_most_frequent_meta_keys_are_used_or_left_for_a_reason(fixtures) -> None:
    counts: Counter[str] = Counter()
    for kinds in json.loads((fixtures / "analysis.json").read_text()).values():
        stack: list[Any] = [kinds]
        while stack:
            for name, value in stack.pop().items():
                if isinstance(value, dict):
                    stack.append(value)
                    if "meta" in name:
                        counts.update({key: n for key, n in value.items() if isinstance(n, int)})
    decided = [key for keys in META.values() for key in keys.split()]
    assert len(decided) == len(set(decided))
    assert {key for key, _n in counts.most_common(60)} <= set(decided)
    assert set(META["used"].split()) <= KEPT_META
    assert not KEPT_META & {key for why, keys in META.items() if why != "used" for key in keys.split()}
