"""The states that the page can be in, and how a visitor meets each: another is a line in `STATES`."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Self

from playwright.sync_api import FilePayload, Page, expect

from tests.processes import until
from tests.stack import Stack


class Visit:
    """A visit to the page, step by step; what `leaving` holds is done when it is over. `wine_release` trains one."""

    def __init__(self, stack: Stack, page: Page, wine_release: Callable[[], str], leaving: ExitStack) -> None:
        self.stack = stack
        self.page = page
        self.wine_release = wine_release
        self.leaving = leaving

    def open(self) -> Self:
        return self.open_at("")

    def open_at(self, address: str) -> Self:
        self.page.goto(f"{self.stack.url}/{address}")
        return self

    def settled(self) -> Self:
        """All of it is there, and no answer is awaited."""
        expect(self.page.locator("main h2").first).to_be_visible()
        expect(self.page.locator("[aria-busy=true]")).to_have_count(0, timeout=15_000)
        return self

    def see(self, text: str) -> Self:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=20_000)
        return self

    def press(self, button: str) -> Self:
        self.page.get_by_role("button", name=button).click()
        return self

    def unfold(self) -> Self:
        """Open all that can be."""
        for summary in self.page.locator("summary").all():
            summary.press("Enter")
        return self

    def scrolled(self, part: str) -> Self:
        self.page.locator(part).scroll_into_view_if_needed()
        return self

    def layer(self, name: str) -> Self:
        """Have the map, which has come into view, show this."""
        self.scrolled("#map .readout").page.get_by_role("radio", name=name).check()
        return self.see("of this map")

    def choose(self, table: bytes) -> Self:
        """Choose a CSV file that holds this."""
        file: FilePayload = {"name": "own.csv", "mimeType": "text/csv", "buffer": table}
        self.page.get_by_label("Choose a CSV file").set_input_files(file)
        return self.see("own.csv")

    def enter(self, text: str) -> Self:
        """Write into the first field, and ask."""
        self.page.get_by_role("textbox").first.fill(text)
        self.page.keyboard.press("Enter")
        return self

    def enter_key(self, key: str) -> Self:
        self.page.get_by_label("API key").fill(key)
        return self.press("Use this key")

    def told(self, status: int, body: dict[str, Any], *paths: str) -> Self:
        """From now on, these paths are answered like this."""
        answer = json.dumps(body)
        for path in paths:
            self.page.route(f"{self.stack.url}{path}", lambda route: route.fulfill(status=status, body=answer))
        return self

    def cut_off(self, *paths: str) -> Self:
        """From now on, no connection is made for these paths."""
        for path in paths:
            self.page.route(f"{self.stack.url}{path}", lambda route: route.abort("connectionrefused"))
        return self

    def kept_waiting(self, *paths: str) -> Self:
        """From now on, these paths are not answered."""
        for path in paths:
            self.page.route(f"{self.stack.url}{path}", lambda _: None)
        return self

    def without_a_model(self) -> Self:
        self.leaving.callback(until, self.stack.all_ready, seconds=60, what="all models to be ready")
        self.leaving.enter_context(self.stack.without("model-tf"))
        return self

    def with_another_table(self) -> Self:
        wine = self.wine_release()
        self.leaving.callback(until, self.stack.all_ready, seconds=20, what="all models to be ready")
        self.leaving.enter_context(self.stack.rolled_back(wine))
        return self


def problem(status: int, title: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": title, "status": status, "detail": title, "error": title}


WANTS_KEY = (401, problem(401, "Unauthorized"), "/models")
NO_RELEASE = problem(503, "No release has been loaded yet")
NOT_READY: dict[str, Any] = {"ready": False, "release": None, "models": {}}

HEAD = b"sepal_length,sepal_width,petal_length,petal_width,species\n"
ROWS = b"5.1,3.5,1.4,0.2,setosa\n6.7,3.0,5.2,23,virginica\n6.3,,4.9,1.5,versicolor\n"

STATES: dict[str, Callable[[Visit], Visit]] = {
    "start": lambda visit: visit.open().settled(),
    "models disagree": lambda visit: visit.open().press("models disagree").settled(),
    "out of range": lambda visit: visit.open().press("outside the range").see("outside the training range").settled(),
    "no number": lambda visit: visit.open().settled().enter("four"),
    "empty field": lambda visit: visit.open().settled().enter(""),
    "refused value": lambda visit: visit.open().settled().enter("1e300").settled(),
    "awaited answer": lambda visit: visit.open().settled().kept_waiting("/predict").enter("5"),
    "lost answer": lambda visit: visit.open().settled().cut_off("/predict").enter("5").see("cannot be reached"),
    "overload": lambda visit: (
        visit.open().settled().told(429, problem(429, "Busy"), "/predict").enter("5").see("Too many requests")
    ),
    "model down": lambda visit: visit.without_a_model().open().see("is unavailable").settled(),
    "model gone meanwhile": lambda visit: visit.open().settled().without_a_model().see("is unavailable").settled(),
    "another table": lambda visit: visit.open().settled().with_another_table().see("proline").settled(),
    "lost sample": lambda visit: visit.told(404, problem(404, "No sample"), "/dataset").open().settled(),
    "another address": lambda visit: visit.open_at("#feature.proline=700").see("made for another table").settled(),
    "all unfolded": lambda visit: visit.open().settled().unfold(),
    "disagreement": lambda visit: visit.open().settled().layer("Disagreement").settled(),
    "map of a model": lambda visit: visit.open().settled().layer("random_forest").settled(),
    "lost map": lambda visit: (
        visit.open().settled().cut_off("/predict/batch").scrolled("#map .readout").see("no map now")
    ),
    "baseline": lambda visit: visit.open().press("Pin").press("virginica").see("Beside the baseline").settled(),
    "chosen table": lambda visit: visit.open().settled().choose(HEAD + ROWS).see("features found"),
    "unfit table": lambda visit: visit.open().settled().choose(b"width\n1\n").see("no column for"),
    "answered table": lambda visit: (
        visit.open().settled().choose(HEAD + ROWS).see("features found").press("Predict 3 rows").see("Evaluation by")
    ),
    "lost table": lambda visit: (
        visit.open().settled().choose(HEAD + ROWS).see("features found").cut_off("/predict/csv").press("Predict 3 rows")
    ).see("cannot be reached"),
    "nothing yet": lambda visit: visit.kept_waiting("/models", "/health/ready").open(),
    "unreachable": lambda visit: visit.cut_off("/models", "/health/ready").open().see("cannot be reached"),
    "unreachable meanwhile": lambda visit: visit.open().settled().cut_off("/health/ready").see("does not answer"),
    "no release": lambda visit: (
        visit.told(503, NO_RELEASE, "/models").told(503, NOT_READY, "/health/ready").open().see("the first release")
    ),
    "key": lambda visit: visit.told(*WANTS_KEY).open().see("wants a key"),
    "refused key": lambda visit: visit.told(*WANTS_KEY).open().enter_key("x").see("is not accepted"),
}
