"""One browser and one served panel for all tests of a worker; each test has a window of its own."""

import re
import shutil

import pytest
from playwright.sync_api import sync_playwright

from pomost.app import open_pomost
from pomost.sandbox.mstore.server import serve
from pomost.store.database import close_store
from tests.end_to_end.conftest import small_company
from tests.end_to_end.stage import document, small_shop
from tests.panel.browser.rig import Person, Served, chromium

__all__ = ["small_company"]


@pytest.fixture(scope="module")
def browser():
    """Playwright keeps an event loop while it is open, which Django takes for a mistake: hence no longer than needed."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def shop():
    """The shop of all browser tests of this worker."""
    with serve(small_shop()) as running:
        yield running


@pytest.fixture(scope="session")
def served(tmp_path_factory, blank_sqlite, small_company, shop):
    """A panel whose channel `hurt` is settled up; its owner is `szef`."""
    home = tmp_path_factory.mktemp("panel")
    (home / "data").mkdir()
    shutil.copyfile(blank_sqlite, home / "data" / "pomost.db")
    shutil.copyfile(small_company, home / "subiekt.db")
    open_pomost(home).save_channel(document(home / "subiekt.db", shop.url), "test")
    close_store()
    panel = Served(home)
    yield panel
    panel.close()


@pytest.fixture(scope="module")
def signed_in(browser, served):
    """Cookies of the owner, so that not every test has to type the password."""
    context = browser.new_context(locale="pl-PL")
    person = Person(context.new_page(), served.url)
    if served.link:
        person.make_account(served.link)
        served.link = ""
    else:
        person.sign_in()
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def window(browser, served):
    """A window of a browser nobody is signed in with; any request that leaves this machine fails the test."""
    yield from _window(browser, None)


@pytest.fixture
def owner(browser, served, signed_in):
    """The owner at a window of her own."""
    for page in _window(browser, signed_in):
        yield Person(page, served.url)


def _window(browser, state):
    context = browser.new_context(locale="pl-PL", storage_state=state, viewport={"width": 1200, "height": 900})
    context.set_default_timeout(15_000)
    outside, complaints = [], []
    page = context.new_page()
    page.on(
        "request", lambda one: outside.append(one.url) if not re.match(r"http://127\.0\.0\.1|data:", one.url) else 0
    )
    page.on("pageerror", lambda one: complaints.append(str(one)))
    page.on("console", lambda one: complaints.append(one.text) if "Content Security Policy" in one.text else None)
    yield page
    context.close()
    assert (outside, complaints) == ([], [])
