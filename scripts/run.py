"""`make run` and `make dev`: the whole system as local processes, until Ctrl-C.

PORT is the gateway's (8000); the model services take the two after it. MODEL_STORE is the release store.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path

SERVICES = ("gateway", "model-sklearn", "model-tf")


def taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def main(procfile: str) -> int:
    first = int(os.environ.get("PORT", "8000"))
    ports = dict(zip(SERVICES, range(first, first + len(SERVICES)), strict=True))
    if busy := [f"{port} ({service})" for service, port in ports.items() if taken(port)]:
        print(f"port {' and '.join(busy)} is taken: choose three in a row with `make run PORT=8100`", file=sys.stderr)
        return 1
    root = Path(__file__).parent.parent
    environment = {
        "PATH": f"{root / '.venv/bin'}{os.pathsep}{os.environ['PATH']}",
        "MODEL_STORE": os.environ.get("MODEL_STORE", str(root / "release-store")),
        "PAGE_DIR": str(root / "frontend/dist"),
        "BACKENDS": f"sklearn=http://127.0.0.1:{ports['model-sklearn']},tensorflow=http://127.0.0.1:{ports['model-tf']}",
        **{f"{service.upper().replace('-', '_')}_PORT": str(port) for service, port in ports.items()},
    }
    os.environ.update(environment)
    if code := subprocess.run(["trainer", "ensure"], check=False).returncode:  # noqa: S607 - of our own environment
        return code
    print(f"Triptych starts at http://127.0.0.1:{first} (Ctrl-C ends it)", flush=True)
    os.execvp("honcho", ["honcho", "-f", str(root / procfile), "start"])  # noqa: S606, S607 - as above


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
