"""What to run when a release was trained with other libraries than the installed ones."""

import hashlib
import shlex

from serving.store import Manifest

from trainer.libraries import installed_versions
from trainer.preset import DEFAULT


def advice(manifest: Manifest) -> str | None:
    """The libraries that differ and the command that retrains; None where none differs."""
    differing = [
        f"{name} {manifest.libraries.get(name, '(unknown)')} (now {installed})"
        for name, installed in installed_versions().items()
        if installed != manifest.libraries.get(name)
    ]
    if not differing:
        return None
    return f"it was trained with {', '.join(differing)}; to retrain: {command(manifest)}"


def command(manifest: Manifest) -> str:
    """The command that trains on a release's table again."""
    if manifest.data.sha256 == hashlib.sha256(DEFAULT.path.read_bytes()).hexdigest():
        return "trainer train"
    data = manifest.data
    return shlex.join(["trainer", "train", "--data", "FILE", "--target", data.target, "--name", data.name])
