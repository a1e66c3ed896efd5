"""What somebody does who can write to the release store, or whose disk fails: `python -m tests.faults.intruder ACT ID`.

It runs in a container of the trainer's, beside the store.

An act that damages a release damages a new one, a copy of release ID under an id of its own, which CURRENT then names.
What stands in CURRENT afterwards is printed.
"""

import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.faults.prebuilt import STORE, copies

CURRENT = STORE / "CURRENT"
AWAY = STORE / ".away"
MARK = "/tmp/payload-ran"


class Payload:
    """Leaves a mark and ends the process that unpickles it."""

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return exec, (f"import os; open({MARK!r}, 'w').close(); os._exit(1)",)


class Deadly:
    """Ends the process that unpickles it, as one does that takes more memory than there is."""

    def __reduce__(self) -> tuple[Callable[[int], object], tuple[int]]:
        return os._exit, (1,)


def original() -> Path:
    return STORE / "releases" / sys.argv[2]


def name_current(text: str) -> None:
    (STORE / ".new").write_text(text)
    (STORE / ".new").rename(CURRENT)


@contextmanager
def new_release(replaced: Mapping[str, bytes] | None = None) -> Iterator[Path]:
    """A copy of the original, with fitting digests of what is replaced in it; named by CURRENT at the end."""
    [release] = copies(sys.argv[2], 1, replaced or {})
    yield release
    name_current(release.name)


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def link_away(path: Path) -> None:
    """Leave a symbolic link in its place, to where it lies now."""
    elsewhere = STORE / f".{path.name}"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def publish_a_good_release() -> None:
    with new_release():
        pass


def add_a_file() -> None:
    with new_release() as release:
        (release / "random_forest/model.pkl").write_bytes(pickle.dumps(Payload()))


def flip_a_bit_of_the_sample() -> None:
    with new_release() as release:
        flip_a_bit(release / "sample.csv")


def copy_half_of_it() -> None:
    with new_release() as release:
        shutil.rmtree(release / "random_forest")


def copy_the_other_half() -> None:
    """Of the release that CURRENT names."""
    shutil.copytree(original() / "random_forest", STORE / "releases" / CURRENT.read_text() / "random_forest")


def copy_all_but_the_manifest() -> None:
    with new_release() as release:
        (release / "manifest.json").unlink()


def flip_a_bit_of_a_model() -> None:
    with new_release() as release:
        flip_a_bit(release / "neural_network/model.tflite")


def flip_a_bit_of_the_manifest() -> None:
    with new_release() as release:
        flip_a_bit(release / "manifest.json")


def link_a_model() -> None:
    with new_release() as release:
        link_away(release / "random_forest/model.onnx")


def link_the_release() -> None:
    with new_release() as release:
        link_away(release)


def lock_a_model_away() -> None:
    with new_release() as release:
        (release / "random_forest/model.onnx").chmod(0)


def plant_a_pickle() -> None:
    with new_release() as release:
        (release / "k_neighbors/model.joblib").write_bytes(pickle.dumps(Payload()))


def swap_two_models() -> None:
    with new_release({"k_neighbors/model.joblib": (original() / "random_forest/model.joblib").read_bytes()}):
        pass


def publish_what_ends_its_loader() -> None:
    with new_release({"k_neighbors/model.joblib": pickle.dumps(Deadly())}):
        pass


def name_a_path() -> None:
    name_current("../../etc")


def link_current() -> None:
    CURRENT.unlink()
    CURRENT.symlink_to("/etc/hostname")


def take_the_store_away() -> None:
    AWAY.mkdir()
    for part in ("CURRENT", "releases"):
        (STORE / part).rename(AWAY / part)


def bring_the_store_back() -> None:
    for part in ("CURRENT", "releases"):
        (AWAY / part).rename(STORE / part)
    AWAY.rmdir()


if __name__ == "__main__":
    globals()[sys.argv[1]]()
    print(CURRENT.read_text().strip() if CURRENT.is_file() else "")
