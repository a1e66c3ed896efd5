"""Settings that nginx cannot follow end it, with what is wrong with them; one that it doubts brings a warning."""

import re
import subprocess

import pytest

from tests.stack import Stack

A_FILE = "/etc/nginx/mime.types"
TLS_CERT = f"TLS_CERT={A_FILE}"
TLS = [TLS_CERT, f"TLS_KEY={A_FILE}"]
OPEN = "HTTP_BIND=0.0.0.0"
KEYS = "API_KEYS_FILE=/secrets/api-keys"


def briefly_started(stack: Stack, *settings: str) -> "subprocess.CompletedProcess[str]":
    """A frontend with these settings, which ends after a second, with 124, and prints how it would have limited."""
    options = [word for setting in settings for word in ("-e", setting)]
    start = "timeout 1 /etc/nginx/triptych/start.sh; ended=$?; cat /tmp/rate-limit.conf; exit $ended"
    run = ("run", "--rm", "--no-deps", "-T", *options, "--entrypoint", "sh", "frontend", "-c", start)
    return stack.compose(*run, check=False)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ([TLS_CERT], "TLS_CERT and TLS_KEY belong together"),
        ([TLS_CERT, "TLS_KEY=/secrets/nothing"], "/secrets/nothing is not there"),
        ([TLS_CERT, "TLS_KEY=/secrets"], "/secrets is not a file"),
        ([TLS_CERT, "TLS_KEY=/etc/shadow"], "/etc/shadow cannot be read by uid 10001"),
        *(([f"RATE_LIMIT={text}"], "is not understood") for text in ("20", "r/s", "0r/s", "20r/h", "-1r/s", "2.5r/s")),
    ],
)
def test_an_nginx_that_is_told_nonsense_does_not_start_and_says_why(
    stack: Stack, settings: list[str], words: str
) -> None:
    ended = briefly_started(stack, *settings)
    assert ended.returncode == 1
    assert words in ended.stderr


@pytest.mark.parametrize(
    ("settings", "warnings"),
    [
        ([OPEN], ["everybody who reaches the port may ask"]),
        ([OPEN, *TLS], ["everybody who reaches the port may ask"]),
        ([OPEN, KEYS], ["API keys can be read on their way"]),
        ([OPEN, KEYS, *TLS], []),
        (["HTTP_BIND=127.0.0.1"], []),
        (["HTTP_BIND=127.0.0.1", KEYS], []),
    ],
)
def test_a_bind_other_than_loopback_warns_at_the_start_where_keys_or_tls_are_wanting(
    stack: Stack, settings: list[str], warnings: list[str]
) -> None:
    assert re.findall("frontend: warning: (.*?):", briefly_started(stack, *settings).stderr) == warnings


def test_a_limit_by_the_minute_tells_when_the_next_request_is_due(stack: Stack) -> None:
    assert "429 10;" in briefly_started(stack, "RATE_LIMIT=6r/m").stdout
