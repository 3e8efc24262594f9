"""All channels and their last runs."""

from django.http import HttpRequest, HttpResponse

from pomost.panel.hallway import pomost
from pomost.panel.screen import page, screen


@screen("")
def channels(request: HttpRequest) -> HttpResponse:
    names = ("name", "company", "erp", "shop", "last")
    rows = [dict(zip(names, row, strict=True)) for row in pomost().channels()]
    return page(request, "channels/list.html", rows=rows)


SCREENS = (channels,)
