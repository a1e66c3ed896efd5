"""What each container may do: as Docker says it, and as somebody finds it who got inside."""

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import yaml

from tests.stack import ROOT, Stack, docker

COMPOSED: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
ELSEWHERE = {"grafana"}  # its image is not to be had everywhere: tests/unit/repository has its settings
SERVICES = sorted(COMPOSED.keys() - ELSEWHERE)
OURS = [service for service in SERVICES if "build" in COMPOSED[service]]
JOBS = {"trainer"}
NETWORKS = {
    "frontend": {"web"},
    "gateway": {"web", "models"},
    "locust": {"web"},
    "locust-worker": {"web"},
    "model-sklearn": {"models"},
    "model-tf": {"models"},
    "prometheus": {"web", "models", "observability"},
    "trainer": set[str](),
}
MODEL_SERVICES = ["model-sklearn", "model-tf"]
PORTS = {"frontend": ["8000/tcp"], "locust": ["8089/tcp"], "prometheus": ["9090/tcp"]}
MOUNTS: dict[str, dict[str, tuple[str, bool]]] = {  # what it is, and whether it may be written
    "frontend": {"/secrets": ("bind", False)},
    "gateway": {"/secrets": ("bind", False), "/store": ("volume", False)},
    "locust": {},
    "locust-worker": {},
    "model-sklearn": {"/store": ("volume", False)},
    "model-tf": {"/store": ("volume", False)},
    "prometheus": {
        "/etc/prometheus": ("bind", False),
        "/prometheus": ("volume", True),
        "/secrets": ("bind", False),
    },
    "trainer": {"/store": ("volume", True)},
}
SECRET = re.compile(r"(?i)\b\w*(?:key|token|passw|secret|credential)\w*[ \t]*[=:][ \t]*\S+")
PUBLIC = re.compile(r"\w*GPG_?KEY\w*")  # of the official images: the keys that their downloads are signed with


