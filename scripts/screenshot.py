"""`make screenshot`: the page with an answer, as docs/page.png, from a stack that is up (URL, http://127.0.0.1:8080)."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

FLOWER = {"sepal_length": "1", "sepal_width": "4.2", "petal_length": "1.4", "petal_width": "7"}


def main(target: Path) -> None:
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 800})
        page.goto(os.environ.get("URL", "http://127.0.0.1:8080"))
        for feature, value in FLOWER.items():
            page.get_by_label(feature).fill(value)
        page.get_by_role("button", name="Predict").click()
        page.get_by_role("list", name="Models").get_by_role("article").nth(2).wait_for()
        page.locator(".prediction").nth(2).wait_for()
        page.screenshot(path=target, full_page=True)
        browser.close()


if __name__ == "__main__":
    main(Path(__file__).parent.parent / "docs/page.png")
