"""The addresses of sessions and cursors (section 2)."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from pomost.sandbox.esklep.call import Called
from pomost.sandbox.esklep.session import AREAS, AreaCursor
from pomost.sandbox.esklep.sessions import OpenSession, beat, named, open_session, writer
from pomost.sandbox.esklep.shapes import read
from pomost.sandbox.esklep.sweep import Commit, commit
from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.collection import Collection, Undo
from pomost.sandbox.http.paging import ListQuery, page

router = APIRouter(tags=["sessions"])


@router.post("/v1/sync-sessions", dependencies=[Depends(plain)])
async def post_session(call: Called, request: Request) -> Response:
    wish = await read(call, request, OpenSession)
    with call.shop.writing():
        return answer(open_session(call.shop, wish), 201)


@router.get("/v1/sync-sessions/{session_id}", dependencies=[Depends(plain)])
async def read_session(call: Called, session_id: str) -> Response:
    with call.shop.lock:
        return answer(named(call.shop, session_id).report(call.shop.now()))


@router.post("/v1/sync-sessions/{session_id}/heartbeat", dependencies=[Depends(plain)])
async def post_heartbeat(call: Called, request: Request, session_id: str) -> Response:
    with call.shop.writing():
        named(call.shop, session_id)
        return answer(beat(call.shop, writer(call.shop, request.headers, session_id)))


@router.post("/v1/sync-sessions/{session_id}/commit", dependencies=[Depends(plain)])
async def post_commit(call: Called, request: Request, session_id: str) -> Response:
    """Once committed, the same body is answered the same, whoever holds the shop by then."""
    wish = await read(call, request, Commit)
    with call.shop.writing():
        known = named(call.shop, session_id)
        if known.commit is not None and known.commit[0] == msgspec.json.encode(wish):
            return answer(known.commit[1])
        return answer(commit(call.shop, writer(call.shop, request.headers, session_id), wish))


@router.post("/v1/sync-sessions/{session_id}/abort", dependencies=[Depends(plain)])
async def post_abort(call: Called, request: Request, session_id: str) -> Response:
    with call.shop.writing():
        known = named(call.shop, session_id)
        if known.state != "aborted":
            writer(call.shop, request.headers, session_id).end("aborted", call.shop.now())
        return answer(known.report(call.shop.now()))


@router.get("/v1/sync-cursors")
async def list_cursors(call: Called, request: Request, query: Annotated[ListQuery, Query()]) -> Response:
    # A view made for the page: cursors are no records of the offer, and there are a dozen of them.
    view: Collection[AreaCursor] = Collection(Undo())
    for place, area in enumerate(AREAS):
        view.put(f"{place:02d}", call.shop.cursors[area], call.shop.opened)
    return page(call, request, query, view)
