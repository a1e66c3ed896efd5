"""The page in a real browser, through nginx, as it is shipped: its input, its answer, and its health."""

import json
import re
import time

from playwright.sync_api import Page, Route, expect

from tests.e2e.page_parts import (
    FLOWER,
    answered,
    cards,
    example,
    excess_width,
    field,
    fill_in,
    narrow,
    verdict,
    wait_for,
)
from tests.stack import Stack

MODELS = ("random_forest", "k_neighbors", "neural_network")
CLASSES = ["setosa", "versicolor", "virginica"]
SEEN_WITHIN_S = 5.0


def test_a_clear_example_is_loaded_at_the_start_and_answered_by_all_models(opened: Page) -> None:
    expect(answered(opened)).to_have_text(["setosa"] * 3)
    expect(verdict(opened)).to_contain_text("3 of 3 agree")
    expect(verdict(opened)).to_contain_text("its true class is setosa, the vote is right")


def test_slider_and_number_field_are_bound_and_tell_unit_range_and_mean(opened: Page) -> None:
    expect(answered(opened)).to_have_count(3)
    slider = opened.get_by_role("slider", name="petal_width, slider")
    slider.focus()
    opened.keyboard.press("End")
    expect(field(opened, "petal_width")).to_have_value("2.5")
    field(opened, "petal_width").fill("1.3")
    assert slider.evaluate("slider => slider.valueAsNumber") == 1.3
    expect(slider).to_have_attribute("aria-valuetext", "1.3 cm")
    described = field(opened, "petal_width").get_attribute("aria-describedby")
    assert described
    told = " ".join(opened.locator(f"[id='{part}']").inner_text() for part in described.split())
    assert re.search(r"cm.*0\.1 to 2\.5.*mean 1\.2", told)


def test_the_answer_follows_the_input(opened: Page) -> None:
    fill_in(opened, FLOWER)
    expect(answered(opened)).to_have_text(["virginica"] * 3)
    expect(opened.get_by_role("status").filter(has_text=re.compile("^virginica, probability"))).to_contain_text(
        "3 of 3 agree"
    )


def test_a_stale_answer_never_wins(opened: Page) -> None:
    expect(answered(opened)).to_have_count(3)
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if json.loads(route.request.post_data or "{}").get("petal_width") == 2.3:
            held.append(route)
        else:
            route.continue_()

    opened.route("**/predict", hold_the_first)
    fill_in(opened, FLOWER)
    wait_for(opened, held)
    example(opened, "setosa")
    expect(answered(opened)).to_have_text(["setosa"] * 3)
    late = opened.request.post(held[0].request.url, data=held[0].request.post_data)
    held[0].fulfill(response=late)
    opened.wait_for_timeout(300)
    expect(answered(opened)).to_have_text(["setosa"] * 3)


def test_a_number_that_is_none_is_told_at_its_field_and_the_answer_stays(opened: Page) -> None:
    expect(answered(opened)).to_have_count(3)
    field(opened, "sepal_width").fill("three")
    expect(opened.get_by_text("Enter a number.")).to_be_visible()
    expect(field(opened, "sepal_width")).to_have_attribute("aria-invalid", "true")
    expect(verdict(opened)).to_contain_text("This answers the input as it was")
    expect(answered(opened)).to_have_count(3)


def test_the_keyboard_alone_is_enough(opened: Page) -> None:
    expect(answered(opened)).to_have_text(["setosa"] * 3)
    field(opened, "sepal_length").focus()
    for value in FLOWER.values():
        opened.keyboard.press("ControlOrMeta+a")
        opened.keyboard.type(value)
        opened.keyboard.press("Tab")  # to the slider, which says the same
        opened.keyboard.press("Tab")
    expect(answered(opened)).to_have_text(["virginica"] * 3)
    opened.get_by_role("slider", name="petal_width, slider").focus()
    opened.keyboard.press("Home")
    expect(field(opened, "petal_width")).to_have_value("0.1")


def test_a_value_outside_the_training_range_is_a_warning_beside_its_field_and_no_block(opened: Page) -> None:
    fill_in(opened, FLOWER | {"petal_width": "7"})
    beside = opened.locator(".field", has=field(opened, "petal_width")).get_by_role("status")
    expect(beside).to_contain_text("Above the training range, which ends at 2.5 cm.")
    expect(opened.get_by_role("list", name="Warnings")).to_contain_text("petal_width 7 cm is outside")
    expect(answered(opened)).to_have_count(3)


def test_there_is_an_example_of_each_class_which_all_models_take_for_it(opened: Page) -> None:
    for name in CLASSES:
        example(opened, name)
        expect(answered(opened)).to_have_text([name] * 3)
        expect(verdict(opened)).to_contain_text(f"its true class is {name}, the vote is right")


def test_there_is_an_example_on_which_the_models_disagree(opened: Page) -> None:
    expect(answered(opened)).to_have_count(3)
    example(opened, "models disagree")
    expect(verdict(opened)).to_contain_text(re.compile(r"[12] of 3: \w+"))
    assert len(set(answered(opened).all_inner_texts())) > 1


def test_there_is_an_example_outside_the_range(opened: Page) -> None:
    expect(answered(opened)).to_have_count(3)
    example(opened, "outside the range")
    expect(opened.get_by_role("list", name="Warnings").get_by_role("listitem")).to_have_count(1)


