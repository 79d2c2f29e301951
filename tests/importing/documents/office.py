"""Office files made by the tests, part by part, as the programs write them."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
O = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # noqa: E741
STYLES = {
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Quote": "Quote",
    "Caption": "caption",
}


def png(colour: str = "teal") -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (320, 200), colour).save(out, "PNG")
    return out.getvalue()


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def p(text: str, style: str = "", *, raw: bool = False, numbered: str = "", level: int = 0) -> str:
    """A Word paragraph; `raw`: the text is runs already."""
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbered}"/></w:numPr>' if numbered else ""
    properties = f'<w:pPr>{f"""<w:pStyle w:val="{style}"/>""" if style else ""}{number}</w:pPr>'
    return f"<w:p>{properties}{text if raw else r(text)}</w:p>"


def r(text: str, *marks: str) -> str:
    """A Word run."""
    return f'<w:r><w:rPr>{"".join(marks)}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(body: str, *, relations: str = "", **parts: str | bytes) -> bytes:
    """A Word file; further parts by name with `__` for `/` and `_dot_` for `.`."""
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in STYLES.items())
    own = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{key}"/><w:basedOn w:val="{base}"/></w:style>'
        for key, base in (("HousePull", "Quote"),)
    )
    more = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    return packed(
        {
            "[Content_Types].xml": '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {W}>{styles}{own}</w:styles>",
            "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rs" Type="{REL}/styles" Target="styles.xml"/>{relations}</Relationships>',
            **more,
        }
    )


def relation(key: str, kind: str, target: str, *, external: bool = False) -> str:
    """One relationship of a Word file."""
    return f'<Relationship Id="{key}" Type="{REL}/{kind}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if external else ""}/>'


def drawing(key: str, alt: str, *, how: str = "embed") -> str:
    """A picture in a Word paragraph."""
    return f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic><a:blip r:{how}="{key}"/></a:graphic></wp:inline></w:drawing></w:r>'


def odt(body: str, *, automatic: str = "", **parts: str | bytes) -> bytes:
    """An OpenDocument text."""
    more = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {O}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            **more,
        }
    )
