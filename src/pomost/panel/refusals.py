"""Pages that say no: what happened and what to do, never a stack trace."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pomost.app import Fault, Unavailable, UnknownChannel
from pomost.model.text import Text
from pomost.panel.roles import ROLE_NAMES, Role


def refusal(request: HttpRequest, status: int, text: Text, advice: Text, **facts: Any) -> HttpResponse:
    """A whole page, or for a part of a page the box alone."""
    part = request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers
    template = "panel/refusals/box.html" if part else "panel/refusals/page.html"
    answer = render(request, template, {"text": text, "advice": advice, **facts}, status=status)
    if part:
        answer["HX-Retarget"], answer["HX-Reswap"], answer["HX-Reselect"] = "#notice", "innerHTML", "unset"
    return answer


def role(request: HttpRequest, needed: Role) -> HttpResponse:
    name = ROLE_NAMES[needed]
    text = Text("To może zrobić {role}.", "Only the role “{role}” may do this.")
    text = Text(text.pl.format(role=name.pl), text.en.format(role=name.en))
    return refusal(
        request,
        403,
        text,
        Text(
            "Poproś właściciela panelu o tę rolę albo o zrobienie tego za Ciebie.",
            "Ask the panel's owner for that role, or to do it for you.",
        ),
    )


def fault(request: HttpRequest, what: Fault) -> HttpResponse:
    status = 404 if isinstance(what, UnknownChannel) else 503 if isinstance(what, Unavailable) else 409
    return refusal(request, status, what.text, what.advice)


def missing(request: HttpRequest) -> HttpResponse:
    text = Text("Nie ma takiej strony.", "There is no such page.")
    return refusal(request, 404, text, Text("Zacznij od listy kanałów.", "Begin with the list of channels."))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of ours, or from one that is too old. `reason` is Django's, for the log."""
    logging.getLogger("pomost.panel").warning("form refused: %s", reason)
    text = Text("Formularz nie pochodzi z tej strony albo jest zbyt stary.", "This form is not ours, or is too old.")
    advice = Text("Odśwież stronę i wyślij go ponownie.", "Reload the page and send it again.")
    return refusal(request, 403, text, advice)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception  # what was asked for is in the address; nothing of it is repeated
    return missing(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    text = Text("Tego żądania nie da się zrozumieć.", "This request makes no sense.")
    return refusal(request, 400, text, Text("Wróć i spróbuj jeszcze raz.", "Go back and try again."))


def broken(request: HttpRequest, *_: Any) -> HttpResponse:
    """Django has written the trace to its log, which goes to Pomost's."""
    text = Text("Nieoczekiwany błąd Pomostu.", "An unexpected error in Pomost.")
    advice = Text(
        "Nic więcej się nie zmieniło. Szczegóły są w logs/pomost.log; prosimy o zgłoszenie.",
        "Nothing else has changed. Details are in logs/pomost.log; please report it.",
    )
    return refusal(request, 500, text, advice)
