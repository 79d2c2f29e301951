"""Whatever comes in: a draft without anything that runs, or one clear refusal; never another error, never much time or memory."""

from __future__ import annotations

import io
import json
import random
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.importing.documents import writing
from broadsheet.importing.documents.reading import read
from broadsheet.importing.documents.writing import MAX_PICTURES
from broadsheet.importing.records import ImportRefused
from tests.importing.documents.office import O, W, docx, drawing, odt, p, packed, png, relation

NAMES = ["a.txt", "a.md", "a.html", "a.docx", "a.odt", "a"]
EXAMPLES = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
PROSE = "The ferry sailed at noon after nine days in the harbour, and everybody who had waited was on board."
WORD = docx(p("Head", "Title") + p(PROSE) + p(PROSE), word__media__a_dot_png=png())
OPEN = odt(f'<text:p text:style-name="Title">Head</text:p><text:p>{PROSE}</text:p>', Pictures__1_dot_png=png())


def tried(name: str, content: bytes) -> str:
    """What came of it, as text; anything but a refusal fails the test."""
    try:
        return json.dumps(read(name, content).as_json(), ensure_ascii=False)
    except ImportRefused as refused:
        assert refused.problem and refused.remedy and "\n" not in str(refused)
        return ""


@EXAMPLES
@given(st.sampled_from(NAMES), st.binary(max_size=400))
def test_any_bytes(name, content):
    tried(name, content)


PIECES = st.sampled_from(
    ["<p>", "</p>", "<div class='post comments'>", "</div>", "<h1>", "<title>x", "<script>alert(1)</script>", "<table><tr><td>", "<li>", "<time datetime='9999-99-99'>", "---\n", "- ",
     "# ", "By ", "17 November 2025", "\n\n", "©", "Tags: ", "•", "Comments (3)", PROSE, "&#0;", "&lt;script&gt;", "<!--", "-->", "[gallery]", "<!-- wp:html -->", "\x0c", "\u202e",
     "<meta property='og:title' content='x", "<script type='application/ld+json'>{", "data:text/html,x", "<img src='data:image/png;base64,AA'>", "|---|---|\n", "`" * 9]
)  # fmt: skip


@EXAMPLES
@given(st.sampled_from(NAMES[:3]), st.lists(PIECES | st.text(max_size=12), max_size=40))
def test_any_pieces_of_pages_and_texts(name, pieces):
    content = " ".join(pieces).encode("utf-8", "surrogatepass")
    said = tried(name, content).casefold()
    assert "<script" not in said.replace("<script>alert(1)</script>", "<script") or name != "a.html" or "alert(1)" not in said


@EXAMPLES
@given(st.sampled_from([("a.docx", WORD), ("a.odt", OPEN)]), st.data())
def test_damaged_office_files(file, data):
    name, content = file
    broken = bytearray(content)
    for _n in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    tried(name, bytes(broken[: data.draw(st.integers(0, len(broken)))]) if data.draw(st.booleans()) else bytes(broken))


TAGS = st.sampled_from(
    [
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "ins",
        "del",
        "sdt",
        "sdtContent",
        "hyperlink",
        "fldChar",
        "drawing",
        "footnoteReference",
        "pPr",
        "numPr",
        "body",
    ]
)
TREES = st.recursive(
    st.text(alphabet="ab &;é", max_size=5).map(lambda t: t.replace("&", "&amp;")),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)).map(
        lambda pair: f'<w:{pair[0]} w:val="1" w:id="2">{"".join(pair[1])}</w:{pair[0]}>'
    ),
    max_leaves=20,
)


@EXAMPLES
@given(st.lists(TREES, max_size=5))
def test_any_order_of_a_word_files_elements(trees):
    tried("a.docx", docx("".join(trees)))


OPEN_TREES = st.recursive(
    st.just(PROSE[:9]),
    lambda inner: st.tuples(
        st.sampled_from(["text:p", "text:h", "text:span", "text:list", "text:list-item", "text:note", "text:note-body", "table:table", "table:table-row", "table:table-cell", "draw:frame", "draw:image", "text:s", "office:annotation"]),
        st.lists(inner, max_size=4),
    ).map(lambda pair: f'<{pair[0]} text:c="9" text:outline-level="x" table:number-columns-spanned="a" xlink:href="../../etc/passwd">{"".join(pair[1])}</{pair[0]}>'),
    max_leaves=20,
)  # fmt: skip


@EXAMPLES
@given(st.lists(OPEN_TREES, max_size=5))
def test_any_order_of_an_opendocument_texts_elements(trees):
    tried("a.odt", odt("".join(trees)))


ATTACKS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>", "<a href='data:text/html,x'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<svg onload=alert(1)><script>alert(1)</script></svg>", "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<style>*{display:none}</style>", "<form action='https://evil.example'><input name=password></form>", "<object data='data:text/html,alert(1)'></object>",
    "<a href='java\tscript:alert(1)'>x</a>", "<math><mtext><img src=x onerror=alert(1)></math>", "<p onclick='alert(1)' style='position:fixed'>x</p>",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("name", ["a.html", "a.md", "whole.html"])
