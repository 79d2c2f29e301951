"""The blocks a body is made of, as the desk edits them; `docs/contracts/blocks.md` is the contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from broadsheet.record import marks

TEXT = ["h2", "h3", "h4", "bold", "italic", "ol", "ul", "link", "superscript", "subscript", "strikethrough", "code", "mark"]
INLINE = ["bold", "italic", "link"]
MARKED = {"text": "", "quote": "text", "factbox": "text"}
"""Blocks in which words can be marked, and the part of each that holds them."""


def in_marked(block: Mapping[str, Any], change: Callable[[str], str]) -> Any:
    """A raw block's value with `change` made to the text that can hold marks; the value itself where there are none."""
    value, part = block["value"], MARKED.get(block["type"])
    if part is None or not marks.has(text := value.get(part) if part else value):
        return value
    return {**value, part: change(text)} if part else change(text)


def items_of(raw: Any) -> list[dict[str, Any]]:
    """A list block's raw items, bare: Wagtail stores them either so or wrapped as {"type": "item", "value": …}."""
    return [i["value"] if isinstance(i, dict) and i.get("type") == "item" else i for i in raw or []]


class PictureBlock(blocks.StructBlock):
    """A picture in the text."""

    image = ImageChooserBlock(label=_("picture"), required=False)
    alt = blocks.CharBlock(label=_("alternative text"), required=False, help_text=_("Empty: the picture's own."))
    decorative = blocks.BooleanBlock(label=_("adds nothing to the text"), required=False)
    caption = blocks.RichTextBlock(label=_("caption"), required=False, features=INLINE)
    credit = blocks.CharBlock(label=_("credit"), required=False, help_text=_("Empty: the picture's own."))
    size = blocks.ChoiceBlock(
        label=_("size"), choices=[("column", _("column")), ("wide", _("wide")), ("full", _("full width"))], default="column"
    )
    link = blocks.CharBlock(label=_("leads to"), required=False)
    source = blocks.CharBlock(label=_("where an import says the file is"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        # What few pictures need stands behind the cog.
        form_layout = blocks.BlockGroup(["image", "alt", "decorative", "caption", "credit", "size"], settings=["link", "source"])


class GalleryBlock(blocks.StructBlock):
    """Several pictures that belong together."""

    pictures = blocks.ListBlock(PictureBlock(), label=_("pictures"))
    caption = blocks.RichTextBlock(label=_("caption"), required=False, features=INLINE)

    class Meta:
        icon = "image"
        label = _("Gallery")


def _struct(label: object, icon: str, **fields: blocks.Block) -> blocks.StructBlock:
    return blocks.StructBlock(list(fields.items()), label=label, icon=icon)


class BodyBlock(blocks.StreamBlock):
    """A body: mostly text, with what stands between."""

    text = blocks.RichTextBlock(label=_("Text"), features=TEXT)
    picture = PictureBlock()
    gallery = GalleryBlock()
    quote = _struct(
        _("Quotation"), "openquote",
        text=blocks.RichTextBlock(label=_("words"), features=[*INLINE, "mark"]),
        attribution=blocks.CharBlock(label=_("who said it"), required=False),
        cite=blocks.CharBlock(label=_("source address"), required=False),
    )  # fmt: skip
    pullquote = _struct(
        _("Pull quote"), "openquote",
        text=blocks.TextBlock(label=_("line")), attribution=blocks.CharBlock(label=_("who said it"), required=False),
    )  # fmt: skip
    factbox = _struct(
        _("Fact box"), "list-ul",
        heading=blocks.CharBlock(label=_("heading"), required=False), text=blocks.RichTextBlock(label=_("text"), features=TEXT),
    )  # fmt: skip
    table = _struct(
        _("Table"), "table", caption=blocks.CharBlock(label=_("caption"), required=False), html=blocks.TextBlock(label=_("HTML"))
    )
    code = _struct(
        _("Code"), "code", language=blocks.CharBlock(label=_("language"), required=False), text=blocks.TextBlock(label=_("text"))
    )
    verse = _struct(_("Verse"), "pilcrow", text=blocks.TextBlock(label=_("lines")))
    embed = _struct(
        _("Link to a video, post or map"), "link-external",
        url=blocks.CharBlock(label=_("address")),
        title=blocks.CharBlock(label=_("title"), required=False),
        provider=blocks.CharBlock(label=_("where it is"), required=False),
    )  # fmt: skip
    file = _struct(
        _("File"), "doc-full",
        document=DocumentChooserBlock(label=_("file"), required=False),
        url=blocks.CharBlock(label=_("or its address"), required=False),
        title=blocks.CharBlock(label=_("title"), required=False),
        kind=blocks.ChoiceBlock(choices=[("file", _("file")), ("audio", _("audio")), ("video", _("video"))], default="file"),
    )  # fmt: skip
    buttons = _struct(
        _("Buttons"), "link",
        links=blocks.ListBlock(
            blocks.StructBlock([("text", blocks.CharBlock(label=_("text"))), ("url", blocks.CharBlock(label=_("address")))]),
            label=_("links"),
        ),
    )  # fmt: skip
    separator = blocks.StaticBlock(label=_("Break"), icon="horizontalrule")
    more = blocks.StaticBlock(label=_("Teaser ends here"), icon="cut")
    unknown = _struct(
        _("Unknown (imported)"), "warning",
        name=blocks.CharBlock(label=_("name"), required=False),
        html=blocks.TextBlock(label=_("shown to readers"), required=False),
        raw=blocks.TextBlock(label=_("as it came"), required=False),
    )  # fmt: skip
