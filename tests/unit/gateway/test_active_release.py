import pytest
from gateway.active_release import choose


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
