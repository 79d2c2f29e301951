"""Bytes of a text file → its characters."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.-]{2,40})""", re.I)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# What browsers take these names for.
_AS_BROWSERS = {"iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
                "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-9": "cp1254", "shift_jis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949"}  # fmt: skip
_SAMPLE = 64 * 1024


def decode(content: bytes, *, is_html: bool = False) -> tuple[str, str]:
    """(text, name of its encoding): by its mark, UTF-8 when it is that, else as it declares, else as it most looks like."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace"), name.removesuffix("-sig")
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # One broken byte in a long text is damage, not another encoding.
        damage = content[error.start :]
        if error.start > 2000 and sum(byte > 127 for byte in content[: error.start]) > 20 and b"\xff" not in damage[:1]:
            return content.decode("utf-8", "replace"), "utf-8"
    declared = (_DECLARED.search(content[:4096]) or _XML.search(content[:400])) if is_html else None
    if declared:
        name = declared[1].decode("ascii").casefold()
        try:
            name = codecs.lookup(_AS_BROWSERS.get(name, name)).name
            return content.decode(name, "replace"), name
        except (LookupError, UnicodeError):
            pass
    guess = from_bytes(content[:_SAMPLE]).best()
    name = guess.encoding if guess else "cp1252"
    name = _AS_BROWSERS.get(name.replace("_", "-"), name)
    return content.decode(name, "replace"), name
