"""Law 11: `fit` never invents a change: it passes one on, makes it smaller, or says why not."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pomost.model.change import Amend, Publish, SetStock, Withdraw
from pomost.model.reason import Finding, Reason
from pomost.ports.capability import Can, ShopCapabilities, no, not_yet, yes
from pomost.rules.fit import fit
from tests.laws.changes import changes

answers = st.sampled_from([yes(), no("nie umie", "cannot"), not_yet("jeszcze nie", "not yet"), Can()])
capabilities = st.builds(
    ShopCapabilities,
    **dict.fromkeys(("publish", "amend", "withdraw", "stock", "hide", "min_quantity"), answers),
)
EVERYTHING = ShopCapabilities(**dict.fromkeys(("publish", "amend", "withdraw", "stock", "hide", "min_quantity"), yes()))


def smaller(change, fitted) -> bool:
    """Whether `fitted` is `change` with nothing but a minimum or a visibility left out."""
    match change:
        case Publish(offer=was):
            return fitted in {change, replace(change, offer=replace(was, min_quantity=None))}
        case Amend(before=before, after=after):
            bare = None if before is None else replace(before, min_quantity=None)
            return fitted in {change, replace(change, before=bare, after=replace(after, min_quantity=None))}
        case SetStock(after=after):
            return fitted in {change, replace(change, after=replace(after, visible=None))}
        case Withdraw():
            return fitted == change


def wanted(change, can: ShopCapabilities) -> Can:
    match change:
        case Publish():
            return can.publish
        case Amend():
            return can.amend
        case SetStock():
            return can.stock
        case Withdraw():
            return can.withdraw


@given(changes, capabilities)
def test_a_change_is_passed_on_made_smaller_or_refused(change, can):
    fitted = fit(change, can)
    if wanted(change, can):
        assert smaller(change, fitted)
    else:
        assert isinstance(fitted, Finding)
        assert fitted.reason is Reason.CANNOT_TAKE


@given(changes)
def test_a_shop_that_can_everything_gets_everything(change):
    assert fit(change, EVERYTHING) == change


@given(changes)
def test_what_is_unsaid_is_no(change):
    assert isinstance(fit(change, ShopCapabilities()), Finding)


@given(changes, capabilities)
def test_what_fits_still_fits(change, can):
    once = fit(change, can)
    if not isinstance(once, Finding):
        assert fit(once, can) == once
