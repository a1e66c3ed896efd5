"""What every refusal looks like, whoever gives it."""

from typing import Any

import httpx2

MEMBERS = {"type", "title", "status", "detail", "request_id", "error"}


def problem_of(response: httpx2.Response) -> dict[str, Any]:
    """The problem document that an answer is."""
    assert response.headers["content-type"].partition(";")[0] == "application/problem+json", response.text[:500]
    document: dict[str, Any] = response.json()
    assert document.keys() >= MEMBERS
    assert document["status"] == response.status_code
    assert document["error"] == document["detail"]
    assert document["request_id"] == response.headers["x-request-id"]
    return document
