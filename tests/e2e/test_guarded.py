"""API keys, TLS and the rate limit, all on, on the real stack."""

import json
import ssl
import subprocess
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.guarded import Guarded
from tests.e2e.security_headers import assert_secured
from tests.flower import FLOWER
from tests.load import Load
from tests.processes import free_ports, until
from tests.stack import Stack, docker

ALICE, BOB, CAROL = "the key of alice", "the key of bob", "the key of carol"
HEALTH = {"/health/live", "/health/ready", "/v2/health/live", "/v2/health/ready"}


@pytest.fixture(scope="module")
def guarded(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    folder = tmp_path_factory.mktemp("guarded")
    port, plain_port = free_ports(2)
    guarded = Guarded(stack, port, plain_port, folder)
    guarded.use_keys(alice=ALICE, bob=BOB)
    guarded.bring_certificate("old")
    try:
        guarded.up("--build")
        yield guarded
        logs = guarded.compose("logs").stdout
        assert not [key for key in (ALICE, BOB, CAROL) if key in logs]
    finally:
        guarded.down()


@pytest.fixture(autouse=True)
def whole(guarded: Guarded) -> None:
    """Each test finds the whole stack answering, to alice and bob."""
    guarded.use_keys(alice=ALICE, bob=BOB)
    until(guarded.all_ready, seconds=60, what="all models to be ready")
    until(lambda: guarded.status(BOB) == 200, seconds=10, what="bob's key to be taken")


@pytest.mark.parametrize("key", [None, CAROL])
def test_without_an_accepted_key_every_route_but_health_is_a_401(guarded: Guarded, key: str | None) -> None:
    document = guarded.client.get("/openapi.json", headers={"X-API-Key": ALICE}).json()
    routes = [(method, path) for path, methods in document["paths"].items() for method in methods]
    beside = [("get", "/docs"), ("get", "/openapi.json"), ("get", "/nothing"), ("options", "/predict"), ("get", "/v3")]
    statuses = {(method, path): guarded.status(key, path, method) for method, path in [*routes, *beside]}
    assert {path for (_, path), status in statuses.items() if status != 401} == HEALTH
    assert {status for (_, path), status in statuses.items() if path in HEALTH} == {200}
    assert len(routes) > 15


def test_a_refusal_is_told_in_the_one_error_shape(guarded: Guarded) -> None:
    response = guarded.client.post("/predict", json=FLOWER)
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["www-authenticate"] == "APIKey"
    assert {"type", "title", "status", "detail", "request_id", "error"} <= set(response.json())


def test_with_a_key_a_flower_is_answered(guarded: Guarded) -> None:
    answer = guarded.client.post("/predict", json=FLOWER, headers={"X-API-Key": ALICE})
    assert answer.json()["prediction"] == "setosa"


def test_a_large_body_without_a_key_is_refused_and_the_connection_takes_another_request(guarded: Guarded) -> None:
    for size in (60_000, *[5_000_000] * 5):
        response = guarded.client.post("/predict/batch", content=b" " * size)
        assert response.status_code == 401
        assert guarded.status(None, "/health/live") == 200


def test_inside_the_containers_network_the_metrics_and_an_unread_body_are_refused_too(guarded: Guarded) -> None:
    ask = """
import http.client
connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
for method, path, size in (("GET", "/metrics", 0), ("POST", "/predict", 1_000_000), ("GET", "/health/live", 0)):
    connection.request(method, path, b" " * size)
    response = connection.getresponse()
    response.read()
    print(response.status)
"""
    assert guarded.compose("exec", "gateway", "python", "-c", ask).stdout.split() == ["401", "401", "200"]


def test_keys_are_replaced_without_a_restart_or_a_failed_request(guarded: Guarded) -> None:
    with Load(f"{guarded.url}/predict", FLOWER, headers={"X-API-Key": ALICE}, verify=guarded.tls) as load:
        guarded.use_keys(alice=ALICE, carol=CAROL)
        until(lambda: guarded.status(CAROL) == 200, seconds=5, what="carol's key to be taken")
        assert guarded.status(BOB) == 401
        guarded.use_keys(alice=ALICE, bob=BOB)
        until(lambda: guarded.status(BOB) == 200, seconds=5, what="bob's key to be taken again")
        assert guarded.status(CAROL) == 401
    assert set(load.statuses) == {200}


@pytest.mark.parametrize(
    ("text", "why"), [(f"carol: {CAROL}\n", "line 1 is not `id: sha256`"), ("", "it holds no key")]
)
def test_a_file_of_keys_that_is_none_changes_nothing_and_is_logged(guarded: Guarded, text: str, why: str) -> None:
    def complaints() -> list[dict[str, Any]]:
        lines = guarded.compose("logs", "--no-log-prefix", "gateway").stdout.splitlines()
        return [json.loads(line) for line in lines if "API keys not read" in line]

    before = len(complaints())
    guarded.use_keys_file(text)
    until(lambda: len(complaints()) > before, seconds=10, what="the file to be complained of")
    assert why in complaints()[-1]["why"]
    assert [guarded.status(key) for key in (ALICE, BOB, CAROL)] == [200, 200, 401]


def test_the_readmes_command_makes_a_key_that_is_taken(guarded: Guarded) -> None:
    docker("image", "rm", "--force", f"{guarded.project}-gateway")  # as for one who has built nothing yet
    key = guarded.do("api-key").split()[-1]
    assert (guarded.folder / "gateway/api-keys").read_text().count("\n") == 3
    until(lambda: guarded.status(key) == 200, seconds=5, what="the new key to be taken")
    assert guarded.status(ALICE) == 200


@pytest.mark.parametrize("readable", [True, False])
def test_a_gateway_whose_keys_cannot_be_used_does_not_start_and_says_why(guarded: Guarded, readable: bool) -> None:
    file = guarded.folder / "gateway/bad"
    file.write_text("alice: secret")
    file.chmod(0o644 if readable else 0o600)
    start = "timeout 60 gunicorn -c python:serving.gunicorn_config --bind 127.0.0.1:9000 gateway.app:create_app()"
    done = guarded.compose("exec", "-e", "API_KEYS_FILE=/secrets/bad", "gateway", *start.split(), check=False)
    assert done.returncode == 3
    said = "/secrets/bad: line 1 is not `id: sha256`" if readable else "/secrets/bad may not be read by uid 10001"
    assert said in done.stderr.splitlines()[-1]
    assert "secret\n" not in done.stdout + done.stderr


def test_plain_http_is_redirected_to_https_at_the_host_and_port_that_were_asked(guarded: Guarded) -> None:
    plain = guarded.url.replace("https", "http")
    for url, host in ((plain, urlsplit(plain).netloc), (guarded.plain_url, "example.org")):
        response = httpx2.post(f"{url}/predict?models=a", json={}, headers={"Host": host}, trust_env=False)
        assert response.status_code == 308
        assert response.headers["location"] == f"https://{host}/predict?models=a"
        assert "strict-transport-security" not in response.headers


@pytest.mark.parametrize("path", ["/", "/models", "/health/live", "/nothing", "/metrics"])
def test_every_answer_over_https_has_browsers_stay_with_it(guarded: Guarded, path: str) -> None:
    response = guarded.client.get(path)
    assert response.headers["strict-transport-security"] == "max-age=31536000"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("version", "taken"), [("tls1_1", False), ("tls1_2", True), ("tls1_3", True)])
