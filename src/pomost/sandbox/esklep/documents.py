"""Invoices of an order: what they are, then their bytes; kept apart from public files (section 14.3)."""

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from msgspec import Meta, Struct

from pomost.sandbox.esklep.call import Called, note
from pomost.sandbox.esklep.fields import Code20, Issued, Key, Line, Sha256, Stamp, Url
from pomost.sandbox.esklep.files import checked_digest
from pomost.sandbox.esklep.orders_records import Document
from pomost.sandbox.esklep.progress import acknowledged
from pomost.sandbox.esklep.sessions import work_in, writer
from pomost.sandbox.esklep.shapes import plain as document
from pomost.sandbox.esklep.shapes import read
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.problems import Flaw, Problem, invalid_at

INVOICE = "FS"


class DocumentWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    type: Code20
    number: Key
    issued_at: Issued
    template_name: Line | None = None
    visible_in: tuple[Literal["panel", "customer_profile"], ...]
    sha256: Sha256
    size: Annotated[int, Meta(ge=1)]
    ksef_number: Key | None = None
    ksef_verification_url: Url | None = None
    revision: Stamp


router = APIRouter(tags=["documents"])


def _needs_documents(shop: Shop) -> None:
    if not shop.has("documents"):
        raise Problem("not-found")


@router.put("/v1/orders/{order_id}/documents/{key}", dependencies=[Depends(plain)])
async def put_document(call: Called, request: Request, order_id: str, key: str) -> Response:
    """A higher revision replaces; its bytes are asked for again only where they differ."""
    shop = call.shop
    _needs_documents(shop)
    wish = await read(call, request, DocumentWish)
    with shop.writing() as moment:
        work_in(writer(shop, request.headers), "order_progress")
        acknowledged(shop, order_id)
        if wish.type != INVOICE:
            raise invalid_at("/type", "document-type-not-allowed")
        if wish.size > shop.settings.limits.max_document_bytes:
            raise Problem("payload-too-large", Flaw("/size", "out-of-range"))
        fields, known = document(wish), shop.documents.get((order_id, key))
        if known is not None and (
            wish.revision < known.revision or (wish.revision == known.revision and fields != known.fields)
        ):
            raise Problem("stale-item", Flaw("/revision", "stale-item"))
        result = "created" if known is None else "unchanged" if wish.revision == known.revision else "updated"
        content = known.content if known is not None and known.sha256 == wish.sha256 else None
        if result != "unchanged" and call.keep:
            shop.documents[order_id, key] = Document(
                order_id=order_id,
                key=key,
                fields=fields,
                revision=wish.revision,
                sha256=wish.sha256,
                content=content,
                updated_at=moment,
            )
    status = 201 if result == "created" else 200
    note(call, {"order_id": order_id, "document": key}, "upsert", status, result)
    told = {"order_id": order_id, "document": key, "revision": wish.revision, "result": result}
    return answer({**told, "content_needed": content is None}, status)


@router.put("/v1/orders/{order_id}/documents/{key}/content", dependencies=[Depends(plain)])
async def put_content(call: Called, request: Request, order_id: str, key: str) -> Response:
    shop = call.shop
    _needs_documents(shop)
    body = await request.body()
    with shop.writing() as moment:
        work_in(writer(shop, request.headers), "order_progress")
        known = shop.documents.get((order_id, key))
        if known is None:
            raise Problem("not-found")
        if request.headers.get("content-type") is None:
            raise Problem("unsupported-media-type")
        if checked_digest(request.headers, body) != known.sha256 or len(body) != known.fields["size"]:
            raise Problem("digest-path-mismatch")
        if not body.startswith(b"%PDF-"):
            raise invalid_at("", "not-a-pdf")
        result = "created" if known.content is None else "unchanged"
        if result == "created" and call.keep:
            shop.documents[order_id, key] = msgspec.structs.replace(known, content=body, updated_at=moment)
    status = 201 if result == "created" else 200
    note(call, {"order_id": order_id, "document": key}, "upload", status, result)
    return answer({"order_id": order_id, "document": key, "size": len(body), "result": result}, status)
