"""What the trainer shows: a progress bar on a terminal, and a table of the results."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table as Grid
from serving.store import Manifest, Metrics


class Report:
    """Writes to `console`; where that is no terminal, in plain lines."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def steps(self, total: int) -> Iterator[Callable[[], None]]:
        """The progress of `total` steps; call what it gives after each."""
        with Progress(console=self._console, transient=True, disable=not self._console.is_terminal) as progress:
            task = progress.add_task("training", total=total)
            yield lambda: progress.advance(task)

    def published(self, manifest: Manifest) -> None:
        grid = Grid(box=box.SIMPLE_HEAD if self._console.is_terminal else None, show_edge=False)
        for column in ("model", "accuracy", "log loss"):
            grid.add_column(column)
        for model in manifest.models:
            grid.add_row(escape(model.name), _accuracy(model.metrics), f"{model.metrics.log_loss:.3f}")
        self._console.print(grid)


def _accuracy(metrics: Metrics) -> str:
    return f"{metrics.accuracy:.3f} ± {metrics.accuracy_std:.3f}"
