"""Settings in a real browser: lists that come by themselves, saving, errors, unsaved changes."""

import re

from playwright.sync_api import expect


def test_a_price_level_is_chosen_from_the_erps_list_and_saved(owner):
    owner.open("/channels/hurt/settings/prices/")
    owner.choose("Poziom cen", "Detaliczna (PLN)")
    owner.sees("Niezapisane zmiany")
    owner.save()
    owner.open("/channels/hurt/settings/prices/")
    # The list comes from the ERP after the page; until then the number that is saved stands there.
    chosen = owner.page.get_by_label("Poziom cen", exact=True).locator("option:checked")
    expect(chosen).to_have_text(re.compile("^Detaliczna"))
