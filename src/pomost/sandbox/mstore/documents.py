"""Files of an order, where the shop has them (the M/store contract, section 13).

The contract does not say how what is told of a file travels beside its bytes: here both have the same address, the
bytes as `application/pdf` and the rest as `application/json`, in any order.
"""

import base64
import hashlib
import re
from typing import Annotated, Any, Literal, Required

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field, TypeAdapter, ValidationError, with_config
from starlette.datastructures import Headers
from typing_extensions import TypedDict

from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.conditions import check_write
from pomost.sandbox.http.moments import Moment
from pomost.sandbox.http.problems import Problem, invalid, invalid_at
from pomost.sandbox.mstore.call import Called, needs
from pomost.sandbox.mstore.fields import STRICT, Reference
from pomost.sandbox.mstore.problems import flaws_of
from pomost.sandbox.mstore.records import OrderDocument

JSON, PDF = "application/json", "application/pdf"
# RFC 9530's `Content-Digest: sha-256=:...:`, and the older `Digest: SHA-256=...` (RFC 3230).
_CONTENT_DIGEST = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):")
_DIGEST = re.compile(r"(?:^|,)\s*sha-256=([A-Za-z0-9+/=]+)", re.IGNORECASE)


@with_config(STRICT)
class DocumentFields(TypedDict, total=False):
    type: Required[Literal["FS"]]
    number: Required[Reference]
    issued_at: Required[Moment]
    ksef_number: Reference | None
    ksef_verification_url: Annotated[str, Field(max_length=2048, pattern=r"^https?://")] | None


_FIELDS: TypeAdapter[Any] = TypeAdapter(DocumentFields)
router = APIRouter(tags=["orders"])


@router.put(
    "/v1/orders/{order_id}/documents/{document_key}", dependencies=[Depends(plain), Depends(needs("documents"))]
)
async def put_document(call: Called, request: Request, order_id: str, document_key: str) -> Response:
    shop, body = call.shop, await request.body()
    sent = _fields(body) if _media_type(request.headers) == JSON else _bytes(request.headers, body)
    key = f"{order_id}/{document_key}"
    with shop.writing(keep=call.keep) as now:
        shop.order(order_id)
        current = shop.documents.get(key)
        check_write(request.headers, current.version if current else None)
        made = current or OrderDocument(order_id, document_key, None, None, None, None, None, None, "", now)
        made = msgspec.structs.replace(made, **sent)
        if made != current:
            made = msgspec.structs.replace(made, version=shop.next_version(), updated_at=now)
            shop.documents.put(key, made, now)
    call.wrote({"order_id": order_id, "document_key": document_key}, sent)
    return answer(made, 200 if current else 201, made.version)


def _media_type(headers: Headers) -> str:
    found = headers.get("content-type")
    if found is None:
        raise Problem("unsupported-media-type")
    return found.partition(";")[0].strip().lower()


def _fields(body: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = _FIELDS.validate_json(body)
    except ValidationError as error:
        raise invalid(*flaws_of(error.errors(include_url=False))) from None
    return {name: found.get(name) for name in DocumentFields.__annotations__}


def _bytes(headers: Headers, body: bytes) -> dict[str, Any]:
    """Whole bytes of a PDF: what was damaged on the way differs from its digest."""
    told = _CONTENT_DIGEST.search(headers.get("content-digest", "")) or _DIGEST.search(headers.get("digest", ""))
    if told is None:
        raise invalid_at("/Content-Digest", "required")
    if told[1] != base64.b64encode(hashlib.sha256(body).digest()).decode():
        raise invalid_at("/Content-Digest", "digest-differs")
    if not body.startswith(b"%PDF-"):
        raise invalid_at("", "wrong-format")
    return {"size": len(body)}
