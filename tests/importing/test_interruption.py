"""Broken off anywhere and run again, an import gives what one clean run gives; `python -m pytest -m long` tries a hundred places."""

from __future__ import annotations

import fcntl
import os
import pickle
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import fields
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError
from PIL import Image as Picture
from wagtail.blocks import StreamValue

from broadsheet.importing import ledger, preparing
from broadsheet.importing.bulk import shown_by
from broadsheet.importing.commands import import_wordpress
from broadsheet.importing.finishing import Finish
from broadsheet.importing.ledger import Ledger
from broadsheet.importing.load import Loader
from broadsheet.importing.mapping import Counterparts
from broadsheet.importing.models import SourceMedia
from broadsheet.importing.preparing import Beside, Where, prepare, prepare_beside, ready
from broadsheet.importing.records import BrokenOff, Comment, ImportRefused, Item, TermLink
from broadsheet.importing.taken import AHEAD, Taken
from broadsheet.importing.wordpress.reader import Export
from broadsheet.media.models import Document, Image
from broadsheet.people.models import Publication
from broadsheet.stories.models import Section, Story
from broadsheet.stories.typesetting import Ingredients, typeset

from .conftest import item
from .small_site import small_site

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


def break_off(empty_database: Path | None, times: int, *how: str, stories: int = 24) -> str:
    """Run the harness in a process of its own, on a copy of the empty database of the tests."""
    if empty_database is None:
        pytest.skip("breaks SQLite's file off")
    command = [sys.executable, "-m", "tests.importing.interrupted", "--stories", str(stories), "--database", str(empty_database)]
    command += ["--times", str(times), "--seed", os.environ.get("SEED", "7"), "--how", *how]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(": same") == times and "Traceback" not in done.stderr
    return done.stdout


def may_mount(folder: Path) -> bool:
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "none", folder], capture_output=True, check=False).returncode:
        return False
    return not subprocess.run(["umount", folder], check=False).returncode


def test_broken_off_and_run_again(empty_database, tmp_path) -> None:
    break_off(empty_database, 3, "kill", "cut", "disk" if may_mount(tmp_path / "small") else "full", stories=10)


@pytest.mark.long
def test_killed_at_a_hundred_random_moments(empty_database) -> None:
    break_off(empty_database, 100, "kill")


@pytest.mark.long
def test_broken_off_otherwise_sixty_times(empty_database, tmp_path) -> None:
    disk = ["disk"] if may_mount(tmp_path / "small") else []
    break_off(empty_database, 60, "cut", "helper", "cut", "interrupt", "full", *disk)


