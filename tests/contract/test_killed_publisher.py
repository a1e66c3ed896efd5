"""A publisher that is killed, at whichever step, leaves a store that serves, and that the next one publishes into."""

import subprocess
import sys
from pathlib import Path

from serving.store import ReleaseStore
from serving.store.writer import KEPT_RELEASES

from tests.releases import republish
from tests.unit.conftest import publish

ROOT = Path(__file__).parents[2]


def test_whatever_the_step_the_store_names_a_whole_release_and_the_next_publisher_finishes_the_work(
    tmp_path: Path,
) -> None:
    full, copies = tmp_path / "store", tmp_path / "copies"
    copies.mkdir()
    for _ in range(KEPT_RELEASES):
        publish(full, {"forest": [0.9, 0.1]}, sample="length\n1\n")
    (full / "releases/.old-half").mkdir()  # left by one that was killed before
    subprocess.run([sys.executable, "-m", "tests.contract.killed_publisher", full, copies], cwd=ROOT, check=True)
    before = ReleaseStore(full).current_id()
    served = []
    for root in sorted(copies.iterdir()):
        store = ReleaseStore(root)
        served.append(store.current_id())
        for release_id in store.release_ids():
            store.verify(release_id)
        newest = republish(root)
        assert store.current_id() == newest.id
        assert {path.name for path in root.iterdir()} == {"CURRENT", ".lock", "releases"}
        assert {path.name for path in (root / "releases").iterdir()} == set(store.release_ids())
        assert len(store.release_ids()) == KEPT_RELEASES
    print(f"{len(served)} publishers, the last of them not killed")
    switched = served.index(next(release_id for release_id in served if release_id != before))
    assert served[:switched] == [before] * switched
    assert before not in served[switched:]
    assert min(switched, len(served) - switched) > 10
