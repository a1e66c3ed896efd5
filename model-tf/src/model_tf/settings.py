"""What model-tf reads from its environment."""

from pydantic_settings import BaseSettings, SettingsConfigDict
from serving.model_app import ModelServiceSettings


class Settings(BaseSettings, ModelServiceSettings):
    model_config = SettingsConfigDict(env_ignore_empty=True)
