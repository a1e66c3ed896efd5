"""The browser."""

import shutil

import pytest

from tests.machine import lacking


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """pytest-playwright's fixture: the machine's own Chromium, since Playwright's need not be installed."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        lacking("no Chromium is installed", "REQUIRE_BROWSER")
    offline = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return {"executable_path": chromium, "args": ["--no-sandbox", "--disable-gpu", *offline]}
