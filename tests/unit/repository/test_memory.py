"""The containers' limits hold what their settings may ask for."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[3]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
NGINX = (ROOT / "frontend/nginx/nginx.conf.template").read_text()


def test_nginx_may_hold_a_body_for_each_of_its_connections_in_half_of_its_memory() -> None:
    [connections] = re.findall(r"worker_connections (\d+);", NGINX)
    [body_kib] = re.findall(r"client_body_buffer_size (\d+)k;", NGINX)
    limit_mib = int(COMPOSE["services"]["frontend"]["mem_limit"].removesuffix("m"))
    assert int(connections) * int(body_kib) / 1024 <= limit_mib / 2
