"""A shop's web application: its routes behind the gate, and problems for everything else."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from pomost.sandbox.http.call import call_of, problem_answer
from pomost.sandbox.http.faults import Faults
from pomost.sandbox.http.gate import Gate, known_problem
from pomost.sandbox.http.problems import Flaw, Problem, invalid
from pomost.sandbox.http.served import DESCRIPTION, Served


def build_app(
    title: str,
    shop: Served,
    faults: Faults,
    contract: Iterable[APIRouter],
    beside: Iterable[APIRouter],
    flaws_of: Callable[[Sequence[Any]], Sequence[Flaw]],
) -> FastAPI:
    """The routers of the contract, and those `beside` it: back office and pages."""
    app = FastAPI(
        title=title, version="1.0.0", openapi_url=DESCRIPTION, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    routes: list[APIRoute] = []
    for router in contract:
        app.include_router(router)
        routes += [route for route in router.routes if isinstance(route, APIRoute)]
    for router in beside:
        app.include_router(router)

    def route_of(method: str, path: str) -> str | None:
        """The template of the address a request goes to, if the contract has such an address."""
        found = (route for route in routes if method in _methods_of(route) and route.path_regex.match(path))
        return next((route.path for route in found), None)

    app.add_middleware(Gate, shop=shop, faults=faults, route_of=route_of)

    async def on_problem(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, Problem)
        return problem_answer(await call_of(request), problem)

    async def on_invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return problem_answer(await call_of(request), invalid(*flaws_of(error.errors())))

    async def on_http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        problem = Problem(known_problem(error.status_code), headers=dict(error.headers or {}))
        problem.status = error.status_code
        if problem.code == "method-not-allowed":
            problem.headers = {"Allow": ", ".join(_methods(routes, request.url.path))}
        return problem_answer(await call_of(request), problem)

    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http_error)
    return app


def _methods(routes: list[APIRoute], path: str) -> list[str]:
    return sorted({method for route in routes if route.path_regex.match(path) for method in _methods_of(route)})


def _methods_of(route: APIRoute) -> set[str]:
    return route.methods or set()
