"""The catalogues of the reader's interface: `python tools/translations.py` takes in new texts and compiles them.

Only what readers see is translated: the public templates and the few modules named here. Texts that are no longer used
are dropped; new ones are left empty and listed. No gettext programs are needed.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1] / "src" / "broadsheet"
LOCALE = SOURCE / "locale"
LANGUAGES = ("ar", "bn", "de", "es", "fa", "fr", "hi", "id", "ja", "pt", "ru", "tr", "ur", "zh_Hans")
TEMPLATES = SOURCE / "theme" / "templates" / "broadsheet"
NOT_FOR_READERS = {"patterns.html"}
MODULES = (
    "fronts/filling.py", "importing/groups.py", "reader/changes.py", "reader/evidence.py", "reader/letters.py", "reader/machines.py",
    "reader/on_record.py", "reader/pages.py", "reader/report_pages.py", "reader/reporting.py", "reader/republishing.py", "reader/searching.py",
    "reader/views.py", "record/evidence.py", "record/models.py", "record/reports/models.py", "record/reports/taking.py", "stories/cards.py",
    "syndication/corrections.py",
)  # fmt: skip


def messages() -> Catalog:
    """Every text a reader may see, with the files it stands in."""
    found = Catalog()
    templates = [p for p in sorted(TEMPLATES.rglob("*.html")) if p.name not in NOT_FOR_READERS]
    for path in [*templates, *(SOURCE / name for name in MODULES)]:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            text = templatize(text, origin=str(path))
        for _line, message, _comments, context in extract("python", BytesIO(text.encode()), keywords=DEFAULT_KEYWORDS):
            found.add(message, context=context, locations=[(path.relative_to(SOURCE).as_posix(), None)])
    return found


def folder(language: str) -> Path:
    """Where a language's catalogue lies."""
    return LOCALE / language / "LC_MESSAGES"


def read(language: str) -> Catalog:
    """A language's catalogue as it is kept; empty when there is none."""
    path = folder(language) / "django.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """What gettext reads; the same catalogue gives the same bytes."""
    catalogue.creation_date = catalogue.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def written(catalogue: Catalog) -> bytes:
    """The catalogue as text, without dates, so that nothing changes by itself."""
    out = BytesIO()
    write_po(out, catalogue, width=140, sort_output=True, omit_header=False, include_lineno=False, ignore_obsolete=True)
    lines = out.getvalue().split(b"\n")
    return b"\n".join(
        line
        for line in lines
        if not line.startswith((b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Report-Msgid-Bugs-To'))
    )


def main() -> int:
    """Bring all catalogues up to date; 1 when a text waits for its translation."""
    template, missing = messages(), 0
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True)
        folder(language).mkdir(parents=True, exist_ok=True)
        (folder(language) / "django.po").write_bytes(written(catalogue))
        (folder(language) / "django.mo").write_bytes(compiled(read(language)))
        for message in catalogue:
            if message.id and not all(message.string if isinstance(message.string, tuple) else [message.string]):
                print(f"{language}: {message.id!r} waits for its translation")
                missing = 1
    return missing


if __name__ == "__main__":
    sys.exit(main())
