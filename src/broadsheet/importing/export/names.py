"""How records name what outlives no database: pictures, files, moments."""

from __future__ import annotations

import datetime as dt
from typing import Any

Record = dict[str, Any]


def moment(value: dt.datetime | None) -> str | None:
    """A moment in UTC as RFC 3339 has it, to the microsecond."""
    return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z") if value else None


def picture_id(pk: int | None) -> str:
    """How records name a picture; nothing for none."""
    return f"picture-{pk}" if pk else ""


def file_id(pk: int | None) -> str:
    """How records name a file to download; nothing for none."""
    return f"file-{pk}" if pk else ""
