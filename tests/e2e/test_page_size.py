"""What a visit to the page brings over the wire, through nginx."""

import pytest
from playwright.sync_api import Page, expect

from tests.stack import Stack

KB = 1_000


@pytest.mark.usefixtures("complaints")
def test_a_first_visit_is_less_than_150_kb_until_the_page_is_at_rest(
    stack: Stack, page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    asked, received = {}, {}
    page.set_viewport_size({"width": 1920, "height": 1080})  # the decision map comes when a quarter of it is seen
    network = page.context.new_cdp_session(page)
    network.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    network.on(
        "Network.loadingFinished", lambda event: received.update({event["requestId"]: event["encodedDataLength"]})
    )
    network.send("Network.enable")
    page.goto(stack.url)
    expect(page.locator(".card .prediction").first).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    sizes = [(size, asked[request].removeprefix(stack.url)) for request, size in received.items()]
    with capsys.disabled():
        print(f"\n{sum(received.values()) / KB:.1f} kB at the first visit, most of them:", sorted(sizes)[:-6:-1])
    assert {"/models", "/dataset", "/predict"} <= {path for _, path in sizes}
    assert sum(received.values()) < 150 * KB


def test_all_of_its_javascript_is_at_most_60_kb(stack: Stack) -> None:
    found = stack.execute("frontend", "find", "/usr/share/nginx/html", "-name", "*.js", "-printf", "/%P\\n")
    answers = [stack.client.get(path, headers={"Accept-Encoding": "gzip"}) for path in found.stdout.split()]
    assert {answer.headers["Content-Encoding"] for answer in answers} == {"gzip"}
    assert sum(answer.num_bytes_downloaded for answer in answers) <= 60 * KB
