"""Explain: find a product, a customer or an order, and show its whole trail and its state on both sides."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from pomost.app import Found
from pomost.panel.boxes import has_window
from pomost.panel.hallway import pomost
from pomost.panel.saving import newest
from pomost.panel.screen import page, screen


@screen("channels/<str:channel>/explain/")
def find(request: HttpRequest, channel: str) -> HttpResponse:
    text = request.GET.get("text", "").strip()[:200]
    if not text:
        pomost().history(channel, 1)  # an address with a channel that is not there is told at once
        return page(request, "explaining/find.html", text="", hits=None)
    hits = pomost().search(channel, text)
    if len(hits) == 1:
        return redirect(f"{reverse('explain', args=(channel, hits[0].kind))}?{urlencode({'text': hits[0].text})}")
    return page(request, "explaining/find.html", text=text, hits=hits)


@screen("channels/<str:channel>/explain/<str:kind>/")
def explain(request: HttpRequest, channel: str, kind: str) -> HttpResponse:
    """The permanent link of one thing: decided about anew whenever it is opened."""
    text = request.GET.get("text", "").strip()[:200]
    if not text:
        return redirect("find", channel=channel)
    entries = has_window(newest(channel).document["channel"]["shop"])
    match kind:
        case Found.PRODUCT if entries:
            found: list[Any] = [
                {"one": one, "rows": _beside(one.wanted, one.known)} for one in pomost().explain(channel, text)
            ]
        case Found.PRODUCT:
            found = [
                {"one": one, "rows": _beside(one.wanted, one.known, one.shelf), "stock_unseen": _unseen(one.shelf)}
                for one in pomost().explain(channel, text)
            ]
        case Found.CUSTOMER:
            found = [
                {"one": one, "rows": _beside(one.wanted, one.known)} for one in pomost().explain_customer(channel, text)
            ]
        case Found.ORDER:
            found = [
                {"one": one, "rows": _beside(one.shop, one.document)} for one in pomost().explain_order(channel, text)
            ]
        case _:
            raise Http404
    return page(request, f"explaining/{kind}.html", found=found, text=text, kind=kind, entries=entries)


def _unseen(shelf: Mapping[str, str]) -> bool:
    """Whether the shop showed the offer and no stock of it."""
    return bool(shelf) and not any(name.startswith("stock@") for name in shelf)


def _beside(*sides: Mapping[str, str]) -> list[dict[str, Any]]:
    """The sides field by field: what each says, and whether those that say something agree."""
    rows = []
    for name in dict.fromkeys(name for side in sides for name in side):
        values = [side.get(name, "") for side in sides]
        if not any(values):
            continue
        told = {value for value, side in zip(values, sides, strict=True) if side and name in side}
        rows.append({"field": name, "values": values, "differs": len(told) > 1})
    return rows


SCREENS = (find, explain)
