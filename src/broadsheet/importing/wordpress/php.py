"""PHP's serialised values, as WordPress keeps them in meta rows; objects are read as dictionaries and never created."""

from __future__ import annotations

MAX_DEPTH = 40
Value = None | bool | int | float | str | dict[str | int, "Value"]  # type: ignore[misc]


class NotSerialised(ValueError):
    """The text is not one complete serialised PHP value."""


def loads(text: str) -> Value:
    """The value. Arrays and objects come out as dictionaries."""
    data = text.encode("utf-8", "surrogatepass")
    try:
        value, end = _value(data, 0, 0)
    except (IndexError, ValueError, RecursionError) as error:
        raise NotSerialised(str(error) or "cut off") from None
    if end != len(data.rstrip()):
        raise NotSerialised("text follows the value")
    return value


def _until(data: bytes, at: int, mark: bytes) -> tuple[bytes, int]:
    end = data.index(mark, at)
    return data[at:end], end + 1


def _string(data: bytes, at: int) -> tuple[str, int]:
    size, at = _until(data, at, b":")
    end = at + 1 + int(size)
    if int(size) < 0 or data[at : at + 1] != b'"' or data[end : end + 1] != b'"':
        raise NotSerialised("a string's length does not fit")
    return data[at + 1 : end].decode("utf-8", "replace"), end + 1


def _pairs(data: bytes, at: int, depth: int) -> tuple[dict[str | int, Value], int]:
    size, at = _until(data, at, b":")
    if data[at : at + 1] != b"{":
        raise NotSerialised("an array without a bracket")
    at += 1
    pairs: dict[str | int, Value] = {}
    for _ in range(int(size)):
        key, at = _value(data, at, depth + 1)
        if not isinstance(key, str | int):
            raise NotSerialised("a key that is neither text nor number")
        pairs[key], at = _value(data, at, depth + 1)
    if data[at : at + 1] != b"}":
        raise NotSerialised("an array that does not end")
    return pairs, at + 1


def _value(data: bytes, at: int, depth: int) -> tuple[Value, int]:
    if depth > MAX_DEPTH:
        raise NotSerialised("nested too deep")
    kind, at = data[at : at + 2], at + 2
    if kind == b"N;":
        return None, at
    if kind in (b"i:", b"b:", b"d:", b"R:", b"r:"):
        raw, at = _until(data, at, b";")
        if kind == b"i:":
            return int(raw), at
        if kind == b"d:":
            return float(raw), at
        return (raw == b"1", at) if kind == b"b:" else (None, at)
    if kind == b"s:":
        text, at = _string(data, at)
        if data[at : at + 1] != b";":
            raise NotSerialised("a string that does not end")
        return text, at + 1
    if kind == b"a:":
        return _pairs(data, at, depth)
    if kind == b"O:":
        _, at = _string(data, at)
        return _pairs(data, at + 1, depth)
    raise NotSerialised(f"unknown type at byte {at - 2}")
