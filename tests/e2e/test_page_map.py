"""The map of where an input lies, in a real browser."""

import json
import re

from playwright.sync_api import Locator, Page, Request, Route, expect

from tests.e2e.page_parts import FLOWER, excess_width, field, fill_in, narrow, verdict
from tests.stack import Stack

CELLS = 48 * 48


def point(page: Page) -> Locator:
    return page.get_by_role("slider", name="on the map")


def layer(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name="Map behind the rows").get_by_role("radio", name=name)


def map_section(page: Page) -> Locator:
    return page.get_by_role("region", name="Where this input lies")


def drawing(page: Page) -> str:
    """What the canvas shows, as text."""
    image: str = page.locator("#map canvas").evaluate("canvas => canvas.toDataURL()")
    return image


def shown(page: Page, flower: dict[str, str] = FLOWER) -> None:
    """The map in view together with the form, and drawn, at this flower."""
    page.set_viewport_size({"width": page.evaluate("innerWidth"), "height": 2400})
    fill_in(page, flower)
    point(page).scroll_into_view_if_needed()
    expect(page.locator("#map .readout")).to_contain_text("of this map")
    expect(page.locator("#map canvas.stale")).to_have_count(0)


def instances(request: Request) -> list[dict[str, float]]:
    asked: list[dict[str, float]] = json.loads(request.post_data or "{}")["instances"]
    return asked


def is_map(request: Request) -> bool:
    return request.url.endswith("/predict/batch") and len(instances(request)) == CELLS


