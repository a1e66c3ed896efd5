"""gunicorn's settings for every service: `gunicorn -c python:serving.gunicorn_config …`."""

import gc
from pathlib import Path

from serving.logs import LOGGING

bind = "0.0.0.0:8000"
workers = 1  # one event loop; more throughput is more replicas
worker_class = "serving.worker.Worker"
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a heartbeat waits for no disk
timeout = 30  # s without a heartbeat until a worker is replaced
graceful_timeout = 25  # s for the requests in flight when stopping
keepalive = 75  # s; longer than any caller's, so that the caller closes first
control_socket_disable = True
logconfig_dict = LOGGING


def post_worker_init(worker: object) -> None:
    """What was imported stays: the garbage collector need not look through it again, nor as often as it would."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(25_000, 20, 50)
