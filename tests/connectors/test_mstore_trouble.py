"""What M/store's wire can do wrong, and what the connector makes of it."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
import stamina

from pomost.conformance.expecting import fault_of
from pomost.conformance.shelves import bare, publication, stocked
from pomost.connectors.shop.addresses import split_pasted
from pomost.connectors.shop.mstore import MSTORE
from pomost.connectors.shop.mstore.settings import MstoreSettings
from pomost.model.change import Withdraw
from pomost.model.outcome import Done, Failed
from pomost.model.reason import Reason
from pomost.model.setting import ChoiceKind
from pomost.ports.fault import Refused, Unavailable
from pomost.transport.http import HttpClient, PlainHttpRefused
from tests.connectors.mstore_shop import KEY, served
from tests.worlds import ean


@pytest.fixture
def mstore():
    with served(max_batch=25) as shop:
        yield shop


@pytest.fixture
def quick():
    """Retries without their pauses."""
    stamina.set_testing(True, attempts=3)
    yield
    stamina.set_testing(False)


def products(mstore, count):
    return [mstore.shop.add_product(ean(number), f"Towar {number}").id for number in range(1, count + 1)]


def read(shop, since=""):
    return {product.id: product for page in shop.catalogue(since) for product in page.products}


def attempt():
    return str(uuid.uuid4())


# The key and the address


def test_a_key_that_is_refused_needs_a_person(mstore):
    fault = fault_of(lambda: read(mstore.connect(key="mst_wrong_key_wrong_key")), Refused)
    assert "key" in fault.text.en
    assert len(mstore.asked("/v1/account")) == 1, "a refused key is not tried again"


def test_a_key_that_lost_its_rights_is_told_by_the_check(mstore):
    key = mstore.shop.issue_key(["catalogue:read"])
    steps = list(mstore.connect(key=key).check())
    assert not steps[-1].passed
    assert steps[-1].advice.en


@pytest.mark.parametrize(
    "address", ["http://shop.example", "http://192.168.1.5/api", "http://localhost.example", "ftp://shop.example"]
)
def test_plain_http_goes_nowhere_but_this_machine(address):
    with pytest.raises(PlainHttpRefused):
        HttpClient(address, {})
    fault_of(lambda: MSTORE.connect(MstoreSettings(address, KEY)), Refused)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8000", "http://localhost:1", "http://[::1]:1", "https://shop.example"]
)
def test_loopback_and_https_are_good(address):
    HttpClient(address, {}).close()


@pytest.mark.parametrize(
    ("pasted", "address", "key"),
    [
        ("https://api.shop.example/v1", "https://api.shop.example/v1", ""),
        (f"  https://api.shop.example?key={KEY} ", "https://api.shop.example", KEY),
        (f"https://api.shop.example:8443/a/?api_key={KEY}", "https://api.shop.example:8443/a", KEY),
        (f"https://{KEY}@api.shop.example/", "https://api.shop.example", KEY),
        (f"https://user:{KEY}@api.shop.example", "https://api.shop.example", KEY),
        (f"https://api.shop.example/{KEY}", "https://api.shop.example", KEY),
        (f"https://api.shop.example/{KEY}/", "https://api.shop.example", KEY),
        ("shop", "shop", ""),
    ],
)
def test_a_pasted_address_may_hold_the_key(pasted, address, key):
    assert split_pasted(pasted) == (address, key)


def test_no_key_and_no_address_are_told_at_once():
    assert "key" in fault_of(lambda: MSTORE.connect(MstoreSettings("https://api.shop.example")), Refused).text.en
    fault_of(lambda: MSTORE.connect(MstoreSettings("shop", KEY)), Refused)


def test_a_pasted_key_works(mstore):
    shop = MSTORE.connect(MstoreSettings(f"{mstore.url}/?key={KEY}"))
    assert all(step.passed for step in shop.check())
    shop.close()


def test_a_redirect_is_not_followed_with_the_key(mstore):
    with served() as other:
        moved = _Moved(mstore, other.url)
        fault_of(lambda: read(moved.connect()), Refused)
        assert other.shop.journal.since(0) == []


# Answers that are none


def test_nobody_answers(quick):
    with served() as gone:
        pass
    fault = fault_of(lambda: read(gone.connect(tries=2)), Unavailable)
    assert "does not answer" in fault.text.en


@pytest.mark.parametrize("kind", ["html", "truncated_json", "cut", "lost_before", "lost_after"])
def test_an_answer_that_is_none_is_asked_for_again(mstore, quick, kind):
    wanted = products(mstore, 3)
    mstore.fault(kind, path_prefix="/v1/products")
    assert sorted(read(mstore.connect())) == wanted


@pytest.mark.parametrize("kind", ["html", "truncated_json", "cut"])
def test_an_answer_that_stays_none_is_a_fault(mstore, quick, kind):
    products(mstore, 3)
    mstore.fault(kind, path_prefix="/v1/products", times=None)
    fault_of(lambda: read(mstore.connect()), Unavailable)


@pytest.mark.parametrize("path", ["/v1/account", "/v1/unit-types", "/v1/branches"])
def test_wrong_types_in_settings_are_a_fault(mstore, quick, path):
    mstore.fault("wrong_types", path_prefix=path, times=None, fields=["name", "server_time", "symbol", "external_id"])
    shop = mstore.connect()
    fault_of(lambda: (list(shop.catalogue()), shop.units(), shop.choices(ChoiceKind.BRANCHES)), Unavailable)


def test_a_product_nobody_can_read_stays_as_it_was_known(mstore):
    wanted = products(mstore, 3)
    mstore.fault("wrong_types", path_prefix="/v1/products", fields=["ean"])
    pages = list(mstore.connect().catalogue())
    assert [product.id for page in pages for product in page.products] == []
    assert sorted(one for page in pages for one in page.unreadable) == wanted
    assert pages[-1].complete


def test_fields_from_the_future_are_no_trouble(mstore):
    wanted = products(mstore, 3)
    mstore.fault("unknown_fields", times=None)
    assert sorted(read(mstore.connect())) == wanted


# Pages


def test_a_long_list_is_read_to_its_end(mstore):
    wanted = products(mstore, 1103)
    assert sorted(read(mstore.connect())) == wanted


def test_a_page_that_comes_twice_is_read_once(mstore):
    wanted = products(mstore, 600)
    mstore.fault("duplicate_page", path_prefix="/v1/products")
    assert sorted(read(mstore.connect())) == wanted


def test_a_page_that_comes_for_ever_is_a_fault(mstore):
    products(mstore, 600)
    mstore.fault("duplicate_page", path_prefix="/v1/products", times=None)
    fault_of(lambda: [page for page, _ in zip(mstore.connect().catalogue(), range(20), strict=False)], Unavailable)


def test_an_expired_cursor_starts_the_list_again(mstore):
    wanted = products(mstore, 1103)
    mstore.fault("expired_cursor", path_prefix="/v1/products", after=1)
    assert sorted(read(mstore.connect())) == wanted


def test_a_cursor_that_always_expires_is_a_fault(mstore):
    products(mstore, 600)
    mstore.fault("expired_cursor", path_prefix="/v1/products", times=None)
    fault_of(lambda: read(mstore.connect()), Refused, Unavailable)


def test_a_reading_begun_before_a_change_does_not_miss_it(mstore):
    """The cursor reaches two minutes back, for writes that were on their way."""
    products(mstore, 2)
    pages = list(mstore.connect().catalogue())
    late = mstore.shop.add_product(ean(9), "Late").id
    mstore.shop.advance_clock(60)
    cursor = list(mstore.connect().catalogue(pages[-1].cursor))[-1].cursor
    assert late in read(mstore.connect(), pages[-1].cursor)
    assert datetime.fromisoformat(cursor) < datetime.now(UTC) + timedelta(seconds=60)


# Limits


def test_retry_after_is_obeyed(mstore, monkeypatch):
    waits = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waits.append)
    mstore.fault("status", status=429, retry_after=7, path_prefix="/v1/account")
    read(mstore.connect())
    assert [int(one) for one in waits] == [7]


def test_an_empty_window_is_waited_for(mstore):
    """Three requests in a minute are allowed: the fourth waits for the window's end, without being refused first."""
    mstore.shop.rate.change(3, 60)
    products(mstore, 1)
    shop = mstore.connect()
    read(shop)
    shop.units()
    assert mstore.slept == []
    mstore.shop.advance_clock(61)
    shop.units()
    assert len(mstore.slept) == 1
    assert 0 < mstore.slept[0] <= 60
    assert all(entry.status == 200 for entry in mstore.shop.journal.since(0))


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_busy_shop_is_a_fault_for_later(mstore, quick, status):
    mstore.fault("status", status=status, retry_after=0, times=None)
    fault_of(lambda: read(mstore.connect()), Unavailable)


