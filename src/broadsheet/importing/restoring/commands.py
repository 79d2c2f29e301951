"""`broadsheet import json`: options, progress, what came in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tqdm import tqdm

from broadsheet.importing.breaking import STOPPED, remedy
from broadsheet.importing.one_at_a_time import alone
from broadsheet.importing.records import ImportRefused
from broadsheet.importing.restoring.folder import Folder
from broadsheet.importing.restoring.load import Records, is_empty, restore
from broadsheet.importing.restoring.wxr import Wxr, is_ours


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="broadsheet import json", description="Bring an export of ours into an empty publication.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="what `broadsheet export json` wrote")
    return parser


def import_json(arguments: Sequence[str]) -> int:
    """Run one import; 0 when everything is here, 1 when something differs, 2 when it was refused."""
    args = _parser().parse_args(arguments)
    return int(_status(lambda: Folder(args.folder), str(args.folder)) or 0)


def restored(files: Sequence[Path], media: Path | None) -> int | None:
    """Bring in one WXR file that is an export of ours, into an empty publication; None for what WordPress's importer is for."""

    def read() -> Wxr | None:
        if len(files) != 1 or not is_ours(files[0]):
            return None
        export = Wxr(files[0], media)
        return export if is_empty(export.address) else None

    return _status(read, str(files[0]))


def _status(read: Callable[[], Records | None], name: str) -> int | None:
    try:
        export = read()
        return None if export is None else _bring_in(export)
    except ImportRefused as refused:
        print(f"broadsheet: {refused}", file=sys.stderr)
    except STOPPED as error:
        if said := remedy(error):
            print(f"broadsheet: {said}", file=sys.stderr)
            return 1
        assert isinstance(error, OSError)  # noqa: S101
        print(f"broadsheet: {error.filename or name}: {error.strerror}", file=sys.stderr)
    return 2


def _bring_in(export: Records) -> int:
    """Restore with a progress bar and print what is here; 0 when everything is, else 1."""
    with alone(), tqdm(total=sum(export.counts.values()), unit=" records", disable=None) as bar:
        here = restore(export, progress=lambda n: (bar.update(n), None)[1])
    missing = here.pop("media without a file")
    print(", ".join(f"{count:,} {name}" for name, count in here.items()))
    if missing:
        print(f"  {missing:,} of the media have no readable file in {export.media}")
    different = {name: (count, here[name]) for name, count in export.counts.items() if here[name] != count}
    for name, (there, now) in different.items():
        print(f"  DIFFERENCE: {name}: {there:,} in the export, {now:,} here")
    return 1 if different or missing else 0
