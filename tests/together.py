"""Several who read and several who write at once, in threads over a database that is a file; afterwards no stored page is stale, and none tells a secret.

    python -m tests.together [--times 2] [--seed 7] [--database EMPTY]

It prints one line per walk and ends with status 1 at the first after which something is wrong.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path
from typing import Any

from tests.breaking_off import Place, apart, fill, set_up_django, warm_up

READERS, WRITERS, WRITES_EACH = 3, 2, 8


def paper() -> Any:
    """A small publication with readers, as the tests of stale pages have it."""
    from django.conf import settings

    from broadsheet.fronts.actions import found_publication
    from tests import conftest
    from tests.reader.test_stale import Paper

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    front = found_publication(name="The Tern", by=None)
    make_section = conftest.make_section._get_wrapped_function()(front)
    make_story = conftest.story_maker(make_section("News"), by_hand=True)
    return Paper(front, make_section, make_story)


def walk(seed: int, said: Path) -> int:
    """Read and write at once, then look; what is wrong is said in a file."""
    from django.db import connections

    from broadsheet.delivery import purging
    from broadsheet.delivery.verifying import verify
    from tests.reader.test_leaks import MARK
    from tests.reader.test_stale_walk import everything_stored

    made, wrong, ended = paper(), list[str](), threading.Event()
    purging.carry_out()
    purging.settled(60)
    paths = sorted(set(made.paths()))
    readers = [threading.Thread(target=_read, args=(seed * 10 + n, paths, ended, wrong)) for n in range(READERS)]
    writers = [threading.Thread(target=_write, args=(seed * 10 + n, made, wrong)) for n in range(WRITERS)]
    for one in (*readers, *writers):
        one.start()
    for one in writers:
        one.join()
    ended.set()
    for one in readers:
        one.join()
    # What a worker does for those who died before they came to it; nobody did.
    if not purging.settled(60):
        wrong.append("pages are rendered again for ever")
    left = purging.carry_out()
    if left:
        wrong.append(f"{left} pages waited for a worker")
    purging.settled(60)
    stored = 0
    for path, difference in verify():
        stored += 1
        if difference:
            wrong.append(f"{path} {difference.why}")
    wrong += [f"{file} tells a secret" for file, body in everything_stored() if MARK.encode() in body.lower()]
    said.write_text(f"{stored} pages stored" + "".join(f"; {one}" for one in wrong))
    connections.close_all()
    return 1 if wrong else 0


def _read(seed: int, paths: list[str], ended: threading.Event, wrong: list[str]) -> None:
    """Ask the edge for pages, in front of Django."""
    from django.core.wsgi import get_wsgi_application
    from django.db import connections

    from broadsheet.delivery import purging
    from broadsheet.delivery.edge import Edge
    from broadsheet.delivery.rendering import request_for

    edge, chance = Edge(get_wsgi_application(), purging.shelf().store, hosts=["127.0.0.1"]), random.Random(seed)
    try:
        while not ended.is_set():
            told: list[str] = []
            path = chance.choice(paths)
            # Fronts are asked for all the time, so that they are hot.
            body = edge(
                {**request_for(chance.choice([path, "/", "/latest/"])).environ}, lambda status, headers, told=told: told.append(status)
            )
            b"".join(body)
            if told[-1][:3] not in {"200", "301", "302", "404", "410"}:
                wrong.append(f"{path} answered {told[-1]}")
            # In every other walk nothing is hot: what is written is removed, and rendered by whoever reads it next.
            if seed // 10 % 2:
                purging.shelf().catalogue.asked(edge.take_asked(), int(time.time()))
    except Exception:
        wrong.append(traceback.format_exc())
    finally:
        connections.close_all()


def _write(seed: int, made: Any, wrong: list[str]) -> None:
    from django.db import connections

    from tests.reader.test_stale import WRITES
    from tests.reader.test_stale_walk import OWN, write

    chance = random.Random(seed)
    try:
        for number in range(WRITES_EACH):
            # What replaces every page hides what went before: in two of three walks there is little of that.
            if seed // 10 % 3 and number:
                _headline(made, chance)
            else:
                write(made, chance.choice(sorted([*WRITES, *OWN])), chance.randrange(9))
    except Exception:
        wrong.append(traceback.format_exc())
    finally:
        connections.close_all()


def _headline(made: Any, chance: random.Random) -> None:
    from broadsheet.stories.models import Story

    story = Story.objects.filter(pk=chance.choice(made.stories).pk, live=True).first()
    if story is not None:
        story.title, story.change_kind = f"Headline {chance.random()}", "minor"
        story.save_revision().publish()


def main() -> int:
    """Walk so many times, each in a process of its own over an empty database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", type=Path, help="an empty database with all tables, to save the migrations")
    parser.add_argument("--times", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        data, said = Path(name) / "data", Path(name) / "said"
        os.environ["BROADSHEET_URL"] = "http://127.0.0.1:8000"
        set_up_django(data)
        warm_up()
        fill(data, args.database)
        place = Place(data)
        for number in range(args.seed, args.seed + args.times):
            place.set_back()
            shutil.rmtree(data / "store", ignore_errors=True)
            began = time.monotonic()
            status = apart(lambda number=number: walk(number, said))
            text = said.read_text() if said.exists() else f"ended with status {status}"
            print(f"walk {number}: {text}; {time.monotonic() - began:.1f} s{'' if status else ': same'}", flush=True)
            if status:
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