# Batches


def test_an_item_the_shop_says_nothing_of_is_in_doubt(mstore, monkeypatch):
    ids = products(mstore, 3)
    shop = mstore.connect()
    ask = shop._client.post

    def forgetting(path, body, **facts):
        answer = ask(path, body, **facts)
        answer.body["results"].pop(1)
        return answer

    monkeypatch.setattr(shop._client.__class__, "post", lambda _, path, body, **facts: forgetting(path, body, **facts))
    outcomes = list(shop.send([publication(one, number) for number, one in enumerate(ids, 1)], attempt()))
    assert [type(one) for one in outcomes] == [Done, Failed, Done]
    assert outcomes[1].reason.reason is Reason.SHOP_SILENT
    assert outcomes[1].retry


def test_results_of_the_wrong_type_leave_everything_in_doubt(mstore):
    ids = products(mstore, 2)
    mstore.fault("wrong_types", path_prefix="/v1/offers:batch", fields=["results"])
    outcomes = list(mstore.connect().send([publication(one, number) for number, one in enumerate(ids, 1)], attempt()))
    assert [(one.reason.reason, one.retry) for one in outcomes] == [(Reason.SHOP_SILENT, True)] * 2


@pytest.mark.parametrize("kind", ["lost_after", "lost_before", "cut", "truncated_json", "html"])
def test_a_lost_answer_is_asked_for_again_with_the_same_key(mstore, quick, kind):
    (product,) = products(mstore, 1)
    mstore.fault(kind, path_prefix="/v1/offers:batch")
    assert [type(one) for one in mstore.connect().send([publication(product, 1)], attempt())] == [Done]
    tries = mstore.asked("/v1/offers:batch")
    assert len(tries) == 2
    assert len({entry.idempotency_key for entry in tries if entry.idempotency_key}) == 1
    if kind in {"lost_after", "cut", "truncated_json"}:
        assert tries[1].replayed, "what was done is answered, not done again"
    assert [bare(item.offer) for item in mstore.connect().shelf()] == [bare(publication(product, 1).offer)]


