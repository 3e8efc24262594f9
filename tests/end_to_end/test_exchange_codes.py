"""Codes and logins that pass from one of ours to another: all arrive in one run, whatever the order of ids."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.app.reporting import shown
from pomost.model.account import CustomerEntry, Login
from pomost.model.assortment import AttributeEntry, AttributeFormat, AttributeSubject, AttributeValue
from pomost.model.reason import Reason
from pomost.model.subject import Area
from pomost.model.trade import PromotionEntry, SetPart
from pomost.ports.fault import Fault
from pomost.store.journal import Journal, State
from tests.end_to_end.esklep_stage import Pair
from tests.end_to_end.test_exchange import live

CODES = "ABCDEFGH"


@contextmanager
def small_batches(monkeypatch, size=2):
    """Batches of so few that an exchange goes over several of them."""
    connected = Pair.channel

    def channel(pair, **more):
        found = connected(pair, **more)
        found.shop.can = replace(found.shop.can, batch=size)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(Pair, "channel", channel)
        yield


def codes(pair):
    return {int(key): one["code"] for key, one in pair.state("products").items() if one["state"] == "published"}


def logins(pair):
    return {
        int(one["erp_id"]): {login["email"] for login in one["logins"]}
        for one in pair.state("customers").values()
        if one["state"] == "published"
    }


def done(ended):
    """Nothing was refused, nothing waits."""
    counts = ended.run.counts
    wrong = {name: count for name, count in counts.items() if name.startswith(("failed.", "skipped."))}
    assert (ended.run.state, wrong, ended.stops) == (State.DONE, {}, ())
    return ended


def rename(pair, wanted):
    """The ERP's products are these, by key, under these codes."""
    for key in {*pair.erp.published.get(Area.PRODUCT, {})} - wanted.keys():
        pair.drop(key)
    for key, code in wanted.items():
        pair.sell(key, code=code)


@given(
    first=st.permutations(CODES),
    second=st.permutations(CODES),
    standing=st.sets(st.integers(1, 8), min_size=1),
    left=st.sets(st.integers(1, 8), min_size=1),
    size=st.integers(1, 4),
)
def test_any_permutation_of_codes_arrives_in_one_run(store, esklep, monkeypatch, first, second, standing, left, size):
    """Decision table 8.17: codes exchanged among any of ours, new ones and withdrawn ones among them."""
    pair = Pair(esklep.url)
    pair.door.post("/v1/sandbox/reset").raise_for_status()
    pair.found(0)
    with small_batches(monkeypatch, size):
        # One always stays: an offer that is emptied waits for a person.
        before = {key: first[key - 1] for key in standing} | {9: "Z"}
        after = {key: second[key - 1] for key in left} | {9: "Z"}
        rename(pair, before)
        done(pair.run())
        assert codes(pair) == before
        rename(pair, after)
        done(pair.run())
        assert codes(pair) == after
        pair.run()
        assert not pair.written()
    pair.close()


@given(
    first=st.lists(st.sampled_from([1, 2, 3, 4, 0]), min_size=6, max_size=6),
    second=st.lists(st.sampled_from([1, 2, 3, 4, 0]), min_size=6, max_size=6),
    third=st.lists(st.sampled_from([1, 2, 3, 4, 0]), min_size=6, max_size=6),
    size=st.integers(1, 4),
)
def test_any_exchange_of_logins_arrives_in_one_run(store, esklep, monkeypatch, first, second, third, size):
    """Decision table 8.17: each of six logins goes to one of four customers, or to nobody; some customers leave."""
    pair = Pair(esklep.url)
    pair.door.post("/v1/sandbox/reset").raise_for_status()
    pair.found(1)
    with small_batches(monkeypatch, size):
        for owners in (first, second, third):
            wanted = owned(owners)
            for key in {*pair.erp.published.get(Area.CUSTOMER, {})} - wanted.keys():
                pair.erp.unpublish(Area.CUSTOMER, key)
            for key, mails in wanted.items():
                pair.publish(Area.CUSTOMER, key, person(key, mails))
            ended = pair.run()
            if ended.stops:
                ended = pair.approve()
            done(ended)
            assert logins(pair) == {key: set(mails) for key, mails in wanted.items()}
        pair.run()
        assert not pair.written()
    pair.close()


