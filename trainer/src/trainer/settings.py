"""The trainer's settings."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from the environment; see .env.example."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore")

    model_store: Path = Path("release-store")
