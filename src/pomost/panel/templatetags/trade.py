"""Tags that name what the trade knows: states, kinds of change, fields, values, reasons and outcomes."""

import re
from decimal import Decimal

from django import template

from pomost.model import words
from pomost.model.change import Kind
from pomost.model.entry import OF_PRODUCT
from pomost.model.outcome import Failed, Outcome, Skipped, ending
from pomost.model.reason import Reason
from pomost.model.sentences_of_runs import SENTENCES, say
from pomost.model.subject import Area
from pomost.model.text import Text
from pomost.panel.templatetags.words import grouped, language

register = template.Library()
_TABLES = {
    "state": words.STATES,
    "kind": words.KINDS,
    "part": words.PARTS,
    "field": words.FIELDS,
    "alarm": words.ALARMS,
    "verdict": words.VERDICTS,
    "order_state": words.ORDER_STATES,
    "stage": words.STAGES,
    "found": words.FOUND,
    "outcome": words.OUTCOMES,
}
_AMOUNT = re.compile(r"(-?\d+\.\d{2,}) ([A-Z]{3}) (net|gross)")
_BOTH = re.compile(r"(-?\d+\.\d{2,}) / (-?\d+\.\d{2,}) ([A-Z]{3})")
_OF_PRODUCT = {
    *(kind.value for kind in (Kind.PUBLISH, Kind.AMEND, Kind.STOCK, Kind.WITHDRAW)),
    *(area.value for area in (Area.OFFER, Area.PRODUCT, *OF_PRODUCT)),
}
_PRICE_KINDS = {"net": Text("netto", "net"), "gross": Text("brutto", "gross")}


@register.filter
def term(name: str, table: str) -> str:
    """`{{ change.kind|term:"kind" }}`: what people call it."""
    return words.called(_TABLES[table], str(name)).into(language()) if name else ""


@register.filter
def of_product(name: str) -> bool:
    """Whether a change of this kind, or an item of this area, belongs to one product that can be explained."""
    return name in _OF_PRODUCT


@register.filter
def part_term(part: str) -> str:
    """What an item of the inbox is about."""
    return words.part_called(part).into(language())


@register.filter
def value(text: str) -> str:
    """A value of a change or of an explanation as people write it: 2,50 PLN netto, tak, w ofercie."""
    both = _BOTH.fullmatch(text)
    if both:
        return _together(f"{grouped(_short(both[1]))} / {grouped(_short(both[2]))} {both[3]}")
    amount = _AMOUNT.fullmatch(text)
    if amount:
        return _together(f"{grouped(Decimal(amount[1]))} {amount[2]} {_PRICE_KINDS[amount[3]].into(language())}")
    return words.valued(text).into(language())


def _together(amount: str) -> str:
    """An amount is never broken between its number and its currency."""
    return amount.replace(" ", "\u00a0")


def _short(amount: str) -> Decimal:
    """With as many places as it needs, but never fewer than two."""
    exact = Decimal(amount)
    short = round(exact, 2)
    return short if short == exact else exact


@register.filter
def reason_text(code: str) -> str:
    """What a reason says, without one item's facts, as a line of its own."""
    text = SENTENCES[Reason(code)].text.outline().into(language()) if code in Reason.__members__ else code
    return text[:1].upper() + text[1:]


@register.filter
def reason_advice(code: str) -> str:
    return SENTENCES[Reason(code)].advice.outline().into(language()) if code in Reason.__members__ else ""


@register.filter
def outcome_of(outcome: Outcome | None) -> str:
    """Which of the ways to end: done, skipped, failed, unsent."""
    return ending(outcome)


@register.filter
def outcome_why(outcome: Outcome | None) -> str:
    return say(outcome.reason, language()) if isinstance(outcome, Skipped | Failed) else ""


@register.filter
def lasting(seconds: float | None) -> str:
    """A stretch of time in its two largest units: 45 s, 2 min 5 s, 1 h 10 min."""
    if seconds is None:
        return ""
    whole = max(round(seconds), 0)
    if not whole:
        return "< 1 s"
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


@register.filter
def people(owner: str) -> str:
    """Who runs it, without the mark that tells two runs of theirs apart."""
    return owner.partition("#")[0]
