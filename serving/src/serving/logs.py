"""One JSON object a line, on standard output."""

import json
import logging
import logging.config
import sys
from datetime import UTC, datetime
from typing import Any, Literal

LogLevel = Literal["debug", "info", "warning", "error", "critical"]
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message"}


class JsonFormatter(logging.Formatter):
    """Time, level, logger and message, and whatever came as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        entry.update((key, value) for key, value in vars(record).items() if key not in _STANDARD)
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, default=str)


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "serving.logs.JsonFormatter"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}},
    "root": {"level": "INFO", "handlers": ["stdout"]},
    "loggers": {
        "gunicorn.error": {"propagate": True},
        "uvicorn.access": {"level": "WARNING"},  # serving.access logs each request, with more
        "httpx2": {"level": "WARNING"},
        "opentelemetry.trace": {"level": "ERROR"},  # its warnings repeat a caller's headers
        "opentelemetry.exporter": {"level": "CRITICAL"},  # serving.otlp says what could not be sent, and less often
    },
}


def configure_logging(level: LogLevel) -> None:
    """Send all logs of this process to standard output. Called by the composition roots, never at import."""
    # What no line shows need not be found out for each. Source: logging HOWTO, "Optimization".
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    if sys.version_info >= (3, 12):
        logging.logAsyncioTasks = False
    logging.config.dictConfig(LOGGING)
    logging.getLogger().setLevel(level.upper())