def test_an_answer_lost_for_good_is_a_fault_and_not_an_outcome(mstore, quick):
    ids = products(mstore, 30)
    mstore.fault("lost_after", path_prefix="/v1/offers:batch", after=1, times=None)
    outcomes = []
    changes = [publication(one, number) for number, one in enumerate(ids, 1)]
    fault_of(lambda: outcomes.extend(_each(mstore.connect().send(changes, attempt()), outcomes)), Unavailable)
    assert [type(one) for one in outcomes] == [Done] * 25, "the first batch was answered before the fault"


def test_a_batch_refused_whole_is_halved_until_the_bad_item_stands_alone(mstore):
    ids = products(mstore, 8)
    mstore.shop.limits = type(mstore.shop.limits)(500, 3)
    shop = mstore.connect()
    shop._read_account()
    object.__setattr__(shop._account.limits, "max_batch", 8)
    outcomes = list(shop.send([publication(one, number) for number, one in enumerate(ids, 1)], attempt()))
    assert [type(one) for one in outcomes] == [Done] * 8
    assert [entry.item_count for entry in mstore.asked("/v1/offers:batch") if entry.status == 200] == [2, 2, 2, 2]


def test_a_scripted_refusal_spares_the_others(mstore):
    ids = products(mstore, 3)
    mstore.fault("refuse_item", product_id=ids[1], times=None)
    outcomes = list(mstore.connect().send([publication(one, number) for number, one in enumerate(ids, 1)], attempt()))
    assert [type(one) for one in outcomes] == [Done, Failed, Done]
    assert not outcomes[1].retry


