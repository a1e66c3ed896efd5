"""Writing the release store: one writer at a time, and no reader ever sees half a release."""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from serving.errors import StoreLocked, StoreUnreadable
from serving.store.manifest import Manifest, StoredFile, content_digest
from serving.store.reader import ReleaseStore

KEPT_RELEASES = 5


class ReleaseWriter:
    """The trainer's side of the store. Creates the folder where it is missing."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.store = ReleaseStore(root)
        self._releases = root / "releases"
        try:
            self._releases.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnreadable(f"cannot write to the release store {root}: {error.strerror}") from error

    @contextmanager
    def lock(self, *, wait_s: float = 0.0) -> Iterator[None]:
        """Be the only writer. The kernel frees the lock when its holder dies. Raises StoreLocked after `wait_s`."""
        give_up = time.monotonic() + wait_s
        try:
            file = (self.root / ".lock").open("ab")
        except OSError as error:
            raise StoreUnreadable(f"cannot write to the release store {self.root}: {error.strerror}") from error
        with file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError as error:
                    if time.monotonic() >= give_up:
                        raise StoreLocked(f"another trainer is at work in {self.root}: wait for its end") from error
                    time.sleep(0.1)
            self._remove_leftovers()
            yield

    def publish(self, document: Mapping[str, Any], files: Mapping[str, bytes]) -> Manifest:
        """Store a release and make it the current one. Call it under `lock`.

        `document` is the manifest without `id`, `created`, and the files' sizes and digests are its caller's
        (`stored_file`); `files` maps paths relative to the release's folder to their contents.
        """
        now = datetime.now(UTC)
        content = {**document, "created": now.isoformat()}
        release_id = f"{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03d}Z-{content_digest(content)}"
        manifest = Manifest.model_validate({"id": release_id, **content})
        text = json.dumps({"id": release_id, **content}, indent=1, ensure_ascii=False)
        try:
            with tempfile.TemporaryDirectory(dir=self._releases, prefix=".new-", ignore_cleanup_errors=True) as name:
                folder = Path(name)
                for path, data in {**files, "manifest.json": text.encode()}.items():
                    _write_durably(folder / path, data)
                for inner in [*(p for p in folder.rglob("*") if p.is_dir()), folder]:
                    inner.chmod(0o755)
                    _sync_folder(inner)
                folder.rename(self._releases / release_id)
                _sync_folder(self._releases)
        except OSError as error:
            raise StoreUnreadable(f"cannot publish into {self.root}: {error.strerror}") from error
        self.make_current(release_id)
        self.prune()
        return manifest

    def make_current(self, release_id: str) -> None:
        """Have this release served, after every file of it was checked."""
        self.store.verify(release_id)
        new = self.root / ".CURRENT.new"
        try:
            _write_durably(new, f"{release_id}\n".encode())
            new.replace(self.root / "CURRENT")
            _sync_folder(self.root)
        except OSError as error:
            raise StoreUnreadable(f"cannot write {self.root / 'CURRENT'}: {error.strerror}") from error

    def prune(self) -> None:
        """Remove all but the newest releases, the current one and the one before it. Call it under `lock`."""
        current = self.store.current_id()
        ids = self.store.release_ids()
        kept = {*ids[:KEPT_RELEASES], current, *self.store.ids_before(current)[:1]}
        for release_id in set(ids) - kept:
            # Renamed first: a reader finds a release whole or not at all.
            doomed = self.store.folder(release_id).rename(self._releases / f".old-{release_id}")
            shutil.rmtree(doomed, ignore_errors=True)

    def _remove_leftovers(self) -> None:
        """What a killed trainer left behind; nobody else is writing, since we hold the lock."""
        for leftover in [*self._releases.glob(".new-*"), *self._releases.glob(".old-*")]:
            shutil.rmtree(leftover, ignore_errors=True)


def stored_file(name: str, content: bytes) -> StoredFile:
    """A file's entry in the manifest."""
    return StoredFile(name=name, size=len(content), sha256=hashlib.sha256(content).hexdigest())


def _write_durably(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
