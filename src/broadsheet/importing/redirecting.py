"""The old site's own redirects, taken over: named addresses as redirects of the desk, patterns as rows that are asked after them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, unquote, urlsplit

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log

from broadsheet.importing.forwarding import is_here, leads_to
from broadsheet.importing.models import ImportRun, SourceRedirect, SourceSite
from broadsheet.importing.reconcile import EDITED, Tally
from broadsheet.importing.records import Reroute
from broadsheet.importing.rerouting import named
from broadsheet.importing.survey import Oddities
from broadsheet.people.models import User

LONGEST = 255
HIDDEN = "redirect from an address at which a page is: the page is shown"
THERE = "redirect from an address that has one here already: that one counts"


@transaction.atomic
def take_over(site: SourceSite, run: ImportRun, reroutes: Sequence[Reroute], tally: Tally, odd: Oddities) -> None:
    """Bring in what is new, change what changed there and nobody has changed or deleted here; safe to repeat."""
    tally.in_file = len(reroutes)
    rows = {row.source: row for row in site.redirects.select_related("redirect")}
    for position, told in enumerate(reroutes):
        row, path = rows.get(told.source), named(told.source)
        if len(_kept(path)) > LONGEST:
            # The desk's redirects hold no such address; as a pattern it is asked whole.
            _say(path, odd)
            path = ""
        if row is None:
            row = SourceRedirect(site=site, source=told.source, is_pattern=not path, run=run, outcome="imported")
            if path and not _made(row, told, path, odd):
                row.redirect = None
        elif (row.to, row.permanent, row.position) == (told.to, told.permanent, position):
            _say(path, odd)
            tally.count(row.outcome_in(run))
            continue
        elif not row.is_pattern and not _changed(row, told, odd, path):
            tally.skip(EDITED, told.source)
            continue
        else:
            row.run, row.outcome = run, row.outcome if row.run_id == run.pk else "updated"
        row.to, row.permanent, row.position = told.to, told.permanent, position
        row.save()
        tally.count(row.outcome)


def withdraw(*, row: SourceRedirect, by: User) -> None:
    """Answer a pattern no longer; newer exports do not bring it back."""
    SourceRedirect.objects.filter(pk=row.pk).update(is_pattern=False)
    log(instance=row, action="wagtail.delete", user=by, title=f"{row.source} → {row.to}"[:255])


def _made(row: SourceRedirect, told: Reroute, path: str, odd: Oddities) -> bool:
    old = _kept(path)
    _say(path, odd)
    if Redirect.objects.filter(old_path=old).exists():
        odd.add(THERE, path)
        return False
    row.redirect = Redirect.objects.create(old_path=old, redirect_link=_end(told.to), is_permanent=told.permanent)
    return True


def _say(path: str, odd: Oddities) -> None:
    if path and is_here(path):
        odd.add(HIDDEN, path)


def _kept(path: str) -> str:
    """An address as the desk's redirects keep it."""
    return Redirect.normalise_path(quote(path, safe="/:@!$&'()*+,;=~-._"))


def _changed(row: SourceRedirect, told: Reroute, odd: Oddities, path: str) -> bool:
    """Change the desk's redirect as it was changed there, unless somebody has changed or deleted it here."""
    _say(path, odd)
    here = row.redirect
    if here is None or (here.redirect_link, here.is_permanent) != (_end(row.to), row.permanent):
        return False
    here.redirect_link, here.is_permanent = _end(told.to), told.permanent
    here.save()
    return True


def _end(to: str) -> str:
    """Where a target is here: nobody is sent on twice when it is an old address too."""
    parts = urlsplit(to)
    if parts.netloc or parts.query:
        return to
    further = leads_to(unquote(parts.path))
    end = quote(further, safe="/:@!$&'()*+,;=~-._?=") + (f"#{parts.fragment}" if parts.fragment else "")
    return end if further and len(end) <= 255 else to
