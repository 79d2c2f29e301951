"""`broadsheet check`: what an operator would look at first when something is wrong."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from wagtail.models import Revision

from broadsheet.delivery.models import Lease, Task
from broadsheet.importing.one_at_a_time import alone
from broadsheet.importing.records import ImportRefused
from broadsheet.media.originals import remove_unnamed, unnamed
from broadsheet.ops.setup import missing_migrations
from broadsheet.record import log, signing, triggers
from broadsheet.record.models import Waiting
from broadsheet.record.signing import Refused
from broadsheet.search.index import FILL
from broadsheet.search.texts import texts
from broadsheet.stories import indexing, recording, relating

LATE = dt.timedelta(minutes=5)


def check() -> int:
    """Print one line per thing looked at; returns 1 when any of them needs the operator."""
    worst = 0
    for look in (_data_folder, _database, _record, _static_files, _search_index, _worker, _late_work, _related_stories, _originals):
        try:
            troubles = list(look())
        except DatabaseError as error:
            troubles = [f"the database cannot be asked ({str(error).splitlines()[0]}): run broadsheet up"]
        name = look.__name__.strip("_").replace("_", " ")
        for trouble in troubles:
            print(f"  !!  {name}: {trouble}")
        if not troubles:
            print(f"  ok  {name}{_NOTES.get(look, str)()}")
        worst |= bool(troubles)
    return worst


def _data_folder() -> Iterator[str]:
    folder = Path(settings.DATA)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield f"cannot write to {folder} ({error.strerror}): run broadsheet up, or set BROADSHEET_DATA to a folder that is yours"
    for private in (*(folder / "record").glob("key.*"), folder / "broadsheet.sqlite3", folder / "secret_key", folder / "media/originals"):
        if private.exists() and private.stat().st_mode & 0o077:
            yield f"{private} can be read by others: chmod go= {private}"


def _database() -> Iterator[str]:
    if missing := missing_migrations():
        yield f"{missing} migrations are missing: run broadsheet manage migrate"


def _record() -> Iterator[str]:
    if gone := triggers.missing():
        yield f"the database does not keep it as it was written ({', '.join(gone)} missing or altered): run broadsheet manage migrate --skip-checks, and find out why"
    if missing := recording.without_record().count():
        yield f"{missing} public stories are not in it: broadsheet record enter"
    try:
        signing.signers()
        log.guard(current := log.current(), log.size_of(current))
    except (Refused, OSError) as error:
        yield f"its log is not gone on with: {error}"
    if late := Waiting.objects.filter(change__moment__lt=timezone.now() - LATE).count():
        yield f"{late} entries are not in its log: the worker's log says why"


def _static_files() -> Iterator[str]:
    if not (Path(settings.STATIC_ROOT) / ".collected").exists():
        yield "not collected yet: broadsheet up or broadsheet serve does it"


def _search_index() -> Iterator[str]:
    if not texts().exists():
        yield "there is none: broadsheet search rebuild"
    elif (missing := indexing.missing()) < 0:
        yield f"{-missing} of its stories are not public: broadsheet search rebuild"
    elif missing and not Task.objects.filter(kind=FILL, status=Task.Status.WAITING).exists():
        yield f"{missing} public stories are not in it: broadsheet search rebuild"


def _worker() -> Iterator[str]:
    if not Lease.objects.filter(name="worker", until__gt=timezone.now()).exists():
        yield "none is running, nothing scheduled appears: start broadsheet serve or broadsheet worker"


def _late_work() -> Iterator[str]:
    for revision in late_revisions():
        yield f"“{revision.object_str}” was scheduled for {revision.approved_go_live_at:%Y-%m-%d %H:%M} UTC and is not published"
    for task in failed_tasks():
        yield f"{task.kind} {task.payload} was given up after {task.attempts} attempts: {task.error}"


def _related_stories() -> Iterator[str]:
    for story in relating.failed():
        yield f"what story {story} is about could not be worked out (the worker's log says why); it is tried again when the story is published again"


def _waiting() -> str:
    waiting = relating.waiting()
    return f" ({waiting} wait for theirs)" if waiting else ""


def _originals() -> Iterator[str]:
    yield from ()


def _left_over() -> str:
    left = list(unnamed())
    size = sum(path.stat().st_size for path in left) / 1e6
    return (
        f" ({len(left)} files, {size:.1f} MB, are left of what was killed: broadsheet check --remove-left-over deletes {left[0]} …)"
        if left
        else ""
    )


def remove_left_over() -> int:
    """Delete the originals that nothing names, and say what that was; returns 1 while an import runs, which may yet name them."""
    try:
        with alone():
            removed, size = remove_unnamed()
    except ImportRefused as refused:
        print(f"broadsheet: {refused}", file=sys.stderr)
        return 1
    print(f"  {removed} originals that nothing names deleted, {size / 1e6:.1f} MB")
    return 0


_NOTES = {_related_stories: _waiting, _originals: _left_over}


def late_revisions() -> list[Revision]:
    """Scheduled versions that should be public and are not, the longest waiting first; twenty at most."""
    return list(Revision.objects.filter(approved_go_live_at__lt=timezone.now() - LATE).order_by("approved_go_live_at")[:20])


def failed_tasks() -> list[Task]:
    """Side effects that were given up, the latest first; twenty at most."""
    return list(Task.objects.filter(status=Task.Status.FAILED).order_by("-created_at")[:20])
