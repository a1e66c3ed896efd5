"""What model-tf reads from its environment."""

from pydantic_settings import BaseSettings
from serving.model_app import ModelServiceSettings


class Settings(BaseSettings, ModelServiceSettings):
    pass
