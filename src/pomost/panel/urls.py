"""Addresses of the panel: those of all its screens."""

from django.urls import path

from pomost.panel.screens import MODULES

urlpatterns = [path(one.route, one.view, name=one.name) for module in MODULES for one in module.SCREENS]
handler400 = "pomost.panel.refusals.bad_request"
handler404 = "pomost.panel.refusals.not_found"
handler500 = "pomost.panel.refusals.broken"
