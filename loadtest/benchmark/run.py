"""`make bench` and its kin: measure sessions, print their tables and the design's ratios, keep the results."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from loadtest.benchmark import growth
from loadtest.benchmark.csv_upload import csv_figures
from loadtest.benchmark.document import draw
from loadtest.benchmark.line_up import SESSIONS
from loadtest.benchmark.machine import machine
from loadtest.benchmark.measuring import Plan, measure
from loadtest.benchmark.model_tf_idle import model_tf_figures
from loadtest.benchmark.release import STORE, train
from loadtest.benchmark.results import load, save, today
from loadtest.benchmark.server import end_on_sigterm
from loadtest.benchmark.table import session_table, verdict_table
from loadtest.benchmark.targets import verdicts
from loadtest.benchmark.wrk import require_wrk


def main(arguments: Sequence[str]) -> None:
    asked = _parser().parse_args(arguments)
    require_wrk()
    end_on_sigterm()
    train(STORE)
    if "growth" in asked.sessions:
        for count in growth.COUNTS:
            growth.publish(STORE, count)
    plan = Plan(asked.connections, asked.rounds, asked.seconds)
    path = asked.results
    for name in asked.sessions:
        session = measure(SESSIONS[name], plan, STORE)
        results = load(path)
        results.machine = machine()
        results.sessions[name] = session
        save(results, path)
        print(f"\n{session_table(session)}\n", flush=True)
        if name == "core":
            results.figures |= {"csv": csv_figures(STORE), "model_tf_idle": model_tf_figures(STORE)}
            save(results, path)
    if asked.sessions != ["growth"]:
        print(verdict_table(verdicts(load(path))))
    draw(load(path), path.with_suffix(".svg"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="loadtest.benchmark.run", description=__doc__)
    parser.add_argument("sessions", nargs="+", choices=list(SESSIONS), metavar="SESSION", help=", ".join(SESSIONS))
    parser.add_argument("--connections", type=int, nargs="+", default=Plan.connections)
    parser.add_argument("--rounds", type=int, default=Plan.rounds)
    parser.add_argument("--seconds", type=float, default=Plan.seconds, help="of each run of wrk")
    parser.add_argument("--results", type=Path, default=today(), help="the file that the results enter")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
