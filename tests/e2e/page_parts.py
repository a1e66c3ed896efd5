"""The parts of the page that its tests use."""

from collections.abc import Sequence

from playwright.sync_api import Locator, Page

FLOWER = {"sepal_length": "6.7", "sepal_width": "3.0", "petal_length": "5.2", "petal_width": "2.3"}


def field(page: Page, feature: str) -> Locator:
    """A feature's number field, which its slider is bound to."""
    return page.get_by_label(feature, exact=True)


def fill_in(page: Page, flower: dict[str, str]) -> None:
    for feature, value in flower.items():
        field(page, feature).fill(value)


def example(page: Page, name: str) -> None:
    page.get_by_role("group", name="Examples").get_by_role("button", name=name, exact=True).click()


def cards(page: Page) -> Locator:
    return page.get_by_role("list", name="Models", exact=True).get_by_role("article")


def answered(page: Page) -> Locator:
    """The predictions on the models' cards; a card that was not asked yet has none."""
    return cards(page).locator(".prediction")


def verdict(page: Page) -> Locator:
    return page.get_by_label("Answer").locator(".verdict")


def narrow(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})


def excess_width(page: Page) -> int:
    """CSS pixels that a horizontal scroll bar would be needed for."""
    excess: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return excess


def wait_for(page: Page, happened: Sequence[object]) -> None:
    """Let the page go on until something has happened, for 5 s at most."""
    for _ in range(100):
        if not happened:
            page.wait_for_timeout(50)
    assert happened
