"""`make soak`: ten minutes at 64 connections, in which no request may fail and no process may keep growing."""

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from threading import Event

from loadtest.benchmark.line_up import TRIPTYCH
from loadtest.benchmark.machine import machine
from loadtest.benchmark.measuring import Running, started
from loadtest.benchmark.memory import Memory
from loadtest.benchmark.release import STORE, train
from loadtest.benchmark.results import load, now, save, today
from loadtest.benchmark.server import end_on_sigterm
from loadtest.benchmark.table import memory_table
from loadtest.benchmark.wrk import Reading, require_wrk, wrk

CONNECTIONS = 64
SAMPLED_S = 5
MB = 1e6


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="loadtest.benchmark.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--results", type=Path, default=today(), help="the file that the results enter")
    asked = parser.parse_args(arguments)
    require_wrk()
    end_on_sigterm()
    train(STORE)
    with started(TRIPTYCH, {}, STORE) as triptych:
        reading, memories = soak(triptych, asked.minutes * 60)
    processes = {name: memory.figures() for name, memory in memories.items()}
    results = load(asked.results)
    results.machine = machine()
    results.figures["soak"] = {"at": now(), "minutes": asked.minutes, **asdict(reading), "processes_mb": processes}
    save(results, asked.results)
    print(f"\n{memory_table(processes)}\n\n{reading.requests:,} good answers, {reading.errors:,} errors")
    if complaints := judged(reading, memories):
        sys.exit(f"the soak failed: {'; '.join(complaints)}")
    print("every process is flat")


def soak(triptych: Running, seconds: float) -> tuple[Reading, dict[str, Memory]]:
    """The load, and meanwhile the resident memory of each service, all its processes together."""
    question = triptych.contender.question
    memories = {server.name: Memory() for server in triptych.servers}
    start, over = time.monotonic(), Event()

    def sample() -> None:
        while not over.wait(min(SAMPLED_S, seconds / 10)):
            for server in triptych.servers:
                memories[server.name].add(time.monotonic() - start, server.memory() / MB)

    with ThreadPoolExecutor(1) as thread:
        sampling = thread.submit(sample)
        try:  # in the main thread, which signals interrupt
            reading = wrk(triptych.url + question.path, question.body, connections=CONNECTIONS, seconds=seconds)
        finally:
            over.set()
        sampling.result()
    return reading, memories


def judged(reading: Reading, memories: Mapping[str, Memory]) -> list[str]:
    """What is wrong, in words; nothing where all is well."""
    failed = [f"{reading.errors:,} requests failed"] if reading.errors else []
    return failed + [f"{name} keeps growing" for name, memory in memories.items() if not memory.flat()]


if __name__ == "__main__":
    main(sys.argv[1:])
