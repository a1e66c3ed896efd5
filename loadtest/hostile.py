"""Requests that must be refused: what is sent, and the status of the problem document that it deserves."""

import json
from dataclasses import dataclass, replace
from random import Random

from loadtest.inputs import ordinary, table, tensor
from loadtest.release import Release

JSON = "application/json"
CSV = "text/csv"
SINGLE_LIMIT = 64 * 1024  # bytes of a body that is not bulk


@dataclass(frozen=True)
class Hostile:
    what: str
    path: str
    body: str
    status: int
    content_type: str = JSON


def hostile(release: Release, random: Random) -> list[Hostile]:
    """One request of each kind, against this release."""
    row = dict(ordinary(release, random))
    valid, first = json.dumps(row), release.features[0].name
    infer = f"/v2/models/{random.choice(release.models)}/infer"
    short = {"name": "input", "shape": [1, 1], "datatype": "FP64", "data": [[0.0] * (len(row) + 1)]}
    narrower = table(replace(release, features=release.features[1:]), [row])
    return [
        Hostile("cut off", "/predict", valid[:-1], 400),
        Hostile("nothing", "/predict", "", 400),
        Hostile("feature missing", "/predict", json.dumps({name: row[name] for name in list(row)[1:]}), 422),
        Hostile("feature unknown", "/predict", json.dumps(row | {"no such feature": 1}), 422),
        Hostile("a list for a value", "/predict", json.dumps(row | {first: [1, 2]}), 422),
        Hostile("infinity", "/predict", json.dumps(row | {first: float("inf")}), 422),
        Hostile("unknown model", "/predict?models=no-such-model", valid, 422),
        Hostile("no JSON", "/predict", valid, 415, content_type="text/plain"),
        Hostile("too large", "/predict", valid + " " * SINGLE_LIMIT, 413),
        Hostile("no instances", "/predict/batch", '{"instances": []}', 422),
        Hostile("column missing", "/predict/csv", narrower, 422, content_type=CSV),
        Hostile("another shape", infer, json.dumps({"inputs": [short]}), 422),
        Hostile("no inputs", infer, json.dumps({"instances": tensor(release, [row])}), 422),
        Hostile("no such path", "/predictions", valid, 404),
    ]
