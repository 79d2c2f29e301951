"""The files of a dry run: found, measured and named as an import would, without being decoded, copied or kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from django.core.files.storage import storages

from broadsheet.importing.files import Files, Read
from broadsheet.importing.models import SourceMedia
from broadsheet.media.actions import places
from broadsheet.media.encoding import Encoded, UnreadablePicture, measure_picture, shapes
from broadsheet.media.models import Document, Image, document_place, unguessable


class RehearsedFiles(Files):
    """The media of one old site, of which only rows are written, in a transaction that is taken back."""

    def _read(self, found: Sequence[tuple[SourceMedia, Path]]) -> list[Read]:
        return [_measured(path) for _row, path in found]

    def _keep_picture(self, image: Image, path: Path, files: list[Encoded]) -> Image:
        with path.open("rb") as file:
            image.width, image.height = measure_picture(file)
            file.seek(0)
            # Readers' addresses are made of it; Wagtail knows files by this digest.
            image.file_hash = hashlib.file_digest(file, hashlib.sha1).hexdigest()
        image.file.name = path.name
        image.encoded = places(image, shapes((image.width, image.height)))
        # In bulk: saving one would open its file.
        Image.objects.bulk_create([image])
        return image

    def _keep_document(self, document: Document, path: Path, mark: str) -> Document:
        document.file.name = storages["default"].generate_filename(document_place(document, unguessable(path.name, mark)))
        Document.objects.bulk_create([document])
        return document


def _measured(path: Path) -> Read:
    try:
        with path.open("rb") as file:
            return measure_picture(file), []
    except UnreadablePicture as error:
        return error
