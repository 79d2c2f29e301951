"""Word and OpenDocument files: styles, runs, links, notes, lists, tables, pictures; what was deleted or commented stays out."""

from __future__ import annotations

import datetime as dt

from broadsheet.importing.documents.reading import read
from tests.importing.documents import office
from tests.importing.documents.office import docx, drawing, odt, p, png, r, relation

PROSE = "The ferry sailed at noon after nine days in the harbour, and everybody who had waited was on board."
B, I = "<w:b/>", "<w:i/>"  # noqa: E741


def texts(draft):
    return "".join(block["value"] for block in draft.blocks if block["type"] == "text")


def test_a_word_file_becomes_a_draft():
    body = (
        p("Ferry sails at last", "Title") + p("Nine days late, with a band on board.", "Subtitle") + p("By Ada Quill and Ben Osei")
        + p("17 November 2025") + p("LONDON (Reuters) — " + PROSE) + p("What comes next", "Heading2") + p(PROSE)
        + p("She will sail.", "HousePull") + p("Tags: ferries, harbours, winter")
    )  # fmt: skip
    draft = read("ferry.docx", docx(body))
    assert (draft.headline, draft.standfirst) == ("Ferry sails at last", "Nine days late, with a band on board.")
    assert (draft.byline, draft.published, draft.dateline) == (("Ada Quill", "Ben Osei"), dt.date(2025, 11, 17), "LONDON")
    assert draft.topics == ("ferries", "harbours", "winter")
    assert texts(draft).startswith(f"<p>{PROSE}</p><h2>What comes next</h2>")
    assert [b["type"] for b in draft.blocks] == ["text", "quote"] and "She will sail." in draft.blocks[1]["value"]["text"]


def test_runs_keep_their_emphasis_and_are_joined_where_word_broke_them():
    runs = (
        r("Fer", B)
        + r("ry", B)
        + r(" sails ")
        + r("very", I)
        + r(" late")
        + r("2", '<w:vertAlign w:val="superscript"/>')
        + r("secret", "<w:vanish/>")
    )
    draft = read("a.docx", docx(p("Head", "Title") + p(runs + r(" and on and on, as the harbour said."), raw=True)))
    assert texts(draft) == "<p><b>Ferry</b> sails <i>very</i> late<sup>2</sup> and on and on, as the harbour said.</p>"


def test_tracked_changes_and_comments():
    runs = (
        r("The ferry ")
        + f"<w:ins>{r('sailed')}</w:ins><w:del><w:r><w:delText>sank</w:delText></w:r></w:del>"
        + r(" at noon with everybody on board.")
    )
    comments = f'<w:comments {office.W}><w:comment w:id="1"><w:p>{r("Really?")}</w:p></w:comment></w:comments>'
    content = docx(
        p("Head", "Title") + p(runs, raw=True), relations=relation("rc", "comments", "comments.xml"), word__comments_dot_xml=comments
    )
    draft = read("a.docx", content)
    assert texts(draft) == "<p>The ferry sailed at noon with everybody on board.</p>"
    assert set(draft.notes) == {"deletion that was tracked in the file left out", "editor's comment left out"}


def test_links_lists_tables_and_footnotes():
    notes = f'<w:footnotes {office.W}><w:footnote w:id="2"><w:p>{r("By the harbour log.")}</w:p></w:footnote></w:footnotes>'
    numbering = f'<w:numbering {office.W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://b.example/" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("there")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = (
        p("Head", "Title") + p(PROSE)
        + p(r("See ") + f'<w:hyperlink r:id="rl">{r("here")}</w:hyperlink>' + r(" and ") + field + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r("."), raw=True)
        + p("First", numbered="1") + p("Below", numbered="1", level=1) + p("Second", numbered="1")
        + f"<w:tbl><w:tr><w:tc>{p('Ship')}</w:tc><w:tc>{p('Day')}</w:tc></w:tr><w:tr><w:tc>{p('Tern')}</w:tc><w:tc>{p('9')}</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    content = docx(
        body, word__footnotes_dot_xml=notes, word__numbering_dot_xml=numbering,
        relations=relation("rl", "hyperlink", "https://a.example/", external=True) + relation("rf", "footnotes", "footnotes.xml") + relation("rn", "numbering", "numbering.xml"),
    )  # fmt: skip
    draft = read("a.docx", content)
    html = texts(draft)
    assert (
        'See <a href="https://a.example/" rel="noopener">here</a> and <a href="https://b.example/" rel="noopener">there</a><sup>1</sup>.'
        in html
    )
    assert "<ol><li>First<ul><li>Below</li></ul></li><li>Second</li></ol>" in html
    assert html.endswith("<ol><li>By the harbour log.</li></ol>")
    table = next(b["value"]["html"] for b in draft.blocks if b["type"] == "table")
    assert "Ship" in table and "Tern" in table


