"""The service as an ASGI application, and its routes alone for an application of one's own."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException

from magcheck._version import __version__
from magcheck.serve.checks import Checks
from magcheck.serve.health import Health
from magcheck.serve.problems import response_of
from magcheck.serve.route import ProblemRoute, told
from magcheck.serve.service import Service

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from contextlib import AbstractAsyncContextManager

    from fastapi import Request, Response

    from magcheck.checker import Checker
    from magcheck.serve.settings import Settings


def create_app(settings: Settings | None = None, checker: Checker | None = None) -> FastAPI:
    """The whole service. It starts without usable rules too, and is then not `/ready`."""
    service = Service(settings, checker)
    app = FastAPI(
        title="magcheck",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_closing(service),
    )
    app.state.service = service
    app.add_exception_handler(HTTPException, _told)
    app.add_exception_handler(Exception, _told)
    app.include_router(_api(service))
    app.include_router(_open(service))
    return app


def router(checker: Checker | None = None, settings: Settings | None = None) -> APIRouter:
    """The endpoints for `app.include_router(...)`. Who may call them is decided by the application around them."""
    return _api(Service(settings, checker))


def _api(service: Service) -> APIRouter:
    """What the bearer token guards."""
    api = APIRouter(route_class=ProblemRoute)
    api.include_router(Checks(service).routes())
    return api


def _open(service: Service) -> APIRouter:
    """What has a guard of its own, or none: health, CDS Hooks, the page and its static files."""
    routes = APIRouter(route_class=ProblemRoute)
    routes.include_router(Health(service).routes())
    return routes


def _closing(service: Service) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        del app
        yield
        service.close()

    return lifespan


async def _told(request: Request, error: Exception) -> Response:
    del request
    return response_of(told(error))
