"""The field running text is written in."""

from __future__ import annotations

import re
from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea

from broadsheet.desk.marking import for_the_editor

_OPEN = re.compile(r"<(br|hr)\s*>", re.I)


class ProseArea(DraftailRichTextArea):
    """Wagtail's, for texts it did not write itself: of a line break as HTML writes it, `<br>`, it waits for the end and fails."""

    def format_value(self, value: Any) -> Any:
        """What the editor begins with."""
        return super().format_value(for_the_editor(_OPEN.sub(r"<\1/>", value)) if isinstance(value, str) else value)
