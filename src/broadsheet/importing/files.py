"""Uploaded files: found in the uploads folder, made into pictures, named to bodies."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.crypto import salted_hmac

from broadsheet.delivery import outbox
from broadsheet.html import plain_text
from broadsheet.importing.fetching import Fetcher, inside
from broadsheet.importing.ledger import Entry, Ledger, second_key
from broadsheet.importing.models import ImportRun, SourceMedia, SourceSite
from broadsheet.importing.preparing import resolved
from broadsheet.importing.reconcile import Report
from broadsheet.importing.records import Attachment
from broadsheet.importing.spelling import fetched_name, key_of, of_ghost, original_name, path_of, without_size
from broadsheet.media.actions import encode_image
from broadsheet.media.encoding import FOCUS, Encoded, UnreadablePicture, encode, open_picture
from broadsheet.media.models import Document, Image, document_place, unguessable

PICTURES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"}
DOCUMENTS = {f".{ending}" for ending in settings.WAGTAILDOCS_EXTENSIONS}

Read = tuple[tuple[int, int], list[Encoded]] | UnreadablePicture
"""Size and public files of a picture; or why it cannot be read."""

BY_ADDRESS = "url:"
"""What the ids of files begin with that only bodies name."""
NOT_FETCHED = "not fetched: "
"""What the problem of a file begins with that the old site did not give."""


class Uploads:
    """An uploads folder, and one of files fetched for it, looked into by the addresses of the old site; never outside it."""

    def __init__(self, *folders: Path | None) -> None:
        self.folders = [folder.resolve() for folder in folders if folder]

    def find(self, *addresses: str) -> Path | None:
        """The file behind a path below uploads, or an address; resized copies lead to their original."""
        for address in filter(None, addresses):
            path = path_of(address) if "://" in address else address
            tail = path.partition("/uploads/")[2] or path.lstrip("/")
            # The folder may be Ghost's pictures, all its content, or what a zip has unpacked of either.
            ghost = of_ghost(path)
            below = [ghost, f"images/{ghost}"] if ghost else []
            # Two hosts may each have a file of one name: what was fetched of one of them is not the other's.
            fetched = fetched_name(address) if "://" in address else tail
            for candidate in dict.fromkeys(
                [*below, *([fetched] if fetched != tail else []), without_size(tail), tail, tail.removeprefix("images/")]
            ):
                for folder in self.folders:
                    found = inside(folder, candidate)
                    if found and found.is_file():
                        return found
        return None


class Files:
    """The media of one old site."""

    def __init__(
        self, site: SourceSite, media: Path | None, report: Report, run: ImportRun, ledger: Ledger, fetcher: Fetcher | None = None
    ) -> None:  # fmt: skip
        self.site, self.report, self.run, self.ledger, self.fetcher = site, report, run, ledger, fetcher
        self.uploads = Uploads(media, fetcher.folder if fetcher else None)
        known = site.media.order_by("pk").values_list("source_id", "url", "file", "image_id").iterator(chunk_size=500)
        ledger.know((key, original_name(url or file) if url or file else "", image) for key, url, file, image in known)
        documents = site.media.filter(document__isnull=False).order_by("pk").values_list("url", "file", "document_id")
        ledger.know_documents((original_name(url or file), document) for url, file, document in documents.iterator(chunk_size=500))
        self.aliases: dict[str, str] = {}
        """Keys of files whose id an earlier import used for another file of the same site."""
        self.unfetched: dict[str, str] = {}
        """Why files of the batch were not got from the old site, by key."""
        self.missing: list[str] = []
        """Names of files that are in no folder that was given."""

    def fetch(self, found: Sequence[tuple[str, Entry, Attachment]]) -> None:
        """Get those of a batch of attachments that are not here from the old site, if that was asked for."""
        if self.fetcher is None:
            return
        wanted = []
        rows = self._rows(found)
        for key, _item, attachment in found:
            row = rows.get(key)
            there = row is not None and (row.image_id or row.document_id) or self.uploads.find(attachment.file, attachment.url)
            if attachment.url and not there and _ending(attachment.file, attachment.url) in PICTURES | DOCUMENTS:
                wanted.append((key, attachment.url))
        self.unfetched = {key: f"{NOT_FETCHED}{url} {problem}"[:500] for (key, url), (_key, problem) in zip(wanted, self.fetcher.fetch(wanted), strict=True)
                          if problem}  # fmt: skip
        for key, problem in self.unfetched.items():
            SourceMedia.objects.filter(site=self.site, source_id=key).update(problem=problem)

    def _rows(self, found: Sequence[tuple[str, Entry, Attachment]]) -> dict[str, SourceMedia]:
        keys = {one for key, item, _attachment in found for one in (key, second_key(item))}
        return {row.source_id: row for row in self.site.media.filter(source_id__in=keys).select_related("image")}

    def load(self, found: Sequence[tuple[str, Entry, Attachment]]) -> None:
        """Take in a batch of attachments; pictures are encoded two at a time."""
        waiting: list[SourceMedia] = []
        rows = self._rows(found)
        for key, item, attachment in found:
            row, tally = rows.get(key), self.report.items["attachment"]
            if row is not None and item.has_id and _another(row, attachment):
                key = self.aliases[key] = second_key(item)
                row = rows.get(key)
            if row is None:
                row = SourceMedia(site=self.site, source_id=key, run=self.run, outcome="imported")
                tally.imported += 1
            elif row.digest == item.digest and (row.image_id or row.document_id or not self._file(attachment.file, attachment.url)):
                row.problem = self.unfetched.get(key, row.problem)
                outcome = row.outcome_in(self.run)
                setattr(tally, outcome, getattr(tally, outcome) + 1)
                self._count(row, outcome)
                continue
            else:
                tally.updated += 1
                row.run, row.outcome = self.run, "updated"
            said = _said(row)
            row.digest, row.url, row.file, row.title = item.digest, attachment.url, attachment.file, attachment.title
            row.parent, row.position, row.address = attachment.parent[:200], attachment.order, key_of(attachment.path)
            row.alt, row.caption = attachment.alt, plain_text(attachment.caption)
            row.credit = plain_text(attachment.description)
            if row.credit.startswith("http") or len(row.credit) > 255:
                row.credit = ""
            row.problem = self.unfetched.get(key, row.problem)
            self._say(row, said)
            waiting.append(row)
            row.focus = attachment.focus
        self._store(waiting)
        for row in waiting:
            self._count(row, "imported")

    def _say(self, row: SourceMedia, before: dict[str, str]) -> None:
        """What is said of a picture there is said here too, but for what somebody has changed here."""
        image, now = row.image, _said(row)
        if image is None:
            return
        changed = [name for name, text in now.items() if text != before[name] == getattr(image, name)]
        for name in changed:
            setattr(image, name, now[name])
        if changed:
            with transaction.atomic():
                image.save()
                outbox.put("stories.typeset_picture", image_id=image.pk)

    def _count(self, row: SourceMedia, how: str) -> None:
        if _ending(row.file, row.url) not in PICTURES | DOCUMENTS:
            return
        if row.image_id or row.document_id:
            self.report.media.in_file += 1
            setattr(self.report.media, how, getattr(self.report.media, how) + 1)
        elif not row.problem:
            self.missing.append(row.file or path_of(row.url).rpartition("/uploads/")[2])

    def _file(self, file: str, url: str) -> Path | None:
        found = self.uploads.find(file, url)
        return found if found and found.suffix.lower() in PICTURES | DOCUMENTS else None

    def _store(self, rows: list[SourceMedia]) -> None:
        here = [(row, path) for row in rows if not (row.image_id or row.document_id) and (path := self._file(row.file, row.url))]
        found = [(row, path) for row, path in here if path.suffix.lower() in PICTURES]
        made = self._read(found)
        with transaction.atomic():
            for (row, path), picture in zip(found, made, strict=True):
                if isinstance(picture, UnreadablePicture):
                    row.problem = str(picture)[:500]
                    continue
                size, files = picture
                row.image, row.problem = self._keep_picture(self._image(row, path, size), path, files), ""
            for row, path in here:
                if path.suffix.lower() in DOCUMENTS:
                    row.document = self._keep_document(Document(title=(row.title or path.stem)[:255]), path, self._mark(row, 10))
                    row.problem = ""
            for row in rows:
                row.save()
        self.ledger.know((row.source_id, original_name(row.url or row.file) if row.url or row.file else "", row.image_id) for row in rows)
        self.ledger.know_documents((original_name(row.url or row.file), row.document_id) for row in rows if row.document_id)
        for _row, path in here:
            # What was fetched is kept no longer than it takes; what could not be read is fetched again by the next run.
            if self.fetcher and path.is_relative_to(self.fetcher.folder):
                path.unlink(missing_ok=True)

    def _read(self, found: Sequence[tuple[SourceMedia, Path]]) -> list[Read]:
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda one: encoded_file(one[1], _point(one[0].focus)), found))

    def _keep_picture(self, image: Image, path: Path, files: list[Encoded]) -> Image:
        image.file = ContentFile(path.read_bytes(), name=path.name)
        image.encode_later = True
        image.save()
        encode_image(image, files=files)
        image.file.close()
        return image

    def _keep_document(self, document: Document, path: Path, mark: str) -> Document:
        name = unguessable(path.name, mark)
        forget_left_over(name)
        with path.open("rb") as file:
            document.file = File(file, name=name)
            document.save()
        return document

    def _image(self, row: SourceMedia, path: Path, size: tuple[int, int]) -> Image:
        image = Image(
            title=(row.title or PurePosixPath(path.name).stem)[:255], alt=row.alt[:500], caption=row.caption, credit=row.credit,
        )  # fmt: skip
        token = self._mark(row, 16)
        if not Image.objects.filter(token=token).exists():
            image.token = token
        if point := _point(row.focus):
            image.width, image.height = size
            image.focal_point_x, image.focal_point_y = round(point[0] * size[0]), round(point[1] * size[1])
            image.focal_point_width = image.focal_point_height = 1
        return image

    def _mark(self, row: SourceMedia, length: int) -> str:
        # Not to be guessed, but the same again when this import is broken off and run once more: pages hold the address.
        return salted_hmac("broadsheet.importing.picture", f"{self.site.key}:{row.source_id}").hexdigest()[:length]

    def image_of(self, source_id: str, url: str = "") -> int | None:
        """The picture that an old id or address means, taken in now if only its file is here."""
        known = self.ledger.known(key=self.aliases.get(source_id, source_id)) if source_id else None
        if known is None and url:
            known = self.ledger.known(name=original_name(url))
            if known is None and self._file("", url):
                row = SourceMedia(site=self.site, source_id=f"{BY_ADDRESS}{original_name(url)}"[:200], url=url, run=self.run)
                self._store([row])
                return row.image_id
        return known[0] if known else None

    def resolve(self, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Blocks with pictures' old ids and addresses replaced by ours."""
        return resolved(blocks, self.image_of, self.ledger.document_at)


