"""Releases that change under load."""

import itertools
import json
import time
from collections import Counter
from statistics import mean

import pytest

from tests.faults.load import failed, under_load
from tests.faults.store import prebuilt, switch
from tests.processes import until
from tests.stack import Stack

pytestmark = pytest.mark.long

SWAPS_S = 60.0


def test_swaps_lose_nothing(stack: Stack, wine_release: str) -> None:
    with (
        prebuilt(stack, "good", 17) as good,
        prebuilt(stack, "unloadable", 1) as [unloadable],
        prebuilt(stack, "good", 2, of=wine_release) as wines,
        switch(stack) as make_current,
        under_load(stack) as load,
    ):
        order = [*good[:4], wines[0], *good[4:8], unloadable, *good[8:12], wines[1], *good[12:]]
        for release in order:
            make_current(release)
            time.sleep(SWAPS_S / len(order))
    assert len(order) == 20
    assert {each.status for each in load.answers} == {200, 422}, failed(load)
    documents = [json.loads(each.body) for each in load.answers]
    served = Counter(document["release"] for document in documents)
    print(f"{len(served)} releases answered")
    assert unloadable not in served
    assert len(served) >= 15  # the others were there too shortly to be taken
    for answer, document in zip(load.answers, documents, strict=True):
        if answer.status == 422:
            assert document["release"] in wines
        else:
            versions = {each["version"] for each in document["models"].values() if each["status"] == "ok"}
            assert versions == {document["release"]}


def test_reloads_do_not_leak(stack: Stack) -> None:
    services = ("model-sklearn", "model-tf", "gateway")
    resident: dict[str, list[int]] = {service: [] for service in services}
    with prebuilt(stack, "good", 20) as good, switch(stack) as make_current:
        for number, release in zip(range(100), itertools.cycle(good)):  # not served again before it was forgotten
            make_current(release)
            until(lambda release=release: stack.served_release() == release, seconds=20, what=f"release {number}")  # type: ignore[misc]
            if number >= 50:
                for service in services:
                    resident[service].append(stack.memory(service)[0])
    for service, sizes in resident.items():
        first, last = mean(sizes[:10]), mean(sizes[-10:])
        print(f"{service}: {first / 2**20:.1f} MiB after 50 reloads, {last / 2**20:.1f} MiB after 100")
        assert last <= 1.03 * first
