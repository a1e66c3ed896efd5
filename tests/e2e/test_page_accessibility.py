"""Whoever comes to the page can use it, in whatever state it is: with axe's eyes, the keyboard alone, on a phone."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.page_parts import excess_width
from tests.e2e.page_states import STATES, Visit
from tests.stack import Stack

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
FIND_VIOLATIONS = """async (rules) => {
  const { violations } = await axe.run({ runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
}"""

# Remembers how each control looks without the focus. A wrapper, a label or a drawing beside or in it may show it too.
REMEMBER_CONTROLS = """() => {
  document.activeElement.blur();
  const named = "a[href], button, input, select, textarea, summary, [tabindex]";
  const reached = (element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility();
  const shown = (element) => {
    const { outline, boxShadow, borderColor, stroke } = getComputedStyle(element);
    return outline + boxShadow + borderColor + stroke;
  };
  window.lookOf = (element) =>
    [element, element.parentElement, element.previousElementSibling, element.nextElementSibling, ...element.children]
      .map((near) => near && shown(near)).join();
  window.controls = new Map([...document.querySelectorAll(named)].filter(reached).map((each) => [each, lookOf(each)]));
  return controls.size;
}"""
LOOK_AT_FOCUS = """() => {
  const focused = document.activeElement;
  const unmarked = controls.get(focused) === lookOf(focused);
  controls.delete(focused);
  for (const each of controls.keys()) if (focused.type === "radio" && each.name === focused.name) controls.delete(each);
  return unmarked ? focused.outerHTML : null;
}"""
UNREACHED = "() => [...controls.keys()].map((each) => each.outerHTML)"
WIDE, NARROW = 1280, 360


@pytest.fixture(params=STATES)
def visited(request: pytest.FixtureRequest, stack: Stack, page: Page, complaints: list[str]) -> Iterator[Page]:
    """The page in each of its states, without transitions."""
    page.emulate_media(reduced_motion="reduce")
    with ExitStack() as leaving:
        STATES[request.param](Visit(stack, page, lambda: request.getfixturevalue("wine_release"), leaving))
        yield page
        assert [each for each in complaints if not each.startswith("Failed to load resource")] == []


def test_axe_finds_nothing_and_nothing_needs_a_horizontal_scroll_bar(visited: Page) -> None:
    visited.evaluate(AXE.read_text())
    found = {}
    for width in (WIDE, NARROW):
        visited.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            visited.emulate_media(color_scheme=scheme)
            found[width, scheme] = visited.evaluate(FIND_VIOLATIONS, RULES)
        found[width, "excess"] = excess_width(visited)
    assert {where: what for where, what in found.items() if what} == {}


def test_every_control_is_reached_with_tab_and_shows_that_it_has_the_focus(visited: Page) -> None:
    controls = visited.evaluate(REMEMBER_CONTROLS)
    unmarked: list[str] = []
    for _ in range(2 * controls + 2):  # once around, from wherever the focus was
        visited.keyboard.press("Tab")
        unmarked += filter(None, [visited.evaluate(LOOK_AT_FOCUS)])
    assert unmarked == []
    assert visited.evaluate(UNREACHED) == []
