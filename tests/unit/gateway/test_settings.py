from pathlib import Path

import pytest
from gateway.settings import Settings
from pydantic import ValidationError


def test_backends_are_name_url_pairs() -> None:
    settings = Settings.model_validate({"backends": "sklearn=http://a:1/, mine=https://b:2"})
    assert settings.backends == {"sklearn": "http://a:1", "mine": "https://b:2"}


@pytest.mark.parametrize("text", ["http://a:1", "a=b:1", "=http://a", "a=", "A=http://a", "a/b=http://a", "a=http://"])
def test_backends_that_are_no_pairs_are_refused_in_words(text: str) -> None:
    with pytest.raises(ValidationError, match="expected name=url pairs"):
        Settings.model_validate({"backends": text})


def test_a_page_folder_without_a_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="no built page"):
        Settings.model_validate({"page_dir": tmp_path})


@pytest.mark.parametrize(
    "endpoint", ["collector:4318", "http://", "grpc://collector:4317", "http://[bad", "http://collector:no-port"]
)
def test_an_address_for_traces_that_is_none_is_refused(endpoint: str) -> None:
    with pytest.raises(ValidationError, match="otel_exporter_otlp_endpoint"):
        Settings.model_validate({"otel_exporter_otlp_endpoint": endpoint})
