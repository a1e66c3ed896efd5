"""`make load`: one shape without a web page, its reports in a folder of their own, and the verdict as exit code."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
SHAPES = sorted(path.stem for path in (HERE / "shapes").glob("*.py"))


def command(shape: str, host: str, folder: Path) -> list[str]:
    """Locust's command line. Users end what they are at when the time is up."""
    files = f"{HERE / 'locustfile.py'},{HERE / 'shapes' / shape}.py"
    reports = ("--html", folder / "report.html", "--csv", folder / "stats", "--json-file", folder / "stats")
    options = ("--headless", "--only-summary", "--stop-timeout", "10", "--verdict-file", folder / "verdict.json")
    return [sys.executable, "-m", "locust", "-f", files, "--host", host, *map(str, (*options, *reports))]


def main(shape: str, host: str, *more: str) -> None:
    """`more` are further options of Locust's."""
    if shape not in SHAPES:
        sys.exit(f"SHAPE={shape} is none: it takes one of {', '.join(SHAPES)}")
    folder = HERE / "reports" / f"{shape}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    print(f"The reports go to {folder.relative_to(HERE.parent)}", flush=True)
    os.chdir(HERE.parent)
    os.execv(sys.executable, [*command(shape, host.rstrip("/"), folder), *more])  # noqa: S606 - it becomes Locust


if __name__ == "__main__":
    main(*sys.argv[1:])
