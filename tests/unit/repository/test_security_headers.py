"""The gateway serves the page with the same headers as nginx does."""

import re
from pathlib import Path

from gateway.page import DOCS_CSP, PAGE_CSP, SECURITY_HEADERS

NGINX = (Path(__file__).parents[3] / "frontend/nginx/security-headers.conf").read_text()


def test_the_headers_are_those_of_nginx() -> None:
    added = dict(re.findall(r'^add_header (\S+) "([^"]*)" always;', NGINX, re.MULTILINE))
    assert added == SECURITY_HEADERS


def test_the_content_security_policies_are_those_of_nginx() -> None:
    policies = dict(re.findall(r'^    (default|~\S+) "([^"]*)";', NGINX, re.MULTILINE))
    assert policies == {"default": PAGE_CSP, r"~^/docs(/|\z)": DOCS_CSP}
