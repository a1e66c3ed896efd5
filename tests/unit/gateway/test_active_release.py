import asyncio

import pytest
from gateway.active_release import ActiveRelease, choose
from prometheus_client import CollectorRegistry


@pytest.mark.parametrize(
    ("wanted", "active", "reports", "chosen"),
    [
        ("b", "a", [["b", "a"], ["b", "a"]], "b"),
        ("b", "a", [["b", "a"], ["a"]], "a"),
        ("b", None, [["b", "a"], ["a"]], "a"),
        ("a", "b", [["a", "b"], ["a", "b"]], "a"),
        ("b", "a", [["b", "a"]], "b"),
        ("b", "a", [], "a"),
        ("b", None, [], "b"),
        ("b", "a", [["b", "a"], []], "a"),
        ("b", None, [["b"], []], "b"),
    ],
    ids=[
        "all have the new one",
        "one is still loading or refused it",
        "a new gateway finds one service behind",
        "after a rollback",
        "an unreachable service does not hold the switch",
        "nobody is reachable: nothing changes",
        "nobody is reachable at the start",
        "a service that has just started has none",
        "the first start, one still loading",
    ],
)
def test_the_release_that_all_reachable_services_have(
    wanted: str, active: str | None, reports: list[list[str]], chosen: str
) -> None:
    assert choose(wanted, active, reports) == chosen


class BrokenStore:
    """A store that raises what nobody foresaw, and counts how often it was asked."""

    asked = 0

    def current_id(self) -> str:
        self.asked += 1
        raise RuntimeError("out of luck")


@pytest.mark.anyio
async def test_an_unforeseen_failure_is_told_once_and_does_not_end_the_following(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = BrokenStore()
    releases = ActiveRelease(store, {}, 200, 1_000, CollectorRegistry())  # type: ignore[arg-type]
    following = asyncio.create_task(releases.follow())
    async with asyncio.timeout(10):
        while store.asked < 3:
            await asyncio.sleep(0.02)
    following.cancel()
    assert "out of luck" in (releases.problem or "")
    assert len(caplog.records) == 1
