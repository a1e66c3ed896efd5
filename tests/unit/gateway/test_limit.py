import pytest
from gateway.limit import Limit
from serving.errors import Overloaded


def test_beyond_the_limit_a_request_is_refused_until_another_ends() -> None:
    limit = Limit(2, "predictions")
    with limit.admitted():
        with limit.admitted(), pytest.raises(Overloaded, match="2 predictions"), limit.admitted():
            pass
        with limit.admitted():
            pass


def test_a_request_that_failed_makes_room_too() -> None:
    limit = Limit(1, "predictions")
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), limit.admitted():
            raise ZeroDivisionError