def test_a_breakdown_in_the_middle_of_a_batch_is_for_later(mstore):
    ids = products(mstore, 4)
    mstore.fault("half_batch", path_prefix="/v1/offers:batch")
    outcomes = list(mstore.connect().send([publication(one, number) for number, one in enumerate(ids, 1)], attempt()))
    assert [type(one) for one in outcomes] == [Done, Done, Failed, Failed]
    assert all(one.retry and one.reason.reason is Reason.SHOP_LATER for one in outcomes[2:])


def test_an_older_reading_never_replaces_a_later_one(mstore):
    (product,) = products(mstore, 1)
    now = datetime.now(UTC)
    shop = mstore.connect()
    fresh = stocked(product, "MAG", 5)
    list(shop.send([publication(product, 1), _at(fresh, now)], attempt()))
    (late,) = shop.send([_at(stocked(product, "MAG", 9), now - timedelta(minutes=5))], attempt())
    assert isinstance(late, Failed)
    assert (late.reason.reason, late.retry) == (Reason.OUTDATED, True)
    assert [stock.quantity for item in shop.shelf() for stock in item.stocks] == [5]


def test_clocks_that_differ_are_evened_out(mstore):
    """The shop's clock is an hour ahead; what is sent as of our now is its now."""
    (product,) = products(mstore, 1)
    mstore.shop.advance_clock(3600)
    shop = mstore.connect()
    list(shop.send([publication(product, 1), _at(stocked(product, "MAG", 5), datetime.now(UTC))], attempt()))
    (entry,) = mstore.asked("/v1/stocks:batch")
    as_of = datetime.fromisoformat(entry.items[0].fields["as_of"])
    assert abs(as_of - mstore.shop.now()) < timedelta(seconds=30)


def test_a_withdrawal_sends_zeros_before_it_withdraws(mstore):
    (product,) = products(mstore, 1)
    first = publication(product, 1)
    shop = mstore.connect()
    list(shop.send([first, stocked(product, "MAG", 5)], attempt()))
    before = mstore.shop.journal.last
    list(shop.send([Withdraw(first.target, first.offer, ("MAG",))], attempt()))
    posts = [entry for entry in mstore.shop.journal.since(before) if entry.method == "POST"]
    assert [entry.path for entry in posts] == ["/v1/stocks:batch", "/v1/offers:batch"]
    assert [item.fields["quantity"] for item in posts[0].items] == [0]


def _each(outcomes, kept):
    for outcome in outcomes:
        kept.append(outcome)
    return ()


def _at(change, moment):
    return replace(change, as_of=moment)


class _Moved:
    """A server that answers everything with a redirection to another one."""

    def __init__(self, mstore, target):
        self.mstore, self.target = mstore, target

    def connect(self):
        shop = self.mstore.connect()
        shop._client._client = httpx2.Client(
            base_url="https://old.example",
            follow_redirects=False,
            transport=httpx2.MockTransport(
                lambda _: httpx2.Response(307, headers={"Location": f"{self.target}/v1/account"})
            ),
        )
        return shop
