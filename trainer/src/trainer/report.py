"""What a training run shows: what it does, a progress bar on a terminal, and a table of the results."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.progress import Progress
from rich.table import Table as Grid
from serving.store import Data, Manifest


class Report:
    """Writes to `console`: with color and movement on a terminal, elsewhere in plain lines."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def steps(self, data: Data, models: Sequence[str], each: int) -> Iterator[Callable[[str], None]]:
        """Training begins, in `each` steps a model; call what this gives after a step, with the model's name."""
        self._say(f"training {', '.join(models)} on {data.name} ({data.rows} rows)")
        with Progress(console=self._console, transient=True, disable=not self._console.is_terminal) as progress:
            task = progress.add_task(models[0], total=each * len(models))
            yield lambda model: progress.update(task, description=model, advance=1)

    def published(self, manifest: Manifest, guessing: float, not_compiled: Mapping[str, str]) -> None:
        """The results; `guessing` is the accuracy of always giving the most frequent class.

        `not_compiled` names the models that have no file for a faster engine, and why.
        """
        grid = Grid(box=box.SIMPLE_HEAD if self._console.is_terminal else box.ASCII2)
        for heading in ("model", "accuracy", "log loss"):
            grid.add_column(heading)
        for model in manifest.models:
            metrics = model.metrics
            accuracy = f"{metrics.accuracy:.3f} ± {metrics.accuracy_std:.3f}"
            grid.add_row(model.name, accuracy, f"{metrics.log_loss:.3f}")
        self._console.print(grid)
        self._say(f"always guessing the most frequent class has accuracy {guessing:.3f}")
        for name, why in not_compiled.items():
            self._say(f"{name} has no file for a faster engine: {why}")
        self._say(f"published {manifest.id}")

    def _say(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)
