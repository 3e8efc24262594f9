"""Orders: the list of them with how far each is on both sides."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from pomost.model import words
from pomost.panel.hallway import pomost
from pomost.panel.screen import page, screen


@screen("channels/<str:channel>/orders/")
def order_list(request: HttpRequest, channel: str) -> HttpResponse:
    state, text = request.GET.get("state", ""), request.GET.get("text", "").strip()[:100]
    state = state if state in words.ORDER_STATES else ""
    found = pomost().orders_page(channel, [state] if state else [], text, request.GET.get("after", ""))
    following = urlencode({"state": state, "text": text, "after": found.next}) if found.next else ""
    facts: dict[str, Any] = {"state": state, "text": text, "states": list(words.ORDER_STATES), "next": following}
    silent = any(one.document is not None and not one.seen for one in found.orders)
    return page(request, "orders/list.html", orders=found.orders, silent=silent, **facts)


SCREENS = (order_list,)
