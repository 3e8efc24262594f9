"""HTML by parts: whatever is not markup already is escaped, so that no text of a product can become a tag."""

import html
from collections.abc import Iterable

_VOID = frozenset({"img", "input", "meta", "link", "br"})


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


def text(child: object) -> Html:
    """Anything as markup: nothing for None, all parts of a list, plain text escaped."""
    if child is None:
        return Html()
    if isinstance(child, Html):
        return child
    if isinstance(child, str | int):
        return Html(html.escape(str(child)))
    assert isinstance(child, Iterable)
    return Html("".join(text(part) for part in child))


def tag(name: str, /, *children: object, **attributes: str | int | bool | None) -> Html:
    """An element; `class_` is `class`, underscores are hyphens, True is a bare attribute, None and False are none."""
    told = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{told}>")
    return Html(f"<{name}{told}>{text(children)}</{name}>")


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{html.escape(str(value))}"'