def test_nothing_that_runs_survives(attack, name):
    text = f"<h1>Head</h1><p>{PROSE}</p>{attack}<p>{PROSE}</p>"
    if name == "whole.html":
        text = f"<html><body>{text}</body></html>"
    if name == "a.md":
        text = f"# Head\n\n{PROSE}\n\n{attack}\n\n{PROSE}\n"
    blocks = json.dumps(read(name, text.encode()).as_json()["body"])
    for token in (
        "<script",
        "onerror",
        "onload",
        "onclick",
        "javascript:",
        "java\\tscript",
        "data:",
        "srcdoc",
        "<style",
        "<form",
        "<input",
        "<object",
        "<svg",
        "style=",
    ):
        assert token not in blocks, blocks


def test_links_of_office_files_are_as_harmless():
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "javascript:alert(1)"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>x</w:t></w:r>'
    said = tried("a.docx", docx(p("Head", "Title") + p(PROSE) + p(field + "<w:r><w:t>&lt;script&gt;</w:t></w:r>", raw=True)))
    assert "javascript" not in said and "&lt;script&gt;" in said
    said = tried("a.odt", odt(f'<text:p>Head</text:p><text:p>{PROSE}<text:a xlink:href="javascript:alert(1)">x</text:a></text:p>'))
    assert "javascript" not in said


DTD = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", docx("", word__document_dot_xml=f"{DTD}<w:document {W}><w:body><w:p><w:r><w:t>&x;&b;</w:t></w:r></w:p></w:body></w:document>")),
        ("a.odt", odt("", content_dot_xml=f"{DTD}<office:document-content {O}/>")),
        ("a.odt", packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a>" * 5000})),
        ("a.docx", packed({"x.xml": "1"})),
        ("a.docx", WORD[:200]),
        ("a.pdf", b"%PDF-1.7"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1"),
        ("a.txt", b""),
        ("a.txt", b"  \n "),
        ("a.txt", b"\x00\x01\x02" * 50),
        ("a.html", b"<html><body><script>alert(1)</script></body></html>"),
    ],
)  # fmt: skip
def test_wrong_files_are_refused_in_one_line(name, content):
    with pytest.raises(ImportRefused) as refused:
        read(name, content)
    assert "\n" not in str(refused.value) and name in str(refused.value)


def test_a_text_with_a_byte_of_none_is_refused_for_that():
    with pytest.raises(ImportRefused, match=r"a\.txt: holds NUL bytes, .*UTF-8"):
        read("a.txt", b"The ferry sailed at noon\x00 after nine days.")


def test_bombs_are_refused_before_they_unpack():
    for parts in (
        {"word/document.xml": b" " * 60_000_000},
        {f"p{n}": b"" for n in range(5000)},
        {"word/document.xml": b"<a/>" + b" " * 30_000_000},
    ):
        with pytest.raises(ImportRefused):
            read("a.docx", packed({"[Content_Types].xml": b"wordprocessingml", **parts}))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "wordprocessingml")
        with archive.open("word/document.xml", "w") as part:
            for _n in range(60):
                part.write(b" " * 1_000_000)
    content = out.getvalue()
    tracemalloc.start()
    with pytest.raises(ImportRefused):
        read("a.docx", content)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<html><body>" + "<div>" * 50_000 + "x"),
        ("a.html", "<html><body>" + "<b><i>" * 5_000 + PROSE),
        ("a.html", "<html><body><h1>Head</h1>" + "<div><a href=x>y</a><span>1 May 2020</span></div>" * 3_000),
        ("a.html", "<p>" + "a" * 300_000),
        ("a.txt", "a, " * 60_000),
        ("a.txt", "12 May 2021 Ada Quill\n\n" * 3_000),
        ("a.txt", "  • News\n" * 5_000 + "NewsNewsNews" * 5000),
        ("a.txt", "By " * 50_000),
        ("a.md", "[" * 30_000),
        ("a.md", "> " * 5_000 + "x"),
        ("a.md", "---\n" + "a:\n  - b\n" * 5000 + "---\nx"),
        ("a.md", "*a _b " * 20_000),
    ],
    ids=range(12),
)  # fmt: skip
def test_large_and_deep_files_take_no_time(name, text):
    start = time.process_time()
    tried(name, text.encode())
    assert time.process_time() - start < 5


def test_macros_are_never_read():
    plain = docx(p("Head", "Title") + p(PROSE) + p(PROSE))
    with_macros = docx(
        p("Head", "Title") + p(PROSE) + p(PROSE),
        word__vbaProject_dot_bin=b"\xd0\xcf\x11\xe0 Sub AutoOpen() Shell",
        word__vbaData_dot_xml="<x>AutoOpen</x>",
    )
    said = tried("a.docx", with_macros)
    assert said == tried("a.docx", plain) and "AutoOpen" not in said


@pytest.mark.parametrize("name", ["a", "a.xml"])
def test_comments_before_a_text_take_no_time(name):
    """Each comment more took twice the time."""
    began = time.process_time()
    tried(name, b"<!--x-->" * 22 + PROSE.encode())
    tried(name, b"<!-- --> " * 400 + b"<p>" + PROSE.encode())
    assert time.process_time() - began < 2


