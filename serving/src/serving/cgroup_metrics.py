"""What the container's control group tells of its memory and processor, in both versions of the kernel's interface.

Where nothing limits the memory, as outside a container, it tells nothing: the numbers would be the whole machine's.
Source: the kernel's documentation, admin-guide/cgroup-v2 and admin-guide/cgroup-v1.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector


class _Number(NamedTuple):
    """The only number of a file, or the one after `key` in it; `unit` is what one of it is."""

    file: str
    key: str = ""
    unit: float = 1.0


_UNLIMITED = 2**60  # bytes: version 1 says so by such a number, version 2 by a word
_LIMIT = _Number("memory.max"), _Number("memory/memory.limit_in_bytes")
_USED = _Number("memory.current"), _Number("memory/memory.usage_in_bytes")
_IDLE_PAGES = _Number("memory.stat", "inactive_file"), _Number("memory/memory.stat", "total_inactive_file")
_COUNTERS = {
    "cgroup_out_of_memory_kills": (
        _Number("memory.events", "oom_kill"),
        _Number("memory/memory.oom_control", "oom_kill"),
    ),
    "cgroup_cpu_seconds": (_Number("cpu.stat", "usage_usec", 1e-6), _Number("cpuacct/cpuacct.usage", unit=1e-9)),
    "cgroup_cpu_throttled_seconds": (
        _Number("cpu.stat", "throttled_usec", 1e-6),
        _Number("cpu/cpu.stat", "throttled_time", 1e-9),
    ),
}
_ABOUT = {
    "cgroup_out_of_memory_kills": "Processes of the container that were killed for want of memory",
    "cgroup_cpu_seconds": "Processor time of the container",
    "cgroup_cpu_throttled_seconds": "Time for which the container had used up its share of the processor",
}


class CgroupMetrics(Collector):
    """`root` is where the control group's files are."""

    def __init__(self, root: Path = Path("/sys/fs/cgroup")) -> None:
        self._root = root

    def collect(self) -> Iterator[Metric]:
        limit = self._first(_LIMIT)
        if limit is None or limit > _UNLIMITED:
            return
        yield GaugeMetricFamily("cgroup_memory_limit_bytes", "Memory that the container may use", limit)
        used = (self._first(_USED) or 0.0) - (self._first(_IDLE_PAGES) or 0.0)  # as `docker stats` counts
        yield GaugeMetricFamily("cgroup_memory_bytes", "Memory that the container uses, without idle file pages", used)
        for name, sources in _COUNTERS.items():
            value = self._first(sources)
            if value is not None:
                yield CounterMetricFamily(name, _ABOUT[name], value)

    def _first(self, numbers: tuple[_Number, ...]) -> float | None:
        """The first of the numbers that is there."""
        return next((value for number in numbers if (value := self._read(number)) is not None), None)

    def _read(self, number: _Number) -> float | None:
        try:
            lines = [line.split() for line in (self._root / number.file).read_text().splitlines()]
            text = next(words[-1] for words in lines if number.key in ("", words[0]))
            return float(text) * number.unit
        except (OSError, StopIteration, ValueError, IndexError):  # ValueError: "max"
            return None
