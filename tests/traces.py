"""What a collector was sent, as traces."""

from collections.abc import Iterable
from typing import Any

Span = dict[str, Any]


def named(spans: Iterable[Span], name: str) -> list[Span]:
    return [span for span in spans if span["name"] == name]


def line_of(spans: Iterable[Span], span: Span) -> list[str]:
    """A span and those above it, up to one whose parent was not sent, as `service: name`."""
    by_id = {each["id"]: each for each in spans}
    line = []
    above: Span | None = span
    while above:
        line.append(f"{above['service']}: {above['name']}")
        above = by_id.get(above["parent"])
    return line
