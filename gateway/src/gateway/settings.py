"""What the gateway reads from its environment."""

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from serving.logs import LogLevel
from serving.tracing import TracingSettings


def _pairs(text: object) -> object:
    """`name=url,name=url` as a dictionary."""
    if not isinstance(text, str):
        return text
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    if not all(re.fullmatch(r"\s*[a-z][a-z0-9_-]*\s*=\s*https?://.+", "=".join((n, u))) for n, _, u in pairs):
        raise ValueError(
            "expected name=url pairs, separated by commas: a name of small letters, digits, _ and -, "
            "and a url with http:// or https://"
        )
    return {name.strip(): url.strip().rstrip("/") for name, _, url in pairs}


def _list(text: object) -> object:
    return [part.strip() for part in text.split(",") if part.strip()] if isinstance(text, str) else text


def _folder(path: Path) -> Path:
    if not (path / "index.html").is_file():
        raise ValueError(f"{path} holds no built page: run `make frontend/dist/index.html`")
    return path


class Settings(BaseSettings, TracingSettings):
    """A backend named after a framework of the release (`sklearn`, `tensorflow`) serves that framework's models.

    A backend of any other name is one more member: a server that speaks the Open Inference Protocol and has a model of
    that name, which takes the same features and gives probabilities of the same classes.
    """

    model_config = SettingsConfigDict(env_ignore_empty=True)

    model_store: Path = Path("release-store")
    backends: Annotated[dict[str, str], NoDecode, BeforeValidator(_pairs)] = {
        "sklearn": "http://127.0.0.1:8001",
        "tensorflow": "http://127.0.0.1:8002",
    }
    min_models: Annotated[int, Field(ge=1)] = 1
    deadline_ms: Annotated[int, Field(ge=1, le=10_000)] = 1_000
    straggler_grace_ms: Annotated[int, Field(ge=1, le=10_000)] = 200
    max_in_flight: Annotated[int, Field(ge=1)] = 256
    api_keys_file: Path | None = None
    page_dir: Annotated[Path, AfterValidator(_folder)] | None = None
    cors_origins: Annotated[list[str], NoDecode, BeforeValidator(_list)] = []
    log_level: LogLevel = "info"
