"""The command line, and the one place that knows what is real."""

import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from serving.errors import ServingError
from serving.store import Manifest, ReleaseStore, ReleaseWriter

from trainer.ensure import ensure as ensure_release
from trainer.errors import CandidateRefused
from trainer.libraries import installed_versions
from trainer.preset import DEFAULT
from trainer.settings import Settings

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
Store = Annotated[Path | None, typer.Option("--store", help="The release store's folder; else MODEL_STORE.")]


@app.command()
def ensure(store: Store = None) -> None:
    """Publish a first release where there is none usable; otherwise change nothing."""
    writer = ReleaseWriter(_root(store))
    manifest = ensure_release(writer, lambda: _train(writer, _default_table()), lambda: None)
    typer.echo(f"{manifest.id}: table {manifest.data.name}, {manifest.data.rows} rows")
    installed = installed_versions()
    changed = [f"{name} {installed.get(name)}" for name in installed if installed[name] != manifest.libraries.get(name)]
    if changed:
        typer.echo(
            f"trained with other versions than the installed {', '.join(changed)}; `{_command(manifest)}` retrains"
        )


@app.command()
def train(
    data: Annotated[Path | None, typer.Option(help="A CSV table with a header line; else the default one.")] = None,
    target: Annotated[str | None, typer.Option(help="The column that holds the classes.")] = None,
    name: Annotated[str | None, typer.Option(help="What to call the table; else the file's name.")] = None,
    min_accuracy: Annotated[float | None, typer.Option(min=0, max=1, help="What every model must reach.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Train even where nothing changed.")] = False,
    no_sample: Annotated[bool, typer.Option("--no-sample", help="Publish no training rows.")] = False,
    store: Store = None,
) -> None:
    """Train all models on a table, and publish them as the current release."""
    if (data is None) != (target is None):
        raise typer.BadParameter("--data and --target belong together")
    from trainer.models import MODELS
    from trainer.table import read_table
    from trainer.training import unchanged

    writer = ReleaseWriter(_root(store))
    with writer.lock():
        if data is not None and target is not None:
            table = read_table(data, target=target, name=name or data.stem)
        else:
            table = _default_table()
        same = None if force else unchanged(writer.store, table, MODELS, with_sample=not no_sample)
        if same is None:
            manifest = _train(writer, table, min_accuracy=min_accuracy, with_sample=not no_sample)
            typer.echo(manifest.id)
        else:
            typer.echo(f"{same.id}: nothing changed, so nothing was trained (--force trains all the same)")


@app.command()
def releases(store: Store = None) -> None:
    """List the releases, newest first."""


@app.command()
def rollback(release_id: Annotated[str, typer.Argument(metavar="ID")], store: Store = None) -> None:
    """Have another release served."""
    writer = ReleaseWriter(_root(store))
    with writer.lock():
        writer.make_current(release_id)
    typer.echo(f"{release_id} is the current release")


@app.command()
def verify(release_id: Annotated[str | None, typer.Argument(metavar="ID")] = None, store: Store = None) -> None:
    """Check every file of a release (the current one, where none is named) against its digest."""
    reader = ReleaseStore(_root(store))
    manifest = reader.verify(release_id or reader.current_id())
    typer.echo(f"{manifest.id}: every file is as it was published")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command. An error that its user can do something about is one line, and exit code 1; 3 for a refusal."""
    try:
        app(arguments)
    except ServingError as error:
        typer.echo(f"trainer: {error.detail}", err=True)
        sys.exit(3 if isinstance(error, CandidateRefused) else 1)


def _root(store: Path | None) -> Path:
    return store or Settings().model_store


def _default_table() -> Any:
    from trainer.table import read_table

    return read_table(DEFAULT.path, target=DEFAULT.target, name=DEFAULT.name, units=DEFAULT.units)


def _train(writer: ReleaseWriter, table: Any, **options: Any) -> Manifest:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # the same rounding on every processor, and one message less
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    from rich.console import Console

    from trainer.models import MODELS
    from trainer.report import Report
    from trainer.training import train

    return train(writer, table, MODELS, Report(Console()), **options)


def _command(manifest: Manifest) -> str:
    if manifest.data.name == DEFAULT.name:
        return "trainer train"
    return shlex.join(
        ["trainer", "train", "--data", "FILE", "--target", manifest.data.target, "--name", manifest.data.name]
    )
