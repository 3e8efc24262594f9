"""The stages of whole synchronisations with the panel opened upon them."""

import pytest

from pomost.panel import hallway, lists
from tests.end_to_end.conftest import _no_pauses, home, small_company, stage, whole_company, window
from tests.panel.visitor import Visitor

__all__ = ["_no_pauses", "home", "small_company", "stage", "whole_company", "window"]


@pytest.fixture
def hurt(stage):
    """A company of twelve cards, its shop, and the channel `hurt`, as the panel finds them."""
    hallway.enter(stage.pomost)
    lists.forget("hurt")
    return stage


@pytest.fixture
def owner(hurt):
    return Visitor()
