"""Whatever happens to the release store, the last good release is served, and it is told why the new one is not."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults import intruder
from tests.faults.load import answered
from tests.faults.store import python
from tests.flower import FLOWER
from tests.processes import until
from tests.stack import Stack, docker

pytestmark = pytest.mark.long

SKLEARN, TENSORFLOW = "model-sklearn", "model-tf"
BOTH = (SKLEARN, TENSORFLOW)
FRAMEWORK = {SKLEARN: "sklearn", TENSORFLOW: "tensorflow"}
DAMAGES: list[tuple[Callable[[], None], tuple[str, ...], str]] = [  # what is done, who refuses it, and why
    (intruder.copy_half_of_it, (SKLEARN,), r"random_forest/model.onnx is missing"),
    (intruder.copy_all_but_the_manifest, BOTH, r"has no release {id}"),
    (intruder.flip_a_bit_of_a_model, (TENSORFLOW,), r"model.tflite is not the file that the manifest names"),
    (intruder.flip_a_bit_of_the_manifest, BOTH, r"{id}/manifest.json (was changed|is not a manifest)"),
    (intruder.link_a_model, (SKLEARN,), r"random_forest/model.onnx is a symbolic link"),
    (intruder.link_the_release, BOTH, r"{id} is a symbolic link"),
    (intruder.lock_a_model_away, (SKLEARN,), r"cannot read .*random_forest/model.onnx .*Permission denied"),
    (intruder.plant_a_pickle, (SKLEARN,), r"k_neighbors/model.joblib is not the file that the manifest names"),
    (intruder.swap_two_models, (SKLEARN,), r"no engine serves k_neighbors .*golden rows"),
]
STORE_DAMAGES = [
    (intruder.name_a_path, r"CURRENT does not hold a release id"),
    (intruder.link_current, r"CURRENT is a symbolic link"),
    (intruder.take_the_store_away, r"has no release yet"),
]
HARMLESS = [intruder.add_a_file, intruder.flip_a_bit_of_the_sample]


def do(stack: Stack, act: Callable[[], None], good: str) -> str:
    """Have the intruder do this, as the trainer's user; what CURRENT holds then."""
    return python(stack, "-m", "tests.faults.intruder", act.__name__, good).strip()


def problems_in_metrics(stack: Stack, service: str) -> list[str]:
    return [sample.labels["why"] for sample in stack.metric(service, "release_problem") if sample.value == 1]


def problems_in_log(stack: Stack, service: str) -> list[str]:
    """Why releases were not served, in the service's log, oldest first."""
    lines = stack.compose("logs", "--no-log-prefix", service).stdout.splitlines()
    entries = [json.loads(line) for line in lines if line.startswith("{")]
    return [entry["why"] for entry in entries if entry["message"] == "release not served"]


def worker_started(stack: Stack, service: str) -> float:
    return stack.metric(service, "process_start_time_seconds")[0].value


def assert_told(stack: Stack, service: str, why: str) -> None:
    """In metrics and log of a service."""

    def in_metrics() -> bool:
        return any(re.search(why, problem) for problem in problems_in_metrics(stack, service))

    until(in_metrics, seconds=5, what=f"{service} to tell: {why}")
    assert re.search(why, problems_in_log(stack, service)[-1])


def assert_served(stack: Stack, release: str) -> None:
    """By all models."""
    answer = stack.predict(**FLOWER).json()
    assert (answer["release"], answer["partial"]) == (release, False)


def content(stack: Stack) -> bool:
    """Whether all is ready and there is nothing to complain about."""
    return stack.all_ready() and stack.readiness().get("detail") is None


def release_ids(stack: Stack) -> set[str]:
    """All that the store holds, damaged ones too."""
    lines = stack.trainer("releases").splitlines()
    return {line.removeprefix("*").split()[0] for line in lines}


@pytest.fixture
def good(stack: Stack) -> Iterator[str]:
    """The last good release, which is served; and after the test another one is taken, as if nothing had been."""
    until(lambda: content(stack), seconds=60, what="nothing to complain about")
    good = stack.current_release()
    assert stack.served_release() == good
    with answered(stack):
        yield good
        next_one = do(stack, intruder.publish_a_good_release, good)
        until(lambda: stack.served_release() == next_one, seconds=15, what="the next good release to be served")
        until(lambda: content(stack), seconds=5, what="nothing to complain about any more")
    assert_served(stack, next_one)
    assert [problems_in_metrics(stack, service) for service in (*BOTH, "gateway")] == [[], [], []]


@pytest.mark.parametrize(("act", "services", "why"), DAMAGES, ids=[act.__name__ for act, _, _ in DAMAGES])
def test_a_damaged_release_is_refused_and_it_is_told_by_whom_and_why(
    stack: Stack, good: str, act: Callable[[], None], services: tuple[str, ...], why: str
) -> None:
    workers = [worker_started(stack, service) for service in BOTH]
    damaged = do(stack, act, good)
    why = why.format(id=damaged)
    until(lambda: set(stack.readiness()["refused"]) == {*map(FRAMEWORK.get, services)}, seconds=10, what="a refusal")
    until(lambda: not content(stack), seconds=2, what="a detail")
    readiness = stack.client.get("/health/ready")
    assert readiness.status_code == 200
    for said in (readiness.json()["detail"], *readiness.json()["refused"].values()):
        assert damaged in said
        assert re.search(why, said)
    for service in (*services, "gateway"):
        assert_told(stack, service, why)
    assert_served(stack, good)
    assert [worker_started(stack, service) for service in BOTH] == workers
    assert [stack.execute(service, "ls", intruder.MARK).returncode for service in BOTH] == [2, 2]


