"""How often each model was asked, and for how long. Source: Triton's statistics extension."""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from serving.protocol.repository import ModelVersion


@dataclass
class _Count:
    calls: int = 0
    ns: int = 0

    def add(self, ns: int) -> None:
        self.calls += 1
        self.ns += ns


@dataclass
class _Record:
    rows: int = 0
    success: _Count = field(default_factory=_Count)
    fail: _Count = field(default_factory=_Count)


class Statistics:
    """Counts since the process started, by model and version."""

    def __init__(self) -> None:
        self._records: defaultdict[tuple[str, str], _Record] = defaultdict(_Record)

    @contextmanager
    def time(self, model: ModelVersion, *, rows: int) -> Iterator[None]:
        """Count one call; it failed when the body raises."""
        record = self._records[model.name, model.version]
        start = time.perf_counter_ns()
        try:
            yield
        except BaseException:
            record.fail.add(time.perf_counter_ns() - start)
            raise
        record.success.add(time.perf_counter_ns() - start)
        record.rows += rows

    def report(self, name: str, version: str) -> dict[str, object]:
        record = self._records[name, version]
        return {
            "name": name,
            "version": version,
            "inference_count": record.rows,
            "execution_count": record.success.calls,
            "inference_stats": {
                "success": {"count": record.success.calls, "ns": record.success.ns},
                "fail": {"count": record.fail.calls, "ns": record.fail.ns},
            },
        }
