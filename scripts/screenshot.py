"""`make screenshot`: the page on a row where the models disagree, down to its map, light and dark, wide and narrow, as
docs/page*.png, from a stack that is up (URL, http://127.0.0.1:8080)."""

import os
import shutil
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

URL = os.environ.get("URL", "http://127.0.0.1:8080")
DOCS = Path(__file__).parent.parent / "docs"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = {"": 1280, "-narrow": 360}


QUIET = """() => {
  const ends = performance.getEntriesByType("resource").map(({ responseEnd }) => responseEnd);
  return performance.now() - Math.max(...ends) > 500 && !document.querySelector("[aria-busy=true]");
}"""

END_OF_MAP = "() => document.querySelector('#map .map-words').getBoundingClientRect().bottom + scrollY + 40"


def take(browser: Browser, target: Path, scheme: Literal["light", "dark"], width: int) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce", locale="en"
    )
    page.goto(URL)
    page.get_by_role("button", name="models disagree").wait_for()
    page.wait_for_function(QUIET)  # until then the example may be replaced by a better one
    page.get_by_role("button", name="models disagree").press("Enter")  # a pointer would hover
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.set_viewport_size({"width": width, "height": int(page.evaluate(END_OF_MAP))})
    page.locator("#map .readout", has_text="of this map").wait_for()
    page.wait_for_function(QUIET)
    page.screenshot(path=target)
    page.close()


def main() -> None:
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for scheme, (name, width) in product(SCHEMES, WIDTHS.items()):
            take(browser, DOCS / f"page{name}{'' if scheme == 'light' else '-dark'}.png", scheme, width)
        browser.close()


if __name__ == "__main__":
    main()