class TestCommand:
    def test_a_second_import_at_the_same_time_says_so_in_one_line(self, wxr, settings, capsys) -> None:
        settings.DATA.mkdir()
        with open(settings.DATA / "import.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            assert import_wordpress([str(wxr(item("1")))]) == 2
        said = capsys.readouterr().err
        assert "another import is running" in said and said.count("\n") == 1
        assert not Story.objects.exists()

    @pytest.mark.parametrize(("error", "says"), [("database is locked", "locked"), ("database or disk is full", "disk is full")])
    def test_a_database_that_takes_no_more_is_one_line(self, wxr, settings, capsys, monkeypatch, error, says) -> None:
        settings.DATA.mkdir()

        def fail(*args: object, **kwargs: object) -> None:
            raise OperationalError(error)

        monkeypatch.setattr(Loader, "run", fail)
        assert import_wordpress([str(wxr(item("1")))]) == 1
        said = capsys.readouterr().err
        assert says in said and "run the same command again" in said and said.count("\n") == 1

    def test_a_second_process_that_is_gone_is_one_line(self, wxr, settings, capsys, monkeypatch) -> None:
        settings.DATA.mkdir()

        def fail(*args: object, **kwargs: object) -> None:
            raise BrokenOff("the second process was ended")

        monkeypatch.setattr(Loader, "run", fail)
        assert import_wordpress([str(wxr(item("1")))]) == 1
        said = capsys.readouterr().err
        assert "ended. What is written stays; run the same command again" in said and said.count("\n") == 1

    def test_a_document_keeps_its_address(self, wxr, settings, tmp_path, monkeypatch) -> None:
        settings.DATA.mkdir()
        (tmp_path / "uploads").mkdir()
        (tmp_path / "uploads" / "paper.pdf").write_bytes(b"%PDF-1.4 paper")
        address = "<wp:attachment_url>https://tern.example/wp-content/uploads/paper.pdf</wp:attachment_url>"
        command = [str(wxr(item("9", type="attachment", status="inherit", more=address))), "--media", str(tmp_path / "uploads")]

        def cut(*args: object, **kwargs: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(SourceMedia, "save", cut)
            import_wordpress(command)
        assert not Document.objects.exists() and len(list((tmp_path / "originals" / "documents").iterdir())) == 1
        assert import_wordpress(command) == 0
        (kept,) = (tmp_path / "originals" / "documents").iterdir()
        assert Document.objects.get().file.name == f"documents/{kept.name}" and re.fullmatch(r"paper-[0-9a-f]{10}\.pdf", kept.name)


class TestWithoutHelpOfTheInterpreter:
    """The command in a process of its own, against what the operating system really refuses."""

    @pytest.fixture
    def command(self, tmp_path) -> list[str]:
        export = small_site(tmp_path / "site", 12)
        return [sys.executable, "-m", "broadsheet", "import", "wordpress", str(export), "--media", str(export.parent / "uploads")]

    def bring_in(self, command: list[str], data: Path) -> tuple[int, str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "BROADSHEET_DATA": str(data)}
        environment.pop("BROADSHEET_DATABASE_URL", None)
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    def stories(self, data: Path) -> int:
        with closing(sqlite3.connect(data / "broadsheet.sqlite3")) as database:
            return database.execute("SELECT count(*) FROM stories_story").fetchone()[0]

    def test_a_disk_that_is_full(self, empty_database, command, tmp_path) -> None:
        if empty_database is None:
            pytest.skip("fills SQLite's disk")
        if not may_mount(tmp_path / "small"):
            pytest.skip("may not mount a file system")
        size = empty_database.stat().st_size + 300_000
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", tmp_path / "small"], check=True)
        try:
            shutil.copyfile(empty_database, tmp_path / "small" / "broadsheet.sqlite3")
            status, said = self.bring_in(command, tmp_path / "small")
        finally:
            subprocess.run(["umount", "-l", tmp_path / "small"], check=True)
        assert status == 1 and "disk is full" in said and "run the same command again" in said and "Traceback" not in said

    @pytest.mark.long  # The wait for the lock is twenty seconds.
    def test_a_database_another_process_writes_to(self, empty_database, command, tmp_path) -> None:
        if empty_database is None:
            pytest.skip("locks SQLite's file")
        data = tmp_path / "data"
        data.mkdir()
        shutil.copyfile(empty_database, data / "broadsheet.sqlite3")
        with closing(sqlite3.connect(data / "broadsheet.sqlite3", isolation_level=None)) as other:
            other.execute("PRAGMA journal_mode=WAL")  # As the site itself leaves it.
            other.execute("BEGIN IMMEDIATE")
            status, said = self.bring_in(command, data)
            assert status == 1 and "locked" in said and "run the same command again" in said and "Traceback" not in said
        assert self.stories(data) == 0
        assert self.bring_in(command, data)[0] == 0 and self.stories(data) > 12


class TestTwoProcesses:
    @pytest.fixture(autouse=True)
    def always(self, monkeypatch) -> None:
        monkeypatch.setattr(preparing, "FEW", 0)

    def source(self, path: Path) -> Export:
        export = Export([path])
        for batch in export.survey.ledger.batches(10):
            export.survey.ledger.want(entry for entry in batch if entry.source_id != "3")
        return export

    def test_the_other_process_prepares_the_same(self, wxr) -> None:
        path = wxr(*(item(str(n), body=f'<p>{n} <b>b</b></p>\n\n[gallery ids="9"]') for n in range(1, 60)), item("9", type="attachment"))
        here, there = list(prepare(self.source(path))), list(prepare_beside(self.source(path)))
        assert here == there and len(here) == 59
        assert [one.entry.source_id for one in here][:3] == ["1", "2", "4"]

    def test_it_finishes_bodies_as_the_loader_would(self, wxr, front) -> None:
        out = BytesIO()
        Picture.new("RGB", (60, 40), "navy").save(out, "JPEG")
        picture = Image.objects.create(title="Quay", alt="Boats", file=ContentFile(out.getvalue(), name="quay.jpg"))
        picture.file.close()
        figure = '<figure><img class="wp-image-9" src="https://tern.example/wp-content/uploads/2024/9.jpg"></figure>'
        gone = '<figure><img src="https://tern.example/wp-content/uploads/2024/unknown.jpg"></figure>'
        bodies = ["London – It <b>rained</b>.\n\n<h2>Then</h2>\n\nNot.", f"<p>Seen.</p>{figure}", f"<p>Lost.</p>{gone}"]
        source = self.source(
            wxr(*(item(str(40 + n), body=body) for n, body in enumerate(bodies)), item("50", body="London – A page.", type="page"))
        )
        source.survey.ledger.know([("9", "2024/9.jpg", picture.pk)])
        finish = Finish(source, Where("", {}, Counterparts(), "de", True))
        report, paper = list(prepare(source)), Publication(language="de")
        for one, done in zip(report, finish(report), strict=True):
            if "Lost" in one.item.body:
                assert done == one, "the loader may have its file and take it in"
                continue
            ours = ready(one, finish._image_of, finish.ledger.document_at, Counterparts())
            made = done.ready
            assert made and (made.blocks, made.dateline) == (ours.blocks, ours.dateline) and done.blocks == [] and done.item.body == ""
            story = Story(title="S", body=StreamValue(Story().body.stream_block, ours.blocks, is_lazy=True))
            assert made.json == Story._meta.get_field("body").value_to_string(story)
            typeset_here = typeset(story, Ingredients.of_draft(story, publication=paper))
            assert (made.body.html, made.body.text, made.body.words) == (typeset_here.body_html, typeset_here.body_text, typeset_here.words)
            assert made.body.excerpt == typeset_here.card["standfirst"] != ""
            assert list(made.shows) == shown_by(Story._meta.get_field("body"), story.body), "as Wagtail's index of references has it"
        datelines = [done.ready.dateline if done.ready else None for done in finish(report)]
        assert datelines == ["London", "", None, ""]
        seen = finish(report)[1].ready
        assert (
            "<img" in seen.body.html
            and f'"image": {picture.pk}' in seen.json
            and [to_id for _type, to_id, *_ in seen.shows] == [str(picture.pk)]
        )
        assert Finish(source, Where("", {}, Counterparts(), "de", False))(report)[2].ready, "no file can come in any more"

    def test_nothing_of_a_record_is_lost_on_the_way(self) -> None:
        link = TermLink("category", "news", "News")
        comment = Comment("1", "Bo", "", "", None, "Well", "approved", "comment")
        one = Item(**{f.name: f"{f.name}!" for f in fields(Item)} | {"terms": (link,), "comments": (comment,), "meta": {"a": "b"}})
        assert pickle.loads(pickle.dumps(one, protocol=pickle.HIGHEST_PROTOCOL)) == one

    def test_what_was_kept_comes_in_whatever_becomes_of_the_file(self, wxr) -> None:
        path = wxr(*(item(str(n)) for n in range(1, 5)))
        source = self.source(path)
        path.unlink()
        assert len(list(prepare_beside(source))) == 3

    def test_an_export_that_changed_meanwhile_is_refused(self, wxr, monkeypatch) -> None:
        monkeypatch.setattr(ledger, "KEPT", 0)
        path = wxr(*(item(str(n)) for n in range(1, 5)))
        source = self.source(path)
        path.write_text("<html><body>Moved</body></html>")
        with pytest.raises(ImportRefused):
            list(prepare_beside(source))

    def test_one_that_is_killed_is_missed(self, wxr) -> None:
        with Beside() as beside:
            beside.process.kill()
            with pytest.raises(BrokenOff):
                list(beside.prepare(self.source(wxr(*(item(str(n)) for n in range(1, 5)))), None))

    def test_a_caller_that_stops_leaves_no_process(self, wxr) -> None:
        stream = prepare_beside(self.source(wxr(*(item(str(n)) for n in range(1, 400)))))
        next(stream)
        stream.close()


class TestLedger:
    def test_what_a_killed_import_left_is_removed(self, tmp_path, monkeypatch) -> None:
        monkeypatch.setattr(ledger, "working_folder", lambda: str(tmp_path))
        with subprocess.Popen([sys.executable, "-c", ""]) as gone:
            pass
        left, ours = tmp_path / f"{ledger.NAME}{gone.pid}-x.sqlite3", tmp_path / f"{ledger.NAME}{os.getpid()}-x.sqlite3"
        left.touch()
        ours.touch()
        Ledger()
        assert not left.exists() and ours.exists()

    def test_its_file_goes_with_it(self) -> None:
        one = Ledger()
        path = Path(one.path)
        assert path.exists() and path.stat().st_mode & 0o077 == 0
        del one
        assert not path.exists()

    def test_three_items_with_one_id_and_no_name(self, wxr) -> None:
        same = [item("1", title, slug="").replace("?p=1<", f"?p={title}<") for title in ("One", "Two", "Three")]
        export = Export([wxr(*same)])
        keys = [entry.key for batch in export.survey.ledger.batches(10) for entry in batch]
        assert keys[0] == "1" and len(set(keys)) == 3 and None not in keys


class TestTaken:
    def test_slugs_are_numbered_past_what_the_database_and_the_batch_have(self, front, make_section) -> None:
        above = make_section("News")
        for n in ("", *(f"-{n}" for n in range(2, AHEAD + 5))):
            make_section(f"Ferry{n}", parent=above)
        taken = Taken()
        taken.look_up([(above.pk, "ferry"), (above.pk, "quay")], [])
        assert [taken.slug(above.pk, "ferry") for _ in range(2)] == [f"ferry-{AHEAD + 5}", f"ferry-{AHEAD + 6}"]
        assert [taken.slug(above.pk, "quay") for _ in range(2)] == ["quay", "quay-2"]
        assert Section.objects.count() > AHEAD

    def test_addresses(self, make_story) -> None:
        story = make_story("Ferry")
        taken = Taken()
        taken.look_up([], [story.permalink, "/b.html"])
        assert taken.address(story.permalink) == f"{story.permalink.rstrip('/')}-2/"
        assert [taken.address("/b.html") for _ in range(3)] == ["/b.html", "/b-2.html", "/b-3.html"]
