"""The browser."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.machine import lacking
from tests.processes import until
from tests.stack import Stack


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """pytest-playwright's fixture: the machine's own Chromium, since Playwright's need not be installed."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        lacking("no Chromium is installed", "REQUIRE_BROWSER")
    offline = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return {"executable_path": chromium, "args": ["--no-sandbox", "--disable-gpu", *offline]}


@pytest.fixture
def opened(stack: Stack, page: Page) -> Iterator[Page]:
    """The page, opened; at the end nothing may stand in its console, and nothing may have been asked of others."""
    until(stack.all_ready, seconds=60, what="all models to be ready")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request", lambda request: complaints.append(request.url) if not request.url.startswith(stack.url) else None
    )
    page.goto(stack.url)
    yield page
    assert complaints == []
