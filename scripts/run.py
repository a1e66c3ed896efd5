"""`make run` and `make dev`: the whole system as local processes, until Ctrl-C.

PORT is the gateway's (8000); the model services take the two after it. MODEL_STORE is the release store.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path

SERVICES = ("gateway", "model-sklearn", "model-tf")
ROOT = Path(__file__).parent.parent


def main(procfile: str) -> None:
    ports = choose_ports(os.environ.get("PORT") or "8000")
    os.environ.update(environment(ports))
    os.environ["PAGE_DIR"] = str(ROOT / "frontend/dist")
    ensured = subprocess.run(["trainer", "ensure"], check=False)  # noqa: S607 - found in our own environment
    if ensured.returncode:
        sys.exit(ensured.returncode)
    page = "http://localhost:5173" if procfile == "Procfile.dev" else os.environ["GATEWAY_URL"]
    print(f"Triptych starts at {page}: it answers when all models are loaded. Ctrl-C ends it.", flush=True)
    # No .env: honcho would let it overrule what was set above, and it speaks of containers.
    os.execvp("honcho", ["honcho", "-e", os.devnull, "-f", str(ROOT / procfile), "start"])  # noqa: S606, S607 - as above


def environment(ports: dict[str, int]) -> dict[str, str]:
    """What the Procfile's lines find in their environment."""
    return {
        "PATH": f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}",
        "MODEL_STORE": os.environ.get("MODEL_STORE", str(ROOT / "release-store")),
        "GATEWAY_URL": f"http://127.0.0.1:{ports['gateway']}",
        "BACKENDS": f"sklearn=http://127.0.0.1:{ports['model-sklearn']},"
        f"tensorflow=http://127.0.0.1:{ports['model-tf']}",
        **{f"{service.upper().replace('-', '_')}_PORT": str(port) for service, port in ports.items()},
    }


def choose_ports(first: str) -> dict[str, int]:
    """The services' ports, or an end in words where one cannot be had."""
    if not first.isdigit() or not 0 < int(first) <= 65536 - len(SERVICES):
        sys.exit(f"PORT={first} cannot be: it takes a number from 1 to 65533, since two more ports follow it")
    ports = {service: int(first) + offset for offset, service in enumerate(SERVICES)}
    if busy := [f"{port} ({service})" for service, port in ports.items() if taken(port)]:
        sys.exit(f"taken: port {', port '.join(busy)}. Choose three free ones in a row: `PORT=8100 make run`")
    return ports


def taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


if __name__ == "__main__":
    main(sys.argv[1])
