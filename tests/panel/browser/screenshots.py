"""`make screenshots`: every screen of the panel in both languages, light; some dark and on a phone, to be looked at."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from pomost.app import open_pomost
from pomost.cli.sandbox import channel_document, running_shop
from pomost.model.request import RunRequest
from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.optima.filling import build as build_optima
from pomost.sandbox.subiekt_gt.filling import build
from pomost.store.database import close_store
from tests.end_to_end.optima_stage import CHANNEL, KEY, SETTINGS, document
from tests.panel.browser.rig import Person, Served, chromium

SCREENS = {
    "01-channels": "/",
    "02-new-channel": "/new-channel/",
    "03-connection": "/channels/demo/settings/connection/?check=now",
    "04-branches": "/channels/demo/settings/branches/",
    "05-branch": "/channels/demo/settings/branch/?of=MAG",
    "06-goods": "/channels/demo/settings/goods/",
    "07-prices": "/channels/demo/settings/prices/",
    "08-stock": "/channels/demo/settings/stock/",
    "09-orders": "/channels/demo/settings/orders/",
    "10-customers": "/channels/demo/settings/customers/",
    "11-other": "/channels/demo/settings/other/",
    "12-guard": "/channels/demo/settings/guard/",
    "13-versions": "/channels/demo/versions/",
    "14-people": "/people/",
    "15-account": "/account/",
    "16-audit": "/audit/",
    "20-sync": "/channels/demo/sync/",
    "21-history": "/channels/demo/runs/",
    "22-errors": "/channels/demo/errors/",
    "23-explain": "/channels/demo/explain/",
    "24-orders": "/channels/demo/orders/",
    "25-preview": "/channels/demo/runs/2/",
    "26-rollback": "/channels/demo/runs/1/rollback/",
    "27-errors-of-one-reason": "/channels/demo/errors/EAN_NOT_IN_SHOP/",
    "28-product": "/channels/demo/explain/product/?text=SPO01076",
}
SECOND = {
    "30-connection": "/channels/optima/settings/connection/?check=now",
    "31-branches": "/channels/optima/settings/branches/",
    "32-goods": "/channels/optima/settings/goods/",
    "33-prices": "/channels/optima/settings/prices/",
    "34-stock": "/channels/optima/settings/stock/",
    "35-orders": "/channels/optima/settings/orders/",
    "36-customers": "/channels/optima/settings/customers/",
    "37-other": "/channels/optima/settings/other/",
    "38-guard": "/channels/optima/settings/guard/",
    "40-window": "/channels/optima/sync/",
    "41-schedule": "/channels/optima/schedule/",
    "42-history": "/channels/optima/runs/",
    "43-preview": "/channels/optima/runs/4/",
    "44-errors": "/channels/optima/errors/",
    "45-errors-of-one-reason": "/channels/optima/errors/SHOP_REFUSED/",
    "46-product": "/channels/optima/explain/product/?text=PRZ-02-T",
    "47-orders": "/channels/optima/orders/",
    "49-done": "/channels/optima/runs/3/",
    "48-found": "/channels/optima/explain/?text=PRZ",
}
"""Optima and e-Sklep."""
DARK_TOO = ("03-connection", "06-goods", "20-sync", "22-errors", "25-preview", "40-window")
PHONE_TOO = ("01-channels", "03-connection", "06-goods", "20-sync", "22-errors", "25-preview", "40-window")


def take(page: Page, path: Path) -> None:
    """The whole page in one picture, buttons that stick to the window's edge at their own place."""
    page.wait_for_load_state("networkidle")
    size = page.viewport_size
    assert size is not None
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], height + 20)})
    page.screenshot(path=str(path))
    page.set_viewport_size(size)


@contextmanager
def stage(home: Path) -> Iterator[Served]:
    """The sandbox companies and shops, one run behind each pair and a preview, and the panel."""
    company = build(home / "subiekt-gt.db", seed=1)
    with running_shop() as url, serve(Shop(key=KEY, settings=Settings(**SETTINGS))) as esklep:
        pomost = open_pomost(home)
        pomost.save_channel(channel_document(home / "subiekt-gt.db", url), "demo")
        pomost.run("demo", RunRequest())
        company.drift(7, prices=16, stocks=18, traits=2)
        pomost.preview("demo", RunRequest())
        company.engine.dispose()
        optima = build_optima(home / "server", products=120, customers=60)
        pomost.save_channel(document(optima.company_file, esklep.url), "demo")
        pomost.run(CHANNEL, RunRequest())
        optima.drift(7)
        pomost.preview(CHANNEL, RunRequest())
        optima.close()
        close_store()
        served = Served(home)
        try:
            yield served
        finally:
            served.close()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
    home = Path(tempfile.mkdtemp(prefix="pomost-screenshots-"))
    try:
        with stage(home) as served, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            context = browser.new_context(locale="pl-PL", viewport={"width": 1200, "height": 800})
            person = Person(context.new_page(), served.url)
            person.open("/sign-in/")
            take(person.page, folder / "00-sign-in.pl.png")
            person.page.goto(served.link)
            take(person.page, folder / "00-first-account.pl.png")
            person.make_account(served.link)
            for language in ("pl", "en"):
                for name, address in {**SCREENS, **SECOND}.items():
                    person.open(address)
                    if "check=now" in address:
                        person.page.locator("#check .note").first.wait_for()
                    take(person.page, folder / f"{name}.{language}.png")
                if language == "pl":
                    _others(person, folder)
                    person.press("English")
            browser.close()
    finally:
        shutil.rmtree(home, ignore_errors=True)
    sys.stdout.write(f"{len(list(folder.glob('*.png')))} pictures in {folder}\n")


def _others(person: Person, folder: Path) -> None:
    person.page.emulate_media(color_scheme="dark")
    for name in DARK_TOO:
        take(person.open({**SCREENS, **SECOND}[name]).page, folder / f"{name}.dark.png")
    person.page.emulate_media(color_scheme="light")
    person.page.set_viewport_size({"width": 390, "height": 800})
    for name in PHONE_TOO:
        take(person.open({**SCREENS, **SECOND}[name]).page, folder / f"{name}.phone.png")
    person.page.set_viewport_size({"width": 1200, "height": 800})


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("build/screenshots"))
