"""A tab as a template shows it: groups of fields with the lists that are at hand and what is wrong with each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pomost.app import sections_for
from pomost.model.text import Text
from pomost.panel.forms.fields import Input, inputs, marked
from pomost.panel.tabs import Group, Tab

_REST = Text("Ustawienia rzadziej używane", "Settings seldom needed")
# The name is the channel's address and its two sides its nature: chosen when it is made, never changed by a form.
_FIXED = frozenset({"channel.name", "channel.erp", "channel.shop", "channel.active"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A group with its fields."""

    group: Group
    fields: tuple[Input, ...]

    @property
    def wrong(self) -> bool:
        return any(one.errors or any(inner.errors for row in one.rows for inner in row) for one in self.fields)


def sections_of(tab: Tab, erp: str, shop: str) -> dict[str, type[Any]]:
    """The sections a tab shows, each with its declaration."""
    known = sections_for(erp, shop)
    return {name: known[name] for name in tab.sections}


def drawn(
    tab: Tab, document: Mapping[str, Any], problems: Mapping[str, list[Text]], erp: str, shop: str
) -> tuple[Drawn, ...]:
    """The tab's groups; settings no group names come last, folded."""
    found: dict[str, Input] = {}
    for name, section in sections_of(tab, erp, shop).items():
        held = document.get(name)
        for one in marked(inputs(section, name, held if isinstance(held, Mapping) else {}), problems):
            if one.path not in _FIXED and tab.shows(one.path):
                found[one.path] = one
    groups = [Drawn(group, tuple(found.pop(path) for path in group.paths if path in found)) for group in tab.groups]
    if found:
        groups.append(Drawn(Group(_REST, (), folded=True), tuple(found.values())))
    return tuple(one for one in groups if one.fields)
