"""Opening a store brings its tables up to date."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from pomost.store.database import open_store

EARLIER = "0008"


def _applied():
    return {name for app, name in MigrationRecorder(connection).applied_migrations() if app == "store"}


def test_a_store_of_an_earlier_program_is_brought_up_to_date(store_url):
    open_store(store_url)
    newest = _applied()
    call_command("migrate", "store", EARLIER, verbosity=0)
    assert max(_applied())[:4] == EARLIER
    open_store(store_url)
    assert _applied() == newest
