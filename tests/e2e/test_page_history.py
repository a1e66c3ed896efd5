"""What the page remembers, in a real browser through nginx."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.page_parts import answered, example, field


def questions(page: Page) -> Locator:
    return page.get_by_label("Questions", exact=True).locator("tbody tr")


def ask_for_each_class(page: Page) -> None:
    expect(questions(page)).to_have_count(1)  # the example at the start
    for count, name in enumerate(("versicolor", "virginica"), start=2):
        example(page, name)
        expect(questions(page)).to_have_count(count)


def test_the_last_questions_stay_in_the_browser_and_can_be_asked_again(opened: Page) -> None:
    ask_for_each_class(opened)
    opened.reload()
    expect(questions(opened)).to_have_count(3)
    questions(opened).filter(has_text="virginica").get_by_role("button", name="Ask again").click()
    expect(answered(opened)).to_have_text(["virginica"] * 3)
    opened.get_by_role("button", name="Clear the history").click()
    expect(questions(opened)).to_have_count(0)


def test_what_differs_from_a_pinned_baseline_is_shown(opened: Page) -> None:
    ask_for_each_class(opened)
    pin = questions(opened).filter(has_text="setosa").get_by_role("button", name="Pin")
    pin.click()
    expect(pin).to_have_attribute("aria-pressed", "true")
    before = field(opened, "petal_width").input_value()
    field(opened, "petal_width").fill("1.05")
    differences = opened.get_by_role("region", name="Beside the baseline").get_by_role("row")
    row = differences.filter(has_text="petal_width")
    expect(row).to_contain_text("1.05 cm")
    expect(row).not_to_contain_text(f"{before} cm")  # the baseline is the setosa
    expect(differences.filter(has_text="soft vote")).to_contain_text("setosa")
    opened.reload()
    expect(opened.get_by_role("heading", name="Beside the baseline")).to_be_visible()
    opened.get_by_role("button", name="Unpin").click()
    expect(opened.get_by_role("heading", name="Beside the baseline")).to_have_count(0)


def test_dragging_a_slider_is_one_question(opened: Page) -> None:
    expect(questions(opened)).to_have_count(1)
    opened.get_by_role("slider", name="petal_width, slider").focus()
    for _ in range(10):
        opened.keyboard.press("ArrowRight")
        opened.wait_for_timeout(200)  # each is answered, and none stands
    expect(questions(opened)).to_have_count(2)
    opened.wait_for_timeout(1_500)
    expect(questions(opened)).to_have_count(2)