def nested(times: int, around: str, inside: str = "") -> str:
    for _n in range(times):
        inside = around % inside
    return inside


TABLE = "<table:table><table:table-row><table:table-cell><text:p>zebra</text:p>%s</table:table-cell></table:table-row></table:table>"
STYLED = '<w:style w:type="paragraph" w:styleId="s%d"><w:name w:val="n%d"/><w:basedOn w:val="s%d"/></w:style>'


def test_what_is_one_in_the_other_is_read_once():
    """Each table in a table, and each box in a box, took twice the time: six hundred bytes held the desk up for ever."""
    tables = read("a.odt", odt(f"<text:p>{PROSE}</text:p>{nested(12, TABLE)}"))
    assert json.dumps(tables.as_json()["body"]).count("zebra") == 12
    boxes = nested(12, "<w:p><w:r><w:drawing><w:txbxContent>%s</w:txbxContent></w:drawing></w:r></w:p>", p(PROSE))
    assert tried("a.docx", docx(p("Head", "Title") + boxes)).count(PROSE) == 1


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_styles_that_are_based_on_each_other_are_each_looked_at_once(name, monkeypatch):
    looked: list[str] = []
    monkeypatch.setattr(writing, "kind_of", lambda style: looked.append(style) or "")
    if name == "a.docx":
        content = docx(p(PROSE), word__styles_dot_xml=f"<w:styles {W}>{''.join(STYLED % (n, n, n + 1) for n in range(300))}</w:styles>")
    else:
        styles = "".join(f'<style:style style:name="s{n}" style:parent-style-name="s{n + 1}"/>' for n in range(300))
        content = odt(f"<text:p>{PROSE}</text:p>", automatic=styles)
    assert PROSE in tried(name, content) and len(looked) < 700


def test_a_picture_in_a_box_of_a_drawing_is_one():
    box = f"<w:p><w:r><w:drawing><w:txbxContent>{p(drawing('rp', 'Quay'), raw=True)}</w:txbxContent></w:drawing></w:r></w:p>"
    content = docx(p("Head", "Title") + p(PROSE) + box, relations=relation("rp", "image", "media/a.png"), word__media__a_dot_png=png())
    assert [picture.alt for picture in read("a.docx", content).pictures] == ["Quay"]


def test_rows_of_a_table_in_a_table_are_its_own():
    row = "<table:table-row>%s</table:table-row>"
    cell = "<table:table-cell>%s</table:table-cell>"
    inner = f"<table:table>{(row % (cell % '<text:p>c</text:p>')) * 2}</table:table>"
    head = f"<table:table-header-rows>{row % (cell % '<text:p>a</text:p>' * 2)}</table:table-header-rows>"
    body = f"<text:p>{PROSE}</text:p><table:table>{head}{row % (cell % '<text:p>b</text:p>' + cell % inner)}</table:table>"
    blocks = read("a.odt", odt(body)).as_json()["body"]
    rows = [block["value"]["html"].count("<tr>") for block in blocks if block["type"] == "table"]
    assert rows == [2, 2] and json.dumps(blocks).count(">c<") == 2


def test_a_picture_shown_many_times_is_held_once_and_there_are_so_many():
    picture = png() + random.Random(1).randbytes(2_000_000)
    odd = docx(p("Head", "Title") + p(PROSE) + p(drawing("rp", "x") * 1500, raw=True), relations=relation("rp", "image", "media/a.png"),
               word__media__a_dot_png=picture)  # fmt: skip
    tracemalloc.start()
    draft = read("a.docx", odd)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(draft.pictures) == MAX_PICTURES and most < 30_000_000
    assert f"picture left out: there are more than {MAX_PICTURES} ({1500 - MAX_PICTURES} times)" in draft.notes


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_packed_as_no_office_program_packs_is_refused_packed(how):
    """A kilobyte that says it is a kilobyte unpacked to gigabytes before anybody counted."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        archive.writestr("[Content_Types].xml", "wordprocessingml", zipfile.ZIP_DEFLATED)
        archive.writestr("word/document.xml", bytes(90_000))
    content = bytearray(out.getvalue())
    place = content.rfind(b"PK\x01\x02") + 24
    content[place : place + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(ImportRefused, match="is packed in a way"):
        read("a.docx", bytes(content))


def test_office_files_hold_no_more_text_than_others():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", "wordprocessingml")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{p('word ' * 1000) * 1100}</w:body></w:document>")
    with pytest.raises(ImportRefused, match="holds more than 5 million characters"):
        read("a.docx", out.getvalue())


MANIFEST = b"application/vnd.oasis.opendocument.text <manifest:encryption-data/>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.odt", odt("", content_dot_xml=b"\x8f\x01", **{"META-INF__manifest_dot_xml": MANIFEST})),
        ("a.odt", packed({"mimetype": "application/vnd.oasis.opendocument.text", "encrypted-package": b"\x8f"})),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")),
    ],
)
def test_what_is_protected_is_not_called_damaged(name, content):
    with pytest.raises(ImportRefused, match="is protected by a password"):
        read(name, content)
