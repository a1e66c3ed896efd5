from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from gateway.page import DOCS_CSP, PAGE_CSP

pytestmark = pytest.mark.anyio
Start = Callable[..., Awaitable[Any]]


@pytest.mark.parametrize(
    ("path", "status", "policy"),
    [
        ("/", 200, PAGE_CSP),
        ("/index.html", 200, PAGE_CSP),
        ("/assets/main.js", 200, PAGE_CSP),
        ("/assets/../../secret", 404, PAGE_CSP),
        ("/nothing", 404, PAGE_CSP),
        ("/predict", 405, PAGE_CSP),
        ("/docs-of-another", 404, PAGE_CSP),
        ("/docs", 200, DOCS_CSP),
        ("/docs/assets/swagger-ui.css", 200, DOCS_CSP),
    ],
)
async def test_every_answer_has_the_security_headers(
    start: Start, page_dir: Path, path: str, status: int, policy: str
) -> None:
    system = await start(page_dir=page_dir)
    response = await system.client.get(path)
    assert response.status_code == status
    assert response.headers["content-security-policy"] == policy
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("wanted", ["bytes=1-2", "bytes=99-", "bytes=-", "lines=1-2"])
async def test_a_part_of_a_file_is_answered_with_all_of_it(start: Start, page_dir: Path, wanted: str) -> None:
    system = await start(page_dir=page_dir)
    response = await system.client.get("/", headers={"Range": wanted})
    assert response.status_code == 200
    assert response.text == "<title>the page</title>"


async def test_other_origins_may_call_only_where_the_setting_names_them(start: Start) -> None:
    closed, opened = await start(), await start(cors_origins="https://friend.example")
    headers = {"Origin": "https://friend.example"}
    assert "access-control-allow-origin" not in (await closed.client.get("/v2", headers=headers)).headers
    allowed = (await opened.client.get("/v2", headers=headers)).headers["access-control-allow-origin"]
    assert allowed == "https://friend.example"
