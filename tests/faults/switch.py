"""Makes each release current whose id comes on standard input: `python -m tests.faults.switch`, in a container."""

import sys
from pathlib import Path

from serving.store import ReleaseWriter

if __name__ == "__main__":
    writer = ReleaseWriter(Path("/store"))
    for line in sys.stdin:
        writer.make_current(line.strip())
        print("made", flush=True)
