"""How often the texts made of pages are those a real browser gives of the same pages."""

from __future__ import annotations

import re

from benchmarks.newsstand.dump import dump

_SCRIPTS = {
    "inner": "document.body.innerText",
    "copied": "(() => { const all = getSelection(); all.selectAllChildren(document.body); return all.toString() })()",
}


def compare(pages: dict[str, list[str]], browser: str) -> None:
    """Print for each set of pages how many texts are the same, line for line."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"]).new_page()
        window.route("**/*", lambda route: route.abort())
        for name, many in pages.items():
            same = dict.fromkeys(_SCRIPTS, 0)
            for page in many:
                window.set_content(page, wait_until="commit")
                for manner, script in _SCRIPTS.items():
                    same[manner] += _bare(window.evaluate(script)) == _bare(dump(page, manner=manner))
            for manner in _SCRIPTS:
                print(f"{name:10} {manner:8} {same[manner]} of {len(many)} texts the same")


def _bare(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in text.strip().split("\n")))
