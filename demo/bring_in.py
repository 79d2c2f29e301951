"""Bring the demo edition in, through the importer that a newsroom uses, and set up its publication."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent


def bring_in(folder: Path) -> None:
    """Write the edition as an export into `folder`, import it, and set masthead, menu and fronts; safe to repeat."""
    sys.path.insert(0, str(HERE))
    from corrections import correct
    from edition import write_edition
    from marks import mark

    from broadsheet.fronts.models import FrontPage, MenuEntry
    from broadsheet.importing.load import Loader
    from broadsheet.importing.wordpress.reader import Export
    from broadsheet.people.models import Publication
    from broadsheet.stories.models import Placement, Section, Story

    written = write_edition(HERE, folder, datetime.now(UTC))
    report = Loader(Export([written.file]), media=folder / "uploads").run()
    if report.differences:
        raise SystemExit("broadsheet: the demo edition did not come in whole: " + "; ".join(report.differences))

    paper = Publication.objects.get()
    paper.name, paper.tagline = "The Farshore Courier", "News from every shore"
    paper.description = "An invented, independent, non-profit international portal: the demo edition of Broadsheet."
    paper.zone, paper.brand_colour, paper.founded = "Europe/London", "#7a1f2b", 2019
    paper.legal_name, paper.legal_number = "The Farshore Courier (an invented company)", "Company No. 00000000"
    paper.disclaimer = "The Farshore Courier is an independent, non-profit portal. Its people, places and news are invented."
    paper.opinion_disclaimer = "Opinion: the views expressed are the writer’s own. Responsibility for opinion pieces rests entirely with the respective columnists."
    paper.save()

    sections = {s.slug: s.pk for s in Section.objects.all()}
    placements = {p.slug: p.pk for p in Placement.objects.all()}

    def container(layout: str, count: int, **source: int) -> tuple[str, dict[str, object]]:
        value = {"heading": "", "layout": layout, "count": count, "section": None, "placement": None, "topic": None, "pinned": []}
        return ("container", {**value, **source})

    def in_section(layout: str, count: int, slug: str) -> list[tuple[str, dict[str, object]]]:
        return [container(layout, count, section=sections[slug])] if slug in sections else []

    top = [container("lead", 7, placement=placements["top-stories"])] if "top-stories" in placements else [container("lead", 7)]
    featured = [container("features", 3, placement=placements["featured"])] if "featured" in placements else []
    front = FrontPage.objects.get()
    wanted = [
        *top, *in_section("section", 5, "asia"), *in_section("opinion", 4, "opinion"), *in_section("grid", 4, "mena"), *featured,
        *in_section("section", 5, "world"), *in_section("list", 6, "business"), *in_section("features", 3, "travel"),
        *in_section("section", 5, "history"), *in_section("grid", 4, "technology"), *in_section("list", 6, "young-researchers"),
        *in_section("section", 4, "health"), *in_section("grid", 4, "education"), *in_section("list", 4, "blogs"),
    ]  # fmt: skip
    under = [
        *in_section("opinion", 4, "opinion"), *in_section("section", 4, "young-researchers"), *in_section("list", 4, "education"),
        *in_section("section", 6, "history"), *in_section("list", 3, "blogs"),
    ]  # fmt: skip

    def raw(containers: list[tuple[str, dict[str, object]]]) -> list[dict[str, object]]:
        return [{"type": kind, "value": value} for kind, value in containers]

    import json

    front.containers, front.story_blocks = json.dumps(raw(wanted)), json.dumps(raw(under))
    front.title = paper.name
    front.save_revision().publish()
    if "featured" in placements:
        MenuEntry.objects.get_or_create(url="/lists/featured/", defaults={"text": "Featured", "position": 1})
    Story.objects.filter(kind="feature", galley__words__gt=1400).update(long_read=True)
    mark(datetime.now(UTC))
    correct()
