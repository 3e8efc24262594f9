"""Binary data: bytes under their hash, and the whole ordered list of links of one owner (section 11)."""

import base64
import hashlib
import re
from collections.abc import Sequence
from datetime import timedelta

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from msgspec import Struct
from starlette.datastructures import Headers

from pomost.sandbox.esklep.batch import Resource
from pomost.sandbox.esklep.call import Called, note
from pomost.sandbox.esklep.case import Case
from pomost.sandbox.esklep.fields import Sha256
from pomost.sandbox.esklep.records import FileLinks, Kept
from pomost.sandbox.esklep.sessions import work_in, writer
from pomost.sandbox.esklep.shapes import read
from pomost.sandbox.esklep.shop import Blob, Shop
from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.problems import Flaw, Problem, invalid_at

UNLINKED_LIFE = timedelta(days=30)
_DIGEST = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):")
_HEX = re.compile(r"[0-9a-f]{64}")


class Hashes(Struct, frozen=True, forbid_unknown_fields=True):
    sha256: tuple[Sha256, ...]
    verify: bool = False


def present(shop: Shop, sha256: str) -> Blob | None:
    """Bytes under a hash; those nothing was linked to for thirty days are gone when looked at."""
    blob = shop.blobs.get(sha256)
    if blob is None:
        return None
    if blob.unlinked_since is not None and shop.now() - blob.unlinked_since >= UNLINKED_LIFE:
        del shop.blobs[sha256]
        return None
    return blob


def checked_digest(headers: Headers, body: bytes) -> str:
    """The hash of the body, which must be the one the header tells (RFC 9530)."""
    told = _DIGEST.search(headers.get("content-digest", ""))
    if told is None:
        raise invalid_at("/Content-Digest", "missing-content-digest")
    digest = hashlib.sha256(body)
    if told[1] != base64.b64encode(digest.digest()).decode():
        raise Problem("digest-mismatch")
    return digest.hexdigest()


def _check(case: Case, item: FileLinks, _stored: Kept[FileLinks] | None) -> FileLinks:
    shop, owner = case.shop, item.owner
    if owner.kind == "product" and owner.erp_id not in shop.products:
        raise Problem("product-unknown", Flaw("/owner/erp_id", "product-unknown"))
    if owner.kind == "group" and owner.erp_id not in shop.groups:
        raise Problem("not-found", Flaw("/owner/erp_id", "group-unknown"))
    if len(item.files) > shop.settings.limits.files_per_owner:
        case.flaw("/files", "payload-too-large")
    case.unique([link.position for link in item.files], "/files/{}/position")
    mains = [link.lang for link in item.files if link.main]
    if len(mains) != len(set(mains)):
        case.flaw("/files", "several-defaults")
    for index, link in enumerate(item.files):
        if present(shop, link.sha256) is None:
            case.flaw(f"/files/{index}/sha256", "file-missing")
        if link.main and link.role != "image":
            case.flaw(f"/files/{index}/main", "not-for-this-kind")
    return item


def _note(shop: Shop, old: Kept[FileLinks] | None, new: Kept[FileLinks]) -> None:
    before = {link.sha256 for link in old.item.files} if old else set()
    after = {link.sha256 for link in new.item.files}
    for sha256 in after:
        shop.file_uses[sha256].add(new.key)
        shop.blobs[sha256].unlinked_since = None
    for sha256 in before - after:
        shop.file_uses[sha256].discard(new.key)
        if not shop.file_uses[sha256] and sha256 in shop.blobs:
            shop.blobs[sha256].unlinked_since = shop.now()


FILE_LINKS = Resource(
    name="file-links",
    kind=FileLinks,
    keys=("owner",),
    prefix="fl",
    area="files",
    shelf=lambda shop: shop.links,
    check=_check,
    note=_note,
    taken_off=lambda item: msgspec.structs.replace(item, files=()),
    idle=lambda item: not item.files,
)

router = APIRouter(tags=["files"])


def _needs_files(shop: Shop) -> None:
    if not shop.has("files"):
        raise Problem("not-found")


@router.post("/v1/files:missing", dependencies=[Depends(plain)])
async def ask_missing(call: Called, request: Request) -> Response:
    """A question, so it needs no session; with `verify` the shop hashes its copies anew, and a bad copy is none."""
    shop = call.shop
    _needs_files(shop)
    wish = await read(call, request, Hashes)
    if len(wish.sha256) > shop.settings.limits.max_hashes:
        raise Problem("payload-too-large")
    with shop.lock:
        missing = [sha256 for sha256 in dict.fromkeys(wish.sha256) if not _held(shop, sha256, verify=wish.verify)]
    return answer({"missing": missing})


def _held(shop: Shop, sha256: str, *, verify: bool) -> bool:
    blob = present(shop, sha256)
    return blob is not None and not (verify and hashlib.sha256(blob.content).hexdigest() != sha256)


@router.put("/v1/files/{sha256}", dependencies=[Depends(plain)])
async def put_file(call: Called, request: Request, sha256: str) -> Response:
    shop = call.shop
    _needs_files(shop)
    with shop.writing():
        work_in(writer(shop, request.headers), "files")
        if not _HEX.fullmatch(sha256):
            raise invalid_at("/sha256", "wrong-format")
        media_type = request.headers.get("content-type")
        if media_type is None:
            raise Problem("unsupported-media-type")
        body = await request.body()
        if checked_digest(request.headers, body) != sha256:
            raise Problem("digest-path-mismatch")
        whole = _held(shop, sha256, verify=True)
        if not whole and call.keep:
            content = _damaged(body) if call.has("corrupt_file") else body
            unlinked = None if shop.file_uses.get(sha256) else shop.now()
            shop.blobs[sha256] = Blob(content, media_type.partition(";")[0].strip().lower(), unlinked)
    status, result = (200, "unchanged") if whole else (201, "created")
    note(call, {"sha256": sha256}, "upload", status, result)
    return answer({"sha256": sha256, "size": len(body), "result": result}, status)


def _damaged(body: bytes) -> bytes:
    return bytes([*body[:-1], body[-1] ^ 0xFF]) if body else b"?"


def damage(shop: Shop, hashes: Sequence[str]) -> None:
    """By script: copies the shop holds go bad where they lie."""
    for sha256 in hashes:
        shop.blobs[sha256].content = _damaged(shop.blobs[sha256].content)


@router.post("/v1/file-links:batch", dependencies=[Depends(plain)])
async def batch_file_links(call: Called, request: Request) -> Response:
    _needs_files(call.shop)
    return await FILE_LINKS.run(call, request)
