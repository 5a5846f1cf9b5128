"""The service as an ASGI application, and its routes alone for an application of one's own."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from magcheck._version import __version__
from magcheck.serve.catalogue import Catalogue
from magcheck.serve.cds.endpoints import CdsHooks
from magcheck.serve.checks import Checks
from magcheck.serve.guard import guards
from magcheck.serve.health import Health
from magcheck.serve.observed import Observed
from magcheck.serve.openapi import Description, document
from magcheck.serve.page.files import Page
from magcheck.serve.problems import response_of
from magcheck.serve.route import ProblemRoute, told
from magcheck.serve.screens import Screens
from magcheck.serve.service import Service
from magcheck.serve.talk import Talks

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from contextlib import AbstractAsyncContextManager

    from fastapi import Request, Response

    from magcheck.checker import Checker
    from magcheck.serve.documented import Schema
    from magcheck.serve.settings import Settings

SMALLEST_GZIP_BYTES, GZIP_LEVEL = 1000, 4


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
    guarded, opened = _api(service), _open(service)
    app.include_router(guarded, dependencies=guards(service.settings.token))
    app.include_router(opened)
    app.include_router(Page().routes())
    app.include_router(Description(service, guarded.routes, opened.routes).routes())
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST_GZIP_BYTES, compresslevel=GZIP_LEVEL)
    app.add_middleware(Observed, service=service)
    return app


def router(checker: Checker | None = None, settings: Settings | None = None) -> APIRouter:
    """The endpoints for `app.include_router(...)`. Who may call them is decided by the application around them."""
    return _api(Service(settings, checker))


def description() -> Schema:
    """What `GET /openapi.json` of a service with the rules that come with magcheck answers."""
    service = Service()
    return document([*_api(service).routes, *_open(service).routes], service.checker)


def _api(service: Service) -> APIRouter:
    """What the bearer token guards."""
    api = APIRouter(route_class=ProblemRoute)
    for endpoints in (Checks(service), Talks(service), Screens(service), Catalogue(service)):
        api.include_router(endpoints.routes())
    api.include_router(Health(service).figures())
    if not service.settings.cds_clients:
        api.include_router(CdsHooks(service).routes())
    return api


def _open(service: Service) -> APIRouter:
    """What has a guard of its own, or none: health, CDS Hooks with signed tokens, the page and its files."""
    routes = APIRouter(route_class=ProblemRoute)
    routes.include_router(Health(service).routes())
    if service.settings.cds_clients:
        routes.include_router(CdsHooks(service).routes())
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
