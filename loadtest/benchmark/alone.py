"""`make paper`: one contender alone at PORT, until Ctrl-C."""

import os
import sys

from loadtest.benchmark.line_up import SESSIONS
from loadtest.benchmark.measuring import variables
from loadtest.benchmark.release import STORE, train
from loadtest.benchmark.server import ROOT
from scripts.run import choose_ports


def main(name: str) -> None:
    ports = choose_ports(os.environ.get("PORT") or "8000")
    train(STORE)
    contender = next(one for session in SESSIONS.values() for one in session.contenders if one.name == name)
    [command] = contender.commands.values()
    print(f"{contender.title} starts at http://127.0.0.1:{ports['gateway']}. Ctrl-C ends it.", flush=True)
    os.chdir(ROOT)
    os.execve("/bin/sh", ["sh", "-c", f"exec {command}"], {**os.environ, **variables(contender, ports, STORE)})  # noqa: S606 - it becomes the contender


if __name__ == "__main__":
    main(sys.argv[1])
