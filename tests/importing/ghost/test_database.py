"""Where the JSON comes from: any shape, any zip; what cannot be read is refused in one line."""

from __future__ import annotations

import json
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importing.ghost.database import Database, databases
from broadsheet.importing.ghost.package import has_files, unpack
from broadsheet.importing.ghost.reader import Export
from broadsheet.importing.records import ImportRefused

from .conftest import post, tables

ENDINGS = {".jpg", ".png"}


def slugs(export: Export) -> list[str]:
    return [item.slug for item in export.items() if item.type != "attachment"]


def packed(path: Path, **files: object) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, (bytes, str)) else json.dumps(content))
    return path


@pytest.mark.parametrize("wrap", [
    lambda data: {"db": [{"meta": {"version": "5"}, "data": data}]},
    lambda data: {"meta": {"version": "000"}, "data": data},
    lambda data: {"images": [{"name": "a.png"}], "data": {"meta": {}, "data": data}},
    lambda data: {"db": [{"data": dict(reversed(data.items()))}]},
    lambda data: data,
])  # fmt: skip
def test_every_shape_of_an_export_is_read(tmp_path, wrap) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(wrap(tables(post("1"), post("2")))).encode())
    assert slugs(Export([path])) == ["story-1", "story-2"]


@pytest.mark.parametrize(("content", "problem"), [
    ("", "breaks off or is no JSON"), ("{", "breaks off or is no JSON"), ('{"db":[{"data":{"posts":[{"id":', "breaks off"),
    ("<rss>", "JSON"), ('{"asdadas":[{"data":{"posts":[]}}]}', "no table of posts"), ("[1]", "no table of posts"), ("3", "no table of posts"),
    ('{"db":[{"data":{"posts":[]}}]} more', "JSON"), ("\x00", "JSON"), ('{"posts": ["' + "[" * 5000, "JSON"),
])  # fmt: skip
def test_what_is_no_export_is_refused_in_one_line(tmp_path, content, problem) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)
    with pytest.raises(ImportRefused, match=problem) as refused:
        Export([path])
    assert str(refused.value).startswith("a.json: ") and "\n" not in str(refused.value)


@given(st.binary(max_size=60), st.integers(0, 400))
def test_a_damaged_file_is_refused_or_read(tmp_path_factory, noise, place) -> None:
    whole = json.dumps({"db": [{"data": tables(post("1"), post("2"))}]}).encode()
    path = tmp_path_factory.mktemp("damaged") / "a.json"
    path.write_bytes(whole[:place] + noise + whole[place + len(noise) :])
    try:
        list(Export([path]).items())
    except ImportRefused as refused:
        assert "\n" not in str(refused)


class TestZip:
    @pytest.mark.parametrize("name", ["test.json", "basedir/test.json", "basedir/basedir/test.json", "data/my-site.ghost.2024-01-01.json"])
    def test_with_and_without_a_folder_around_it(self, tmp_path, name) -> None:
        path = packed(tmp_path / "a.zip", **{
            name: tables(post("1")), "__MACOSX/._test.json": "x", "content/themes/casper/package.json": {}, "data/redirects.json": [],
            "content/images/a.jpg": b"x",
        })  # fmt: skip
        assert slugs(Export([path])) == ["story-1"]

    def test_several_files_of_one_site_and_a_stranger(self, tmp_path) -> None:
        path = packed(tmp_path / "a.zip", **{"a.json": tables(post("1")), "b.json": tables(post("2")), "c.json": {"other": [1]}})
        export = Export([path])
        assert slugs(export) == ["story-1", "story-2"]
        assert [o.what for o in export.oddities.records()] == ["file in the zip that is no export of Ghost's, left out"]

    def test_two_sites_are_two_imports(self, tmp_path) -> None:
        other = {"posts": [post("2")], "settings": [{"key": "title", "value": "The Gull"}]}
        path = packed(tmp_path / "a.zip", **{"a.json": tables(post("1")), "b.json": other})
        with pytest.raises(ImportRefused, match="is an export of The Gull, the files before it are of The Tern"):
            Export([path])

    def test_an_empty_one_and_a_damaged_one(self, tmp_path) -> None:
        with pytest.raises(ImportRefused, match="holds no JSON file"):
            databases(packed(tmp_path / "a.zip", **{"read.me": "x"}))
        (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 and no more")
        with pytest.raises(ImportRefused, match="damaged zip"):
            databases(tmp_path / "b.zip")
        path = packed(tmp_path / "c.zip", **{"a.json": tables(post("1"))})
        path.write_bytes(path.read_bytes().replace(b"story", b"stork", 1)[:-1] + b"\0")
        content = bytearray(packed(tmp_path / "d.zip", **{"a.json": json.dumps(tables(post("1", html="<p>x</p>" * 500)))}).read_bytes())
        content[60:70] = b"\xff" * 10
        (tmp_path / "d.zip").write_bytes(content)
        with pytest.raises(ImportRefused, match=r"d.zip: a.json.*cannot be read|JSON"):
            Export([tmp_path / "d.zip"])

    def test_a_bomb_is_refused_unopened(self, tmp_path) -> None:
        with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.json", b" " * (4 << 20))
        with pytest.raises(ImportRefused, match="zip bomb"):
            databases(tmp_path / "a.zip")

    def test_its_pictures_are_unpacked_and_nothing_beside(self, tmp_path) -> None:
        path = packed(tmp_path / "a.zip", **{
            "a.json": tables(post("1")), "x/content/images/2024/01/a.jpg": b"A", "content/images/../../evil.jpg": b"E",
            "content/images/b.sh": b"E", "content/themes/t/images/c.jpg": b"E", "/content/images/d.png": b"D", "images\\e.png": b"E",
            "images/": b"",
        })  # fmt: skip
        assert has_files(path, ENDINGS)
        assert unpack(path, tmp_path / "out", ENDINGS) == 3
        found = sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file())
        assert found == ["a.zip", "out/images/2024/01/a.jpg", "out/images/d.png", "out/images/e.png"]
        (tmp_path / "out/images/d.png").write_bytes(b"D")
        assert unpack(path, tmp_path / "out", ENDINGS) == 3


def test_one_row_at_a_time(tmp_path) -> None:
    """What is read of a large file is never more than a row: the file is left where the row ends."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"posts": [post(str(n), html="<p>x</p>" * 1000) for n in range(500)]}))
    rows = Database(path).rows({"posts"})
    assert next(rows) == ("posts", True)
    table, row = next(rows)
    assert (table, row["slug"]) == ("posts", "story-0")
    rows.close()


@pytest.mark.parametrize("content", ["[" * 300_000, '{"a":' * 100_000, '{"posts":[{"id":"1","lexical":' + '{"b":[' * 50_000])
def test_what_is_nested_without_end_is_refused_before_it_fills_the_memory(tmp_path, content) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)
    tracemalloc.start()
    try:
        with pytest.raises(ImportRefused, match="nested more deeply"):
            list(Database(path).rows({"posts"}))
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 100 << 20