def test_a_release_whose_copy_is_completed_is_taken_after_all(stack: Stack, good: str) -> None:
    release = do(stack, intruder.copy_half_of_it, good)
    until(lambda: bool(stack.readiness()["refused"]), seconds=10, what="a refusal")
    do(stack, intruder.copy_the_other_half, good)
    until(lambda: stack.served_release() == release, seconds=15, what="the release to be tried again")
    assert_served(stack, release)


@pytest.mark.parametrize(("act", "why"), STORE_DAMAGES, ids=[act.__name__ for act, _ in STORE_DAMAGES])
def test_a_store_that_names_no_release_leaves_the_last_one_served_and_it_is_told_why(
    stack: Stack, good: str, act: Callable[[], None], why: str
) -> None:
    do(stack, act, good)
    until(lambda: bool(re.search(why, stack.readiness()["detail"] or "")), seconds=5, what="the reason")
    for service in (*BOTH, "gateway"):
        assert_told(stack, service, why)
    assert_served(stack, good)
    if act is intruder.take_the_store_away:
        do(stack, intruder.bring_the_store_back, good)


def test_a_model_service_that_starts_while_the_store_is_away_is_missing_and_comes_with_it(
    stack: Stack, good: str
) -> None:
    do(stack, intruder.take_the_store_away, good)
    docker("restart", *stack.containers(SKLEARN))
    why = "random_forest: the release store /store has no release yet"
    until(lambda: why in (stack.readiness()["detail"] or ""), seconds=20, what="the reason")
    answer = stack.predict(**FLOWER).json()
    assert (answer["release"], answer["agreement"]["of"]) == (good, 1)
    do(stack, intruder.bring_the_store_back, good)
    until(lambda: content(stack), seconds=20, what="all models to be back")
    assert_served(stack, good)


@pytest.mark.parametrize("act", HARMLESS, ids=[act.__name__ for act in HARMLESS])
def test_what_no_model_is_read_from_harms_nothing(stack: Stack, good: str, act: Callable[[], None]) -> None:
    release = do(stack, act, good)
    until(lambda: stack.served_release() == release, seconds=15, what="it to be served")
    until(lambda: content(stack), seconds=5, what="nothing to complain about")
    assert_served(stack, release)
    assert [stack.execute(service, "ls", intruder.MARK).returncode for service in BOTH] == [2, 2]


def test_a_release_that_its_loader_dies_of_is_refused_by_the_next_process(stack: Stack, good: str) -> None:
    deadly = do(stack, intruder.publish_what_ends_its_loader, good)
    why = f"{deadly}.*a process died"
    until(lambda: bool(re.search(why, stack.readiness()["refused"].get("sklearn", ""))), seconds=20, what="a refusal")
    for service in (SKLEARN, "gateway"):
        assert_told(stack, service, why)
    until(stack.all_ready, seconds=10, what="all models to be back")
    worker = stack.worker(SKLEARN)
    assert_served(stack, good)
    assert stack.worker(SKLEARN) == worker


def test_of_two_trainers_at_once_one_is_told_to_wait_and_one_release_results(stack: Stack, good: str) -> None:
    def train(_: int) -> "subprocess.CompletedProcess[str]":
        return stack.compose("run", "--rm", "trainer", "train", "--force", check=False)

    before = release_ids(stack)
    with ThreadPoolExecutor(2) as threads:
        winner, loser = sorted(threads.map(train, range(2)), key=lambda ended: ended.returncode)
    assert (winner.returncode, loser.returncode) == (0, 1)
    assert "trainer: another trainer is at work in /store: wait for its end\n" in loser.stderr
    [published] = release_ids(stack) - before
    assert f"published {published}" in winner.stdout
    until(lambda: stack.served_release() == published, seconds=15, what="its release to be served")


def test_a_trainer_that_is_killed_at_work_leaves_the_store_as_it_was_and_free(stack: Stack, good: str) -> None:
    def locked() -> bool:
        return stack.compose("run", "--rm", "trainer", "rollback", good, check=False).returncode == 1

    trainer = stack.compose("run", "--detach", "trainer", "train", "--force").stdout.strip()
    until(locked, seconds=20, what="the trainer to be at work")
    docker("rm", "--force", trainer)
    assert not locked()
    assert stack.current_release() == good
    assert "is whole" in stack.trainer("verify")


def test_a_full_disk_is_named_and_leaves_the_release_before(stack: Stack) -> None:
    release = stack.current_release()
    script = f"""
        mkdir /store/releases && cp /full/CURRENT /store && cp -r /full/releases/{release} /store/releases
        cat /dev/zero >/store/filler
        trainer train --force; echo $?; trainer rollback {release}; echo $?; ls -A /store/releases
        rm /store/filler; trainer rollback {release}
    """
    disks = ("--volume", f"{stack.project}_release-store:/full:ro", "--tmpfs", "/store:size=32m,uid=10001")
    container = ("--rm", "--network", "none", "--tmpfs", "/tmp", *disks, "--entrypoint", "sh")
    run = ["docker", "run", *container, stack.inspect("trainer")["Image"], "-c", script]
    said = subprocess.run(run, capture_output=True, text=True, check=False)
    assert [line for line in said.stderr.splitlines() if line.startswith("trainer: ")] == [
        "trainer: cannot publish into /store: No space left on device",
        "trainer: cannot write /store/CURRENT: No space left on device",
    ]
    assert said.stdout.splitlines()[-4:] == ["1", "1", release, f"{release} is served"]
