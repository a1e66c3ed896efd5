"""Every setting is documented, and everything that is documented is a setting."""

import re
from pathlib import Path

import pytest
import yaml
from gateway.settings import Settings as GatewaySettings
from model_sklearn.settings import Settings as SklearnSettings
from model_tf.settings import Settings as TensorFlowSettings
from opentelemetry.sdk import environment_variables
from pydantic_settings import BaseSettings
from serving.tracing import TracingSettings
from trainer.settings import Settings as TrainerSettings

ROOT = Path(__file__).parents[3]
SERVICES: dict[str, type[BaseSettings]] = {
    "gateway": GatewaySettings,
    "model-sklearn": SklearnSettings,
    "model-tf": TensorFlowSettings,
    "trainer": TrainerSettings,
}
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()


def names(settings: type[BaseSettings]) -> set[str]:
    return {name.upper() for name in settings.model_fields}


def read_by(service: str) -> set[str]:
    """With what OpenTelemetry's SDK reads, where it is used."""
    settings = SERVICES[service]
    sdks = {name for name in vars(environment_variables) if name.startswith("OTEL_")}
    return names(settings) | sdks if issubclass(settings, TracingSettings) else names(settings)


def documented() -> set[str]:
    return set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def of_the_frontend() -> set[str]:
    start = (ROOT / "frontend/nginx/start.sh").read_text()
    return set(re.findall(r"\$\{([A-Z_]+):-", start))


def of_compose() -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+):-", COMPOSE_TEXT))


def of_make() -> set[str]:
    return set(re.findall(r'os\.environ\.get\("([A-Z_]+)"', (ROOT / "scripts/run.py").read_text()))


def test_the_example_lists_every_setting_and_nothing_else() -> None:
    settings = set[str]().union(*map(names, SERVICES.values()))
    assert documented() == settings | of_the_frontend() | of_compose() | of_make()


@pytest.mark.parametrize("service", [*SERVICES, "frontend"])
def test_compose_sets_only_what_the_service_reads(service: str) -> None:
    read = of_the_frontend() if service == "frontend" else read_by(service)
    assert set(COMPOSE["services"][service]["environment"]) <= read


def test_composes_defaults_are_the_documented_ones() -> None:
    defaults = dict(re.findall(r"\$\{([A-Z_]+):-([^}]*)\}", COMPOSE_TEXT))
    example = dict(re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert defaults == {name: example[name] for name in defaults}
