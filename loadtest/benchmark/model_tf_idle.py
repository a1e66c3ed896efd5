"""What model-tf takes to start and to stand by."""

import time
from pathlib import Path
from typing import Any

import httpx2

from loadtest.benchmark.line_up import procfile
from loadtest.benchmark.server import NotRight, Server, free_ports, running, wait_until_rest
from scripts.run import SERVICES, environment

MB = 1e6
READY_S = 60


def model_tf_figures(store: Path) -> dict[str, Any]:
    """`ready_s` from its start to readiness, and `memory_mb` of all its processes at rest thereafter."""
    ports = dict(zip(SERVICES, free_ports(len(SERVICES)), strict=True))
    variables = {**environment(ports), "MODEL_STORE": str(store)}
    start = time.monotonic()
    server = Server("model-tf", procfile()["model-tf"], variables)
    with running([server]):
        while not _ready(f"http://127.0.0.1:{ports['model-tf']}/v2/health/ready"):
            if server.ended() or time.monotonic() - start > READY_S:
                raise NotRight(f"model-tf does not become ready:\n{server.log_end()}")
            time.sleep(0.02)
        ready_s = time.monotonic() - start
        wait_until_rest([server], 0, seconds=10)
        return {"ready_s": ready_s, "memory_mb": server.memory() / MB}


def _ready(url: str) -> bool:
    try:
        return httpx2.get(url, timeout=2, trust_env=False).status_code == 200
    except httpx2.HTTPError:
        return False
