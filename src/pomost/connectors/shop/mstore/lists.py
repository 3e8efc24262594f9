"""What was read of the shop's lists: asked for once in a visit, and given up at its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

_T = TypeVar("_T")


class Lists:
    """Lists by their path. Outside of a visit whoever wants one `fresh` has it asked for anew."""

    def __init__(self) -> None:
        self._held: dict[str, Any] = {}
        self._visiting = False

    def get(self, path: str, read: Callable[[], _T], *, fresh: bool = False) -> _T:
        if path not in self._held or (fresh and not self._visiting):
            self._held[path] = read()
        found: _T = self._held[path]
        return found

    def forget(self, path: str) -> None:
        """It has changed: whoever wants it next has it asked for anew."""
        self._held.pop(path, None)

    @contextmanager
    def visiting(self) -> Iterator[None]:
        self._held.clear()
        self._visiting = True
        try:
            yield
        finally:
            self._visiting = False
            self._held.clear()
