from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from gateway.inputs import Inputs
from serving.errors import InvalidInput, MalformedBody, ServingError
from serving.store import Manifest

GOOD = b'{"length": 2, "color": "red", "wet": true, "age": null}'


@pytest.fixture
def inputs(publish: Callable[..., Manifest], store_root: Path) -> Inputs:
    return Inputs(publish(store_root))


def test_an_instance_is_encoded_as_engines_take_it(inputs: Inputs) -> None:
    row = inputs.rows([inputs.instance(GOOD)])
    np.testing.assert_array_equal(row, [[2.0, 1.0, 1.0, np.nan]])


def test_an_unseen_category_is_minus_one_and_a_warning(inputs: Inputs) -> None:
    instance = inputs.instance(GOOD.replace(b"red", b"green"))
    assert inputs.rows([instance])[0, 1] == -1
    [warning] = inputs.warnings(instance)
    assert (warning["type"], warning["feature"]) == ("unseen_category", "color")


@pytest.mark.parametrize(("length", "warned"), [(1.0, False), (7.0, False), (0.99, True), (7.01, True), (100, True)])
def test_a_value_outside_the_training_range_is_a_warning(inputs: Inputs, length: float, warned: bool) -> None:
    instance = inputs.instance(GOOD.replace(b"2", str(length).encode()))
    assert [warning["feature"] for warning in inputs.warnings(instance)] == (["length"] if warned else [])


def test_instances_keep_their_order(inputs: Inputs) -> None:
    body = b'{"instances": [' + GOOD + b"," + GOOD.replace(b"2", b"3") + b"]}"
    assert [instance["length"] for instance in inputs.instances(body)] == [2, 3]


@pytest.mark.parametrize(
    ("body", "error", "loc"),
    [
        (b"", MalformedBody, None),
        (b"{", MalformedBody, None),
        (b"[" * 10_000, MalformedBody, None),
        (GOOD.replace(b"red", b"\\ud800"), MalformedBody, None),
        (GOOD.replace(b"red", b"\xff"), MalformedBody, None),
        (b"\xef\xbb\xbf" + GOOD, MalformedBody, None),
        (GOOD.replace(b"2", b"1" * 5_000), MalformedBody, None),
        (b"null", InvalidInput, []),
        (b"[]", InvalidInput, []),
        (b"7", InvalidInput, []),
        (GOOD.replace(b'"length": 2, ', b""), InvalidInput, ["length"]),
        (GOOD.replace(b'"wet"', b'"extra": 1, "wet"'), InvalidInput, ["extra"]),
        (GOOD.replace(b"2", b'"2"'), InvalidInput, ["length"]),
        (GOOD.replace(b"2", b"true"), InvalidInput, ["length"]),
        (GOOD.replace(b"2", b"null"), InvalidInput, ["length"]),
        (GOOD.replace(b"2", b"NaN"), InvalidInput, ["length"]),
        (GOOD.replace(b"2", b"-Infinity"), InvalidInput, ["length"]),
        (GOOD.replace(b"2", b"1e999"), InvalidInput, ["length"]),
        (GOOD.replace(b"2", b"1e39"), InvalidInput, ["length"]),
        (GOOD.replace(b"2", b"-1.1e18"), InvalidInput, ["length"]),
        (GOOD.replace(b"2", b"1" * 400), InvalidInput, ["length"]),
        (GOOD.replace(b"2", b"[[2]]"), InvalidInput, ["length"]),
        (GOOD.replace(b'"red"', b"1"), InvalidInput, ["color"]),
        (GOOD.replace(b"true", b"1"), InvalidInput, ["wet"]),
    ],
)
def test_what_does_not_fit_the_release_is_refused_with_its_place(
    inputs: Inputs, body: bytes, error: type[ServingError], loc: list[str] | None
) -> None:
    with pytest.raises(error) as caught:
        inputs.instance(body)
    if isinstance(caught.value, InvalidInput):
        assert [each["loc"] for each in caught.value.errors] == [loc]
        assert set(caught.value.errors[0]) == {"loc", "type", "msg"}


@pytest.mark.parametrize(
    ("body", "loc"),
    [
        (b'{"instances": []}', ["instances"]),
        (b"{}", ["instances"]),
        (b'{"instances": [' + GOOD + b', {"length": 1}]}', ["instances", 1, "color"]),
        (b'{"instances": [' + b",".join([GOOD] * 10_001) + b"]}", ["instances"]),
    ],
)
def test_a_bad_batch_is_refused_with_its_place(inputs: Inputs, body: bytes, loc: list[str | int]) -> None:
    with pytest.raises(InvalidInput) as caught:
        inputs.instances(body)
    assert caught.value.errors[0]["loc"] == loc


def test_the_schema_has_the_fields_of_the_release_and_an_example_that_it_accepts(inputs: Inputs) -> None:
    schema = inputs.schema()
    assert schema["required"] == ["length", "color", "wet", "age"]
    assert schema["example"] == {"length": 3.0, "color": "blue", "wet": False, "age": 4.0}


@pytest.mark.parametrize(
    "body",
    [
        b'{"instances": [' + b",".join([b"{}"] * 10_000) + b"]}",
        b'{"instances": [{' + b",".join(b'"%d": 1' % number for number in range(50_000)) + b"}]}",
    ],
    ids=["every row wrong", "one row of unknown names"],
)
def test_a_batch_that_is_wrong_all_over_gets_a_short_answer(inputs: Inputs, body: bytes) -> None:
    with pytest.raises(InvalidInput) as caught:
        inputs.instances(body)
    assert len(caught.value.errors) < 20


def test_a_batch_as_large_as_it_may_be_is_taken_whatever_its_strings_hold(inputs: Inputs) -> None:
    row = rb'{"length": 1.0, "color": "\"\"\"", "wet": true, "age": null}'
    assert len(inputs.instances(b'{"instances": [' + b",".join([row] * 10_000) + b"]}")) == 10_000


@pytest.mark.parametrize(
    ("mean", "low", "high", "example"),
    [
        (5.843333, 4.3, 7.9, 5.84),
        (2005.4321, 1990.0, 2020.0, 2005.4),
        (0.5172, -57.0, 68.0, 0.517),
        (1410.37, 278.0, 5000.0, 1410.0),
        (0.0, -1.0, 1.0, 0.0),
        (3.0, 3.0, 3.0, 3.0),
    ],
)
def test_the_examples_numbers_are_short_and_inside_the_training_range(
    publish: Callable[..., Manifest], store_root: Path, mean: float, low: float, high: float, example: float
) -> None:
    feature = {"name": "x", "kind": "number", "min": low, "max": high, "mean": mean}
    schema = Inputs(publish(store_root, features=[feature])).schema()
    assert schema["example"] == {"x": example}
