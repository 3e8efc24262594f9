"""What the document's remarks say, and its delivery day, as both can stand in the ERP (decision tables 8.12, 8.13)."""

from datetime import date

from pomost.model.branch import Address
from pomost.model.order import Order, OrderKey
from pomost.model.reason import Finding, Reason
from pomost.model.text import cleaned, held_by, tidy
from pomost.ports.capability import ErpCapabilities

_YEARS = 2
_CUT = "…"


def remarks(order: Order, key: OrderKey, can: ErpCapabilities, *, whole: bool) -> tuple[str, list[Finding]]:
    """The text, and findings about a number shortened, signs the ERP cannot hold, and a text cut.

    With `whole` it tells of delivery, payment and the buyer's wish too.
    """
    shortened = key.original != f"{key.shop}{key.number}"
    told = [f"Zamówienie {_line(order.number)}"] if shortened else []
    if whole:
        delivery = order.delivery
        place = _address(delivery) if delivery is not None and delivery != order.buyer.address else ""
        days = "" if order.payment_days is None else f" {order.payment_days} dni"
        terms = (_line(f"{order.payment_method}{days}"), "zapłacone" if order.paid else "")
        told += [f"Dostawa: {_line(f'{order.delivery_method} {place}')}"] if order.delivery_method or place else []
        payment = ", ".join(one for one in terms if one)
        told += [f"Płatność: {payment}"] if order.payment_method or order.paid else []
        told += [_line(order.remarks)] if _line(order.remarks) else []
    findings = []
    if shortened:
        findings.append(Finding.of(Reason.ORDER_NUMBER_SHORTENED, number=order.number, original=key.original))
    wanted = "\n".join(told)
    text = held_by(wanted, can.code_page) if can.code_page else wanted
    changed = text != wanted
    if len(text) > can.remarks:
        text = text[: can.remarks - 1] + _CUT
        findings.append(Finding.of(Reason.ORDER_REMARKS_CUT, limit=can.remarks))
    if changed:
        findings.append(Finding.of(Reason.ORDER_TEXT_REPLACED, text=text))
    return text, findings


def delivery_day(order: Order) -> tuple[date | None, list[Finding]]:
    """The day the buyer asked for; one before the order's, or more than two years after it, is left out and told."""
    asked, first = order.requested_date, order.placed_at.date()
    if asked is None or first <= asked <= _years_after(first):
        return asked, []
    return None, [Finding.of(Reason.ORDER_DATE_LEFT_OUT, asked=asked, day=first, years=_YEARS)]


def _years_after(day: date) -> date:
    last_of_february = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + _YEARS, day=28 if last_of_february else day.day)


def _line(text: str) -> str:
    return tidy(cleaned(text))


def _address(one: Address) -> str:
    flat = f"/{one.flat_number}" if one.flat_number else ""
    return tidy(f"{one.street} {one.house_number}{flat}, {one.postal_code} {one.city}").strip(", ")
