"""Microseconds a call of every engine of every model of the current release, beside the frameworks' own methods.

The rows are the release's golden rows, over and over. A cell is the fastest of five rounds of calls, since whatever
else a machine does only ever makes them slower.
"""

import io
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from model_sklearn.native import SKLEARN
from model_tf.native import TENSORFLOW
from serving.engine import Engine, Rows
from serving.errors import EngineFailed
from serving.golden import check_golden_rows
from serving.store import Manifest, Model, ReleaseStore

from loadtest.benchmark.kinds import KINDS

SIZES = (1, 8, 64, 1024)
ROUNDS, ROUND_S = 5, 0.1


def main() -> None:
    store = ReleaseStore(Path(os.environ.get("MODEL_STORE") or "release-store"))
    manifest = store.manifest(store.current_id())
    golden = np.array(manifest.golden.rows, dtype=np.float64)
    rows = np.resize(golden, (max(SIZES), golden.shape[1]))
    print(f"release {manifest.id}, table {manifest.data.name}: microseconds a call")
    line("model", "engine", *(f"{size:,} rows" if size > 1 else "1 row" for size in SIZES))
    for model in manifest.models:
        for name, engine, remark in engines(store, manifest, model):
            times = [f"{microseconds(engine, rows[:size]):,.1f}" for size in SIZES]
            line(model.name, name, *times, remark=remark)


def line(model: str, engine: str, *cells: str, remark: str = "") -> None:
    print(f"{model:16}{engine:26}{''.join(f'{cell:>12}' for cell in cells)}  {remark}".rstrip(), flush=True)


def engines(store: ReleaseStore, manifest: Manifest, model: Model) -> Iterator[tuple[str, Engine, str]]:
    """Name, engine, and a remark on each that the release has a file for."""
    serves = False
    for kind in KINDS[model.framework]:
        if file := model.file(kind.file):
            content = store.model_file(manifest, model, file)
            try:
                engine = kind.load(content, manifest)
            except EngineFailed as error:
                line(model.name, kind.name, remark=error.detail)
                continue
            try:
                check_golden_rows(engine, manifest, model.name, kind.precision)
                remark, serves = ("" if serves else "serves"), True
            except EngineFailed as error:
                remark = f"refused: {error.detail}"
            yield kind.name, engine, remark
            if kind is SKLEARN:
                yield "scikit-learn predict_proba", predict_proba(content), ""
            if kind is TENSORFLOW:
                yield "Keras predict", predict(content), ""


def predict_proba(content: bytes) -> Engine:
    import joblib

    engine: Engine = joblib.load(io.BytesIO(content)).predict_proba
    return engine


def predict(content: bytes) -> Engine:
    import keras

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        path.write_bytes(content)
        model = keras.models.load_model(path, compile=False, safe_mode=True)
    return lambda rows: np.asarray(model.predict(rows.astype(np.float32), verbose=0), dtype=np.float64)


def microseconds(engine: Engine, rows: Rows) -> float:
    """The fastest round's mean of a call."""
    engine(rows)
    start = time.perf_counter()
    engine(rows)
    calls = max(1, round(ROUND_S / (time.perf_counter() - start)))
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(calls):
            engine(rows)
        best = min(best, (time.perf_counter() - start) / calls)
    return best * 1e6


if __name__ == "__main__":
    main()
