"""A release of every kind of feature, as a client sees it."""

from typing import Any

from loadtest.release import Release, release_of

MODELS: dict[str, Any] = {
    "release": "new",
    "data": {"name": "pets", "rows": 200},
    "features": [
        {
            "name": "length",
            "kind": "number",
            "categories": [],
            "nullable": False,
            "min": 1.0,
            "max": 7.0,
            "quantiles": [1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 7.0],
            "missing": 0,
        },
        {"name": "color", "kind": "category", "categories": ["blue", "red, or so"], "nullable": False, "quantiles": []},
        {"name": "wet", "kind": "boolean", "categories": [], "nullable": False, "quantiles": []},
        {
            "name": "age",
            "kind": "number",
            "categories": [],
            "nullable": True,
            "min": 0.0,
            "max": 9.0,
            "quantiles": [],
            "missing": 50,
        },
    ],
    "classes": ["cat", "dog"],
    "models": [{"name": "forest"}, {"name": "network"}],
}
PETS: Release = release_of(MODELS)
