"""Who the authors of the old site are here: asked of the database, for an old site may have had any number of them."""

from __future__ import annotations

from collections.abc import Collection

from broadsheet.importing.models import ImportRun, SourceSite

REMEMBERED = 5000
LONGEST = 255


class Signers:
    """People by the login that an author had at the old site."""

    def __init__(self, site: SourceSite, run: ImportRun) -> None:
        self.site, self.run = site, run
        self._known: dict[str, tuple[int, str] | None] = {}

    def __contains__(self, login: str) -> bool:
        return self._of(login) is not None

    def __getitem__(self, login: str) -> int:
        """Their id. Raises KeyError for a login that nobody had."""
        if (known := self._of(login)) is None:
            raise KeyError(login)
        return known[0]

    def outcome(self, login: str) -> str:
        """What the run did to someone."""
        known = self._of(login)
        return known[1] if known else "unchanged"

    def look_up(self, logins: Collection[str]) -> None:
        """Ask for several at once."""
        found = self.site.people.filter(login__in={login[:LONGEST] for login in logins})
        rows = {row.login: (row.person_id, row.outcome_in(self.run)) for row in found}
        self._room(len(logins))
        self._known.update({login: rows.get(login[:LONGEST]) for login in logins})

    def remember(self, login: str, person_id: int) -> None:
        """Someone was entered by this run."""
        self._room(1)
        self._known[login] = person_id, "imported"

    def _of(self, login: str) -> tuple[int, str] | None:
        if login not in self._known:
            self.look_up([login])
        return self._known[login]

    def _room(self, count: int) -> None:
        if len(self._known) + count > REMEMBERED:
            self._known.clear()
