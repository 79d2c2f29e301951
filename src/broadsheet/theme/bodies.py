"""Example bodies: one of every block, and running text in several scripts."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from broadsheet.theme.examples import picture

PARAGRAPHS = (
    "<p>The first boat left the quay at six, eleven minutes late and full. Behind it, in the lee of a breakwater that still "
    "smells of cut stone, forty people waited for the second with the patience of those who have waited since December.</p>",
    "<p>“We counted the days on the freezer door,” said Marit Aasen, who keeps the shop on the outer island and who, in the "
    "third week, began to sell flour <em>by the cup</em>. The council had promised a relief boat; it came twice.</p>",
    "<p>What reopened on Monday is not the old line. The channel was dredged to 7.4 metres, the landing moved 200 metres to the "
    'south, and the timetable, printed in 1998 and amended in pencil, has been <a href="/stories/7/">replaced by one</a> that '
    "follows the tide. Engineers expect it to lose four days a winter instead of nineteen.</p>",
    "<p>The price of that is known to the crown, and so is who pays: two thirds from the Meridian Bank, at 2.1 per cent over "
    "thirty years, and the rest from a levy on containers that the port fought until the autumn.</p>",
)

QUIET = (
    "<p>No one on the quay speaks of victory. The harbour master, a careful man, has the old timetable framed in his office, and "
    "beneath it a photograph of the sea coming over the wall.</p>",
    "<p>Asked whether the stone will hold, he looks out of the window for some time before he answers. “It is stone,” he says. "
    "“The last one was concrete, and I was told the same.”</p>",
)


def values() -> dict[str, list[Any]]:
    """Examples of every block's value, by type."""
    shown = picture("terraces", alt="Terraced fields above a river", caption="The upper terraces, <em>replanted</em> in spring.",
                    credit="Drawing: N. Ferrant")  # fmt: skip
    framed = {"picture": shown, "size": "column", "link": "", "caption": "", "alt": ""}
    return {
        "text": ["".join(PARAGRAPHS), "<h2>What the tide allows</h2><ul><li>six boats a day</li><li>two at night</li></ul>"],
        "picture": [framed, framed | {"size": "wide"}, framed | {"size": "full", "link": "/stories/3/"}, framed | {"picture": None}],
        "gallery": [{"pictures": [framed] * 3, "caption": "Three seasons on the terraces."}, {"pictures": [framed] * 2, "caption": ""}],
        "quote": [
            {"text": "<p>The sea does not negotiate, and neither does its insurer.</p>", "attribution": "Harbour report, 1911",
             "cite": "https://archive.example/report"},
            {"text": "<p>We shall see.</p>", "attribution": "", "cite": ""},
        ],
        "pullquote": [{"text": "We counted the days on the freezer door", "attribution": "Marit Aasen, shopkeeper"}],
        "factbox": [{"heading": "The line in figures", "text": "<p>Opened 1884. Nineteen days lost last winter.</p><ul><li>6 boats</li></ul>"}],
        "table": [{"caption": "Days lost to weather", "html": (
            "<table><thead><tr><th scope=\"col\"> </th><th scope=\"col\">Days</th><th scope=\"col\">Passengers</th></tr></thead>"
            "<tbody><tr><th scope=\"row\">2023–24</th><td>11</td><td>41,200</td></tr><tr><th scope=\"row\">2024–25</th><td>14</td>"
            "<td>38,950</td></tr><tr><th scope=\"row\">2025–26</th><td>19</td><td>30,117</td></tr></tbody></table>")}],
        "code": [{"language": "python", "text": "for tide in tides:\n    sail(tide) if tide.depth > 7.4 else wait()"}],
        "verse": [{"text": "Grey is the water,\ngrey is the stone,\n  and the boat is late."}],
        "embed": [
            {"url": "https://video.example/watch/1", "title": "The first crossing, filmed from the bridge", "provider": "Video Example"},
            {"url": "https://maps.example/strait", "title": "", "provider": ""},
            {"url": "javascript:alert(1)", "title": "Never shown", "provider": ""},
        ],
        "file": [
            {"document": None, "url": "https://archive.example/timetable.pdf", "title": "The timetable (PDF, 200 KB)", "kind": "file"},
            {"document": 1, "url": "/documents/1/horn.ogg", "title": "The horn of the first boat", "kind": "audio"},
            {"document": 1, "url": "/documents/2/crossing.webm", "title": "The crossing", "kind": "video"},
        ],
        "buttons": [{"links": [{"text": "Read the report", "url": "/report/"}, {"text": "Bad", "url": "javascript:alert(1)"}]}],
        "separator": [None],
        "more": [None],
        "unknown": [{"name": "core/weather", "html": "<p>Wind from the north-west, 14 knots.</p>", "raw": "<!-- … -->"}],
    }  # fmt: skip


def block(kind: str, value: Any) -> str:
    """A body block as the public page shows it."""
    # Ours, and given to the template as what is typeset is.
    return render_to_string(f"broadsheet/blocks/{kind}.html", {"value": mark_safe(value) if kind == "text" else value})


def body(*kinds: str) -> str:
    """A body of running text with one block of each kind between its passages."""
    known = values()
    parts = [block("text", "".join(PARAGRAPHS[:2]))]
    texts = [*PARAGRAPHS[2:], *QUIET]
    for i, kind in enumerate(kinds):
        parts += [block(kind, known[kind][0]), block("text", texts[i % len(texts)])]
    return "\n".join([*parts, block("text", "<h2>What the tide allows</h2>" + "".join(PARAGRAPHS[2:] + QUIET))])


TONGUES = {
    "ur": (
        "پہاڑی ریلوے کی بحالی: وادی کے لوگ برسوں بعد پہلی گاڑی کے منتظر",
        "<p>وادی کے آخری اسٹیشن پر لوگ صبح سے جمع تھے۔ کسی نے چائے کا انتظام کیا تھا اور کسی نے پرانی تصویریں دیوار پر لگا دی تھیں۔</p>"
        "<p>انجینئروں کا کہنا ہے کہ پٹری اب ہر موسم میں محفوظ ہے۔ پہلی گاڑی جمعے کی صبح روانہ ہوگی اور شام تک دارالحکومت پہنچے گی۔</p>"
        "<h2>برسوں کا انتظار</h2><blockquote>ہم نے ہر سردی میں یہی سوچا کہ اگلے سال گاڑی ضرور آئے گی۔</blockquote>"
        "<p>مقامی تاجروں کو امید ہے کہ چائے کے باغات سے مال اب دو دن کے بجائے چھ گھنٹے میں بندرگاہ پہنچ سکے گا۔</p>",
    ),
    "ar": (
        "الميناء القديم يفتح أبوابه للزوار بعد ترميم استمر ست سنوات",
        "<p>في الصباح الأول وقف الصيادون على الرصيف الحجري كما وقف آباؤهم، ولم يتغير في المشهد سوى لون الأبواب.</p>"
        "<p>أعاد المهندسون بناء الأرصفة حجراً حجراً، وبقي السوق في مكانه. وقالت مديرة المشروع إن العمل استغرق ست سنوات.</p>"
        "<h2>حجر على حجر</h2><p>يتوقع المجلس أن يستقبل الميناء أربعين ألف زائر في عامه الأول.</p>",
    ),
}
