"""The web application: every route of the contract, problems for everything else, and its own description."""

from typing import Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from pomost.sandbox.mstore import branches, catalogue, customers, offers, orders, records, segments, stocks
from pomost.sandbox.mstore.back_office import back_office
from pomost.sandbox.mstore.call import call_of, problem_answer
from pomost.sandbox.mstore.faults import Faults
from pomost.sandbox.mstore.gate import DESCRIPTION, Gate, known_problem
from pomost.sandbox.mstore.page import shop_page
from pomost.sandbox.mstore.problems import Problem, flaws_of, invalid
from pomost.sandbox.mstore.shop import Shop

ROUTERS = (
    catalogue.router, branches.router, offers.router, stocks.router, customers.router, segments.router, orders.router,
)  # fmt: skip
# What each address answers with: the record of a single resource, or of a list's items.
ANSWERS: dict[str, type] = {
    "/v1/account": records.Account,
    "/v1/regions": records.Region,
    "/v1/unit-types": records.UnitType,
    "/v1/order-statuses": records.OrderStatus,
    "/v1/products": records.Product,
    "/v1/products/{product_id}": records.Product,
    "/v1/branches": records.Branch,
    "/v1/branches/{branch_id}": records.Branch,
    "/v1/branches/{branch_id}/stocks": records.Stock,
    "/v1/branches/{branch_id}/stocks/{product_id}": records.Stock,
    "/v1/branches/{branch_id}/postal-codes": records.PostalArea,
    "/v1/postal-codes": records.PostalCode,
    "/v1/offers": records.Offer,
    "/v1/offers/{product_id}": records.Offer,
    "/v1/customers": records.Customer,
    "/v1/customers/{customer_id}": records.Customer,
    "/v1/customers/{customer_id}/assignment": records.Assignment,
    "/v1/segments": records.Segment,
    "/v1/segments/{external_key}": records.Segment,
    "/v1/orders": records.Order,
    "/v1/orders/{order_id}": records.Order,
    "/v1/orders/{order_id}/acknowledgements": records.Acknowledgement,
    "/v1/orders/{order_id}/status-changes": records.Order,
}


def create_app(shop: Shop) -> FastAPI:
    app = FastAPI(
        title="M/store sandbox", version="1.0.0", openapi_url=DESCRIPTION, docs_url=None, redoc_url=None,
        redirect_slashes=False,
    )  # fmt: skip
    faults = Faults()
    for router in ROUTERS:
        app.include_router(router)
    app.include_router(back_office(shop, faults))
    app.include_router(shop_page(shop))
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    posts = [route.path_regex for route in routes if "POST" in _methods_of(route)]
    app.add_middleware(
        Gate, shop=shop, faults=faults, takes_post=lambda path: any(regex.match(path) for regex in posts)
    )

    async def on_problem(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, Problem)
        return problem_answer(await call_of(request), problem)

    async def on_invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return problem_answer(await call_of(request), invalid(*flaws_of(error.errors(), strip=1)))

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
    app.openapi = lambda: _description(app)  # type: ignore[method-assign]
    return app


def _methods(routes: list[APIRoute], path: str) -> list[str]:
    return sorted({method for route in routes if route.path_regex.match(path) for method in _methods_of(route)})


def _methods_of(route: APIRoute) -> set[str]:
    return route.methods or set()


def _description(app: FastAPI) -> dict[str, Any]:
    """The published OpenAPI 3.1 document; answers are described from the very records that are answered."""
    if app.openapi_schema:
        return app.openapi_schema
    document = get_openapi(title=app.title, version=app.version, openapi_version="3.1.0", routes=app.routes)
    _, shapes = msgspec.json.schema_components(
        sorted(set(ANSWERS.values()), key=lambda kind: kind.__name__), ref_template="#/components/schemas/{name}"
    )
    components = document.setdefault("components", {})
    components["schemas"] = {**components.get("schemas", {}), **shapes, **_COMMON_SHAPES}
    for unused in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(unused, None)
    components["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"},
    }
    document["security"] = [{"bearer": []}, {"key": []}]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _describe(path, method, operation)
    app.openapi_schema = document
    return document


def _describe(path: str, method: str, operation: dict[str, Any]) -> None:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    success: dict[str, Any] = {"description": "Done"}
    kind = ANSWERS.get(path)
    if path.endswith(":batch"):
        success["content"] = {"application/json": {"schema": {"$ref": "#/components/schemas/BatchResults"}}}
    elif kind is not None and method != "delete":
        one = {"$ref": f"#/components/schemas/{kind.__name__}"}
        listed = method == "get" and any(given["name"] == "limit" for given in operation.get("parameters", ()))
        success["content"] = {"application/json": {"schema": _list_of(one) if listed else one}}
    operation["responses"] = {
        "204" if method == "delete" else "200": success,
        "default": {"description": "Problem", "content": problem},
    }
    headers = {"post": ("Idempotency-Key",), "put": ("If-Match", "If-None-Match"), "patch": ("If-Match",)}
    for name in headers.get(method, ()):
        operation.setdefault("parameters", []).append(
            {"name": name, "in": "header", "required": method == "post", "schema": {"type": "string"}}
        )


def _list_of(item: dict[str, Any]) -> dict[str, Any]:
    items = {"type": "array", "items": {"anyOf": [item, {"$ref": "#/components/schemas/Tombstone"}]}}
    page = {"$ref": "#/components/schemas/Page"}
    return {"type": "object", "required": ["data", "page"], "properties": {"data": items, "page": page}}


_TEXT = {"type": "string"}
_COMMON_SHAPES: dict[str, Any] = {
    "Tombstone": {"type": "object", "required": ["id", "deleted_at"], "properties": {"id": _TEXT, "deleted_at": _TEXT}},
    "Page": {
        "type": "object",
        "required": ["next_cursor", "has_more"],
        "properties": {"next_cursor": {"type": ["string", "null"]}, "has_more": {"type": "boolean"}},
    },
    "BatchResults": {
        "type": "object",
        "required": ["results"],
        "properties": {
            "results": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["index", "status"],
                    "properties": {
                        "index": {"type": "integer"},
                        "status": {"type": "integer"},
                        "id": _TEXT,
                        "version": _TEXT,
                        "problem": {"$ref": "#/components/schemas/Problem"},
                    },
                },
            }
        },
    },
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status", "code", "request_id"],
        "properties": {
            **dict.fromkeys(("type", "title", "detail", "instance", "code", "request_id"), _TEXT),
            "status": {"type": "integer"},
            "errors": {
                "type": "array",
                "items": {"type": "object", "properties": dict.fromkeys(("pointer", "code", "detail"), _TEXT)},
            },
        },
    },
}
