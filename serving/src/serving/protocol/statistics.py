"""How often each model was asked, and for how long. Source: Triton's statistics extension."""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

from serving.protocol.repository import ModelVersion


@dataclass
class Calls:
    """`ns` is their time together, in nanoseconds."""

    count: int = 0
    ns: int = 0

    def add(self, ns: int) -> None:
        self.count += 1
        self.ns += ns


@dataclass
class ModelCalls:
    """`rows` are those of the calls that succeeded."""

    rows: int = 0
    success: Calls = field(default_factory=Calls)
    fail: Calls = field(default_factory=Calls)


class Statistics:
    """Counts since the process started, by model and version."""

    def __init__(self) -> None:
        self._records: defaultdict[tuple[str, str], ModelCalls] = defaultdict(ModelCalls)

    @contextmanager
    def time(self, model: ModelVersion, *, rows: int) -> Iterator[None]:
        """Count one call; it failed when the body raises."""
        record = self.of(model)
        start = time.perf_counter_ns()
        try:
            yield
        except BaseException:
            record.fail.add(time.perf_counter_ns() - start)
            raise
        record.success.add(time.perf_counter_ns() - start)
        record.rows += rows

    def of(self, model: ModelVersion) -> ModelCalls:
        return self._records[model.name, model.version]

    def report(self, model: ModelVersion) -> dict[str, object]:
        record = self.of(model)
        return {
            "name": model.name,
            "version": model.version,
            "inference_count": record.rows,
            "execution_count": record.success.count,
            "inference_stats": {"success": asdict(record.success), "fail": asdict(record.fail)},
        }
