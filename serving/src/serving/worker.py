"""The gunicorn worker: uvicorn on uvloop and httptools. SIGUSR1 has its app drain."""

from typing import Any

from uvicorn_worker import UvicornWorker


class Worker(UvicornWorker):  # type: ignore[misc]  # it ships no types
    CONFIG_KWARGS: dict[str, Any] = {  # noqa: RUF012 - the base class's name and shape
        "loop": "uvloop",
        "http": "httptools",
        "lifespan": "on",
        "timeout_graceful_shutdown": 20,  # s; below gunicorn's, which would kill the worker as it begins to close
        "server_header": False,
        "access_log": False,
        "proxy_headers": False,  # nothing asks for the client's address
    }

    def handle_usr1(self, sig: int, frame: object) -> None:
        """gunicorn gives it to all workers. Its own meaning, to open the log files again, means nothing here."""
        self.wsgi.state.draining.begin()
