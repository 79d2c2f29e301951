"""The field that finds by typing; `static/broadsheet/desk/picker.js` is its other half."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.staticfiles import versioned_static

from broadsheet.desk.finding import SOURCES


class Picker(forms.Widget):
    """Chooses among any number of topics, people, lists or sections; only what is chosen is ever in the page.

    Without JavaScript the chosen ones are boxes to untick, and whole names, separated by semicolons, add others.
    """

    template_name = "broadsheet/desk/picker.html"
    choices: Any = ()

    def __init__(self, source: str, *, multiple: bool = True, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs)
        self.source = source
        self.multiple = multiple

    @cached_property
    def media(self) -> forms.Media:
        """Its script."""
        return forms.Media(js=[versioned_static("broadsheet/desk/picker.js")])

    def use_required_attribute(self, initial: Any) -> bool:
        """The text is empty as soon as something is chosen."""
        return False

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """The text field's."""
        return id_

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Ids as text, and names that are not known as they were typed, for the field to complain about."""
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        values = [values] if isinstance(values, (str, int)) else list(values or [])
        typed = str(data.get(f"{name}-names", "") or "")
        for text in typed.split(";") if self.multiple else [typed]:
            if text.strip():
                values.append(str(SOURCES[self.source].named(text) or text.strip()))
        if self.multiple:
            return values
        return values[-1] if values else None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Nothing chosen looks like this, as with boxes that are not ticked."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What is chosen, and what the script needs."""
        context = super().get_context(name, value, attrs)
        values = value if isinstance(value, (list, tuple)) else [] if value in (None, "") else [value]
        context["widget"]["chosen"] = SOURCES[self.source].chosen(values)
        context["widget"]["multiple"] = self.multiple
        context["widget"]["find_url"] = reverse("desk_find", args=[self.source])
        context["widget"]["create_url"] = reverse("desk_create_topic") if self.source == "topics" else ""
        context["widget"]["texts"] = json.dumps(
            {
                "remove": _("Remove %(name)s"), "added": _("%(name)s added"), "removed": _("%(name)s removed"),
                "none": _("Nothing is called that"), "found": _("%(count)s suggestions"), "create": _("Make the topic “%(name)s”"),
                "pending": _("“%(name)s” is not added: choose a suggestion with the arrow keys and Enter."),
                "failed": _("No suggestions: the desk did not answer. Are you still signed in?"), "chosen": _("chosen"),
            }
        )  # fmt: skip
        return context

    def format_value(self, value: Any) -> Any:
        """As it is: the template shows what is chosen, not a value."""
        return value
