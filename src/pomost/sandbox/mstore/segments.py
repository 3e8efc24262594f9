"""Segments of customers: a tree of at most three levels (the M/store contract, section 10)."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Required
from urllib.parse import unquote

import msgspec
from fastapi import APIRouter, Body, Depends, Query, Request, Response
from pydantic import Field, with_config
from typing_extensions import TypedDict

from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.conditions import check_given, check_write
from pomost.sandbox.http.paging import ListQuery, page
from pomost.sandbox.http.problems import Problem, invalid_at
from pomost.sandbox.mstore.call import Called, needs
from pomost.sandbox.mstore.fields import STRICT, Name, Reference
from pomost.sandbox.mstore.holdings import Holdings
from pomost.sandbox.mstore.records import Segment

LEVELS = 3


@with_config(STRICT)
class SegmentFields(TypedDict, total=False):
    external_key: Reference
    name: Required[Name]
    parent_key: Reference | None
    level: Annotated[int, Field(ge=1, le=LEVELS)]
    source: Required[Literal["group", "trait", "industry"]]


def write_segment(shop: Holdings, now: str, key: str, fields: Mapping[str, Any]) -> Segment:
    """Create, rename or move; a move takes the branches of the tree below along."""
    current = shop.segments.get(key)
    parent_key = fields.get("parent_key")
    level = _level_under(shop, key, parent_key)
    if level + _depth_below(shop, key) > LEVELS:
        raise invalid_at("/parent_key", "segment-too-deep")
    if fields.get("level", level) != level:
        raise invalid_at("/level", "level-mismatch")
    segment_id = current.id if current else shop.next_id("sg")
    made = Segment(segment_id, key, fields["name"], parent_key, level, fields["source"], "", now)
    if current is not None and made == msgspec.structs.replace(current, version="", updated_at=now):
        return current
    made = msgspec.structs.replace(made, version=shop.next_version())
    shop.segments.put(key, made, now)
    _settle_below(shop, now, made)
    return made


def _level_under(shop: Holdings, key: str, parent_key: str | None) -> int:
    if parent_key is None:
        return 1
    above: str | None = parent_key
    while above is not None:
        if above == key:
            raise invalid_at("/parent_key", "segment-cycle")
        found = shop.segments.get(above)
        if found is None:
            raise invalid_at("/parent_key", "segment-unknown")
        above = found.parent_key
    return shop.segments.records[parent_key].level + 1


def _children(shop: Holdings, key: str) -> list[Segment]:
    return [segment for segment in shop.segments if segment.parent_key == key]


def _depth_below(shop: Holdings, key: str) -> int:
    return max((1 + _depth_below(shop, child.external_key) for child in _children(shop, key)), default=0)


def _settle_below(shop: Holdings, now: str, parent: Segment) -> None:
    for child in _children(shop, parent.external_key):
        if child.level != parent.level + 1:
            moved = msgspec.structs.replace(child, level=parent.level + 1, version=shop.next_version(), updated_at=now)
            shop.segments.put(child.external_key, moved, now)
            _settle_below(shop, now, moved)


def _key(request: Request) -> str:
    """The key as it stands in the address, where a slash inside it has to be percent-encoded."""
    raw = request.scope["raw_path"].decode("ascii").partition("?")[0].removeprefix("/v1/segments/")
    if not raw or "/" in raw:
        raise Problem("not-found")
    return unquote(raw)


SEGMENTS_ONLY = [Depends(plain), Depends(needs("segments"))]
router = APIRouter(tags=["segments"])


@router.get("/v1/segments", dependencies=[Depends(needs("segments"))])
async def list_segments(call: Called, request: Request, query: Annotated[ListQuery, Query()]) -> Response:
    return page(call, request, query, call.shop.segments)


@router.put("/v1/segments/{external_key:path}", dependencies=SEGMENTS_ONLY)
async def put_segment(
    call: Called, request: Request, external_key: str, fields: Annotated[SegmentFields, Body()]
) -> Response:
    shop, key = call.shop, _key(request)
    if fields.get("external_key", key) != key or external_key != key:
        raise invalid_at("/external_key", "key-mismatch")
    call.refuse(key, "/external_key")
    with shop.writing(keep=call.keep) as now:
        current = shop.segments.get(key)
        check_write(request.headers, current.version if current else None)
        made = write_segment(shop, now, key, fields)
    call.wrote({"external_key": key}, fields)
    return answer(made, 200 if current else 201, made.version)


@router.delete("/v1/segments/{external_key:path}", dependencies=SEGMENTS_ONLY)
async def delete_segment(call: Called, request: Request, external_key: str) -> Response:
    shop, key = call.shop, _key(request)
    with shop.writing(keep=call.keep) as now:
        current = shop.segments.get(key)
        if current is None or external_key != key:
            raise Problem("not-found")
        check_given(request.headers, current.version)
        if _children(shop, key) or any(assigned.segment_id == current.id for assigned in shop.assignments):
            raise Problem("segment-in-use")
        shop.segments.remove(key, now)
    call.wrote({"external_key": key}, {}, 204)
    return Response(status_code=204)
