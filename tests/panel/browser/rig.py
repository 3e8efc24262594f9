"""A panel served as a process of its own, and what a person does with it in a browser, by the labels she reads."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PASSWORD = "Gruszki-na-wierzbie-7"
COMMAND = str(Path(sys.executable).with_name("pomost"))
MISSING = (
    "Tests of the panel need Chromium and found none. `make test` installs it as root; "
    "otherwise install the system's package `chromium`."
)


def chromium() -> str:
    """The system's browser. Raises AssertionError, so that no test is ever skipped without a word."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, MISSING
    return found


class Served:
    """`pomost serve` on a free port, with a data folder of its own."""

    def __init__(self, home, *more):
        self.home = home
        words = [COMMAND, "--home", str(home), "serve", "--port", "0", "--owner-link", *more]
        environment = {**os.environ, "POMOST_LANG": "en", "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        told = [self._process.stdout.readline() for _ in range(4 if more else 3)]
        self.url = re.search(r"https?://\S+?/(?=\s)", told[0])[0]
        self.listens = re.search(r"http://\S+?/(?=\s)", told[1 if more else 0])[0]
        self.link = told[-1].strip()

    def close(self):
        self._process.terminate()  # an interrupt is ignored by what was started in a background
        self._process.wait(timeout=20)
        self._process.stdout.close()


class Person:
    """Somebody at a browser window, who knows labels and buttons and nothing else."""

    def __init__(self, page, url):
        self.page, self.url = page, url

    def open(self, address=""):
        self.page.goto(self.url + address.lstrip("/"))
        return self

    def make_account(self, link, login="szef", name="Jan Szef"):
        """Follow a one-time link and fill in the account."""
        self.page.goto(link)
        self.page.get_by_label("Login").fill(login)
        self.page.get_by_label("Imię i nazwisko").fill(name)
        self.page.get_by_label("Hasło", exact=True).fill(PASSWORD)
        self.page.get_by_label("Powtórz hasło").fill(PASSWORD)
        self.press("Załóż konto")
        self.sees("Kanały")

    def sign_in(self, login="szef", password=PASSWORD):
        self.open("/sign-in/")
        self.page.get_by_label("Login").fill(login)
        self.page.get_by_label("Hasło").fill(password)
        self.press("Zaloguj")

    def tab(self, name):
        """Go to a tab of the settings, or another place of the channel, by its name in the menu."""
        self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
        self.page.get_by_role("heading", level=1, name=name).wait_for()

    def type(self, label, text):
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label, option):
        """An entry of a list; waits until the list has come."""
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def switch(self, label, *, on=True):
        self.page.get_by_label(label, exact=True).set_checked(on)

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def sees(self, text):
        self.page.get_by_text(text).first.wait_for()

    def save(self):
        """Save, and wait for the page that says so."""
        with self.page.expect_navigation():
            self.press("Zapisz")
        self.page.locator(".messages").get_by_text("Zapisano").wait_for()