def test_a_random_row_shows_its_true_class(opened: Page) -> None:
    expect(answered(opened)).to_have_count(3)
    example(opened, "a random row")
    expect(verdict(opened)).to_contain_text(re.compile(r"Row \d+ of the training sample: its true class is \w+"))


def test_each_card_has_label_probabilities_and_how_it_was_answered(stack: Stack, opened: Page) -> None:
    fill_in(opened, FLOWER)
    expect(answered(opened)).to_have_text(["virginica"] * 3)
    asked = stack.predict(**{feature: float(value) for feature, value in FLOWER.items()}).json()
    for name, card in zip(MODELS, cards(opened).all(), strict=True):
        expect(card.get_by_role("heading")).to_have_text(name)
        expect(card.get_by_role("rowheader")).to_have_text(CLASSES)
        told = asked["models"][name]
        probability = told["probabilities"]["versicolor"]
        if 0.001 <= probability <= 0.999:
            expect(card.locator(".value").nth(1)).to_have_text(f"{probability:.3f}")
        facts = card.locator(".facts")
        expect(facts).to_contain_text("answered")
        expect(facts).to_contain_text(re.compile(r"latency[\d.]+ ms"))
        expect(facts).to_contain_text(told["engine"])
        expect(facts).to_contain_text(told["version"][-12:])


def test_the_verdict_tells_the_vote_and_its_margin(stack: Stack, opened: Page) -> None:
    fill_in(opened, FLOWER | {"petal_width": "1.6"})
    asked = stack.predict(**{name: float(value) for name, value in (FLOWER | {"petal_width": "1.6"}).items()}).json()
    first, second, _ = sorted(asked["probabilities"].values(), reverse=True)
    expect(verdict(opened).locator(".prediction")).to_contain_text(asked["prediction"])
    expect(verdict(opened)).to_contain_text(f"Margin {first - second:.3f} over")


def test_it_fits_a_narrow_screen(opened: Page) -> None:
    narrow(opened)
    fill_in(opened, FLOWER)
    expect(answered(opened)).to_have_count(3)
    assert excess_width(opened) == 0


def test_with_a_model_stopped_it_says_so_within_5_s_and_stays_usable(stack: Stack, opened: Page) -> None:
    expect(answered(opened)).to_have_count(3)
    health = opened.get_by_role("list", name="Health of each model")
    expect(health.get_by_role("listitem")).to_have_text(
        [re.compile(f"{name} ?ready ?[0-9a-f]{{12}}") for name in MODELS]
    )
    begun = time.monotonic()
    try:
        with stack.started("stop", "model-tf"):
            told = opened.get_by_role("status").filter(has_text="neural_network is unavailable")
            expect(told.first).to_be_visible(timeout=SEEN_WITHIN_S * 1000)
            assert time.monotonic() - begun < SEEN_WITHIN_S
        fill_in(opened, FLOWER)
        expect(verdict(opened)).to_contain_text("2 of 2 that answered agree, neural_network is unavailable")
        expect(answered(opened)).to_have_text(["virginica"] * 2)
        expect(cards(opened).nth(2).locator(".happened")).to_contain_text("navailable")
        expect(health).to_contain_text("neural_network unavailable")
    finally:
        stack.compose("start", "model-tf")
    expect(verdict(opened)).to_contain_text("3 of 3 agree", timeout=60_000)
    expect(answered(opened)).to_have_count(3)


def test_it_asks_nothing_while_its_tab_is_hidden(opened: Page) -> None:
    expect(answered(opened)).to_have_count(3)
    asked: list[str] = []
    fetched = "fetch"  # the browser itself may yet ask for the page's icon
    opened.on("request", lambda request: asked.append(request.url) if request.resource_type == fetched else None)
    opened.evaluate("Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })")
    opened.wait_for_timeout(5_000)
    assert asked == []
    opened.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    wait_for(opened, asked)


def test_the_documentation_works_without_the_internet(stack: Stack, opened: Page) -> None:
    opened.goto(f"{stack.url}/docs")
    expect(opened.get_by_text("/predict/batch")).to_be_visible()


def test_another_table_works_in_the_same_page(stack: Stack, opened: Page, wine_release: str) -> None:
    expect(field(opened, "sepal_length")).to_be_visible()
    with stack.rolled_back(wine_release):
        expect(field(opened, "proline")).to_be_visible(timeout=20_000)
        expect(opened.get_by_role("slider", name=", slider")).to_have_count(13)
        expect(field(opened, "sepal_length")).to_have_count(0)
        for name in ("class_0", "class_1", "class_2"):
            example(opened, name)
            expect(answered(opened)).to_have_text([name] * 3)
        example(opened, "outside the range")
        expect(opened.get_by_role("list", name="Warnings").get_by_role("listitem")).to_have_count(1)


def test_a_release_without_a_sample_has_examples_drawn_from_its_ranges(stack: Stack, opened: Page) -> None:
    models = stack.client.get("/models").json() | {"sample": False}
    opened.route("**/models", lambda route: route.fulfill(json=models))
    opened.reload()
    expect(opened.get_by_text("was published without a sample")).to_be_visible()
    for name in CLASSES:
        example(opened, name)
        expect(answered(opened)).to_have_text([name] * 3)
        expect(verdict(opened)).to_contain_text("Drawn from the training ranges")
