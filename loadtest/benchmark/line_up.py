"""Who is measured against whom. A session's contenders run beside each other and are asked in turn."""

from dataclasses import dataclass
from pathlib import Path

from loadtest.benchmark.contender import Contender

ROOT = Path(__file__).parents[2]
CONTENDERS = "loadtest.benchmark.contenders"
# Its best setting: one worker on uvloop and httptools, no access log.
UVICORN = "python -m uvicorn --host 127.0.0.1 --port $PORT --loop uvloop --http httptools --no-access-log"
AS_TRAINED = {
    "ENGINES": "as_trained",
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
    {"nginx": "loadtest/benchmark/contenders/nginx.sh $PORT $TRIPTYCH_PORT"},
)
ECHO = Contender("echo", "FastAPI, a fixed answer", {"echo": f"{UVICORN} {CONTENDERS}.echo:app"})
PAPER = Contender("paper", "the paper's design", {"paper": f"{UVICORN} {CONTENDERS}.paper:app"}, settings=AS_TRAINED)
PLAIN = Contender(
    "plain", "plain FastAPI, the same engines", {"plain": f"{UVICORN} {CONTENDERS}.plain:app"}, settings=AS_TRAINED
)


@dataclass(frozen=True)
class Session:
    name: str
    contenders: tuple[Contender, ...]


CORE = Session("core", (ECHO, PAPER, PLAIN, TRIPTYCH, TRIPTYCH_NGINX))
SESSIONS = {session.name: session for session in (CORE,)}
TITLES = {contender.name: contender.title for session in SESSIONS.values() for contender in session.contenders}
