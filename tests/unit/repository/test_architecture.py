"""Imports point only into serving, and serving knows nobody."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGES = ("serving", "gateway", "model_sklearn", "model_tf", "trainer")
FRAMEWORKS = {"ai_edge_litert", "joblib", "keras", "onnx", "onnxruntime", "pandas", "skl2onnx", "sklearn", "tensorflow"}


def imported(package: str) -> set[str]:
    modules = set()
    for path in (ROOT / package.replace("_", "-") / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.partition(".")[0])
    return modules


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_itself_and_serving_and_no_other_of_ours(package: str) -> None:
    assert imported(package) & set(PACKAGES) <= {package, "serving"}


def test_serving_imports_no_framework_and_reads_no_environment() -> None:
    assert not imported("serving") & FRAMEWORKS
    sources = (ROOT / "serving/src").rglob("*.py")
    assert not [path for path in sources if "os.environ" in path.read_text()]


def test_nothing_but_the_trainers_preset_and_its_table_names_the_default_table() -> None:
    words = ("iris", "sepal", "petal", "setosa")
    sources = [
        path
        for folder in ("serving", "gateway", "model-sklearn", "model-tf", "trainer", "frontend/src")
        for path in (ROOT / folder).rglob("*.*")
    ]
    code = [
        path
        for path in sources
        if path.suffix in (".py", ".ts", ".tsx", ".css", ".html") and "node_modules" not in path.parts
    ]
    naming = {path.name for path in code if any(word in path.read_text().lower() for word in words)}
    assert naming <= {"preset.py"}
