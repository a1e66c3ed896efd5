"""The page in a real browser, through nginx, as it is shipped."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.processes import until
from tests.stack import Stack

FLOWER = {"sepal_length": "6.7", "sepal_width": "3.0", "petal_length": "5.2", "petal_width": "2.3"}
MODELS = ("random_forest", "k_neighbors", "neural_network")


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


def fill_in(page: Page, flower: dict[str, str]) -> None:
    for feature, value in flower.items():
        page.get_by_label(feature).fill(value)
    page.get_by_role("button", name="Predict").click()


def answered(page: Page) -> Locator:
    """The predictions on the models' cards; a card that was not asked yet has none."""
    return page.get_by_role("list", name="Models").get_by_role("article").locator(".prediction")


def test_a_flower_is_answered_by_all_three_models(opened: Page) -> None:
    fill_in(opened, FLOWER)
    cards = opened.get_by_role("list", name="Models").get_by_role("article")
    expect(cards).to_have_count(3)
    for name, card in zip(MODELS, cards.all(), strict=True):
        expect(card.get_by_role("heading")).to_have_text(name)
        expect(card.locator(".prediction")).to_have_text("virginica")
    expect(opened.get_by_role("status").filter(has_text="virginica")).to_contain_text("3 of 3 agree")


def test_the_keyboard_alone_is_enough(opened: Page) -> None:
    opened.get_by_label("sepal_length").focus()
    for value in FLOWER.values():
        opened.keyboard.press("ControlOrMeta+a")
        opened.keyboard.type(value)
        opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("status").filter(has_text="virginica")).to_be_attached()


def test_a_value_outside_the_training_range_is_a_warning_and_no_block(opened: Page) -> None:
    fill_in(opened, FLOWER | {"petal_width": "7"})
    expect(opened.get_by_text("outside the training range").first).to_be_visible()
    expect(answered(opened)).to_have_count(3)


def test_it_fits_a_narrow_screen(opened: Page) -> None:
    opened.set_viewport_size({"width": 360, "height": 740})
    fill_in(opened, FLOWER)
    expect(answered(opened)).to_have_count(3)
    assert opened.evaluate("document.documentElement.scrollWidth") == 360


def test_a_model_that_is_down_is_told_in_words(stack: Stack, opened: Page) -> None:
    stack.compose("stop", "model-tf")
    try:
        fill_in(opened, FLOWER)
        expect(opened.get_by_text("2 of 2 that answered agree").first).to_be_visible()
        expect(answered(opened)).to_have_count(2)
        card = opened.get_by_role("list", name="Models").get_by_role("article").nth(2)
        expect(card.locator(".happened")).to_contain_text("navailable")
    finally:
        stack.compose("start", "model-tf")


def test_the_documentation_works_without_the_internet(stack: Stack, opened: Page) -> None:
    opened.goto(f"{stack.url}/docs")
    expect(opened.get_by_text("/predict/batch")).to_be_visible()


def test_it_rebuilds_its_form_when_a_release_of_another_table_is_served(
    stack: Stack, opened: Page, wine_release: str
) -> None:
    iris = stack.current_release()
    expect(opened.get_by_label("sepal_length")).to_be_visible()
    try:
        stack.trainer("rollback", wine_release)
        expect(opened.get_by_label("proline")).to_be_visible(timeout=20_000)
        expect(opened.get_by_label("sepal_length")).to_have_count(0)
        until(stack.all_ready, seconds=20, what="wine to be served")
        opened.get_by_role("button", name="Predict").click()
        expect(answered(opened)).to_have_count(3)
    finally:
        stack.trainer("rollback", iris)
        until(lambda: stack.served_release() == iris, seconds=20, what="iris to be served again")