def owned(owners):
    found = {}
    for place, owner in enumerate(owners):
        if owner:
            found.setdefault(owner, []).append(f"{place}@example.com")
    return found


def person(key, mails):
    accounts = tuple(Login(one, default=place == 0) for place, one in enumerate(mails))
    return CustomerEntry(f"K{key}", company=False, names=(f"K {key}",), logins=accounts)


def test_a_login_of_a_customer_withdrawn_long_ago_is_free(pair):
    pair.customer(1)
    pair.customer(2)
    pair.run()
    pair.erp.unpublish(Area.CUSTOMER, 1)
    done(pair.run())
    pair.customer(2, logins=(Login("k1@example.com", default=True), Login("k2@example.com")))
    done(pair.run())
    assert logins(pair) == {2: {"k1@example.com", "k2@example.com"}}
    again = done(pair.run())
    assert not pair.written(), again.run.counts
    pair.customer(1, logins=(Login("new@example.com", default=True),))
    done(pair.run())
    assert logins(pair)[1] == {"new@example.com"}


def test_a_login_keeps_its_holder_though_nothing_answered(pair):
    """A new customer whose sending was never answered, and who is gone since: the shop may hold its login."""
    pair.customer(2)
    pair.run()
    pair.customer(1)
    pair.faults({"kind": "lost_after", "path_prefix": "/v1/customers:batch", "times": 20})
    with pytest.raises(Fault):
        pair.run()
    pair.faults()
    assert "k1@example.com" in str(pair.state("customers"))
    pair.erp.unpublish(Area.CUSTOMER, 1)
    pair.customer(2, logins=(Login("k1@example.com", default=True),))
    done(pair.run())
    assert logins(pair) == {2: {"k1@example.com"}}


def sets(pair):
    return {int(key): one["code"] for key, one in pair.state("bundles").items() if one["state"] == "published"}


def bundle(code):
    return PromotionEntry(code, f"Zestaw {code}", 1, (SetPart(2, 1, "szt."),))


def test_codes_of_sets_are_exchanged_and_used_again(pair):
    """Decision table 8.17: the code of a set is unique among those of its main product, also once it is withdrawn."""
    for key, code in ((1, "A"), (2, "B"), (3, "C")):
        pair.publish(Area.PROMOTION, key, bundle(code))
    done(pair.run())
    pair.publish(Area.PROMOTION, 1, bundle("B"))
    pair.publish(Area.PROMOTION, 2, bundle("A"))
    pair.erp.unpublish(Area.PROMOTION, 3)
    done(pair.run())
    assert sets(pair) == {1: "B", 2: "A"}
    pair.publish(Area.PROMOTION, 4, bundle("C"))
    done(pair.run())
    assert sets(pair) == {1: "B", 2: "A", 4: "C"}
    assert pair.state("bundles")["3"]["state"] == "withdrawn"


def test_codes_of_attributes_are_exchanged(pair):
    for key, code in ((1, "KOLOR"), (2, "SMAK")):
        pair.publish(Area.ATTRIBUTE, key, attribute(code))
    pair.sell(1, attributes=(AttributeValue("KOLOR", "zielony"),))
    done(pair.run())
    for key, code in ((1, "SMAK"), (2, "KOLOR")):
        pair.publish(Area.ATTRIBUTE, key, attribute(code))
    done(pair.run())
    assert {key: one["code"] for key, one in pair.state("attributes").items()} == {"1": "SMAK", "2": "KOLOR"}


def attribute(code):
    return AttributeEntry(code, code.title(), AttributeSubject.PRODUCT, AttributeFormat.TEXT)


def variant(pair, key, code):
    pair.sell(key, code=code, variant_of=1, variant_attributes=("KOLOR",), attributes=(AttributeValue("KOLOR", code),))


