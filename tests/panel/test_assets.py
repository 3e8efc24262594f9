"""Files the panel hands out: ours and vendored ones, which are exactly the files they are said to be."""

import hashlib
import re

import pytest

from pomost.panel.assets import FOLDER, address_of

VENDORED = re.findall(
    r"^\| `([^`]+)` \|.*\| `?([0-9a-f]{64})`? \|$", (FOLDER / "VENDORED.md").read_text(), re.MULTILINE
)


@pytest.mark.parametrize("name, digest", VENDORED)
def test_a_vendored_file_is_the_one_it_is_said_to_be(name, digest):
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest


def test_every_file_is_ours_or_told_of():
    ours = {"panel.css", "panel.js", "pomost.svg", "VENDORED.md"}
    assert {one.name for one in FOLDER.iterdir()} == ours | {name for name, _ in VENDORED}


def test_an_address_changes_with_its_file():
    assert address_of("panel.css").startswith("/static/panel.css?v=")
    with pytest.raises(FileNotFoundError):
        address_of("no-such.css")


def test_nothing_of_ours_points_outside():
    for path in [*FOLDER.iterdir(), *(FOLDER.parent / "templates").rglob("*.html")]:
        if path.name not in {name for name, _ in VENDORED} | {"VENDORED.md"}:
            found = re.findall(r"(?:https?:)?//[\w.-]+", path.read_text())
            assert set(found) <= {"http://www.w3.org"}, path  # the name of SVG, which nobody asks for
