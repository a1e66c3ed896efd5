"""The page for programmers, in a real browser through nginx: snippets, the raw answer, and the address."""

import json
import os
import subprocess
import sys
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.page_parts import FLOWER, answered, example, field, fill_in, verdict

ODD = FLOWER | {"sepal_length": "6.05", "petal_width": "7"}


def code(page: Page, title: str) -> str:
    return page.get_by_label(title, exact=True).inner_text()


def printed(*command: str) -> dict[str, Any]:
    """What a program prints as JSON, where no proxy is set."""
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return lasting(subprocess.run(command, env=clean, capture_output=True, text=True, check=True).stdout)


def lasting(text: str) -> dict[str, Any]:
    """An answer without what differs from one request to the next."""
    answer: dict[str, Any] = json.loads(text)
    del answer["request_id"]
    for member in answer["models"].values():
        del member["latency_ms"]
    return answer


def test_the_snippets_give_the_very_answer_that_the_page_shows(opened: Page) -> None:
    fill_in(opened, ODD)
    expect(verdict(opened)).to_contain_text("petal_width 7 cm is outside")
    shown = lasting(code(opened, "Raw answer"))
    assert shown["warnings"][0]["feature"] == "petal_width"
    assert printed("sh", "-c", code(opened, "curl")) == shown
    assert printed(sys.executable, "-c", code(opened, "Python")) == shown


def test_the_answer_stands_there_as_it_came(opened: Page) -> None:
    expect(answered(opened)).to_have_count(3)
    with opened.expect_response("**/predict") as came:
        field(opened, "petal_width").fill("1.9")
    assert json.loads(came.value.text())["release"]
    tight = "".join(code(opened, "Raw answer").split())
    assert tight == "".join(came.value.text().split())


def test_the_address_restores_the_page_elsewhere(opened: Page) -> None:
    fill_in(opened, ODD)
    expect(verdict(opened)).to_contain_text("petal_width 7 cm is outside")
    opened.wait_for_url("**#*petal_width=7*")
    shown = lasting(code(opened, "Raw answer"))
    elsewhere = opened.context.new_page()
    elsewhere.goto(opened.url)
    expect(verdict(elsewhere)).to_contain_text("petal_width 7 cm is outside")
    for feature, value in ODD.items():
        expect(field(elsewhere, feature)).to_have_value(value)
    assert lasting(code(elsewhere, "Raw answer")) == shown
    elsewhere.close()


def test_the_link_is_copied(opened: Page) -> None:
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(answered(opened)).to_have_count(3)
    example(opened, "virginica")
    expect(answered(opened)).to_have_text(["virginica"] * 3)
    opened.wait_for_url("**#*petal_width=*")
    opened.get_by_role("button", name="Copy link").click()
    expect(opened.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert opened.evaluate("navigator.clipboard.readText()") == opened.url
    assert "petal_width=" in opened.url


def test_an_address_of_another_table_is_overlooked(opened: Page) -> None:
    opened.goto(opened.url.split("#")[0] + "#feature.proline=700")
    opened.reload()
    expect(opened.get_by_text("none of its 1 value fit")).to_be_visible()
    expect(answered(opened)).to_have_text(["setosa"] * 3)
