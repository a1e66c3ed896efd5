"""The composition root of model-sklearn."""

from fastapi import FastAPI
from serving.logs import configure_logging
from serving.model_app import create_model_app

from model_sklearn.kinds import KINDS
from model_sklearn.settings import Settings


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings()
    configure_logging(settings.log_level)
    return create_model_app("model-sklearn", settings, "sklearn", KINDS)
