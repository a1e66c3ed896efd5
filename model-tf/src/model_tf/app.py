"""The composition root of model-tf."""

from fastapi import FastAPI
from serving.logs import configure_logging
from serving.model_app import create_model_app

from model_tf.kinds import KINDS
from model_tf.settings import Settings


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings()
    configure_logging(settings.log_level)
    return create_model_app("model-tf", settings, "tensorflow", KINDS)
