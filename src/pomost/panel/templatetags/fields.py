"""Tags for fields of settings: their lists, as far as they are at hand."""

from typing import Any

from django import template

from pomost.model.setting import ChoiceKind
from pomost.panel import lists
from pomost.panel.forms.conditions import Row, arranged, row
from pomost.panel.forms.fields import Input
from pomost.panel.lists import Listed

register = template.Library()


@register.simple_tag
def listed(channel: str, version: int, kind: ChoiceKind | None) -> Listed | None:
    """`{% listed channel version field.choice as list %}`: the list if it was asked for lately, else nothing."""
    return lists.kept(channel, version, kind) if kind and channel else None


@register.filter
def condition(fields: tuple[Input, ...]) -> Row:
    """`{{ row|condition }}`: the fields of one condition, arranged by what it looks at."""
    return arranged(fields)


@register.filter
def blank_condition(field: Input) -> Row:
    """A row to be added; scripts put its number in place of the mark."""
    assert field.declared is not None
    return row(field.declared, field.path, "__n__", {})


@register.filter
def item(mapping: Any, key: str) -> Any:
    """`{{ field.value|item:option.value }}`: a mapping's value, blank where there is none."""
    return mapping.get(key, "") if isinstance(mapping, dict) else ""


@register.simple_tag
def known(listed: Listed | None, ident: str) -> bool:
    """Whether a list has this id."""
    return listed is not None and any(one.id == ident for one in listed.choices)


@register.filter
def numbered(text: str, number: object) -> str:
    """`{{ "row-"|numbered:3 }}`: row-3."""
    return f"{text}{number}"


@register.simple_tag
def labelled(listed: Listed, ident: str) -> str:
    """What people call an id of this list."""
    return listed.label(ident)
