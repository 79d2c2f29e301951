"""Packed and encoded files: read as they are, refused with one line where they cannot be."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
import zlib

import pytest

from broadsheet.importing.records import ImportRefused
from broadsheet.importing.wordpress import source
from broadsheet.importing.wordpress.reader import Export

from .conftest import HEAD, item

BODY = "Größe: 汉字 and “words”"


def text(declared: str = "UTF-8", body: str = BODY) -> str:
    return (HEAD.format(base="https://tern.example", language="de") + item("1", body=body) + "</channel></rss>\n").replace(
        "UTF-8", declared, 1
    )


def read(path) -> tuple[Export, list]:
    export = Export([path])
    return export, list(export.items())


class TestEncodings:
    @pytest.mark.parametrize(
        ("declared", "encoding", "mark", "oddity"),
        [
            ("UTF-8", "utf-8", b"\xef\xbb\xbf", ""),
            ("UTF-8", "utf-8", b"\xef\xbb\xbf\xef\xbb\xbf", ""),
            ("UTF-16", "utf-16", b"", ""),
            ("UTF-16", "utf-16-le", b"", ""),
            ("UTF-8", "utf-16-be", b"\xfe\xff", "declared as UTF-8, read as UTF-16-BE, which it is"),
            ("UTF-16", "utf-8", b"", "declared as UTF-16, read as UTF-8, which it is"),
            ("ISO-8859-1", "utf-8", b"", "declared as ISO-8859-1, read as UTF-8, which it is"),
            ("klingon", "utf-8", b"", "declared as klingon, read as UTF-8, which it is"),
            ("zlib", "utf-8", b"", "declared as zlib, read as UTF-8, which it is"),
            ("GB18030", "gb18030", b"", "written in GB18030, read as such"),
        ],
    )
    def test_whole_files(self, tmp_path, declared, encoding, mark, oddity) -> None:
        path = tmp_path / "export.xml"
        path.write_bytes(mark + text(declared).encode(encoding))
        export, items = read(path)
        assert [one.body for one in items] == [BODY]
        assert [what for what in export.oddities.counts if "read as" in what] == ([oddity] if oddity else [])

    def test_latin_1_is_windows_1252(self, tmp_path) -> None:
        path = tmp_path / "export.xml"
        path.write_bytes(text("ISO-8859-1", "Café “au lait” – 5 €").encode("cp1252"))
        assert read(path)[1][0].body == "Café “au lait” – 5 €"

    def test_what_an_encoding_does_not_have_is_counted(self, tmp_path) -> None:
        path = tmp_path / "export.xml"
        path.write_bytes(text("Shift_JIS", "日本@").encode("shift_jis").replace(b"@", b"\xfc\xfc"))
        export, items = read(path)
        assert items[0].body.startswith("日本\ufffd")
        assert export.oddities.counts["character that cannot be read in the file's encoding, shown as \ufffd"] >= 1


class TestPacked:
    def test_gzip(self, tmp_path) -> None:
        path = tmp_path / "export.xml.gz"
        half = len(text()) // 2
        data = text().encode()
        path.write_bytes(gzip.compress(data[:half]) + gzip.compress(data[half:]) + b"\0\0")
        export, items = read(path)
        assert [one.body for one in items] == [BODY] and not export.survey.damaged

    def test_gzip_that_is_cut_off(self, tmp_path) -> None:
        path = tmp_path / "export.xml.gz"
        many = text().replace("</channel>", "".join(item(str(n), body=str(n) * 99) for n in range(2, 400)) + "</channel>")
        path.write_bytes(gzip.compress(many.encode())[:-400])
        export, items = read(path)
        assert 10 < len(items) < 399
        assert any("cut off" in damage.problem for damage in export.survey.damaged)

    def test_gzip_that_is_damaged(self, tmp_path) -> None:
        path = tmp_path / "export.xml.gz"
        path.write_bytes(gzip.compress(text().encode())[:-8] + b"12345678")
        export, items = read(path)
        assert len(items) == 1
        assert "gzip file is damaged" in export.survey.damaged[0].problem

    def test_a_zip_with_one_export(self, tmp_path) -> None:
        path = tmp_path / "export.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("site/export.xml", text())
            archive.writestr("__MACOSX/site/._export.xml", "x")
            archive.writestr("readme.txt", "x")
        assert len(read(path)[1]) == 1

    @pytest.mark.parametrize(
        ("names", "words"),
        [
            (["a.xml", "b.xml"], "2 XML files (a.xml, b.xml)"),
            (["photo.jpg"], "without an XML file"),
            (["readme.txt", "site.xml.GZ"], "another archive inside (site.xml.GZ)"),
            (["ghost.json", "content/x.jpg"], "broadsheet import ghost export.zip"),
            (["[Content_Types].xml", "word/document.xml"], "broadsheet read export.zip"),
            ([f"{n}.xml" for n in range(1200)], "more than 1000 files"),
        ],
    )
    def test_other_zips(self, tmp_path, names, words) -> None:
        path = tmp_path / "export.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                archive.writestr(name, "<rss/>")
        with pytest.raises(ImportRefused) as refused:
            Export([path])
        assert words in str(refused.value) and "\n" not in str(refused.value)

    def test_archives_in_archives_are_not_opened(self, tmp_path) -> None:
        """Whatever is in them, and whatever they are called: nothing inside is unpacked, so that none can be a bomb."""

        def zipped(content: bytes) -> bytes:
            with zipfile.ZipFile(made := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("export.xml", content)
            return made.getvalue()

        xml = text().encode()
        for made in (zipped(zipped(xml)), zipped(gzip.compress(xml)), gzip.compress(gzip.compress(xml)), gzip.compress(zipped(xml))):
            (tmp_path / "export").write_bytes(made)
            with pytest.raises(ImportRefused, match=r"another archive where its XML should be. Unpack it"):
                Export([tmp_path / "export"])

    def test_a_zip_that_is_cut_off(self, tmp_path) -> None:
        path = tmp_path / "export.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("export.xml", text())
        path.write_bytes(path.read_bytes()[:-30])
        with pytest.raises(ImportRefused, match="damaged or cut off"):
            Export([path])

    @pytest.mark.parametrize("kind", ["gz", "zip"])
    def test_a_bomb(self, tmp_path, kind, monkeypatch) -> None:
        monkeypatch.setattr(source, "RATIO_FROM", 1 << 20)
        path, size = tmp_path / f"export.{kind}", 8 << 20
        start = text().encode()
        if kind == "gz":
            path.write_bytes(gzip.compress(start + b" " * size))
        else:
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("export.xml", start + b" " * size)
        with pytest.raises(ImportRefused, match="more than 250 times its size"):
            Export([path])


class TestNoFile:
    def test_a_folder(self, tmp_path) -> None:
        with pytest.raises(ImportRefused, match=r"is a folder. Name the .xml files inside it"):
            Export([tmp_path])

    def test_a_pipe(self, tmp_path) -> None:
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(ImportRefused, match="is no file"):
            Export([tmp_path / "pipe"])

    def test_a_tar(self, tmp_path) -> None:
        path = tmp_path / "export.xml"
        path.write_bytes(b"x".ljust(257, b"\0") + b"ustar" + b"\0" * 250)
        with pytest.raises(ImportRefused, match="tar archive"):
            Export([path])

    def test_no_gzip_after_its_first_bytes(self, tmp_path) -> None:
        path = tmp_path / "export.gz"
        path.write_bytes(b"\x1f\x8b" + zlib.compress(b"x"))
        with pytest.raises(ImportRefused):
            Export([path])
