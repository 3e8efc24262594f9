"""Tags for fields of settings: their lists, as far as they are at hand."""

from typing import Any

from django import template

from pomost.model.setting import ChoiceKind
from pomost.panel import lists
from pomost.panel.lists import Listed

register = template.Library()


@register.simple_tag
def listed(channel: str, version: int, kind: ChoiceKind | None) -> Listed | None:
    """`{% listed channel version field.choice as list %}`: the list if it was asked for lately, else nothing."""
    return lists.kept(channel, version, kind) if kind and channel else None


@register.filter
def item(mapping: Any, key: str) -> Any:
    """`{{ field.value|item:option.value }}`: a mapping's value, blank where there is none."""
    return mapping.get(key, "") if isinstance(mapping, dict) else ""


@register.simple_tag
def known(listed: Listed | None, ident: str) -> bool:
    """Whether a list has this id."""
    return listed is not None and any(one.id == ident for one in listed.choices)
