"""Reading the release store. Nothing is handed out that was not checked against the manifest first."""

import errno
import hashlib
import json
import os
import re
from pathlib import Path

from pydantic import ValidationError

from serving.errors import NoRelease, ReleaseDamaged, ReleaseNotFound, StoreUnreadable
from serving.store.manifest import Manifest, Model, StoredFile, content_digest

_ID = re.compile(r"\d{8}T\d{9}Z-[0-9a-f]{12}")
_MANIFEST_LIMIT = 16 * 2**20  # bytes; a manifest of 256 golden rows, 100 features and 10 models has about 1 MiB


class ReleaseStore:
    """A folder of releases, and the name of the one being served. Never writes; see `serving.store.writer`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current_id(self) -> str:
        """The id of the release being served.

        Raises StoreUnreadable, NoRelease, or ReleaseDamaged where CURRENT is no file that holds an id.
        """
        if not self.root.is_dir():
            raise StoreUnreadable(f"there is no release store at {self.root}: mount it, or set MODEL_STORE")
        try:
            text = _read(self.root / "CURRENT", limit=100).decode("ascii", "replace").strip()
        except FileNotFoundError as error:
            raise NoRelease(f"the release store {self.root} has no release yet: run `trainer ensure`") from error
        if not _ID.fullmatch(text):
            raise ReleaseDamaged(f"{self.root / 'CURRENT'} does not hold a release id: run `trainer rollback ID`")
        return text

    def release_ids(self) -> list[str]:
        """All ids in the store, newest first."""
        try:
            names = [path.name for path in (self.root / "releases").iterdir() if path.is_dir()]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreUnreadable(f"cannot list {self.root / 'releases'}: {error.strerror}") from error
        return sorted((name for name in names if _ID.fullmatch(name)), reverse=True)

    def ids_before(self, release_id: str) -> list[str]:
        """The releases that are older than this one, newest first."""
        return [other for other in self.release_ids() if other < release_id]

    def manifest(self, release_id: str) -> Manifest:
        """The manifest, once its digest was found to be the one in the id. Raises ReleaseNotFound or ReleaseDamaged."""
        if not _ID.fullmatch(release_id):
            raise ReleaseNotFound("that is not a release id: `trainer releases` lists them")
        if self.folder(release_id).is_symlink():
            raise ReleaseDamaged(f"{self.folder(release_id)} is a symbolic link, which may lead out of the store")
        path = self.folder(release_id) / "manifest.json"
        try:
            document = json.loads(_read(path, limit=_MANIFEST_LIMIT))
            if content_digest(document) != release_id[-12:]:
                raise ReleaseDamaged(f"{path} was changed after it was published")
            manifest = Manifest.model_validate(document)
        except FileNotFoundError as error:
            raise ReleaseNotFound(f"the release store {self.root} has no release {release_id}") from error
        except (ValidationError, ValueError, AttributeError, RecursionError) as error:
            raise ReleaseDamaged(f"{path} is not a manifest that this version reads") from error
        if manifest.id != release_id:
            raise ReleaseDamaged(f"{path} belongs to another release")
        return manifest

    def model_file(self, manifest: Manifest, model: Model, file: StoredFile) -> bytes:
        """The content of a model's file, checked. Raises ReleaseDamaged."""
        folder = self.folder(manifest.id) / model.name
        if folder.is_symlink():
            raise ReleaseDamaged(f"{folder} is a symbolic link, which may lead out of the store")
        return _read_checked(folder / file.name, file)

    def sample(self, manifest: Manifest) -> bytes | None:
        """The content of sample.csv, checked, where the release has one."""
        if manifest.sample is None:
            return None
        return _read_checked(self.folder(manifest.id) / manifest.sample.name, manifest.sample)

    def card(self, manifest: Manifest) -> bytes | None:
        """The content of MODEL_CARD.md, checked, where the release has one."""
        if manifest.card is None:
            return None
        return _read_checked(self.folder(manifest.id) / manifest.card.file.name, manifest.card.file)

    def verify(self, release_id: str) -> Manifest:
        """Check every file of a release. Raises ReleaseNotFound or ReleaseDamaged."""
        manifest = self.manifest(release_id)
        for model in manifest.models:
            for file in model.files:
                self.model_file(manifest, model, file)
        self.sample(manifest)
        self.card(manifest)
        return manifest

    def folder(self, release_id: str) -> Path:
        return self.root / "releases" / release_id


def _read_checked(path: Path, expected: StoredFile) -> bytes:
    try:
        content = _read(path, limit=expected.size)
    except FileNotFoundError as error:
        raise ReleaseDamaged(f"{path} is missing") from error
    if len(content) != expected.size or hashlib.sha256(content).hexdigest() != expected.sha256:
        raise ReleaseDamaged(f"{path} is not the file that the manifest names")
    return content


def _read(path: Path, *, limit: int) -> bytes:
    """At most `limit` bytes of a regular file. Raises ReleaseDamaged, StoreUnreadable or FileNotFoundError."""
    try:
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK)) as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno == errno.ELOOP:  # of O_NOFOLLOW
            raise ReleaseDamaged(f"{path} is a symbolic link, which may lead out of the store") from error
        raise StoreUnreadable(f"cannot read {path} ({error.strerror}): check its owner and mode") from error
    if len(content) > limit:
        raise ReleaseDamaged(f"{path} is larger than it may be")
    return content