def test_pictures_of_a_word_file_and_those_outside_it():
    body = (
        p("Head", "Title")
        + p(PROSE)
        + p(drawing("ri", "A ferry leaving"), raw=True)
        + p("The Tern at noon", "Caption")
        + p(drawing("rx", "", how="link"), raw=True)
    )
    content = docx(
        body, word__media__one_dot_png=png(),
        relations=relation("ri", "image", "media/one.png") + relation("rx", "image", "http://169.254.169.254/x.png", external=True),
    )  # fmt: skip
    draft = read("a.docx", content)
    assert [(one.name, one.alt, one.content) for one in draft.pictures] == [("one.png", "A ferry leaving", png())]
    picture = next(b["value"] for b in draft.blocks if b["type"] == "picture")
    assert (picture["attachment"], picture["caption"]) == ("1", "The Tern at noon")
    assert draft.notes == ("picture that is only linked to, not fetched: http://169.254.169.254/x.png",)


def test_a_word_file_without_styles_is_read_by_its_lines():
    draft = read("a.docx", docx(p("Ferry sails at last") + p("By Ada Quill") + p(PROSE) + p(PROSE)))
    assert (draft.headline, draft.byline, texts(draft)) == ("Ferry sails at last", ("Ada Quill",), f"<p>{PROSE}</p><p>{PROSE}</p>")


def test_an_opendocument_text_becomes_a_draft():
    automatic = (
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>'
        '<text:list-style style:name="L1"><text:list-level-style-number/></text:list-style>'
    )
    body = (
        '<text:tracked-changes><text:changed-region><text:deletion><text:p>sank</text:p></text:deletion></text:changed-region></text:tracked-changes>'
        '<text:p text:style-name="Title">Ferry sails at last</text:p><text:p text:style-name="Subtitle">Nine days late, with a band.</text:p>'
        "<text:p>By Ada Quill</text:p><text:p>17 November 2025</text:p>"
        f'<text:p>The <text:span text:style-name="T1">ferry</text:span><text:s text:c="2"/>sailed<office:annotation><text:p>Really?</text:p></office:annotation>'
        f' at noon.<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>By the log.</text:p></text:note-body></text:note> {PROSE}</text:p>'
        '<text:h text:outline-level="2">Next</text:h><text:p>See <text:a xlink:href="https://a.example/">here</text:a>.</text:p>'
        '<text:list text:style-name="L1"><text:list-item><text:p>First</text:p></text:list-item></text:list>'
        '<text:p text:style-name="P1">She will sail.</text:p>'
        '<text:p><draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:desc>A ferry</svg:desc></draw:frame></text:p>'
        '<table:table><table:table-row><table:table-cell><text:p>Ship</text:p></table:table-cell><table:table-cell><text:p>Tern</text:p></table:table-cell></table:table-row></table:table>'
    )  # fmt: skip
    draft = read("ferry.odt", odt(body, automatic=automatic, Pictures__1_dot_png=png()))
    assert (draft.headline, draft.standfirst, draft.byline) == ("Ferry sails at last", "Nine days late, with a band.", ("Ada Quill",))
    assert draft.published == dt.date(2025, 11, 17)
    html = texts(draft)
    assert (
        "<b>ferry</b> sailed at noon.<sup>1</sup>" in html
        and "<h2>Next</h2>" in html
        and "<ol><li>First</li></ol>" in html
        and "By the log." in html
    )
    assert 'href="https://a.example/"' in html and "sank" not in html and "Really" not in html
    assert {b["type"] for b in draft.blocks} == {"text", "quote", "picture", "table"}
    assert [(one.name, one.alt) for one in draft.pictures] == [("1.png", "A ferry")]
    assert set(draft.notes) == {"deletion that was tracked in the file left out", "editor's comment left out"}
