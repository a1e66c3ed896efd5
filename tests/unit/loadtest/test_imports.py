"""Locust patches the whole process that imports it: what can be tested without it does not."""

import re
from pathlib import Path

LOADTEST = Path(__file__).parents[3] / "loadtest"
LOCUSTS = {"asking.py", "locustfile.py", "shape.py", "users.py"}


def test_only_what_is_locusts_imports_locust() -> None:
    importing = re.compile(r"^(?:from|import) locust\b", re.MULTILINE)
    assert {path.name for path in LOADTEST.glob("*.py") if importing.search(path.read_text())} == LOCUSTS


def test_the_rest_imports_none_of_them() -> None:
    names = "|".join(name.removesuffix(".py") for name in LOCUSTS)
    importing = re.compile(rf"^from loadtest\.(?:{names}) import", re.MULTILINE)
    rest = [path for path in LOADTEST.glob("*.py") if path.name not in LOCUSTS]
    assert [path.name for path in rest if importing.search(path.read_text())] == []
