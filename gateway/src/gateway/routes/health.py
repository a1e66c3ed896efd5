"""`GET /health/live` and `GET /health/ready`."""

from fastapi import APIRouter, Response

from gateway.messages import Liveness, Readiness
from gateway.readiness import ReadinessGate


def health_router(gate: ReadinessGate) -> APIRouter:
    router = APIRouter(prefix="/health", tags=["Health"])

    @router.get("/live")
    async def live() -> Liveness:
        """The process answers."""
        return Liveness(live=True)

    @router.get("/ready", responses={503: {"model": Readiness, "description": "not ready"}})
    async def ready(response: Response) -> Readiness:
        """Predictions are answered, and by whom. The same body with 503 when they are not."""
        readiness = gate.check()
        response.status_code = 200 if readiness.ready else 503
        return readiness

    return router
