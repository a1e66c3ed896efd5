"""Results as tables, the same on the terminal and in docs/choosing.md."""

from collections.abc import Mapping, Sequence

from loadtest.benchmark.line_up import TITLES
from loadtest.benchmark.results import SessionResult
from loadtest.benchmark.targets import Verdict

Row = Sequence[str]
NONE = "–"  # the latency of answers that never came


def session_table(session: SessionResult) -> str:
    """One row for each contender and number of connections."""
    rows = []
    for contender in session.contenders():
        for connections in session.connections():
            if reading := session.median(contender, connections):
                latencies = (_ms(reading.p50_ms), _ms(reading.p99_ms)) if reading.requests else (NONE, NONE)
                numbers = (f"{reading.requests_per_s:,.0f}", *latencies)
                rows.append((TITLES[contender], str(connections), *numbers, f"{reading.errors:,}"))
    table = _table(("server", "connections", "requests/s", "p50 ms", "p99 ms", "errors"), rows)
    return "\n".join([table, *(f"\nLeft out: {TITLES[name]} ({why})" for name, why in session.skipped.items())])


def verdict_table(verdicts: Sequence[Verdict]) -> str:
    rows = [(verdict.what, verdict.target, verdict.measured, verdict.words()) for verdict in verdicts]
    return _table(("what", "target", "measured", ""), rows)


def memory_table(processes: Mapping[str, Mapping[str, float]]) -> str:
    """Megabytes: one row for each service of a soak."""
    head = ("MB", "min", "max", "after the first minute", "last", "slope per hour")
    numbers = ("min", "max", "after_first_minute", "last", "per_hour")
    return _table(head, [(name, *(f"{figures[one]:.1f}" for one in numbers)) for name, figures in processes.items()])


def _table(head: Row, rows: Sequence[Row]) -> str:
    """Markdown that is also readable as it stands. Columns of numbers are aligned to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    right = [bool(rows) and all(_is_number(row[column]) for row in rows) for column in range(len(head))]
    rule = ["-" * (width - 1) + (":" if flush else "-") for width, flush in zip(widths, right, strict=True)]
    return "\n".join(_line(row, widths, right) for row in (head, rule, *rows))


def _line(row: Row, widths: Sequence[int], right: Sequence[bool]) -> str:
    cells = zip(row, widths, right, strict=True)
    return "| " + " | ".join(text.rjust(width) if flush else text.ljust(width) for text, width, flush in cells) + " |"


def _is_number(text: str) -> bool:
    return text == NONE or text.removeprefix("-").replace(",", "").replace(".", "", 1).isdigit()


def _ms(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
