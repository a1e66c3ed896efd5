"""docs/operations.md tells the truth: its commands run."""

import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.document import OPERATIONS, README
from tests.flower import FLOWER
from tests.processes import until
from tests.stack import ROOT, Stack


@pytest.fixture
def whole(stack: Stack) -> Iterator[None]:
    """The stack answers before the test, and serves the same release after it."""
    until(stack.all_ready, seconds=60, what="all models to be ready")
    before = stack.current_release()
    yield
    if stack.current_release() != before:
        stack.roll_back(before)


def run(stack: Stack, line: str, **environment: str) -> str:
    """What a command line of the document prints, said to this stack."""
    shell = line.replace("'>'", ">").replace("'<'", "<").replace("'|'", "|")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", shell],
        cwd=ROOT,
        env={**stack.environment, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


def test_the_commands_that_are_run_here_and_elsewhere_are_all_there_are() -> None:
    here = [
        OPERATIONS.command("logs", "grep"),
        OPERATIONS.command("ensure"),
        OPERATIONS.command("releases"),
        OPERATIONS.command("rollback"),
        OPERATIONS.command("--scale"),
        OPERATIONS.command("tar", "-c"),
        OPERATIONS.command("tar", "-x"),
    ]
    elsewhere = [
        README.command("train", "--force"),
        README.command("train", "--data"),
        "docker compose up --build --wait",
    ]
    of_test_observability = ["docker compose --profile observability up --wait"]
    upgrading = [OPERATIONS.command(word) for word in ("fetch", "checkout", "--force-recreate")] + elsewhere[2:]
    assert sorted(OPERATIONS.commands()) == sorted(here + elsewhere + of_test_observability + upgrading)


def test_a_request_is_found_in_the_logs_by_its_id(whole: None, stack: Stack) -> None:
    *_, shown = shlex.split(OPERATIONS.command("logs", "grep"))
    stack.client.post("/predict", json=FLOWER, headers={"X-Request-ID": shown})
    find = OPERATIONS.command("logs", "grep")
    until(lambda: run(stack, f"{find} || true").count('"release"') == 4, seconds=10, what="the services' lines")


def test_a_store_that_has_a_release_is_left_as_it_is(whole: None, stack: Stack) -> None:
    before = stack.current_release()
    run(stack, OPERATIONS.command("ensure"))
    assert stack.current_release() == before


def test_a_release_is_rolled_back_to(whole: None, stack: Stack, wine_release: str) -> None:
    assert wine_release in run(stack, OPERATIONS.command("releases"))
    run(stack, OPERATIONS.command("rollback").replace("ID", wine_release))
    until(lambda: stack.served_release() == wine_release, seconds=20, what="that release to be served")


def test_services_are_scaled(whole: None, stack: Stack) -> None:
    run(stack, OPERATIONS.command("--scale"))
    try:
        assert [len(stack.containers(service)) for service in ("gateway", "model-sklearn")] == [3, 2]
        assert stack.predict(**FLOWER).json()["partial"] is False
    finally:
        stack.up("--no-recreate", "--scale", "gateway=1", "--scale", "model-sklearn=1")


def test_a_backup_brings_the_store_back(whole: None, stack: Stack, wine_release: str, tmp_path: Path) -> None:
    backup, restore = (
        OPERATIONS.command("tar", letter).replace("store.tar", str(tmp_path / "store.tar")) for letter in ("-c", "-x")
    )
    before = stack.current_release()
    run(stack, backup)
    stack.roll_back(wine_release)
    run(stack, restore)
    until(lambda: stack.served_release() == before, seconds=20, what="the release of the backup to be served")
    elsewhere = {"COMPOSE_PROJECT_NAME": f"{stack.project}-restored"}
    try:
        run(stack, restore, **elsewhere)
        assert before in run(stack, OPERATIONS.command("releases"), **elsewhere)
        run(stack, "docker compose run --rm trainer verify", **elsewhere)
    finally:
        run(stack, "docker compose down --volumes --rmi local", **elsewhere)
