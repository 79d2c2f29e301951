"""A small edition to write tests against, and the real one with stand-ins for its drawings."""

import re
import shutil
import sys
from pathlib import Path

import pytest

DEMO = Path(__file__).resolve().parents[2] / "demo"
sys.path.insert(0, str(DEMO))

PEOPLE = """
[[person]]
name = "The Tern"
slug = "the-tern"
role = "Publication"
standing = "publication"
bio = "All of us."

[[person]]
name = "Ada Quill"
slug = "ada-quill"
role = "Reporter"
standing = "staff"
bio = "Writes."

[[person]]
name = "Bo Margin"
slug = "bo-margin"
role = "Columnist"
standing = "columnist"
bio = "Thinks & writes."
"""

SECTIONS = """
[publication]
name = "The Tern"
tagline = "Ink & salt"
url = "https://tern.example"
language = "en-GB"
utc_offset_hours = "3"

[[section]]
slug = "news"
name = "News"
description = "All of it."
tone = "news"

[[section]]
slug = "asia"
name = "Asia"
parent = "news"
description = "East."
tone = "news"

[[placement]]
slug = "top-stories"
name = "Top Stories"
description = "First."
"""

STORY = """+++
headline = "Ferry sails at last today"
slug = "ferry-sails"
byline = ["Ada Quill", "Bo Margin"]
section = "asia"
also = ["news"]
topics = ["Ferries", "مرافئ"]
placement = ["Top Stories"]
age_hours = 5
updated_hours = 2
kind = "news"
language = "en"
standfirst = "It sailed ]]> and came back."
picture = "ferry"
caption = "The ferry."
dateline = "Port"
+++
Port – The ferry sailed, the captain said. Read [about us](/about/).
"""

PAGE = """+++
title = "About"
slug = "about"
order = 1
age_hours = 100
+++
We print.
"""


@pytest.fixture
def small(tmp_path):
    """A folder holding one story, one page and one picture."""
    folder = tmp_path / "small"
    for name in ("stories/asia", "pages", "pictures"):
        (folder / name).mkdir(parents=True)
    (folder / "people.toml").write_text(PEOPLE)
    (folder / "sections.toml").write_text(SECTIONS)
    (folder / "stories/asia/ferry-sails.md").write_text(STORY)
    (folder / "pages/about.md").write_text(PAGE)
    (folder / "pictures/ferry.jpg").write_bytes(b"\xff\xd8 not a real picture \xff\xd9")
    (folder / "pictures/alt.toml").write_text('[ferry]\nalt = "A ferry."\ncredit = "Drawn"\nfocus = [0.5, 0.6]\n')
    return folder


@pytest.fixture
def story(small):
    """The one story of the small edition, to be rewritten by ``story(old, new)``."""
    file = small / "stories/asia/ferry-sails.md"

    def rewrite(old, new):
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))

    return rewrite


@pytest.fixture(scope="session")
def real_edition(tmp_path_factory, named_pictures):
    """The demo's own sources, every picture that a manuscript names replaced by a stand-in file."""
    folder = tmp_path_factory.mktemp("edition")
    for name in ("stories", "pages"):
        shutil.copytree(DEMO / name, folder / name)
    for name in ("people.toml", "sections.toml"):
        shutil.copy(DEMO / name, folder)
    (folder / "pictures").mkdir()
    for name in named_pictures:
        (folder / "pictures" / f"{name}.jpg").write_bytes(b"stand-in")
    alts = "".join(f'[{name}]\nalt = "A stand-in."\n' for name in sorted(named_pictures))
    (folder / "pictures/alt.toml").write_text(alts)
    return folder


@pytest.fixture(scope="session")
def named_pictures():
    """Every picture that a manuscript of the real edition asks for."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in sorted((DEMO / "stories").glob("**/*.md")))
    leads = re.findall(r'^picture\s*=\s*"([^"]+)"', text, re.MULTILINE)
    return {*leads, *re.findall(r"^!\[[^\]]*\]\(([^()\s]+)\)", text, re.MULTILINE)}
