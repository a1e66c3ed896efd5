"""The browser, and the page in it; the load test beside the stack."""

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


@pytest.fixture(scope="session")
def locust(stack: Stack) -> str:
    """The address of Locust's own page beside the stack, with two workers."""
    scaled = ("--no-recreate", "--scale", "locust-worker=2")
    stack.compose("--profile", "loadtest", "up", "--build", "--wait", *scaled, "locust", "locust-worker")
    return stack.locust_url


@pytest.fixture
def complaints(stack: Stack, page: Page) -> list[str]:
    """What the browser complains of, as it comes: the console, where violations of the content security policy stand
    too, errors that nothing caught, and requests to others."""
    until(stack.all_ready, seconds=60, what="all models to be ready")
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", lambda request: found.append(request.url) if not request.url.startswith(stack.url) else None)
    return found


@pytest.fixture
def opened(stack: Stack, page: Page, complaints: list[str]) -> Iterator[Page]:
    """The page, opened; at the end nothing may have been complained of."""
    page.goto(stack.url)
    yield page
    assert complaints == []
