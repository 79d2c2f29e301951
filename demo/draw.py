"""Draw the pictures of the demo edition: `python demo/draw.py [NAME …]`, all of them when none is named."""

import argparse
import json
import sys
import zlib
from pathlib import Path

from draw import ALL_PICTURES
from draw.press import pull, save
from draw.sheet import Picture, Sheet
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
FOLDER = HERE / "pictures"
CREDIT = "Illustration: The Farshore Courier"


def drawing(picture: Picture) -> str:
    """The SVG of one picture; its chance is seeded by its name, so it never changes by itself."""
    sheet = Sheet(size=picture.size, seed=zlib.crc32(picture.name.encode()) % 1000)
    picture.draw(sheet)
    return sheet.svg(picture.wobble)


def write_alt(folder: Path) -> None:
    """Write what each picture shows, whose it is, and which point must survive a crop."""
    rows = []
    for name, picture in sorted(ALL_PICTURES.items()):
        x, y = picture.focus
        alt = json.dumps(picture.alt, ensure_ascii=False)
        rows.append(f'[{name}]\nalt = {alt}\ncredit = "{CREDIT}"\nfocus = [{x}, {y}]\n')
    (folder / "alt.toml").write_text("\n".join(rows), encoding="utf-8")


def main() -> int:
    """Draw the named pictures and write alt.toml."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--browser", default="/usr/bin/chromium", help="the Chromium that rasterises the drawings")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in ALL_PICTURES]
    if unknown:
        print(
            f"No picture named {', '.join(unknown)}. Known: {', '.join(sorted(ALL_PICTURES))}.",
            file=sys.stderr,
        )
        return 2
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=options.browser, args=["--no-sandbox"])
        page = browser.new_page()
        for name in options.names or sorted(ALL_PICTURES):
            picture = ALL_PICTURES[name]
            width, height = picture.size
            page.set_viewport_size({"width": width + 8, "height": height + 8})
            page.set_content(f'<body style="margin:0">{drawing(picture)}')
            target = FOLDER / f"{name}.jpg"
            save(pull(page.screenshot(), picture.size, picture.spot, picture.screens), target)
            print(f"{name}  {target.stat().st_size // 1024} KB")
        browser.close()
    write_alt(FOLDER)
    return 0


if __name__ == "__main__":
    sys.exit(main())
