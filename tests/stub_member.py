"""A model server that takes as long as it is told to: `python -m tests.stub_member PORT CALL_MS`.

It speaks just enough of the Open Inference Protocol to be a member, and computes one call after another.
"""

import asyncio
import json
import sys
from typing import Any

import uvicorn
from fastapi import FastAPI, Request


def stub(call_ms: float, classes: int = 3) -> FastAPI:
    app = FastAPI()
    turn = asyncio.Lock()
    asked: list[int] = []

    @app.get("/v2/health/ready")
    async def ready() -> dict[str, bool]:
        return {"ready": True}

    @app.get("/rows")
    async def rows_asked() -> list[int]:
        """How many rows each call had."""
        return asked

    @app.post("/v2/models/{name}/infer")
    async def infer(name: str, request: Request) -> dict[str, Any]:
        rows = json.loads(await request.body())["inputs"][0]["shape"][0]
        asked.append(rows)
        async with turn:
            await asyncio.sleep(call_ms / 1000)
        output = {"name": "predict_proba", "datatype": "FP64", "shape": [rows, classes]}
        return {"model_name": name, "outputs": [output | {"data": [1 / classes] * rows * classes}]}

    return app


if __name__ == "__main__":
    port, call_ms = sys.argv[1:]
    uvicorn.run(stub(float(call_ms)), port=int(port), log_level="warning", timeout_keep_alive=75)
