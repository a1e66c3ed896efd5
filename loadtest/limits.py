"""The one table of what a run must keep to, by its shape."""

from argparse import ArgumentTypeError
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Limits:
    """At most the first three, at least the last two. A partial answer is a failure, unless --allow-partial.

    The latencies are of all requests together: single predictions, whole tables, refusals.
    """

    fail_ratio: float = 0.01
    p95_ms: float = 500
    p99_ms: float = 1_500
    requests_per_s: float = 5
    requests: float = 100


Change = tuple[str, float]
KNOWN = tuple(each.name for each in fields(Limits))
LIMITS = {
    "smoke": Limits(),
    "ramp": Limits(p95_ms=1_000, p99_ms=2_000, requests_per_s=10),
    "steps": Limits(requests=20),  # of one step: what breaks it, and then what the last good one must have brought
    "spike": Limits(fail_ratio=0.05, p95_ms=1_000, p99_ms=3_000, requests_per_s=10),
    "soak": Limits(fail_ratio=0.001, requests_per_s=10),
    "none": Limits(),  # users without a shape
}


def change(text: str) -> Change:
    """`name=value` as a change of a limit. Raises what argparse tells the user."""
    name, _, value = text.partition("=")
    if name not in KNOWN:
        raise ArgumentTypeError(f"{text}: a limit is one of {', '.join(KNOWN)}")
    try:
        return name, float(value)
    except ValueError as error:
        raise ArgumentTypeError(f"{text}: it takes a number, as {name}=5") from error


def limits_of(shape: str, changes: Iterable[Change] = ()) -> Limits:
    """The shape's line of the table, with changes."""
    return replace(LIMITS[shape], **dict(changes))
