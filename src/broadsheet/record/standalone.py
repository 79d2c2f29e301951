"""The one file with which a reader checks a story: `proving` and `checking` together, as they are."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from broadsheet.record import checking, proving

_OURS = re.compile(r"^from broadsheet\.record\.proving import \(.*?^\)\n", re.M | re.S)
_HEAD = re.compile(r'\A""".*?"""\n+(?:from __future__ import annotations\n+)', re.S)


@cache
def source() -> str:
    """Python that needs nothing but Python."""
    head, proofs = (Path(str(module.__file__)).read_text() for module in (checking, proving))
    return _OURS.sub(lambda _match: "\n" + _HEAD.sub("", proofs) + "\n", head, count=1)
