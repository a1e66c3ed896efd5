"""The stack and the browser, where the machine has a Docker Engine and a Chromium.

REQUIRE_DOCKER=1 and REQUIRE_BROWSER=1 turn a skip into a failure.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sklearn.datasets import load_wine

from tests.e2e.stack import Stack
from tests.processes import free_ports, until


def lacking(what: str, variable: str) -> None:
    if os.environ.get(variable):
        pytest.fail(f"{what}, and {variable} is set")
    pytest.skip(what)


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The stack, built and brought up once for all tests."""
    with brought_up(f"triptych-test-{os.getpid()}") as stack:
        yield stack


@contextmanager
def brought_up(project: str, **settings: str) -> Iterator[Stack]:
    """A stack, built and brought up, and removed with all that it made."""
    engine = subprocess.run(["docker", "info"], capture_output=True, check=False) if shutil.which("docker") else None
    if engine is None or engine.returncode:
        lacking("no Docker Engine answers", "REQUIRE_DOCKER")
    stack = Stack(project, free_ports(1)[0], **settings)
    try:
        stack.up("--build")
        yield stack
    finally:
        stack.down()


@pytest.fixture(scope="session")
def wine_release(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> str:
    """scikit-learn's wine, trained in the running stack and rolled back from: a release of another table.

    The store keeps five releases: no more than three may be published after it before its last use.
    """
    wine = load_wine(as_frame=True)
    table = wine.frame.drop(columns="target").assign(cultivar=wine.target_names[wine.target])
    path = tmp_path_factory.mktemp("wine") / "wine.csv"
    table.to_csv(path, index=False)
    path.parent.chmod(0o755)
    before = stack.current_release()
    mounted = ("--volume", f"{path}:/wine.csv:ro")
    stack.trainer("train", "--data", "/wine.csv", "--target", "cultivar", options=mounted)
    published = stack.current_release()
    until(lambda: stack.served_release() == published, seconds=20, what="wine to be served")
    stack.trainer("rollback", before)
    until(lambda: stack.served_release() == before, seconds=20, what="iris to be served again")
    return published


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """pytest-playwright's fixture: the machine's own Chromium, since Playwright's need not be installed."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        lacking("no Chromium is installed", "REQUIRE_BROWSER")
    offline = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return {"executable_path": chromium, "args": ["--no-sandbox", "--disable-gpu", *offline]}
