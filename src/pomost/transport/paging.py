"""Lists that come page by page, and what one may believe of a server that pages."""

from collections.abc import Callable, Mapping
from typing import Any

_ALIKE = 2  # a page may come twice; four times the same is a circle


class Paging:
    """One way through a list. `cursor`: of the page to ask for next, "" for the first, None after the last.

    `garbled` makes the fault of a page nobody can follow, told what of it: "page" or "cursor". A server that goes round
    in circles would never let the list end, and one that says there is more but not where would end it too early.
    """

    def __init__(self, garbled: Callable[[str], Exception]) -> None:
        self.cursor: str | None = ""
        self._garbled = garbled
        self._asked_for: set[str] = set()
        self._last: list[Any] = []
        self._repeats = 0

    def start_again(self) -> None:
        """The cursor expired: the list begins anew."""
        self.cursor = ""
        self._asked_for, self._last, self._repeats = set(), [], 0

    def take(self, body: Mapping[str, Any]) -> list[Any]:
        """The rows of the page that was asked for; `cursor` is the next one's from then on."""
        data, page = body.get("data"), body.get("page") or {}
        if not isinstance(data, list) or not isinstance(page, dict):
            raise self._garbled("page")
        self._repeats = self._repeats + 1 if data and data == self._last else 0
        if self._repeats > _ALIKE:
            raise self._garbled("page")
        self._last = data
        self._asked_for.add(self.cursor or "")
        following = page.get("next_cursor") or ""
        more = page.get("has_more", bool(following))
        if more and (not isinstance(following, str) or following in self._asked_for):
            raise self._garbled("cursor")
        self.cursor = following if more else None
        return data
