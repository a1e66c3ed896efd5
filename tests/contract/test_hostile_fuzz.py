"""Whatever JSON is sent, the answer is one that the documents know: hypothesis makes it, from nothing and from good."""

import copy
import json
from typing import Any

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contract.system import MODELS
from tests.hostile.bodies import SECRET, VALID
from tests.hostile.problem import problem_of

pytestmark = pytest.mark.usefixtures("unharmed")
INFER = [(name, f"/v2/models/{model}/infer") for name, model in MODELS.items()]
TARGETS = [("gateway", "/predict"), ("gateway", "/predict/batch"), *INFER]
GOOD = {path: json.loads(VALID.get(path, VALID["/v2/models/k_neighbors/infer"])) for _, path in TARGETS}

texts = st.text(st.characters(), max_size=20) | st.just(SECRET.decode())  # lone surrogates and NUL among them
scalars = st.none() | st.booleans() | st.integers() | st.integers(-(10**40), 10**40) | st.floats() | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=5)
)
asked = settings(derandomize=True, max_examples=150, deadline=None)


def places(document: Any) -> list[tuple[Any, Any]]:
    """Every container in it with each of its keys or indices."""
    keys = document.keys() if isinstance(document, dict) else range(len(document)) if isinstance(document, list) else ()
    return [place for key in keys for place in [(document, key), *places(document[key])]]


@st.composite
def near(draw: st.DrawFn, good: Any) -> bytes:
    """A good body in which up to three parts are others, gone, or there twice, and then perhaps a few bytes."""
    document = copy.deepcopy(good)
    for _ in range(draw(st.integers(1, 3))):
        if not (found := places(document)):
            break
        container, key = draw(st.sampled_from(found))
        match draw(st.sampled_from(["other", "gone", "twice"])):
            case "other":
                container[key] = draw(values)
            case "gone":
                del container[key]
            case "twice":
                container[key] = [container[key]] * 2
    body = json.dumps(document).encode()
    if draw(st.booleans()):
        start = draw(st.integers(0, len(body)))
        body = body[:start] + draw(st.binary(max_size=4)) + body[start + draw(st.integers(0, 4)) :]
    return body


def ask(client: httpx2.Client, path: str, body: bytes) -> None:
    response = client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (200, 400, 422), (body, response.text)
    if response.status_code != 200:
        problem_of(response)
        assert SECRET not in response.content


@pytest.mark.parametrize(("service", "path"), TARGETS)
def test_any_json(clients: dict[str, httpx2.Client], service: str, path: str) -> None:
    @asked
    @given(values)
    def test(value: Any) -> None:
        ask(clients[service], path, json.dumps(value).encode())

    test()


@pytest.mark.parametrize(("service", "path"), TARGETS)
def test_json_that_is_nearly_good(clients: dict[str, httpx2.Client], service: str, path: str) -> None:
    @asked
    @given(near(GOOD[path]))
    def test(body: bytes) -> None:
        ask(clients[service], path, body)

    test()
