"""The command line, and the one place that knows what is real.

What needs a framework is imported where it is needed: `trainer ensure` answers for a store in use without it.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from serving.errors import ServingError
from serving.store import Manifest, ReleaseStore, ReleaseWriter

from trainer.ensure import ensure as ensure_release
from trainer.errors import CandidateRefused
from trainer.listing import listing
from trainer.preset import DEFAULT
from trainer.retrain import advice
from trainer.settings import Settings

if TYPE_CHECKING:
    from trainer.table import Table

TENSORFLOW_ENVIRONMENT = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",  # whose rounding depends on the processor
}

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
Store = Annotated[Path | None, typer.Option("--store", help="The release store's folder; else MODEL_STORE.")]


@app.command()
def ensure(store: Store = None) -> None:
    """Publish a first release, of the default table, where there is none usable; otherwise change nothing."""
    writer = ReleaseWriter(_root(store))
    manifest = ensure_release(writer, lambda: _train(writer, _default_table()))
    typer.echo(f"{manifest.id} is served: table {manifest.data.name}, {manifest.data.rows} rows")
    if words := advice(manifest):
        typer.echo(words)


@app.command()
def train(
    data: Annotated[Path | None, typer.Option(help="A CSV table with a header line; else the default table.")] = None,
    target: Annotated[str | None, typer.Option(help="The column of --data that holds the classes.")] = None,
    name: Annotated[str | None, typer.Option(help="What to call the table of --data; else as the file.")] = None,
    min_accuracy: Annotated[float | None, typer.Option(min=0, max=1, help="Refuse if any model has less.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Train even where nothing changed.")] = False,
    no_sample: Annotated[bool, typer.Option("--no-sample", help="Publish no rows of the table.")] = False,
    store: Store = None,
) -> None:
    """Train every model on a table, and publish them as the release being served."""
    if (data is None) != (target is None) or (name and data is None):
        raise typer.BadParameter("--data wants --target with it, and --target and --name want --data")
    writer = ReleaseWriter(_root(store))
    with writer.lock():
        table = _table(data, target, name or data.stem) if data and target else _default_table()
        same = None if force else _unchanged(writer.store, table, with_sample=not no_sample)
        if same:
            typer.echo(f"{same.id} is served already: nothing has changed since (--force trains all the same)")
        else:
            _train(writer, table, min_accuracy=min_accuracy, with_sample=not no_sample)


@app.command()
def releases(store: Store = None) -> None:
    """List the releases, newest first; an asterisk marks the one being served."""
    for line in listing(ReleaseStore(_root(store))):
        typer.echo(line)


@app.command()
def rollback(release_id: Annotated[str, typer.Argument(metavar="ID")], store: Store = None) -> None:
    """Have another release of the store served."""
    ReleaseStore(_root(store)).manifest(release_id)  # before a writer would create a store that is not there
    writer = ReleaseWriter(_root(store))
    with writer.lock():
        writer.make_current(release_id)
    typer.echo(f"{release_id} is served")


@app.command()
def verify(release_id: Annotated[str | None, typer.Argument(metavar="[ID]")] = None, store: Store = None) -> None:
    """Check every file of a release against its digest; without ID, of the release being served."""
    reader = ReleaseStore(_root(store))
    manifest = reader.verify(release_id or reader.current_id())
    typer.echo(f"{manifest.id} is whole")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command. An error is one line, with exit code 1, or 3 where a candidate was refused."""
    try:
        app(arguments)
    except ServingError as error:
        typer.echo(f"trainer: {error.detail}", err=True)
        sys.exit(3 if isinstance(error, CandidateRefused) else 1)


def _root(store: Path | None) -> Path:
    return store or Settings().model_store


def _default_table() -> "Table":
    return _table(DEFAULT.path, DEFAULT.target, DEFAULT.name, DEFAULT.units)


def _table(path: Path, target: str, name: str, units: dict[str, str] | None = None) -> "Table":
    from trainer.table import read_table

    return read_table(path, target=target, name=name, units=units)


def _unchanged(store: ReleaseStore, table: "Table", *, with_sample: bool) -> Manifest | None:
    from trainer.models import MODELS
    from trainer.training import unchanged

    return unchanged(store, table, MODELS, with_sample=with_sample)


def _train(
    writer: ReleaseWriter, table: "Table", *, min_accuracy: float | None = None, with_sample: bool = True
) -> Manifest:
    for variable, value in TENSORFLOW_ENVIRONMENT.items():
        os.environ.setdefault(variable, value)
    from rich.console import Console

    from trainer.models import MODELS
    from trainer.report import Report
    from trainer.training import train

    return train(writer, table, MODELS, Report(Console()), min_accuracy=min_accuracy, with_sample=with_sample)
