"""Words in templates: sentences in both languages, plural forms, numbers, moments, and addresses of static files.

Every template has these tags without loading them. The language is the one `middleware.Speaking` chose.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import formats, translation
from django.utils.safestring import SafeString

from pomost.model.reason import Finding
from pomost.model.sentences_of_runs import advise
from pomost.model.sentences_of_runs import say as say_finding
from pomost.model.text import Language, Text, plural
from pomost.panel.assets import address_of

register = template.Library()


def language() -> Language:
    return "en" if translation.get_language() == "en" else "pl"


@register.simple_tag
def say(pl: str, en: str, **facts: Any) -> str:
    """`{% say "Zapisano {n}" "Saved {n}" n=count %}`; facts are escaped like everything else."""
    return Text(pl, en).fill(**facts).into(language())


@register.simple_tag
def count(number: int, pl: str, en: str) -> str:
    """`{% count 5 "towar|towary|towarów" "product|products" %}`: 5 towarów, 5 products."""
    if language() == "pl":
        return f"{grouped(number)} {plural(number, *pl.split('|'))}"
    one, many = en.split("|")
    return f"{grouped(number)} {one if number == 1 else many}"


@register.filter
def said(text: Text | None) -> str:
    """A text of the product in the reader's language."""
    return "" if text is None else text.into(language())


@register.filter
def finding(one: Finding) -> str:
    """What was found, with its facts."""
    return say_finding(one, language())


@register.filter
def advice(one: Finding) -> str:
    """What a person may do about it."""
    return advise(one, language())


@register.filter
def grouped(number: Decimal | int | None) -> str:
    """A number as the reader's language writes it: 12 345,5 or 12,345.5."""
    if number is None:
        return ""
    return formats.number_format(number, use_l10n=True, force_grouping=True)


@register.filter
def moment(at: datetime | None) -> str:
    """Date and time to the minute, in this machine's time zone: 26.11.2026 10:02, or 26 Nov 2026 10:02."""
    if at is None:
        return ""
    return formats.date_format(at.astimezone(), "d.m.Y H:i" if language() == "pl" else "j M Y H:i")


@register.filter
def exact(at: datetime | None) -> str:
    """For `<time datetime="...">`."""
    return "" if at is None else at.isoformat(timespec="seconds")


@register.simple_tag
def asset(name: str) -> SafeString | str:
    """The address of a static file; it changes with the file, so browsers may keep it for good."""
    return address_of(name)
