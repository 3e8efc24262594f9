"""Answers of e-Sklep that belong to something else, come too late, or cannot be read."""

import uuid
from dataclasses import replace

import httpx2
import pytest
import stamina

from pomost.conformance.expecting import fault_of
from pomost.connectors.shop.esklep import ESKLEP, EsklepSettings
from pomost.model.entry import CONTENTS
from pomost.model.outcome import Done, Failed
from pomost.model.reason import Reason
from pomost.model.subject import Area
from pomost.ports.entries import Exchange, Mode, ShopBusy
from pomost.ports.fault import Refused, Unavailable
from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from tests.connectors.test_esklep import put
from tests.end_to_end.esklep_stage import DRINKS, KEY, ROOT, SHOP, GroupEntry, named, prices, product
from tests.trust import TRUST


class Served:
    """A served shop with its group of drinks, and connectors with an exchange of their own."""

    def __init__(self, url):
        self.url, self._open = url, []

    def connect(self, **more):
        shop = ESKLEP.connect(EsklepSettings(self.url, KEY, **more))
        self._open.append(shop)
        shop.open(
            Exchange("1", manual=True, operator="anna", host="KASA-1", areas=dict.fromkeys(CONTENTS, Mode.DIFFERENTIAL))
        )
        groups = (("ROOT", None, ROOT), ("NAPOJE", ROOT, DRINKS))
        send(shop, *(put(Area.GROUP, key, GroupEntry(code, above, named(code))) for code, above, key in groups))
        return shop

    def fault(self, kind, **more):
        httpx2.put(
            f"{self.url}/v1/sandbox/faults", json=[{"kind": kind, "times": 1, **more}], verify=TRUST
        ).raise_for_status()

    def batches(self, name):
        told = httpx2.get(f"{self.url}/v1/sandbox/journal", verify=TRUST).json()["entries"]
        return [len(one["items"]) for one in told if one["path"] == f"/v1/{name}:batch" and one.get("status") == 200]

    def close(self):
        httpx2.put(f"{self.url}/v1/sandbox/faults", json=[], verify=TRUST).raise_for_status()
        for one in self._open:
            one.close()


@pytest.fixture
def esklep():
    with serve(Shop(key=KEY, settings=Settings(**SHOP))) as running, stamina.set_testing(True, attempts=5, cap=True):
        served = Served(running.url)
        yield served
        served.close()


def products(*keys):
    return [put(Area.PRODUCT, key, product(key)) for key in keys]


def send(shop, *changes):
    return list(shop.send(changes, str(uuid.uuid4())))


def silent(outcomes):
    return [place for place, one in enumerate(outcomes) if isinstance(one, Failed) and one.retry]


def test_an_answer_that_speaks_of_the_batch_before_leaves_all_in_doubt(esklep):
    shop = esklep.connect()
    send(shop, *products(1, 2, 3))
    esklep.fault("previous_answer", method="POST", path_prefix="/v1/products")
    outcomes = send(shop, *products(4, 5, 6))
    assert [(one.reason.reason, one.retry) for one in outcomes] == [(Reason.SHOP_SILENT, True)] * 3
    assert {type(one) for one in send(shop, *products(4, 5, 6))} == {Done}