def forget_left_over(name: str) -> None:
    """Remove the file of a document that an import wrote before it was broken off: a second name for it would be another address."""
    place = document_place(Document(), name)
    if place == f"documents/{name}" and not Document.objects.filter(file=place).exists():
        Document._meta.get_field("file").storage.delete(place)


def _ending(file: str, url: str) -> str:
    return PurePosixPath(file or path_of(url)).suffix.lower()


def _said(row: SourceMedia) -> dict[str, str]:
    return {"alt": row.alt[:500], "caption": row.caption, "credit": row.credit}


def _another(row: SourceMedia, attachment: Attachment) -> bool:
    known, found = row.url or row.file, attachment.url or attachment.file
    return bool(known and found) and original_name(known) != original_name(found)


def _point(text: str) -> tuple[float, float] | None:
    """“0.5,0.62” as fractions from left and top; None for anything else."""
    try:
        x, y = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (x, y) if 0 <= x <= 1 and 0 <= y <= 1 else None


def encoded_file(path: Path, focus: tuple[float, float] | None) -> Read:
    """Size and public files of a picture, decoded once; or why it cannot be read."""
    try:
        with path.open("rb") as file:
            picture = open_picture(file)
    except UnreadablePicture as error:
        return error
    return picture.size, list(encode(picture, focus=focus or FOCUS))
