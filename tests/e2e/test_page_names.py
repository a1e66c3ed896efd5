"""The page with features that are called like something else."""

from collections.abc import Mapping

from playwright.sync_api import Page, Route, expect

from tests.e2e.page_parts import cards
from tests.stack import Stack

NAMES = {
    "sepal_length": "insertBefore",
    "sepal_width": "__proto__",
    "petal_length": "nextSibling",
    "petal_width": "<img src=x onerror=alert(1)>",
}


def call_features(page: Page, names: Mapping[str, str]) -> None:
    """From now on, the gateway has other names for its features."""

    def answer(route: Route) -> None:
        asked = route.request.post_data
        for ours, theirs in names.items():
            asked = asked and asked.replace(theirs, ours)
        response = route.fetch(post_data=asked)
        text = response.text()
        for ours, theirs in names.items():
            text = text.replace(ours, theirs)
        route.fulfill(response=response, body=text)

    for path in ("models", "dataset", "predict", "predict/batch"):
        page.route(f"**/{path}", answer)


def test_features_may_be_called_like_parts_of_a_document(stack: Stack, page: Page, complaints: list[str]) -> None:
    call_features(page, NAMES)
    page.goto(f"{stack.url}/#map=none")
    for name in NAMES.values():
        expect(page.get_by_label(name, exact=True)).to_be_visible()
    expect(cards(page)).to_have_count(3)
    page.get_by_label("insertBefore", exact=True).fill("5.5")
    expect(page.locator("#code")).to_contain_text('"insertBefore": 5.5')
    expect(page.locator("#code")).to_contain_text('"__proto__"')
    page.unroute_all(behavior="wait")
    assert complaints == []
