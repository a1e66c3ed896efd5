from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import APIRouter, FastAPI, Request, Response
from prometheus_client import CollectorRegistry
from serving.body import read_body
from serving.direct_routes import DirectRoute
from serving.draining import Draining
from serving.errors import Overloaded
from serving.service_app import equip

pytestmark = pytest.mark.anyio


def app() -> FastAPI:
    router = APIRouter(route_class=DirectRoute)

    @router.post("/things/{name}")
    async def things(request: Request) -> Response:
        """What it does."""
        if request.path_params["name"] == "many":
            raise Overloaded("too many")
        return Response(request.path_params["name"].encode() + await read_body(request, limit=10))

    @router.post("/broken")
    async def broken(request: Request) -> Response:
        raise ZeroDivisionError

    return equip(FastAPI(routes=router.routes), CollectorRegistry(), Draining())


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app(), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://service") as client:
        yield client


async def test_a_direct_route_answers_with_its_path_parameters_and_its_body(client: httpx2.AsyncClient) -> None:
    response = await client.post("/things/a", content=b"b")
    assert (response.status_code, response.content) == (200, b"ab")
    assert response.headers["x-request-id"]


async def test_it_is_counted_by_its_route(client: httpx2.AsyncClient) -> None:
    await client.post("/things/a")
    metrics = (await client.get("/metrics")).text
    assert 'http_requests_total{method="POST",route="/things/{name}",status="200"} 1.0' in metrics


async def test_its_errors_have_the_one_shape(client: httpx2.AsyncClient) -> None:
    refused = await client.post("/things/many")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    too_large = await client.post("/things/a", content=b"b" * 11)
    broken = await client.post("/broken")
    assert [each.status_code for each in (too_large, broken)] == [413, 500]
    for response in (refused, too_large, broken):
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["request_id"] == response.headers["x-request-id"]


async def test_another_method_is_refused_as_on_any_route(client: httpx2.AsyncClient) -> None:
    response = await client.get("/things/a")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


def test_openapi_documents_it() -> None:
    assert app().openapi()["paths"]["/things/{name}"]["post"]["description"] == "What it does."
