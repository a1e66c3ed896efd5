"""The model cards of the page, held against what the gateway tells."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.page_parts import excess_width, narrow
from tests.processes import until
from tests.stack import Stack


@pytest.fixture
def released(stack: Stack) -> dict[str, Any]:
    models: dict[str, Any] = stack.client.get("/models").json()
    return models


@pytest.fixture
def wine(stack: Stack, wine_release: str) -> Iterator[dict[str, Any]]:
    """What the gateway tells of wine, while it serves it."""
    with stack.rolled_back(wine_release):
        until(stack.all_ready, seconds=60, what="all models of wine to be ready")
        yield stack.client.get("/models").json()


def section(page: Page) -> Locator:
    return page.get_by_role("region", name="Model cards", exact=True)


def card(page: Page, name: str) -> Locator:
    title = page.get_by_role("heading", name=name, exact=True)
    return section(page).get_by_role("article").filter(has=title)


def rows_of(table: Locator) -> list[list[str]]:
    """The cells of a table's body as the page shows them, row by row."""
    return [
        [cell.inner_text() for cell in row.locator("td").all()]
        for row in table.locator("tbody").get_by_role("row").all()
    ]


def heads_of(table: Locator) -> list[str]:
    return [head.inner_text() for head in table.locator("tbody").get_by_role("rowheader").all()]


def assert_cards_tell(page: Page, released: dict[str, Any]) -> None:
    expect(section(page).get_by_role("article")).to_have_count(len(released["models"]))
    for model in released["models"]:
        found, metrics = card(page, model["name"]), model["metrics"]
        expect(found).to_contain_text(f"{metrics['accuracy']:.3f} ± {metrics['accuracy_std']:.3f}")
        expect(found).to_contain_text(f"{metrics['log_loss']:.3f}")
        expect(found).to_contain_text(model["engine"])
        for sentence in model["limits"]:
            expect(found).to_contain_text(sentence)
        matrix = found.get_by_role("table")
        assert heads_of(matrix) == released["classes"]
        assert rows_of(matrix) == [[str(count) for count in counts] for counts in metrics["confusion_matrix"]]


def test_each_model_has_a_card_with_the_figures_of_the_release(opened: Page, released: dict[str, Any]) -> None:
    assert_cards_tell(opened, released)
    expect(section(opened)).to_contain_text("5-fold cross-validation: each row was judged by a model that had not seen")


def test_a_confusion_matrix_is_read_by_true_and_predicted_class(opened: Page, released: dict[str, Any]) -> None:
    matrix = card(opened, released["models"][0]["name"]).get_by_role("table")
    columns = [head.inner_text() for head in matrix.get_by_role("columnheader").all()]
    assert columns == ["Predicted class", "True class", *released["classes"]]
    expect(matrix).to_have_accessible_name(f"{released['models'][0]['name']}: rows by true and predicted class")


def test_the_confusion_matrix_of_ten_digits_is_whole_in_its_card(page: Page, stack: Stack) -> None:
    digits = stack.client.get("/models").json() | {"classes": list("0123456789"), "comparison": None, "sample": False}
    digits["data"]["class_rows"] = [178] * 10
    for model in digits["models"]:
        model["metrics"]["confusion_matrix"] = [[174 if i == j else 2 for j in range(10)] for i in range(10)]
    page.route("**/models", lambda route: route.fulfill(json=digits))
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(stack.url)
    matrix = card(page, digits["models"][0]["name"]).get_by_role("region")
    expect(matrix.get_by_role("cell", name="174")).to_have_count(10)
    assert matrix.evaluate("region => region.scrollWidth <= region.clientWidth")


def test_each_model_is_held_against_each_other(opened: Page, released: dict[str, Any]) -> None:
    names, rows = [model["name"] for model in released["models"]], released["data"]["rows"]
    for caption, member in (("Both predict the same class", "same"), ("Only the model on the left is right", "only")):
        table = section(opened).get_by_role("table", name=caption)
        assert heads_of(table) == names
        for i, cells in enumerate(rows_of(table)):
            for j, cell in enumerate(cells):
                count = released["comparison"][member][i][j]
                words = f"{100 * count / rows:.1f} % {count} row{'' if count == 1 else 's'}"
                assert " ".join(cell.split()) == ("– the same model" if i == j else words)


def test_the_data_set_and_the_versions_are_told(opened: Page, released: dict[str, Any]) -> None:
    shown = section(opened)
    expect(shown).to_contain_text(released["data"]["sha256"][:12])
    for name, version in released["libraries"].items():
        expect(shown.locator(".part", has_text="Trained with")).to_contain_text(f"{name}{version}")
    classes = shown.get_by_role("table", name="Rows of each class")
    assert heads_of(classes) == released["classes"]
    assert [cells[0] for cells in rows_of(classes)] == [f"{count} rows" for count in released["data"]["class_rows"]]


def test_the_intended_use_and_the_limits_are_told(opened: Page, released: dict[str, Any]) -> None:
    assert released["intended_use"]
    assert released["limits"]
    for sentence in (*released["intended_use"], *released["limits"]):
        expect(section(opened).get_by_text(sentence, exact=True)).to_be_visible()


def test_parameters_and_features_are_opened_with_the_keyboard(opened: Page, released: dict[str, Any]) -> None:
    forest = released["models"][0]
    summary = card(opened, forest["name"]).get_by_text(f"{len(forest['parameters'])} parameters")
    value = card(opened, forest["name"]).get_by_text(forest["parameters"]["estimator"])
    expect(value).to_be_hidden()
    summary.focus()
    opened.keyboard.press("Enter")
    expect(value).to_be_visible()
    section(opened).get_by_text(f"{len(released['features'])} features", exact=True).focus()
    opened.keyboard.press("Enter")
    table = section(opened).get_by_role("table", name="Features and what the training rows held of them")
    assert heads_of(table) == [feature["name"] for feature in released["features"]]


def test_a_model_that_goes_down_is_told_on_its_card_and_keeps_its_figures(
    stack: Stack, opened: Page, released: dict[str, Any]
) -> None:
    network = card(opened, "neural_network")
    expect(network).to_contain_text("ready")
    with stack.without("model-tf"):
        expect(network).to_contain_text("unavailable", timeout=20_000)
        expect(network).to_contain_text(f"{released['models'][2]['metrics']['accuracy']:.3f} ±")


def test_a_narrow_screen_scrolls_the_tables_and_not_the_page(opened: Page) -> None:
    narrow(opened)
    expect(section(opened)).to_be_visible()
    for summary in section(opened).locator("summary").all():
        summary.click()
    assert excess_width(opened) == 0
    features = opened.get_by_role("region", name="Features and what the training rows held of them")
    features.focus()
    opened.keyboard.press("ArrowRight")
    opened.wait_for_function("element => element.scrollLeft > 0", arg=features.element_handle())


def test_another_table_has_cards_of_its_own(wine: dict[str, Any], opened: Page) -> None:
    assert len(wine["features"]) == 13
    assert_cards_tell(opened, wine)
    expect(section(opened).get_by_text("13 features", exact=True)).to_be_visible()
