"""Orders: the list of them with how far each is on both sides."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from pomost.model import words
from pomost.model.text import Text
from pomost.panel.events import Kind, note
from pomost.panel.hallway import pomost
from pomost.panel.roles import Role
from pomost.panel.screen import go, page, person, screen, tell


@screen("channels/<str:channel>/orders/")
def order_list(request: HttpRequest, channel: str) -> HttpResponse:
    state, text = request.GET.get("state", ""), request.GET.get("text", "").strip()[:100]
    state = state if state in words.ORDER_STATES else ""
    found = pomost().orders_page(channel, [state] if state else [], text, request.GET.get("after", ""))
    following = urlencode({"state": state, "text": text, "after": found.next}) if found.next else ""
    facts: dict[str, Any] = {"state": state, "text": text, "states": list(words.ORDER_STATES), "next": following}
    silent = any(one.document is not None and not one.seen for one in found.orders)
    return page(request, "orders/list.html", orders=found.orders, silent=silent, **facts)


@screen("channels/<str:channel>/orders/settle/", act=Role.OPERATOR)
def settle_order(request: HttpRequest, channel: str) -> HttpResponse:
    """A person says which document is an order's, or that a new one is to be made."""
    if request.method != "POST":
        return go(request, "order_list", channel)
    order, document = request.POST.get("order", "")[:100], request.POST.get("document", "")[:100]
    pomost().settle_order(channel, order, document)
    note(person(request).login, Kind.ORDER_SETTLED, channel=channel, subject=order)
    tell(request, _GETS_IT if document else _GETS_NEW)
    return go(request, "explain", channel, "order", query=urlencode({"text": order}))


_GETS_IT = Text(
    "Zamówienie dostanie ten dokument w następnej synchronizacji.", "The order gets this document in the next run."
)
_GETS_NEW = Text(
    "W następnej synchronizacji powstanie nowy dokument zamówienia.", "The next run makes a new document of the order."
)
SCREENS = (order_list, settle_order)
