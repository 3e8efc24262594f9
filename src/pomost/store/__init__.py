"""Everything the product remembers: channels, ledger, links, journal, secrets, leases; on SQLite or PostgreSQL."""

import os

import django
from django.apps import apps

# Models can only be imported once Django knows its settings; whoever opens a larger Django around us goes first.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pomost.store.configuration")
if not apps.ready and not apps.loading:
    django.setup()