def maps_asked(page: Page) -> list[Request]:
    """The requests for maps from now on, as they come."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if is_map(request) else None)
    return asked


def test_it_begins_with_the_two_features_that_part_the_classes_most(opened: Page) -> None:
    expect(opened.get_by_label("Across")).to_have_value("petal_length")
    expect(opened.get_by_label("Upward")).to_have_value("petal_width")


def test_the_axes_are_chosen_and_the_point_lies_on_them(opened: Page) -> None:
    shown(opened)
    expect(point(opened)).to_have_attribute("aria-valuenow", "5.2")
    opened.get_by_label("Across").select_option("sepal_length")
    expect(point(opened)).to_have_attribute("aria-valuenow", "6.7")
    opened.get_by_label("Upward").select_option("sepal_length")
    expect(opened.get_by_label("Across")).to_have_value("petal_width")


def test_a_dragged_point_fills_in_its_two_fields_and_the_answer_follows(opened: Page) -> None:
    shown(opened)
    expect(opened.locator("#map .map-verdict")).to_contain_text("virginica")
    box = point(opened).bounding_box()
    plot = opened.locator("#map canvas").bounding_box()
    assert box
    assert plot
    opened.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    opened.mouse.down()
    opened.mouse.move(plot["x"] + 0.14 * plot["width"], plot["y"] + 0.89 * plot["height"], steps=10)
    expect(opened.locator("#map .map-verdict")).to_contain_text("setosa")
    opened.mouse.up()
    length, width = (float(field(opened, each).input_value()) for each in ("petal_length", "petal_width"))
    assert 1.2 < length < 1.8
    assert 0.1 < width < 0.4
    expect(field(opened, "sepal_length")).to_have_value("6.7")
    expect(verdict(opened)).to_contain_text("setosa")


def test_a_point_dragged_beyond_the_plot_stays_at_its_border(opened: Page) -> None:
    shown(opened)
    box = point(opened).bounding_box()
    assert box
    opened.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    opened.mouse.down()
    opened.mouse.move(5, 5, steps=5)
    opened.mouse.up()
    expect(field(opened, "petal_length")).to_have_value("0.53")
    expect(field(opened, "petal_width")).to_have_value("2.69")


def test_a_click_places_the_point(opened: Page) -> None:
    shown(opened)
    plot = opened.locator("#map canvas").bounding_box()
    assert plot
    opened.mouse.click(plot["x"] + 0.14 * plot["width"], plot["y"] + 0.89 * plot["height"])
    expect(opened.locator("#map .map-verdict")).to_contain_text("setosa")
    assert 1.2 < float(field(opened, "petal_length").input_value()) < 1.8


def test_the_arrow_keys_move_the_point(opened: Page) -> None:
    shown(opened)
    point(opened).focus()
    opened.keyboard.press("ArrowRight")
    opened.keyboard.press("Shift+ArrowDown")
    expect(field(opened, "petal_length")).to_have_value("5.25")
    expect(field(opened, "petal_width")).to_have_value("2.1")
    expect(point(opened)).to_be_focused()
    said = re.compile("^petal_length 5.25 cm, petal_width 2.1 cm: virginica, probability ")
    expect(point(opened)).to_have_attribute("aria-valuetext", said)


def test_a_point_outside_the_plot_is_told_by_an_arrow(opened: Page) -> None:
    shown(opened, FLOWER | {"petal_length": "40"})
    expect(point(opened).locator(".beyond")).to_be_visible()
    expect(point(opened)).to_have_attribute("aria-valuenow", "40")


def test_one_request_draws_every_layer_wherever_the_point_is(opened: Page) -> None:
    asked = maps_asked(opened)
    opened.reload()
    shown(opened)
    before = len(asked)
    drawings = [drawing(opened)]
    for name in ("random_forest", "k_neighbors", "neural_network", "Disagreement", "None"):
        layer(opened, name).check()
        drawings.append(drawing(opened))
    assert len(set(drawings)) == len(drawings)
    layer(opened, "Soft vote").check()
    field(opened, "petal_width").fill("0.4")
    expect(opened.locator("#map .map-verdict")).not_to_contain_text("virginica")
    assert drawing(opened) == drawings[0]
    assert len(asked) == before > 0


def test_a_later_map_makes_the_earlier_one_stale(opened: Page) -> None:
    shown(opened)
    first = drawing(opened)
    held: list[Route] = []
    given_up: list[Request] = []
    opened.on("requestfailed", lambda request: given_up.append(request) if is_map(request) else None)

    def hold_the_first(route: Route) -> None:
        if is_map(route.request) and not held:
            held.append(route)
        else:
            route.continue_()

    opened.route("**/predict/batch", hold_the_first)
    with opened.expect_request(is_map):
        field(opened, "sepal_length").fill("5.0")
    expect(opened.locator("#map canvas.stale")).to_be_attached()
    assert drawing(opened) == first
    with opened.expect_response(lambda response: is_map(response.request)) as last:
        field(opened, "sepal_length").fill("4.5")
    assert {each["sepal_length"] for each in instances(last.value.request)} == {4.5}
    expect(opened.locator("#map canvas.stale")).to_have_count(0)
    assert given_up == [held[0].request]
    assert drawing(opened) != first
    opened.unroute("**/predict/batch")


def test_the_map_is_told_in_words(opened: Page) -> None:
    shown(opened)
    readout = map_section(opened).get_by_role("status").filter(has_text="of this map")
    expect(readout).to_contain_text("Here the soft vote says virginica, probability ")
    expect(readout).to_contain_text("The models disagree on ")
    layer(opened, "k_neighbors").check()
    expect(readout).to_contain_text("Here k_neighbors says virginica")


def test_a_map_that_cannot_be_had_is_told_and_the_plot_stays(opened: Page) -> None:
    shown(opened)
    opened.route(
        "**/predict/batch",
        lambda route: route.fulfill(body="a proxy's page") if is_map(route.request) else route.continue_(),
    )
    field(opened, "sepal_length").fill("5.0")
    expect(map_section(opened)).to_contain_text("There is no map now. An answer that cannot be read")
    point(opened).focus()
    opened.keyboard.press("ArrowRight")
    expect(field(opened, "petal_length")).to_have_value("5.25")
    opened.unroute("**/predict/batch")
    map_section(opened).get_by_role("button", name="Try again").click()
    expect(map_section(opened)).not_to_contain_text("There is no map now")


def test_the_rows_are_a_table_too(opened: Page) -> None:
    sample = json.loads(opened.request.get(f"{opened.url}dataset").text())
    map_section(opened).get_by_text("Table of the 150 rows").click()
    rows = map_section(opened).get_by_role("row")
    expect(rows).to_have_count(101)
    expect(rows.first).to_contain_text("species")
    map_section(opened).get_by_role("button", name="Next 100").click()
    expect(rows).to_have_count(51)
    wrong = [
        row
        for row in range(100, 150)
        if any(said[row] != sample["labels"][row] for said in sample["predictions"].values())
    ]
    expect(rows.filter(has_text="wrong")).to_have_count(len(wrong))


def test_a_model_that_is_down_leaves_a_map_of_the_others(stack: Stack, opened: Page) -> None:
    shown(opened)
    with stack.without("model-tf"):
        field(opened, "sepal_length").fill("5.0")
        expect(map_section(opened)).to_contain_text(
            "This map is drawn from the 2 models that answered.", timeout=20_000
        )
        layer(opened, "neural_network").check()
        expect(map_section(opened)).to_contain_text("It has no map.")
        layer(opened, "random_forest").check()
        expect(map_section(opened)).not_to_contain_text("It has no map.")
        expect(opened.locator("#map .readout")).to_contain_text("The models disagree on ")


def test_the_map_fits_a_narrow_screen(opened: Page) -> None:
    narrow(opened)
    shown(opened)
    map_section(opened).get_by_text("Table of the 150 rows").click()
    expect(map_section(opened).get_by_role("table")).to_be_visible()
    assert excess_width(opened) == 0
    plot = opened.locator("#map canvas").bounding_box()
    assert plot
    assert plot["width"] > 230