@pytest.mark.parametrize(
    ("spoil", "doubtful"),
    [
        (lambda rows: [*rows, {**rows[0], "index": 3}], [0, 1, 2]),
        (lambda rows: [rows[0], {**rows[1], "erp_id": rows[2]["erp_id"]}, rows[2]], [0, 1, 2]),
        (lambda rows: [*rows, {**rows[1], "status": 422}], [1]),
        (lambda rows: [*rows, rows[1]], []),
        (lambda rows: [{"index": row["index"], "status": row["status"]} for row in rows], []),
        (lambda rows: [{**row, "index": None} for row in rows], [0, 1, 2]),
        (lambda rows: rows[:2], [2]),
        (lambda _: None, [0, 1, 2]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("area", [Area.PRODUCT, Area.PRICES])
def test_results_are_held_against_what_was_sent(esklep, monkeypatch, spoil, doubtful, area):
    shop = esklep.connect()
    changes = products(1, 2, 3)
    if area is Area.PRICES:
        send(shop, *changes)
        changes = [put(Area.PRICES, key, prices(f"{key}.00")) for key in (1, 2, 3)]
    whole = shop._client.post

    def spoilt(*what, **more):
        answer = whole(*what, **more)
        answer.body["results"] = spoil([{"erp_id": str(row["index"] + 1), **row} for row in answer.body["results"]])
        return answer

    monkeypatch.setattr(shop._client, "post", spoilt)
    outcomes = send(shop, *changes)
    monkeypatch.undo()
    assert silent(outcomes) == doubtful


def test_a_shop_too_slow_for_large_batches_gets_smaller_ones(esklep):
    shop = esklep.connect(timeout=1)
    esklep.fault("slow", seconds=2.0, over=12, times=None)
    assert {type(one) for one in send(shop, *products(*range(1, 41)))} == {Done}
    assert shop._api.largest == 10
    httpx2.delete(f"{esklep.url}/v1/sandbox/journal")
    assert {type(one) for one in send(shop, *products(*range(41, 71)))} == {Done}
    assert esklep.batches("products") == [10, 10, 10], "what was learnt stays"


def test_a_request_still_being_worked_on_is_waited_for(esklep):
    shop = esklep.connect()
    esklep.fault("status", status=409, code="idempotency-in-progress", retry_after=0, method="POST", times=2)
    assert [type(one) for one in send(shop, *products(1))] == [Done]
    esklep.fault("status", status=409, code="idempotency-in-progress", method="POST", times=None)
    fault_of(lambda: send(shop, *products(2)), Unavailable)


@pytest.mark.parametrize(
    ("cursors", "told", "pages"),
    [(["a"] * 9, "cursor", 2), (["a", "b", "a", "b"], "cursor", 3), (list("abcdefghi"), "page", 4), ([7], "cursor", 1)],
)
def test_a_list_that_goes_round_is_a_fault(esklep, monkeypatch, cursors, told, pages):
    shop = esklep.connect()
    whole, asked = shop._client.get, []

    def round_and_round(path, params):
        answer = whole(path, ())
        if "dictionaries" in path:
            answer.body["page"] = {"next_cursor": cursors[len(asked)], "has_more": True}
            asked.append(params)
            if told == "cursor":
                answer.body["data"] = [{**one, "code": f"{one['code']}-{len(asked)}"} for one in answer.body["data"]]
        return answer

    monkeypatch.setattr(shop._client, "get", round_and_round)
    assert f"({told})" in fault_of(shop.terrain, Unavailable).text.en
    assert len(asked) == pages


@pytest.mark.parametrize("holder", [None, 7, {"operator": None}, {"started_at": "wczoraj"}, {"operator": ["a"]}])
def test_a_holder_nobody_can_read_still_holds_the_shop(esklep, monkeypatch, holder):
    shop = esklep.connect()
    other = ESKLEP.connect(EsklepSettings(esklep.url, KEY))
    monkeypatch.setattr(other._client, "post", _told(other._client.post, holder=holder))
    wish = Exchange("2", manual=True, operator="ewa", host="KASA-2", areas={Area.PRODUCT: Mode.DIFFERENTIAL})
    fault_of(lambda: other.open(wish), ShopBusy)
    monkeypatch.undo()
    other.close()
    assert {type(one) for one in send(shop, *products(1))} == {Done}


@pytest.mark.parametrize("holder", [{"operator": None}, 7])
def test_a_heart_hears_of_a_takeover_by_nobody_it_knows(esklep, monkeypatch, holder):
    shop = esklep.connect()
    lost = _told(shop._client.post, status=409, code="fence-lost", holder=holder)
    monkeypatch.setattr(shop._client, "post", lost)
    session = shop._session
    session.rest()
    session._over.clear()
    session.beat(shop._api, 0)
    session._heart.join(10)
    assert "somebody else" in session.lost.text.en
    fault_of(lambda: send(shop, *products(1)), Refused)
    monkeypatch.undo()


def _told(whole, status=0, **facts):
    """The shop's answers with these facts in place of its own."""

    def answering(*what, **more):
        answer = whole(*what, **more)
        return replace(answer, status=status or answer.status, body={**answer.body, **facts})

    return answering


@pytest.mark.parametrize("areas", [None, 7, [7], [{"area": 7}], [{"area": "products", "withdrawn": "wiele"}]])
def test_a_closing_that_cannot_be_read_is_a_fault(esklep, monkeypatch, areas):
    shop = esklep.connect()
    monkeypatch.setattr(shop._client, "post", _told(shop._client.post, areas=areas))
    fault_of(lambda: shop.commit(dict.fromkeys(CONTENTS, "1")), Unavailable)
    monkeypatch.undo()
