"""Pictures and files of an export, taken in under the public names they had."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.management.color import no_style
from django.db import connection, transaction

from broadsheet.importing.fetching import inside
from broadsheet.importing.files import encoded_file, forget_left_over
from broadsheet.importing.models import SourceMedia, SourceSite
from broadsheet.importing.restoring.told import Told
from broadsheet.media.actions import encode_image
from broadsheet.media.encoding import Encoded, UnreadablePicture
from broadsheet.media.models import Document, Image, new_token

LONGEST_TAG = 100
TOKEN = re.compile(r"[0-9a-f]{16}")
ENDINGS = frozenset({"csv", "docx", "epub", "m4a", "mp3", "mp4", "odt", "ogg", "pdf", "txt", "wav", "webm", "xlsx", "zip"})


class Media:
    """What became of each picture and file; what an earlier, broken-off run took in is not taken in again."""

    def __init__(self, site: SourceSite, folder: Path) -> None:
        self.site, self.folder = site, folder.resolve()
        rows = {row.source_id: row for row in site.media.all()}
        self.pictures = {name: row.image_id for name, row in rows.items() if row.image_id}
        self.files = {name: row.document_id for name, row in rows.items() if row.document_id}
        self.problems = {name: row for name, row in rows.items() if row.problem}
        """What had no readable file then, and is looked for again."""
        self.seen = rows.keys() - self.problems.keys()
        self.missing: list[str] = []

    def find(self, name: str) -> int | None:
        """The number here of a picture or file, by its name in the export."""
        return self.pictures.get(name) or self.files.get(name)

    def load(self, batch: Iterable[Told]) -> None:
        """Take in what is new of a batch, in one transaction; pictures are encoded two at a time."""
        fresh = [told for told in batch if told.text("id") not in self.seen]
        with ThreadPoolExecutor(2) as pool:
            made = list(pool.map(self._made, fresh))
        with transaction.atomic():
            for told, (path, encoded) in zip(fresh, made, strict=True):
                row = self.problems.get(told.text("id", 200)) or SourceMedia(
                    site=self.site, source_id=told.text("id", 200), outcome="imported"
                )
                row.file, row.problem = told.text("file", 1000), ""
                if path is None or isinstance(encoded, UnreadablePicture):
                    row.problem = str(encoded or "there is no such file")[:500]
                    self.missing.append(f"{row.file}: {row.problem}")
                elif encoded is not None:
                    row.image = _picture(told, path, *encoded)
                    self.pictures[row.source_id] = row.image.pk
                else:
                    row.document = _file(told, path)
                    self.files[row.source_id] = row.document.pk
                row.save()
                self.seen.add(row.source_id)

    def _made(self, told: Told) -> tuple[Path | None, tuple[tuple[int, int], list[Encoded]] | UnreadablePicture | None]:
        path = inside(self.folder, told.text("file", 1000))
        if path is None or not path.is_file():
            return None, None
        if not told.text("id").startswith("picture-"):
            return path, None
        return path, encoded_file(path, _focus(told))


def check(told: Told) -> None:
    """Raises ImportRefused for a record that could not be taken in."""
    if not re.fullmatch(r"(?:picture|file)-\d{1,18}", told.text("id", 200)):
        raise told.refuse("id", "is neither picture-1 nor file-1")
    if told.text("id").startswith("file-") and Path(told.text("file", 1000)).suffix.lower().lstrip(".") not in ENDINGS:
        raise told.refuse("file", f"has none of the endings {', '.join(sorted(ENDINGS))}")
    if any(not 0 < len(tag) <= LONGEST_TAG for tag in told.words("tags")):
        raise told.refuse("tags", f"holds something that is no word of at most {LONGEST_TAG} letters")
    _focus(told)
    _expiry(told)
    told.moment("added")


def _picture(told: Told, path: Path, size: tuple[int, int], files: list[Encoded]) -> Image:
    token = told.text("token")
    if not TOKEN.fullmatch(token) or Image.objects.filter(token=token).exists():
        token = new_token()
    image = Image(
        title=told.text("title", 255), alt=told.text("alt", 500), caption=told.text("caption"), credit=told.text("credit", 255),
        licence=told.text("licence", 255), rights_expire=_expiry(told), token=token, width=size[0], height=size[1],
        file=ContentFile(path.read_bytes(), name=path.name),
    )  # fmt: skip
    if point := _focus(told):
        image.focal_point_x, image.focal_point_y = round(point[0] * size[0]), round(point[1] * size[1])
        image.focal_point_width = image.focal_point_height = 1
    image.encode_later = True
    image.save()
    encode_image(image, files=files)
    image.file.close()
    image.tags.set(told.words("tags"))
    if added := told.moment("added"):
        Image.objects.filter(pk=image.pk).update(created_at=added)
    return image


def _file(told: Told, path: Path) -> Document:
    forget_left_over(path.name)
    document = Document(title=told.text("title", 255) or path.name, file=ContentFile(path.read_bytes(), name=path.name))
    # The number is part of a file's address.
    number = int(told.text("id").partition("-")[2])
    taken = number >= 2**31 or Document.objects.filter(pk=number).exists()
    document.pk = None if taken else number
    document.save(force_insert=True)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Document]):
            cursor.execute(statement)
    document.file.close()
    document.tags.set(told.words("tags"))
    return document


def _focus(told: Told) -> tuple[float, float] | None:
    point = told.many("focus")
    if not point:
        return None
    if len(point) != 2 or not all(isinstance(part, (int, float)) and 0 <= part <= 1 for part in point):
        raise told.refuse("focus", "is no pair of fractions")
    return float(point[0]), float(point[1])


def _expiry(told: Told) -> dt.date | None:
    text = told.text("rights_expire", 10)
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise told.refuse("rights_expire", "is no date such as 2030-12-31") from error
