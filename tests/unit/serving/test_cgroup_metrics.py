from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from serving.cgroup_metrics import CgroupMetrics

VERSION_2 = {
    "memory.max": "1000\n",
    "memory.current": "700\n",
    "memory.stat": "anon 5\ninactive_file 200\n",
    "memory.events": "low 0\noom 3\noom_kill 2\n",
    "cpu.stat": "usage_usec 1500000\nthrottled_usec 250000\n",
}
VERSION_1 = {
    "memory/memory.limit_in_bytes": "1000\n",
    "memory/memory.usage_in_bytes": "700\n",
    "memory/memory.stat": "cache 300\ntotal_inactive_file 200\n",
    "memory/memory.oom_control": "oom_kill_disable 0\noom_kill 2\n",
    "cpuacct/cpuacct.usage": "1500000000\n",
    "cpu/cpu.stat": "nr_throttled 1\nthrottled_time 250000000\n",
}


def told(root: Path, files: dict[str, str]) -> dict[str, float]:
    for name, content in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(content)
    registry = CollectorRegistry()
    registry.register(CgroupMetrics(root))
    return {sample.name: sample.value for metric in registry.collect() for sample in metric.samples}


@pytest.mark.parametrize("files", [VERSION_1, VERSION_2])
def test_both_versions_of_the_interface_tell_the_same(tmp_path: Path, files: dict[str, str]) -> None:
    assert told(tmp_path, files) == pytest.approx(
        {
            "cgroup_memory_limit_bytes": 1000,
            "cgroup_memory_bytes": 500,
            "cgroup_out_of_memory_kills_total": 2,
            "cgroup_cpu_seconds_total": 1.5,
            "cgroup_cpu_throttled_seconds_total": 0.25,
        }
    )


@pytest.mark.parametrize(
    "limit",
    [{"memory.max": "max\n"}, {"memory/memory.limit_in_bytes": "9223372036854771712\n"}, {"memory.max": ""}, {}],
)
def test_without_a_limit_of_its_own_nothing_is_told(tmp_path: Path, limit: dict[str, str]) -> None:
    assert told(tmp_path, {"memory.current": "700\n"} | limit) == {}
