"""What the desk asks for: a file, then where the story goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.importing.documents.reading import ENDINGS, MAX_BYTES
from broadsheet.stories.models import Section
from broadsheet.stories.queries import SectionTree


class DocumentForm(forms.Form):
    """The upload."""

    document = forms.FileField(
        label=_("Document"), max_length=200,
        help_text=_("Word (.docx), OpenDocument (.odt), a saved web page (.html), Markdown (.md) or plain text (.txt), at most 30 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
    )  # fmt: skip

    def clean_document(self) -> Any:
        """Refuse what is too large before it is read."""
        document = self.cleaned_data["document"]
        if document.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 30 MB. Send the text and the pictures apart."))
        return document


class PlaceForm(forms.Form):
    """Where the draft goes and which date it will carry."""

    section = forms.ChoiceField(label=_("Section"), error_messages={"required": _("Choose a section.")})
    keep_date = forms.BooleanField(label=_("Publish with the document's date"), required=False)

    def __init__(self, *args: Any, sections: list[Section], has_date: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tree = SectionTree.read()
        named = [(str(s.pk), " › ".join(above.name for above in tree.line(s.path))) for s in sections]
        self.fields["section"].choices = [("", "—"), *named]  # type: ignore[attr-defined]
        if not has_date:
            del self.fields["keep_date"]