def inside(stack: Stack, service: str, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in the service's container; of a job, in a new one."""
    if service in JOBS:
        return stack.compose("run", "--rm", "--no-deps", "--entrypoint", command[0], service, *command[1:], check=False)
    return stack.execute(service, *command)


def answers(stack: Stack, service: str, host: str, port: int = 8000) -> bool:
    """Whether a server there answers the service's container with 200; that something accepts says nothing yet."""
    ask = r"exec 3<>/dev/tcp/$0/$1 && printf 'GET /v2/health/live HTTP/1.0\r\n\r\n' >&3 && head -n 1 <&3"
    return " 200 " in inside(stack, service, "timeout", "2", "bash", "-c", ask, host, str(port)).stdout


def address(stack: Stack, service: str, network: str) -> str:
    found: str = stack.inspect(service)["NetworkSettings"]["Networks"][f"{stack.project}_{network}"]["IPAddress"]
    return found


def network(stack: Stack, name: str) -> dict[str, Any]:
    """What Docker says of one of the stack's networks."""
    described: dict[str, Any] = json.loads(docker("network", "inspect", f"{stack.project}_{name}"))[0]
    return described


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()


@contextmanager
def listening() -> Iterator[int]:
    """A server on this host, at a free port of each of its addresses."""
    with ThreadingHTTPServer(("", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module", autouse=True)
def all_there(stack: Stack, locust: str) -> Iterator[None]:
    """The services of profiles too, as far as they can run here."""
    stack.up("prometheus")
    yield
    stack.compose("rm", "--stop", "--force", "--volumes", "prometheus")


def test_the_tests_below_walk_every_service_in_every_profile(stack: Stack) -> None:
    services = stack.compose("--profile", "*", "config", "--services").stdout.split()
    assert set(services) == {*SERVICES, *ELSEWHERE}


@pytest.mark.parametrize("service", SERVICES)
class TestEveryService:
    def test_docker_gives_it_no_more_than_it_needs(self, stack: Stack, service: str) -> None:
        host = stack.inspect(service)["HostConfig"]
        assert host["Privileged"] is False
        assert host["ReadonlyRootfs"] is True
        assert host["CapDrop"] == ["ALL"]
        assert not host["CapAdd"]
        assert not host["Devices"]
        assert host["SecurityOpt"] == ["no-new-privileges:true"]
        assert "host" not in (
            host["NetworkMode"],
            host["PidMode"],
            host["IpcMode"],
            host["UsernsMode"],
            host["UTSMode"],
        )

    def test_it_is_held_to_limits(self, stack: Stack, service: str) -> None:
        host = stack.inspect(service)["HostConfig"]
        assert 0 < host["Memory"] <= 2 * 2**30
        assert 0 < host["NanoCpus"] <= 1_000_000_000
        assert 0 < host["PidsLimit"] <= 256
        assert host["LogConfig"] == {"Type": "json-file", "Config": {"max-size": "10m", "max-file": "3"}}
        assert host["RestartPolicy"]["Name"] == ("no" if service in JOBS else "unless-stopped")

    def test_it_sees_no_more_of_the_host_than_it_needs_and_of_volumes_writes_only_its_own(
        self, stack: Stack, service: str
    ) -> None:
        mounts = {mount["Destination"]: (mount["Type"], mount["RW"]) for mount in stack.inspect(service)["Mounts"]}
        assert mounts == MOUNTS[service]

    def test_its_first_process_is_an_ordinary_user_without_capabilities(self, stack: Stack, service: str) -> None:
        lines = inside(stack, service, "cat", "/proc/1/status").stdout.splitlines()
        status = {name: values.split() for name, _, values in (line.partition(":") for line in lines)}
        assert set(status["Uid"]) == {"10001" if service in OURS else "65534"}
        assert "0" not in status["Gid"] + status["Groups"]
        assert {int(status[name][0], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")} == {0}
        assert status["NoNewPrivs"] == ["1"]
        assert status["Seccomp"] == ["2"]  # Docker's filter of system calls

    def test_it_is_in_its_own_networks_only(self, stack: Stack, service: str) -> None:
        joined = {
            name.removeprefix(f"{stack.project}_") for name in stack.inspect(service)["NetworkSettings"]["Networks"]
        }
        assert joined - {"none"} == NETWORKS[service]

    def test_no_port_is_published_but_of_nginx_and_the_pages_of_profiles_on_this_host_alone(
        self, stack: Stack, service: str
    ) -> None:
        bindings = stack.inspect(service)["HostConfig"]["PortBindings"] or {}
        published = [(port, binding["HostIp"]) for port, each in bindings.items() for binding in each]
        assert published == [(port, "127.0.0.1") for port in PORTS.get(service, [])]

    def test_no_secret_stands_in_its_environment_or_in_the_history_of_its_image(
        self, stack: Stack, service: str
    ) -> None:
        container = stack.inspect(service)
        history = docker("history", "--no-trunc", "--format", "{{.CreatedBy}}", container["Image"])
        told = PUBLIC.sub("", "\n".join([history, *container["Config"]["Env"]]))
        assert not SECRET.findall(told)
        assert str(ROOT) not in told


@pytest.mark.parametrize("service", OURS)
class TestEveryImageOfOurs:
    def test_nothing_but_tmp_can_be_written_in_it_and_by_the_trainer_the_store(
        self, stack: Stack, service: str
    ) -> None:
        kernels = ["(", "-path", "/proc", "-o", "-path", "/sys", "-o", "-path", "/dev", ")", "-prune", "-o"]
        found = inside(stack, service, "find", "/", *kernels, "-writable", "-not", "-type", "l", "-print").stdout
        writable = {"/".join(path.split("/")[:2]) for path in found.splitlines()}
        assert writable == ({"/tmp", "/store"} if service == "trainer" else {"/tmp"})

    def test_nothing_private_lies_in_its_image(self, stack: Stack, service: str) -> None:
        private = (".env", ".git", ".ssh", ".netrc", ".pypirc", ".npmrc", "*.key", "id_rsa", "id_ed25519")
        names = [word for name in private for word in ("-o", "-name", name)][1:]
        found = inside(
            stack, service, "find", "/", "-xdev", "-path", "/proc", "-prune", "-o", "(", *names, ")", "-print"
        )
        assert found.stdout.splitlines() == []


class TestNetworks:
    def test_a_model_service_cannot_leave_its_network_not_even_to_the_host_which_the_gateway_can(
        self, stack: Stack
    ) -> None:
        assert network(stack, "models")["Internal"] is True
        host, own = (network(stack, name)["IPAM"]["Config"][0]["Gateway"] for name in ("web", "models"))
        with listening() as port:
            assert answers(stack, "gateway", host, port)
            for service in MODEL_SERVICES:
                assert not answers(stack, service, host, port)
                assert not answers(stack, service, own, port)

    def test_nginx_reaches_the_gateway_and_no_model_service_by_name_or_by_address(self, stack: Stack) -> None:
        assert answers(stack, "frontend", "gateway")
        for service in MODEL_SERVICES:
            at = address(stack, service, "models")
            assert answers(stack, "gateway", at)
            assert not answers(stack, "frontend", at)
            assert not answers(stack, "frontend", service)

    def test_the_trainer_has_no_network_but_itself(self, stack: Stack) -> None:
        assert inside(stack, "trainer", "ls", "/sys/class/net").stdout.split() == ["lo"]
