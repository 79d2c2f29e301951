"""Example contexts: what the pattern page shows and the tests render. All of it is invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.templatetags.static import static

from broadsheet.reader.changes import Told
from broadsheet.reader.contexts import Comment, Container, FeedLink, Head, Latest, MenuItem, ShareLink, Site
from broadsheet.record.difference import Difference, Fact, Run, passages, rewritten
from broadsheet.stories.contexts import Card, Contributor, Correction, Link, Picture

NOON = dt.datetime(2026, 3, 9, 12, 5, tzinfo=dt.UTC)
SHORT = "Ferries sail again"
LONG = (
    "Harbour council votes to rebuild the northern breakwater in stone after a winter in which three storms reached "
    "the old town and closed the ferry for nineteen days"
)
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
STANDFIRST = (
    "The island line reopens after eleven weeks of repairs. Captains say the channel is deeper than before, and traders "
    "on the quay say they have never been so glad to hear a horn."
)


def picture(name: str = "harbour", *, alt: str = "", caption: str = "", credit: str = "") -> Picture:
    """One of the drawings that are shipped for examples."""
    address = static(f"broadsheet/patterns/{name}.svg")
    width, height = (400, 400) if name == "portrait" else (1200, 800)
    return Picture(src=address, srcset_webp="", srcset_jpeg="", width=width, height=height, alt=alt, caption=caption, credit=credit)


def writers() -> tuple[Contributor, ...]:
    """Three names, the second with a role, the third with a portrait."""
    return (
        Contributor(name="Ingrid Solheim", url="/people/ingrid-solheim/"),
        Contributor(name="Rafiq Anwar Deen", url="/people/rafiq-anwar-deen/", role="Photographs"),
        Contributor(name="Esther Maalouf", url="/people/esther-maalouf/", portrait=picture("portrait")),
    )


SECTIONS = {"news": "World", "opinion": "Opinion", "culture": "History", "lifestyle": "Travel", "business": "Business", "faith": "Faith"}
LABELS = {
    "opinion": "Opinion",
    "analysis": "Analysis",
    "explainer": "Explainer",
    "live": "Live",
    "gallery": "Pictures",
    "feature": "Feature",
}


def card(
    number: int = 1,
    headline: str = SHORT,
    *,
    tone: str = "news",
    kind: str = "news",
    language: str = "en",
    with_picture: str = "",
    standfirst: str = STANDFIRST,
    updated: bool = False,
    by: int = 1,
) -> Card:
    """A card with the given traits."""
    people = writers()
    return Card(
        id=number,
        url=f"/stories/{number}/",
        headline=headline,
        language=language,
        direction="rtl" if language in {"ar", "ur", "fa", "he"} else "ltr",
        kind=kind,
        label=LABELS.get(kind, ""),
        tone=tone,
        kicker=Link(text=SECTIONS[tone], url=f"/{tone}/"),
        standfirst=standfirst,
        byline=people[2:] if kind == "opinion" else people[:by],
        published=NOON - dt.timedelta(hours=7 * number),
        updated=NOON if updated else None,
        picture=picture(with_picture) if with_picture else None,
    )


TONGUES = (
    card(70, "الميناء القديم يفتح أبوابه للزوار بعد ترميم استمر ست سنوات", language="ar", tone="culture",
         standfirst="أعاد المهندسون بناء الأرصفة الحجرية كما كانت، وبقي السوق في مكانه."),
    card(71, "پہاڑی ریلوے کی بحالی: وادی کے لوگ برسوں بعد پہلی گاڑی کے منتظر", language="ur",
         standfirst="انجینئروں کا کہنا ہے کہ پٹری اب ہر موسم میں محفوظ ہے۔ پہلی گاڑی جمعے کی صبح روانہ ہوگی۔", with_picture="terraces"),
    card(72, "বন্যার পর ধানক্ষেতে ফিরছেন কৃষকেরা, বীজ দিচ্ছে গ্রামের ব্যাংক", language="bn", tone="business",
         standfirst="নদীর পানি নেমে যাওয়ার তিন সপ্তাহ পরে চাষ শুরু হয়েছে।"),
    card(73, "Паромы возвращаются на северную линию после одиннадцати недель ремонта", language="ru",
         standfirst="Капитаны говорят, что фарватер стал глубже, чем прежде."),
    card(74, "北方航线停航十一周后恢复通航，岛上商户期待春季客流", language="zh", tone="lifestyle",
         standfirst="船长们说，航道比以前更深了。码头上的商人说，他们从未如此高兴听到汽笛声。"),
    card(75, "तीन महीने बाद पहाड़ी रेल फिर चली, घाटी में लौटी रौनक", language="hi", tone="culture",
         standfirst="इंजीनियरों का कहना है कि पटरी अब हर मौसम में सुरक्षित है।"),
)  # fmt: skip

HEADLINES = (
    "Ministers agree on shared rules for the strait after a night of talks",
    "Central bank holds its rate and warns of dear grain",
    "The clinic that opens at midnight",
    "Night trains return to the coast, slower and full",
    "Salt prices double in a month",
    "A valley counts its last glacier and plans the water without it",
    "School boats reach the outer islands",
    "How a delta town learned to live with the river and not against it",
    "Tram drivers end strike",
    "Archivists find the first tide tables under a chapel floor",
    "Small ports ask for the same dredger",
    "Chess returns to the square",
)


def cards(count: int, *, start: int = 1, tone: str = "", kind: str = "news", pictures: bool = True) -> tuple[Card, ...]:
    """Cards that differ in length, tone and in having a picture."""
    tones = list(SECTIONS)
    made = []
    for i in range(count):
        number = start + i
        drawing = ("harbour", "terraces")[number % 2] if pictures and number % 3 != 2 else ""
        made.append(
            card(
                number,
                HEADLINES[number % len(HEADLINES)],
                tone=tone or tones[number % len(tones)],
                kind=kind,
                with_picture=drawing,
                updated=number % 5 == 0,
                by=1 + number % 2,
            )
        )
    return tuple(made)


def container(
    layout: str, count: int = 4, *, heading: str = "", tone: str = "news", start: int = 1, kind: str = "news", anchor: str = ""
) -> Container:
    """A filled container of one layout."""
    return Container(
        layout=layout,
        heading=heading,
        url=f"/{tone}/" if heading and layout != "ranked" else "",
        tone=tone,
        cards=cards(count, start=start, tone=tone if heading else "", kind=kind),
        anchor=anchor or f"{layout}-{start}",
        as_of=NOON if layout == "ranked" else None,
    )


def containers() -> tuple[Container, ...]:
    """A front as an editor would build it."""
    lead = container("lead", 8, start=20, anchor="lead")
    first = card(
        19, "Straits Forum opens the sea lane that two wars had closed", with_picture="harbour", by=2, updated=True,
    )  # fmt: skip
    return (
        replace(lead, cards=(first, *lead.cards[1:])),
        container("opinion", 4, heading="Opinion", tone="opinion", start=30, kind="opinion"),
        container("grid", 7, heading="World", tone="news", start=40),
        container("features", 3, heading="Long reads", tone="culture", start=51, kind="feature"),
        Container("list", "In other languages", "/languages/", "lifestyle", TONGUES, "tongues"),
        container("section", 5, heading="Business", tone="business", start=60),
        container("section", 5, heading="Lifestyle", tone="lifestyle", start=80),
        container("list", 6, heading="Young Researchers", tone="faith", start=90),
        container("ranked", 5, heading="Most read", start=100),
    )


def menu() -> tuple[MenuItem, ...]:
    """Two levels, as a portal has them."""
    tree = {
        "News": ("Asia", "Middle East and North Africa", "World"),
        "Young Researchers": (),
        "Business": (),
        "Lifestyle": ("Health", "Travel", "Technology", "Inspirational", "Education", "History", "Faith", "Variety"),
        "Opinion": (),
        "Blogs": (),
    }
    return tuple(
        MenuItem(
            text=text,
            url=f"/{text.lower().replace(' ', '-')}/",
            children=tuple(MenuItem(text=child, url=f"/{child.lower().replace(' ', '-')}/") for child in children),
            current=text == "News",
        )
        for text, children in tree.items()
    )


ARABIC_MENU = ("أخبار", "اقتصاد", "ثقافة", "صحة", "رأي", "مدونات")
URDU_MENU = ("خبریں", "کاروبار", "ثقافت", "صحت", "رائے", "بلاگ")
NAMES = {
    "en": ("The Farshore Courier", "News from every shore"),
    "ar": ("بريد الشاطئ البعيد", "أخبار من كل شاطئ"),
    "ur": ("دور ساحل کا پیغام", "ہر ساحل کی خبر"),
}


def site(*, language: str = "en", stylesheet_url: str = "/broadsheet.css", type_set: str = "transitional") -> Site:
    """A publication in one of three languages."""
    name, tagline = NAMES[language]
    words = {"ar": ARABIC_MENU, "ur": URDU_MENU}.get(language, ())
    foreign = tuple(
        MenuItem(text=word, url=f"/{i}/", children=(*(MenuItem(w, f"/{i}/{n}/") for n, w in enumerate(words[:2], 1)),) if i == 1 else ())
        for i, word in enumerate(words)
    )
    newest = tuple(c for c in TONGUES if c.language == language)[:2] + cards(5, start=3)
    return Site(
        name=name,
        tagline=tagline,
        language=language,
        direction="ltr" if language == "en" else "rtl",
        zone="Asia/Karachi",
        home_url="/",
        logo=None,
        stylesheet_url=stylesheet_url,
        type_set=type_set,
        menu=foreign or menu(),
        footer_menu=(MenuItem("About", "/about/"), MenuItem("Contact", "/contact/"), MenuItem("Corrections", "/corrections/")),
        latest=Latest(
            links=tuple(Link(c.headline, c.url) for c in newest[:5]),
            languages=tuple((c.language, c.direction) for c in newest[:5]),
            as_of=NOON,
            url="/latest/",
        ),
        disclaimer="An independent, non-profit portal. Responsibility for opinion rests with the columnist who signs it.",
        legal=("Farshore Press Association", "Registered charity 0000", "1 Quay Street, Port Salen"),
        copyright="© 2026 Farshore Press Association",
        feed_url="/feed/",
        archive_url="/archive/",
        social=(Link("Mastodon", "https://social.example/@courier"),),
    )


def head(title: str, *, kind: str = "website", lead: Picture | None = None) -> Head:
    """What machines read of an example page."""
    return Head(
        title=f"{title} · The Farshore Courier",
        description=STANDFIRST,
        canonical="https://courier.example/page/",
        robots="max-image-preview:large",
        kind=kind,
        share_title=title,
        share_image="https://courier.example/share.jpg",
        feeds=(FeedLink("The Farshore Courier", "/feed/", "application/rss+xml"),),
        json_ld=('{"@context":"https://schema.org","@type":"WebPage"}',),
        published=NOON if kind == "article" else None,
        modified=NOON if kind == "article" else None,
        section="World" if kind == "article" else "",
        authors=("Ingrid Solheim",) if kind == "article" else (),
        topics=("Ferries",) if kind == "article" else (),
        preload_image=lead if lead and lead.srcset_webp else None,
    )


def share() -> tuple[ShareLink, ...]:
    """Plain links."""
    names = {"whatsapp": "WhatsApp", "telegram": "Telegram", "facebook": "Facebook", "x": "X", "mail": "E-mail"}
    return tuple(ShareLink(name, label, f"https://{name}.example/?u=story") for name, label in names.items())


def comments() -> tuple[Comment, ...]:
    """A thread, an answer in another direction, and somebody without a name."""
    when = dt.datetime(2024, 3, 6, 9, 30, tzinfo=dt.UTC)
    answer = Comment("سلمى", when, "<p>كنت على متنها أيضا.</p>", "comment-12", (Comment("Ada", when, "<p>Which deck?</p>", "comment-13"),))
    return (
        Comment(
            "Bo Lind",
            when,
            '<p>We waited two hours. <a href="https://tern.example/">The timetable</a> says otherwise.</p>',
            "comment-11",
            (answer,),
        ),
        Comment("", None, "<p>The band was out of tune.</p>"),
    )


def corrections() -> tuple[Correction, ...]:
    """A clarification and a correction."""
    return (
        Correction("clarification", NOON, "", "The nineteen days are those on which no ferry sailed at all.", "/stories/5/changes/#version-3"),
        Correction(
            "correction", NOON - dt.timedelta(hours=3), "We wrote that the line reopens after eleven weeks.", "It reopens after twelve weeks.",
            "/stories/5/changes/#version-2",
        ),
    )  # fmt: skip


BEFORE = "The line reopens after eleven weeks. Captains are glad.\n\nThe old pier is closed.\n\nTraders on the quay waited since autumn for a horn.\n\nFares stay."
AFTER = "Traders on the quay waited since autumn for a horn.\n\nThe line reopens after twelve weeks of repairs. Captains are glad.\n\nFares stay."
ARABIC = ("أعاد المهندسون بناء الأرصفة كما كانت في ست سنوات.", "أعاد المهندسون بناء الأرصفة كما كانت في سبع سنوات.")


def told(language: str = "en") -> tuple[Told, ...]:
    """Versions of every kind."""
    before, after = ARABIC if language == "ar" else (BEFORE, AFTER)
    facts = (
        Fact("headline", rewritten("Ferries to sail", SHORT)),
        Fact("picture", (Run("come", "The harbour at dusk"),)),
        Fact("structure"),
    )
    corrected = Difference((), tuple(passages(before, after)))
    return (
        Told(5, NOON, "minor", "Minor change", "", "", Difference(facts, ())),
        Told(4, NOON, "update", "Update", "", "", None, missing=True, reason="legal"),
        Told(3, NOON, "correction", "Correction", "We wrote eleven weeks.", "It was twelve.", corrected, now_url="?version=3"),
        Told(2, NOON, "removal", "Removed", "", "While we asked the harbour office.", None),
        Told(1, NOON, "first", "First published", "", "", None, now_url="?version=1"),
    )
