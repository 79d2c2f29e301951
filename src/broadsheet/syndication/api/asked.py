"""What can be asked of the API: parameters, each refused with a reason when it cannot be understood."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from broadsheet.stories.models import Story
from broadsheet.syndication.api import shapes

LARGEST = 2**63 - 1
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
ALWAYS = ("id", "meta")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:)(\d\d)(\.\d{1,12})?([Zz]|[+\- ]\d\d:\d\d)", re.ASCII)


def _moment(text: Any) -> dt.datetime:
    found = _MOMENT.fullmatch(str(text))
    if not found:
        raise ValueError("give a moment such as 2026-11-05T00:00:00Z")
    date, clock, seconds, fraction, zone = found.groups()
    # A plus that was not encoded arrives as a space; a leap second is the end of the second before it.
    whole = f"{date}T{clock}{min(seconds, '59')}{fraction or ''}{zone.upper().replace(' ', '+').replace('Z', '+00:00')}"
    try:
        return dt.datetime.fromisoformat(whole).astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError("that is before the year 1 or after 9999") from error


def _yes(text: Any) -> bool:
    if text not in ("true", "false"):
        raise ValueError("give true or false")
    return bool(text == "true")


Moment = Annotated[dt.datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
Yes = Annotated[bool, BeforeValidator(_yes), WithJsonSchema({"type": "boolean"})]
Id = Annotated[int, Field(ge=1, le=LARGEST)]


class Asked(BaseModel):
    """Nothing can be asked but what is said below."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(tuple[dt.datetime, int]):
    """Where a list goes on: the moment and the id of the last story before."""

    @classmethod
    def read(cls, text: str) -> Place:
        """From a cursor; a moment that no clock has is the first or the last there is."""
        moment, _dot, pk = text.partition(".")
        try:
            when = EPOCH + dt.timedelta(microseconds=int(moment))
        except OverflowError:
            when = (dt.datetime.min if moment.startswith("-") else dt.datetime.max).replace(tzinfo=dt.UTC)
        return cls((when, int(pk)))

    def __str__(self) -> str:
        return f"{(self[0] - EPOCH) // dt.timedelta(microseconds=1)}.{self[1]}"


def _fields(shape: Any) -> Any:
    names = "|".join(name for name in shape.__annotations__ if name not in ALWAYS)
    pattern = f"^({names})(,({names}))*$"
    says = "Names parted by commas: items have these alone, and `id` and `meta`."
    return Annotated[str | None, Field(pattern=pattern, max_length=400, description=says)]


class StoriesAsked(Asked):
    """Which stories, in which order, how many."""

    section: Id | None = Field(None, description="In this section or one below it.")
    descendants: Yes = Field(True, description="False: in the section itself alone.")
    person: Id | None = Field(None, description="With this person in the byline.")
    topic: Id | None = Field(None, description="On this topic.")
    kind: Story.Kind | None = Field(None, description="Of this kind.")
    language: str | None = Field(
        None, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$", max_length=35, description="In this language (BCP 47)."
    )
    image: Id | None = Field(None, description="That show this picture.")
    published_since: Moment | None = Field(None, description="Published at this moment or later.")
    published_until: Moment | None = Field(None, description="Published before this moment.")
    updated_since: Moment | None = Field(None, description="Published, or substantively updated, at this moment or later.")
    order: Literal["-published", "published", "-updated", "updated"] = Field("-published", description="With a minus: newest first.")
    limit: int = Field(20, ge=1, le=100, description="Stories in one answer at most.")
    cursor: str | None = Field(None, pattern=r"^-?[0-9]{1,18}\.[0-9]{1,18}$", description="From `next` of the answer before.")
    fields: _fields(shapes.StoryItem) = None  # type: ignore[valid-type]


class StoryAsked(Asked):
    """Which parts of a story."""

    fields: _fields(shapes.Story) = None  # type: ignore[valid-type]


StoryAsked.model_rebuild()


class ListAsked(Asked):
    """How much of a list."""

    limit: int = Field(50, ge=1, le=100, description="Items in one answer at most.")
    cursor: int | None = Field(None, ge=1, le=LARGEST, description="From `next` of the answer before.")


class NothingAsked(Asked):
    """Nothing."""


def only(thing: dict[str, Any], names: Iterable[str] | None) -> dict[str, Any]:
    """The thing with these of its fields, and those it always has."""
    if names is None:
        return thing
    wanted = {*ALWAYS, *names}
    return {name: value for name, value in thing.items() if name in wanted}
