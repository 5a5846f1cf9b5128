"""magcheck over HTTP, a thin face of `Checker`: `create_app()` is the service, `router()` its routes alone.

How a route is added:

1. Write a class that takes the `Service` (the checker, the pools, the limits), with one coroutine for each
   endpoint. What computes goes to `await service.checks.run(...)` (or `service.plans`), never onto the event loop.
2. Give it a `routes()` that makes an `APIRouter(route_class=ProblemRoute)`: whatever an endpoint raises becomes a
   problem (RFC 9457), and every answer carries the digest of the rules.
3. Include it in `app.py`: in `_api` what the bearer token guards, in `_open` what has a guard of its own or none
   (health, CDS Hooks with their JWT, the page at `/` and its static files).

Read a body with `body.bytes_of` and, inside the pool, `body.document_of` and `body.model_of`; never with
`request.json()`, which forgets repeated keys. Answer with `service.answer(text, media_type)`, never with a model,
which FastAPI would build again.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from magcheck.serve.app import create_app, router
    from magcheck.serve.settings import Settings

__all__ = ["Settings", "create_app", "router"]

_HOMES = {"Settings": "settings", "create_app": "app", "router": "app"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever stands at that name
    """Load a public name when it is first asked for: FastAPI may not be installed."""
    if name not in _HOMES:
        raise AttributeError(f"module 'magcheck.serve' has no attribute {name!r}")
    value = getattr(import_module(f"magcheck.serve.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
