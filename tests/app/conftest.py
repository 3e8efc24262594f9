"""The stages of whole synchronisations serve the operations as well."""

import pytest

from pomost.app import Pomost
from pomost.store.secrets import Vault
from tests.end_to_end.conftest import _no_pauses, home, selling, settled, small_company, stage, whole_company, window
from tests.worlds import World

__all__ = ["_no_pauses", "home", "selling", "settled", "small_company", "stage", "whole_company", "window"]


@pytest.fixture
def world(either_store):
    """Five cards listed in the shop, on either database."""
    return World.of(5)


@pytest.fixture
def pomost(world):
    """Operations over that world's store, by its clock."""
    return Pomost(Vault(b"k" * 32), clock=world.clock)
