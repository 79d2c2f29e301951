"""Markdown as the demo edition's authors write it, turned into WordPress block markup.

The subset: paragraphs, ``##`` and ``###``, ``>`` quotations whose last line may be ``— who``, flat lists, pipe tables,
``---``, ``![caption](picture-name)`` alone on a line, links, ``**strong**``, ``*emphasis*`` and the containers
``:::pullquote``, ``:::factbox Title`` and ``:::gallery``, each closed by ``:::``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^()\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^()\s]+)\)")
STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=\S)([^_]+)(?<=\S)_(?!\w)")
ITEM = re.compile(r"(?:[-*]|\d+[.)])\s+(.*)")
TABLE_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")


class ManuscriptError(ValueError):
    """What is wrong on one line of a manuscript; the caller adds the file's name."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem


@dataclass(frozen=True)
class Attached:
    """A picture as WordPress knows it: its attachment's id, address and alternative text."""

    id: int
    url: str
    alt: str


@dataclass(frozen=True)
class Line:
    number: int
    text: str


class Converter:
    """Turns one manuscript's body into block markup.

    ``attach`` gives the attachment for a picture's name and ``address`` the final form of a link; both may raise
    ``ValueError`` with the problem, which comes out as a ManuscriptError that knows its line.
    """

    def __init__(self, *, attach: Callable[[str], Attached], address: Callable[[str], str]) -> None:
        self._attach = attach
        self._address = address

    def convert(self, body: str, *, first_line: int = 1) -> str:
        """The body as Gutenberg block markup; raises ManuscriptError at the first line that makes no sense."""
        lines = [Line(first_line + i, text.rstrip()) for i, text in enumerate(body.split("\n"))]
        return "\n\n".join(self._blocks(lines))

    def _blocks(self, lines: list[Line]) -> list[str]:
        blocks: list[str] = []
        at = 0
        while at < len(lines):
            start = lines[at]
            if not start.text.strip():
                at += 1
                continue
            if start.text.startswith(":::"):
                end = self._closing(lines, at)
                blocks.append(self._container(start, lines[at + 1 : end]))
                at = end + 1
                continue
            end = at + 1
            if not self._stands_alone(start.text):
                while end < len(lines) and self._continues(start.text, lines[end].text):
                    end += 1
            blocks.append(self._block(lines[at:end]))
            at = end
        return blocks

    @staticmethod
    def _stands_alone(text: str) -> bool:
        return text.startswith("#") or text == "---" or PICTURE.fullmatch(text) is not None

    def _continues(self, first: str, text: str) -> bool:
        if not text.strip() or text.startswith(":::") or self._stands_alone(text):
            return False
        return first.startswith(">") or not text.startswith(">")

    @staticmethod
    def _closing(lines: list[Line], opening: int) -> int:
        for at in range(opening + 1, len(lines)):
            if lines[at].text == ":::":
                return at
            if lines[at].text.startswith(":::"):
                break
        raise ManuscriptError(lines[opening].number, f"“{lines[opening].text}” is never closed; add a line “:::”")

    def _container(self, opening: Line, inside: list[Line]) -> str:
        kind, _, title = opening.text[3:].strip().partition(" ")
        if not any(line.text.strip() for line in inside):
            raise ManuscriptError(opening.number, f"“{opening.text}” holds nothing")
        if kind == "pullquote":
            return self._pullquote(inside)
        if kind == "gallery":
            return self._gallery(inside)
        if kind == "factbox":
            if not title.strip():
                raise ManuscriptError(opening.number, "a factbox needs a title: “:::factbox Title”")
            heading = self._heading(3, self._inline(title.strip(), opening.number))
            content = "\n\n".join([heading, *self._blocks(inside)])
            return (
                '<!-- wp:group {"className":"is-style-factbox","layout":{"type":"constrained"}} -->\n'
                f'<div class="wp-block-group is-style-factbox">{content}</div>\n<!-- /wp:group -->'
            )
        raise ManuscriptError(opening.number, f"no container “{kind}”; there are pullquote, factbox and gallery")

    def _block(self, lines: list[Line]) -> str:
        first = lines[0]
        text = first.text
        if match := re.fullmatch(r"(#{1,6})\s*(.*)", text):
            level = len(match[1])
            if level not in (2, 3) or not match[2]:
                raise ManuscriptError(first.number, "subheads are “## Words” or “### Words”")
            return self._heading(level, self._inline(match[2], first.number))
        if text == "---":
            return '<!-- wp:separator -->\n<hr class="wp-block-separator has-alpha-channel-opacity"/>\n<!-- /wp:separator -->'
        if match := PICTURE.fullmatch(text):
            return self._picture(match[2], match[1], first.number)
        if text.startswith(">"):
            return self._quote(lines)
        if text.startswith("|"):
            return self._table(lines)
        if ITEM.fullmatch(text):
            return self._list(lines)
        return self._paragraph(self._joined(lines))

    def _joined(self, lines: list[Line]) -> str:
        return " ".join(self._inline(line.text.strip(), line.number) for line in lines)

    @staticmethod
    def _paragraph(markup: str) -> str:
        return f"<!-- wp:paragraph -->\n<p>{markup}</p>\n<!-- /wp:paragraph -->"

    @staticmethod
    def _heading(level: int, markup: str) -> str:
        attributes = "" if level == 2 else f' {{"level":{level}}}'
        return f'<!-- wp:heading{attributes} -->\n<h{level} class="wp-block-heading">{markup}</h{level}>\n<!-- /wp:heading -->'

    def _picture(self, name: str, caption: str, line: int) -> str:
        try:
            attached = self._attach(name)
        except ValueError as error:
            raise ManuscriptError(line, str(error)) from error
        under = f'<figcaption class="wp-element-caption">{self._inline(caption, line)}</figcaption>' if caption else ""
        return (
            f'<!-- wp:image {{"id":{attached.id},"sizeSlug":"large","linkDestination":"none"}} -->\n'
            f'<figure class="wp-block-image size-large"><img src="{escape(attached.url)}" alt="{escape(attached.alt)}" '
            f'class="wp-image-{attached.id}"/>{under}</figure>\n<!-- /wp:image -->'
        )

    def _gallery(self, lines: list[Line]) -> str:
        pictures = []
        for line in lines:
            if not line.text.strip():
                continue
            match = PICTURE.fullmatch(line.text.strip())
            if match is None:
                raise ManuscriptError(line.number, "a gallery holds only lines like ![caption](picture-name)")
            pictures.append(self._picture(match[2], match[1], line.number))
        nested = "\n\n".join(pictures)
        return (
            '<!-- wp:gallery {"linkTo":"none"} -->\n'
            f'<figure class="wp-block-gallery has-nested-images columns-default is-cropped">{nested}</figure>\n'
            "<!-- /wp:gallery -->"
        )

    def _words_and_source(self, lines: list[Line]) -> tuple[list[str], str]:
        """The quotation's paragraphs, and who said it when its last line begins with a dash."""
        while lines and not lines[-1].text.strip():
            lines = lines[:-1]
        cite = ""
        if len(lines) > 1 and lines[-1].text.startswith("— "):
            cite = f"<cite>{self._inline(lines[-1].text[2:].strip(), lines[-1].number)}</cite>"
            lines = lines[:-1]
        paragraphs: list[str] = []
        gathered: list[Line] = []
        for line in [*lines, Line(0, "")]:
            if line.text.strip():
                gathered.append(line)
            elif gathered:
                paragraphs.append(self._joined(gathered))
                gathered = []
        return paragraphs, cite

    def _quote(self, lines: list[Line]) -> str:
        paragraphs, cite = self._words_and_source([Line(n.number, n.text.lstrip(">").strip()) for n in lines])
        if not paragraphs:
            raise ManuscriptError(lines[0].number, "a quotation without words")
        content = "\n\n".join(self._paragraph(p) for p in paragraphs)
        return f'<!-- wp:quote -->\n<blockquote class="wp-block-quote">{content}{cite}</blockquote>\n<!-- /wp:quote -->'

    def _pullquote(self, lines: list[Line]) -> str:
        paragraphs, cite = self._words_and_source([Line(n.number, n.text.strip()) for n in lines])
        content = "".join(f"<p>{p}</p>" for p in paragraphs)
        return (
            f'<!-- wp:pullquote -->\n<figure class="wp-block-pullquote"><blockquote>{content}{cite}</blockquote></figure>\n'
            "<!-- /wp:pullquote -->"
        )

    def _list(self, lines: list[Line]) -> str:
        items: list[str] = []
        for line in lines:
            match = ITEM.fullmatch(line.text)
            inline = self._inline(match[1] if match else line.text.strip(), line.number)
            if match:
                items.append(inline)
            elif line.text.startswith(" ") and not ITEM.fullmatch(line.text.strip()):
                items[-1] += f" {inline}"
            else:
                raise ManuscriptError(line.number, "lists are flat; every item starts with “- ” or “1. ”")
        ordered = lines[0].text[0].isdigit()
        tag, attributes = ("ol", ' {"ordered":true}') if ordered else ("ul", "")
        content = "\n\n".join(f"<!-- wp:list-item -->\n<li>{item}</li>\n<!-- /wp:list-item -->" for item in items)
        return f'<!-- wp:list{attributes} -->\n<{tag} class="wp-block-list">{content}</{tag}>\n<!-- /wp:list -->'

    def _table(self, lines: list[Line]) -> str:
        if len(lines) < 3 or not TABLE_RULE.fullmatch(lines[1].text):
            raise ManuscriptError(lines[0].number, "a table is a header row, a row of “---” and at least one row")
        rows: list[list[str]] = []
        for line in (lines[0], *lines[2:]):
            if not line.text.startswith("|"):
                raise ManuscriptError(line.number, "every row of a table starts with “|”")
            cells = line.text.strip().strip("|").split("|")
            if rows and len(cells) != len(rows[0]):
                raise ManuscriptError(line.number, f"this row has {len(cells)} cells, the table’s header {len(rows[0])}")
            rows.append([self._inline(cell.strip(), line.number) for cell in cells])
        head = "".join(f"<th>{cell}</th>" for cell in rows[0])
        body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[1:])
        return (
            '<!-- wp:table -->\n<figure class="wp-block-table"><table class="has-fixed-layout">'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></figure>\n<!-- /wp:table -->"
        )

    def _inline(self, text: str, line: int) -> str:
        if PICTURE.search(text):
            raise ManuscriptError(line, "a picture stands on a line of its own: ![caption](picture-name)")
        if text.startswith(":::"):
            raise ManuscriptError(line, "“:::” closes nothing here")
        markup, at = [], 0
        for match in LINK.finditer(text):
            markup.append(self._styled(text[at : match.start()]))
            try:
                target = self._address(match[2])
            except ValueError as error:
                raise ManuscriptError(line, str(error)) from error
            markup.append(f'<a href="{escape(target)}">{self._styled(match[1])}</a>')
            at = match.end()
        markup.append(self._styled(text[at:]))
        return "".join(markup)

    @staticmethod
    def _styled(text: str) -> str:
        strong = STRONG.sub(r"<strong>\1</strong>", escape(text, quote=False))
        return EMPHASIS.sub(lambda m: f"<em>{m[1] or m[2]}</em>", strong)
