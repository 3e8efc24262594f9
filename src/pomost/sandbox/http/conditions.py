"""Conditional requests: If-Match, If-None-Match and the versions behind them."""

from collections.abc import Mapping
from typing import Any

from fastapi import Response
from starlette.datastructures import Headers

from pomost.sandbox.http.problems import Flaw, Problem


def conflict(version: str | None) -> Problem:
    """The version-conflict problem, with the ETag of what is there now."""
    return Problem("version-conflict", headers={"ETag": f'"{version}"'} if version else None)


def check_write(headers: Headers, version: str | None) -> None:
    """Refuse a PUT or PATCH without a condition (428) or with one that does not hold (412).

    A condition is If-Match, or `If-None-Match: *` for a create; any other If-None-Match speaks of reading.
    """
    match, none_match = headers.get("if-match"), headers.get("if-none-match")
    if match is None and (none_match or "").strip() != "*":
        raise Problem("precondition-required")
    check_given(headers, version)


def check_given(headers: Headers, version: str | None) -> None:
    """Check the conditions that came; a DELETE may come without any."""
    match, none_match = headers.get("if-match"), headers.get("if-none-match")
    if match is not None and (version is None or not _names(match, version)):
        raise conflict(version)
    if none_match is not None and version is not None and _names(none_match, version):
        raise conflict(version)


def check_item(item: Mapping[str, Any], version: str | None, *, demanded: bool = False) -> None:
    """The version an item names must be the one there is; where the shop demands one, what exists is named by it."""
    wanted = item.get("if_version")
    if wanted is None and version is not None and demanded:
        raise Problem("precondition-required", Flaw("/if_version", "required"))
    if wanted is not None and wanted != version:
        raise conflict(version)


def unchanged(headers: Headers, version: str) -> Response | None:
    """304 when the reader already holds this version."""
    none_match = headers.get("if-none-match")
    if none_match is None or not _names(none_match.replace("W/", ""), version):
        return None
    return Response(status_code=304, headers={"ETag": f'"{version}"'})


def _names(header: str, version: str) -> bool:
    tags = [tag.strip() for tag in header.split(",")]
    return "*" in tags or f'"{version}"' in tags
