"""HTTP that is none, straight at the services. Only nginx is published; they too answer no 5xx, and go on.

What the server itself cannot read it answers in plain text.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.contract.system import MODELS, System
from tests.hostile.bodies import FLOWER
from tests.hostile.exchange import Exchange, exchange
from tests.hostile.raw_http import BROKEN, DECLARED, HOST, JSON, LENGTHS, ODD

pytestmark = pytest.mark.usefixtures("unharmed")
ROWS = LENGTHS + BROKEN + ODD


@pytest.fixture(scope="module")
def exchanges(system: System) -> dict[tuple[str, str], Exchange]:
    """What came of every row at every service, all asked at once: some are waited for."""
    asked = [(name, row[0], row[1]) for name in MODELS for row in ROWS]
    with ThreadPoolExecutor(32) as pool:
        found = pool.map(lambda each: exchange(system.services[each[0]].url, each[2], quiet_s=2), asked)
        return {each[:2]: result for each, result in zip(asked, found, strict=True)}


@pytest.mark.parametrize("service", MODELS)
@pytest.mark.parametrize("name", [row[0] for row in ROWS])
def test_no_request_is_answered_with_a_5xx(exchanges: dict[tuple[str, str], Exchange], service: str, name: str) -> None:
    found = exchanges[service, name]
    assert [status for status in found.statuses() if status >= 500] == []
    assert b"Traceback" not in found.raw


def test_a_body_that_does_not_come_is_given_up(system: System) -> None:
    paths = [(name, f"/v2/models/{model}/infer") for name, model in MODELS.items()]
    asked = []
    for service, path in [*paths, ("gateway", "/predict"), ("gateway", "/predict/batch")]:
        head = b"POST %b HTTP/1.1\r\n" % path.encode() + HOST + JSON + DECLARED + b"\r\n"
        for parts in ([head], [head + FLOWER[:40]], [head, *[b"%c" % byte for byte in FLOWER[:12]]]):
            asked.append((system.services[service].url, parts))
    with ThreadPoolExecutor(len(asked)) as pool:
        found = list(pool.map(lambda each: exchange(*each, every_s=1, quiet_s=14), asked))
    assert [each.statuses() for each in found] == [[408]] * len(asked)
    assert all(each.closed and each.seconds < 14 for each in found)