def test_tls_is_spoken_from_1_2_on(guarded: Guarded, version: str, taken: bool) -> None:
    client = ["openssl", "s_client", "-connect", urlsplit(guarded.url).netloc, f"-{version}"]
    lenient = [] if version == "tls1_3" else ["-cipher", "ALL:@SECLEVEL=0"]  # it is the server that refuses
    done = subprocess.run([*client, *lenient], input=b"", capture_output=True, check=False)
    assert (done.returncode == 0) == taken


@pytest.mark.parametrize(("cipher", "taken"), [("AES256-GCM-SHA384", False), ("ECDHE-RSA-AES256-GCM-SHA384", True)])
def test_of_tls_1_2_only_ciphers_with_forward_secrecy_are_spoken(guarded: Guarded, cipher: str, taken: bool) -> None:
    client = ["openssl", "s_client", "-connect", urlsplit(guarded.url).netloc, "-tls1_2", "-cipher", cipher]
    done = subprocess.run(client, input=b"", capture_output=True, check=False)
    assert (done.returncode == 0) == taken


def test_a_renewed_certificate_is_taken_without_a_failed_request(guarded: Guarded) -> None:
    def shown() -> str:
        return ssl.get_server_certificate(("127.0.0.1", urlsplit(guarded.url).port or 0))

    assert shown() == (guarded.folder / "old/cert.pem").read_text()
    with Load(f"{guarded.url}/predict", FLOWER, headers={"X-API-Key": ALICE}, verify=guarded.tls) as load:
        guarded.bring_certificate("new")
        guarded.do("reload")
        until(lambda: shown() == (guarded.folder / "new/cert.pem").read_text(), seconds=10, what="the new certificate")
    assert set(load.statuses) == {200}


def test_what_exceeds_the_limit_is_a_429_of_the_api_only(guarded: Guarded) -> None:
    for _ in range(5_000):
        response = guarded.client.get("/v2", headers={"X-API-Key": ALICE})
        if response.status_code != 200:
            break
    assert response.status_code == response.json()["status"] == 429
    assert response.headers["retry-after"] == "1"
    assert_secured(response)
    assert {guarded.status(None, path) for path in ["/", *HEALTH] * 60} == {200}
    for path in ("/index.html%0a", "/health/live%0a"):  # a newline makes it another path
        assert 429 in {guarded.status(ALICE, path) for _ in range(60)}
    until(lambda: guarded.status(ALICE) == 200, seconds=5, what="the client to be answered again")


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright's fixture."""
    return {**browser_context_args, "ignore_https_errors": True}


def test_the_page_asks_for_a_key_and_forgets_it_when_it_is_refused(guarded: Guarded, page: Page) -> None:
    page.goto(guarded.url)
    key = page.get_by_label("API key")
    expect(key).to_be_focused()
    key.fill(CAROL)
    key.press("Enter")
    expect(page.get_by_text("This key is not accepted")).to_be_visible()
    key.fill(BOB)
    key.press("Enter")
    expect(page.get_by_text("3 of 3 agree").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("agree").first).to_be_visible()
    assert page.evaluate("[document.cookie, Object.values(sessionStorage)]") == ["", [BOB]]
    assert BOB not in str(page.evaluate("Object.values(localStorage)"))
    guarded.use_keys(alice=ALICE)
    until(lambda: guarded.status(BOB) == 401, seconds=5, what="bob's key to be withdrawn")
    page.get_by_label("sepal_length", exact=True).press("Enter")
    expect(key).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0
    key.fill(ALICE)
    key.press("Enter")
    page.get_by_role("button", name="Forget the API key").click()
    expect(key).to_be_visible()