def test_variants_exchange_codes_with_their_product(pair):
    pair.publish(Area.ATTRIBUTE, 1, attribute("KOLOR"))
    pair.sell(1, code="FANTOM", variant_attributes=("KOLOR",))
    variant(pair, 2, "A")
    variant(pair, 3, "B")
    done(pair.run())
    pair.sell(1, code="B", variant_attributes=("KOLOR",))
    variant(pair, 2, "FANTOM")
    variant(pair, 3, "A")
    done(pair.run())
    assert codes(pair) == {1: "B", 2: "FANTOM", 3: "A"}


def test_a_new_product_that_waits_for_a_code_comes_before_its_variants(pair):
    """The code is a variant's, which moves to the new product: the product waits for the code, the variant for it."""
    pair.publish(Area.ATTRIBUTE, 1, attribute("KOLOR"))
    pair.sell(1, code="A", variant_attributes=("KOLOR",))
    pair.sell(2, code="B")
    done(pair.run())
    pair.sell(2, code="A2")
    pair.sell(1, code="A1", variant_attributes=("KOLOR",))
    pair.sell(5, code="A", variant_attributes=("KOLOR",))
    apart = {"variant_of": 5, "variant_attributes": ("KOLOR",)}
    pair.sell(4, code="N", attributes=(AttributeValue("KOLOR", "x"),), **apart)
    done(pair.run())
    assert codes(pair) == {1: "A1", 2: "A2", 3: "T3", 4: "N", 5: "A"}


def test_what_is_on_the_way_is_shown_for_what_it_is(pair):
    """Preview and outcomes name the value in between, and why."""
    rename(pair, {1: "A", 2: "B"})
    pair.run()
    rename(pair, {1: "B", 2: "A"})
    ended = pair.preview()
    assert told(pair, ended) == [("A", "~1"), ("B", "~2"), ("~1", "B"), ("~2", "A")]
    ended = done(pair.approve(ended.run.pk))
    assert told(pair, ended) == [("A", "~1"), ("B", "~2"), ("~1", "B"), ("~2", "A")]
    assert codes(pair) == {1: "B", 2: "A"}
    pair.run()
    assert not pair.written()


def told(pair, ended):
    """Every code of the plan, before and after, in the order of the batches; what is on the way says so."""
    journal = Journal(pair.name)
    changes = [
        change for head in journal.batch_heads(ended.run) for change in journal.load(ended.run, head.number).changes
    ]
    assert [Reason.VALUE_HANDED_ON in {found.reason for found in one.why} for one in changes] == [
        True,
        True,
        False,
        False,
    ]
    fields = [field for one in changes for field in shown(ended.run, one, None).fields]
    return [(one.before, one.after) for one in fields if one.field == "code"]


def test_a_code_two_of_ours_want_goes_to_one_and_is_told_of_the_other(pair):
    rename(pair, {1: "A", 2: "B"})
    pair.run()
    rename(pair, {1: "C", 2: "C"})
    ended = pair.run()
    assert ended.run.counts["failed.product"] == 1
    assert sorted(codes(pair).values()) in (["B", "C"], ["A", "C"])
    rename(pair, {1: "A", 2: "C"})
    done(pair.run())
    assert codes(pair) == {1: "A", 2: "C"}


def test_a_plan_approved_late_still_exchanges(pair):
    rename(pair, {1: "A", 2: "B", 3: "C"})
    pair.run()
    rename(pair, {1: "B", 2: "C", 3: "A"})
    waiting = pair.preview()
    pair.run(parts=frozenset({"stock"}))
    done(pair.approve(waiting.run.pk))
    assert codes(pair) == {1: "B", 2: "C", 3: "A"}
    assert live(pair.state("products")) == {"1", "2", "3"}


def test_a_ring_in_a_full_run_sweeps_nobody(pair):
    rename(pair, {1: "A", 2: "B", 3: "C"})
    pair.run()
    rename(pair, {1: "B", 2: "C", 3: "A"})
    done(pair.run(full=True))
    assert codes(pair) == {1: "B", 2: "C", 3: "A"}
