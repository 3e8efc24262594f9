"""The stages of whole synchronisations serve the command line as well."""

from tests.end_to_end.conftest import (
    _no_pauses,
    home,
    selling,
    settled,
    small_company,
    stage,
    whole_company,
    window,
)

__all__ = ["_no_pauses", "home", "selling", "settled", "small_company", "stage", "whole_company", "window"]
