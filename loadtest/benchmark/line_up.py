"""Who is measured against whom. A session's contenders are asked in turn."""

from dataclasses import dataclass, replace
from pathlib import Path

from loadtest.benchmark import growth
from loadtest.benchmark.contender import INFER, K_NEIGHBORS, PREDICT, Contender

ROOT = Path(__file__).parents[2]
CONTENDERS = "loadtest.benchmark.contenders"
CONTENDERS_FOLDER = "loadtest/benchmark/contenders"
# Its best setting: one worker on uvloop and httptools, no access log.
UVICORN = "python -m uvicorn --host 127.0.0.1 --port $PORT --loop uvloop --http httptools --no-access-log"
AS_TRAINED = {
    "BENCH_ENGINES": "as_trained",
    "CUDA_VISIBLE_DEVICES": "-1",
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}


def procfile() -> dict[str, str]:
    """The lines that `make run` starts, by name."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    return {name: command.strip() for name, _, command in (line.partition(":") for line in lines)}


TRIPTYCH = Contender("triptych", "Triptych", procfile())
TRIPTYCH_NGINX = Contender(
    "triptych_nginx",
    "Triptych through nginx",
    {"nginx": f"{CONTENDERS_FOLDER}/nginx.sh $PORT $TRIPTYCH_PORT"},
)
ECHO = Contender("echo", "FastAPI, a fixed answer", {"echo": f"{UVICORN} {CONTENDERS}.echo:app"})
UNDECLARED = Contender(
    "echo_undeclared",
    "FastAPI, a fixed answer, undeclared",
    {"echo_undeclared": f"{UVICORN} {CONTENDERS}.echo:undeclared"},
)
PAPER = Contender("paper", "the paper's design", {"paper": f"{UVICORN} {CONTENDERS}.paper:app"}, settings=AS_TRAINED)
PLAIN = Contender("plain", "plain FastAPI, the same engines", {"plain": f"{UVICORN} {CONTENDERS}.plain:app"})


@dataclass(frozen=True)
class Session:
    """`one_at_a_time` is for servers that use the processor while idle, and so would slow those beside them."""

    name: str
    contenders: tuple[Contender, ...]
    one_at_a_time: bool = False


def composed(name: str, title: str, command: str, **settings: str) -> Session:
    """A peer beside us, once with the models as its documentation has them, and once on the compiled engines."""
    shown = Contender(name, title, {name: command}, home=name, settings={**AS_TRAINED, **settings})
    compiled = Contender(
        f"{name}_compiled",
        f"{title}, compiled engines",
        {f"{name}_compiled": command},
        home=name,
        settings={**AS_TRAINED, **settings, "BENCH_ENGINES": "compiled"},
    )
    return Session(name, (TRIPTYCH, shown, compiled), one_at_a_time=True)


CORE = Session("core", (ECHO, UNDECLARED, PAPER, PLAIN, TRIPTYCH, TRIPTYCH_NGINX))
LITSERVE = composed("litserve", "LitServe", f"python -m {CONTENDERS}.litserve_app")
BENTOML = composed(
    "bentoml",
    "BentoML",
    f"bentoml serve --host 127.0.0.1 --port $PORT {CONTENDERS}.bentoml_service:SideBySide",
    BENTOML_DO_NOT_TRACK="True",
)
RAY = composed(
    "ray",
    "Ray Serve",
    f"python -m {CONTENDERS}.ray_app",
    RAY_USAGE_STATS_ENABLED="0",
    RAY_SERVE_THROUGHPUT_OPTIMIZED="1",
)
MODEL_SKLEARN = Contender(
    "model_sklearn",
    "model-sklearn",
    {"model_sklearn": procfile()["model-sklearn"].replace("$MODEL_SKLEARN_PORT", "$PORT")},
    INFER,
)
BATCHING = '"max_batch_size": 64, "max_batch_time": 0.005,'
MLSERVER = Session(
    "mlserver",
    (
        MODEL_SKLEARN,
        Contender("mlserver", "MLServer", {"mlserver": f"{CONTENDERS_FOLDER}/mlserver.sh"}, INFER, "mlserver"),
        Contender(
            "mlserver_batching",
            "MLServer, adaptive batching",
            {"mlserver_batching": f"{CONTENDERS_FOLDER}/mlserver.sh '{BATCHING}'"},
            INFER,
            "mlserver",
        ),
    ),
)
GUNICORN = "gunicorn --bind 127.0.0.1:$PORT --workers 2"
TABLE_1 = Session(
    "table1",
    (
        Contender("flask", "Flask", {"flask": f"{GUNICORN} {CONTENDERS}.flask_app:app"}, K_NEIGHBORS, "table1"),
        Contender("django", "Django", {"django": f"{GUNICORN} {CONTENDERS}.django_app"}, K_NEIGHBORS, "table1"),
        Contender(
            "fastapi",
            "FastAPI",
            {"fastapi": f"{UVICORN} --workers 2 {CONTENDERS}.fastapi_app:app"},
            K_NEIGHBORS,
            "table1",
        ),
    ),
)


def of_models(count: int) -> Contender:
    """Triptych on a release of so many models."""
    return replace(
        TRIPTYCH,
        name=f"triptych_{count}",
        title=f"Triptych, {count} model{'s' if count > 1 else ''}",
        question=replace(PREDICT, models=tuple(growth.names(count))),
        settings={"MODEL_STORE": str(growth.store(count))},
    )


GROWTH = Session("growth", (ECHO, *(of_models(count) for count in growth.COUNTS)))
SESSIONS = {session.name: session for session in (CORE, LITSERVE, BENTOML, RAY, MLSERVER, TABLE_1, GROWTH)}
TITLES = {contender.name: contender.title for session in SESSIONS.values() for contender in session.contenders}
