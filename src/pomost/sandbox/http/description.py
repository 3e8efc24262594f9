"""The published OpenAPI 3.1 document of a shop; answers are described from the very records that are answered."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

# Headers an operation takes, by path and method, and whether they are required.
HeadersOf = Callable[[str, str], Mapping[str, bool]]


def describe(
    app: FastAPI, answers: Mapping[str, type], headers_of: HeadersOf, bodies: Mapping[str, type] = MappingProxyType({})
) -> None:
    """Publish the document: `answers` by path; `bodies`, by method and path, where the framework does not read them."""
    app.openapi = lambda: _document(app, answers, headers_of, bodies)  # type: ignore[method-assign]


def _document(
    app: FastAPI, answers: Mapping[str, type], headers_of: HeadersOf, bodies: Mapping[str, type]
) -> dict[str, Any]:
    if app.openapi_schema:
        return app.openapi_schema
    document = get_openapi(title=app.title, version=app.version, openapi_version="3.1.0", routes=app.routes)
    _, shapes = msgspec.json.schema_components(
        sorted({*answers.values(), *bodies.values()}, key=lambda kind: kind.__name__),
        ref_template="#/components/schemas/{name}",
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
            _answers(path, method, operation, answers.get(path))
            body = bodies.get(f"{method.upper()} {path}")
            if body is not None:
                operation["requestBody"] = _body(path, body)
            for name, required in headers_of(path, method).items():
                operation.setdefault("parameters", []).append(
                    {"name": name, "in": "header", "required": required, "schema": _TEXT}
                )
    app.openapi_schema = document
    return document


def _answers(path: str, method: str, operation: dict[str, Any], kind: type | None) -> None:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    success: dict[str, Any] = {"description": "Done"}
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


def _body(path: str, kind: type) -> dict[str, Any]:
    schema: dict[str, Any] = {"$ref": f"#/components/schemas/{kind.__name__}"}
    if path.endswith(":batch"):
        schema = {
            "type": "object",
            "required": ["items"],
            "properties": {"items": {"type": "array", "items": schema}, "cursor_after": {"type": ["string", "null"]}},
        }
    return {"required": True, "content": {"application/json": {"schema": schema}}}


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
