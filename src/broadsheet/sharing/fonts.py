"""Fonts of this machine that cards are set in: which there are, and which letters each has. None are shipped, none are downloaded."""

from __future__ import annotations

import logging
import os
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

from broadsheet.conf import options

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/System/Library/Fonts", "/Library/Fonts")
logger = logging.getLogger("broadsheet.sharing")
_BOLD = re.compile(r"^(Noto(?:Serif|Sans|Naskh|Nastaliq)[A-Za-z]*|DejaVu(?:Serif|Sans)|Liberation(?:Serif|Sans))-Bold\.(?:ttf|otf|ttc)$")
# Made for other sizes or purposes than a headline, or spaced like a typewriter.
_UNSUITED = re.compile(r"Mono|Display|Condensed|UI$|Unjoined")
NASTALIQ = frozenset({"ur", "ks", "pnb", "skr"})
"""Languages that are read in Nastaliq."""
FACES = {"ja": 0, "ko": 1, "zh": 2, "zh-tw": 3, "zh-hk": 4, "zh-hant": 3}
"""Which face of Noto's CJK collections has a language's forms."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font file and which of its faces."""

    path: str
    index: int = 0

    @property
    def name(self) -> str:
        """Of the family, as the file has it."""
        return Path(self.path).name.partition("-")[0]

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The font in a size of so many pixels."""
        return _opened(self.path, self.index, size)

    def has(self, letter: str) -> bool:
        """Whether it has a shape for a letter."""
        return ord(letter) in letters(self.path, self.index)


@lru_cache(maxsize=64)
def _opened(path: str, index: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index=index, layout_engine=ImageFont.Layout.RAQM)


def _folders() -> Iterator[Path]:
    # A newsroom's own come first.
    if options.site:
        yield Path(options.site).resolve() / "fonts"
    yield from (Path(folder).expanduser() for folder in FOLDERS)


@cache
def files() -> dict[str, str]:
    """{family: bold file} of the families that can set a headline."""
    found: dict[str, str] = {}
    for folder in _folders():
        for above, _below, names in os.walk(folder):
            for name in sorted(names):
                family = _BOLD.match(name)
                if family and not _UNSUITED.search(family[1]):
                    found.setdefault(family[1], os.path.join(above, name))
    return found


def choices(language: str, *, serif: bool = True) -> Sequence[Face]:
    """The faces to be tried for a letter, the best for a language first."""
    return _choices(language.lower(), serif)


@lru_cache(maxsize=128)
def _choices(language: str, serif: bool) -> Sequence[Face]:
    families = files()
    own, first = language.split("-")[0], ("Serif", "Sans") if serif else ("Sans", "Serif")
    arabic = ("NotoNastaliqUrdu", "NotoNaskhArabic") if own in NASTALIQ else ("NotoNaskhArabic", "NotoSansArabic", "NotoNastaliqUrdu")
    plain = [f"{maker}{style}" for maker in ("Noto", "DejaVu", "Liberation") for style in first]
    east = [f"Noto{style}CJK" for style in first]
    named = [*plain[:2], *arabic, *east]
    scripts = sorted(name for name in families if name.startswith("Noto") and name not in named)
    scripts.sort(key=lambda name: first[1] in name)
    face = FACES.get(language, FACES.get(own, 2))
    return tuple(Face(families[name], face if name in east else 0) for name in (*named, *scripts, *plain[2:]) if name in families)


@cache
def letters(path: str, index: int = 0) -> frozenset[int]:
    """The code points that a font has shapes for, from its character map (OpenType, “cmap”); none of a file that is no font."""
    try:
        return frozenset(_letters(Path(path).read_bytes(), index))
    except (OSError, struct.error, IndexError) as error:
        logger.warning("the font %s cannot be read and is left out: %s", path, error)
        return frozenset()


def _letters(data: bytes, index: int) -> Iterator[int]:
    start = struct.unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
    for number in range(struct.unpack_from(">H", data, start + 4)[0]):
        tag, _sum, offset, _length = struct.unpack_from(">4sIII", data, start + 12 + 16 * number)
        if tag == b"cmap":
            best = max(_tables(data, offset), default=None)
            if best:
                yield from (_segments if best[0] == 4 else _groups)(data, best[1])


def _tables(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """(format, place) of the Unicode maps in a cmap; 12 knows all planes, 4 the first."""
    for number in range(struct.unpack_from(">H", data, start + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * number)
        form = struct.unpack_from(">H", data, start + offset)[0]
        if form in (4, 12) and (platform == 0 or (platform, encoding) in ((3, 1), (3, 10))):
            yield form, start + offset


def _groups(data: bytes, start: int) -> Iterator[int]:
    for number in range(min(struct.unpack_from(">I", data, start + 12)[0], 100_000)):
        first, last, glyph = struct.unpack_from(">III", data, start + 16 + 12 * number)
        yield from range(first + (glyph == 0), min(last, 0x10FFFF) + 1)


def _segments(data: bytes, start: int) -> Iterator[int]:
    count = struct.unpack_from(">H", data, start + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, start + 14)
    starts = struct.unpack_from(f">{count}H", data, start + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", data, start + 16 + 4 * count)
    at = start + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", data, at)
    for number in range(count):
        for code in range(starts[number], ends[number] + 1):
            if code == 0xFFFF:
                continue
            if not offsets[number]:
                glyph = (code + deltas[number]) & 0xFFFF
            else:
                glyph = struct.unpack_from(">H", data, at + 2 * number + offsets[number] + 2 * (code - starts[number]))[0]
            if glyph:
                yield code
