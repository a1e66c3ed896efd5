"""`make bench-docs`: a day's tables into docs/choosing.md, its figures into the README, its plot beside itself.

The documents have pairs of comments, <!-- core --> and <!-- /core -->; what stands between them is written anew.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from loadtest.benchmark.home import home
from loadtest.benchmark.line_up import TITLES
from loadtest.benchmark.results import FOLDER, Results, load
from loadtest.benchmark.server import ROOT
from loadtest.benchmark.table import memory_table, session_table, verdict_table
from loadtest.benchmark.targets import PEERS, verdicts

DOCUMENTS = (ROOT / "docs/choosing.md", ROOT / "README.md")
NOT_MEASURED = "Not measured in this run."


def main(path: Path) -> None:
    """Takes the newest results where no path is given."""
    results = load(path)
    for document in DOCUMENTS:
        document.write_text(filled(document.read_text(), blocks(results)))
    draw(results, path.with_suffix(".svg"))
    print(f"docs/choosing.md and README.md have the numbers of {path.name}, and {path.stem}.svg the plot")


def blocks(results: Results) -> dict[str, str]:
    """What stands in each place of the document."""
    tables = {name: session_table(session) for name, session in results.sessions.items()}
    soak = results.figures.get("soak")
    if soak:
        words = f"{soak['minutes']:g} minutes, {soak['requests']:,} good answers, {soak['errors']:,} errors."
        tables["soak"] = f"{words}\n\n{memory_table(soak['processes_mb'])}"
    return {
        **tables,
        "verdicts": verdict_table(verdicts(results)),
        "machine": machine_words(results),
        "figures": figures_words(results),
        "plot": f"![Requests a second at each number of connections](../loadtest/benchmark/results/{results.date}.svg)",
    }


def machine_words(results: Results) -> str:
    machine = results.machine
    if not machine:
        return NOT_MEASURED
    packages = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    return (
        f"{results.date}: {machine['cores']} cores of {machine['processor']}, {machine['memory_gb']} GB, "
        f"{machine['system']}, Python {machine['python']}, wrk {machine['wrk']}; {packages}."
    )


def figures_words(results: Results) -> str:
    """The README's three figures."""
    core = results.sessions.get("core")
    found = {name: core.median(name, 64) for name in ("triptych", "plain", "paper")} if core else {}
    rates = {name: f"{reading.requests_per_s:,.0f}" for name, reading in found.items() if reading}
    if len(rates) < 3:
        return NOT_MEASURED
    return (
        f"Requests a second at 64 connections, on {results.machine['cores']} cores: {rates['triptych']}, where plain "
        f"FastAPI on the same\nengines answers {rates['plain']}, and the paper's design {rates['paper']}."
    )


def filled(document: str, contents: Mapping[str, str]) -> str:
    """The document with each place's content, or a sentence where there is none."""

    def content(match: re.Match[str]) -> str:
        name = match["name"]
        return f"<!-- {name} -->\n{contents.get(name, NOT_MEASURED)}\n<!-- /{name} -->"

    return re.sub(r"<!-- (?P<name>[a-z0-9_]+) -->\n.*?<!-- /(?P=name) -->", content, document, flags=re.DOTALL)


def panels(results: Results) -> dict[int, dict[str, float]]:
    """For each number of connections, each server's requests a second: the core's, then the peers'."""
    drawn: dict[int, dict[str, float]] = {}
    for session in (results.sessions[name] for name in ("core", *PEERS) if name in results.sessions):
        for connections in session.connections():
            panel = drawn.setdefault(connections, {})
            for contender in session.contenders():
                if reading := session.median(contender, connections):
                    panel.setdefault(TITLES[contender], reading.requests_per_s)
    return drawn


def draw(results: Results, plot: Path) -> None:
    """Draws nothing where nothing was measured that the plot shows."""
    if not panels(results):
        return
    command = [str(home("plot") / "python"), str(Path(__file__).with_name("plot.py")), str(plot)]
    subprocess.run(command, input=json.dumps(panels(results)), text=True, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else max(FOLDER.glob("*.json")))
