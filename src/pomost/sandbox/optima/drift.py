"""Random believable changes of one working day: what somebody may have done in the company."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from sqlalchemy import Engine, select

from pomost.sandbox.optima import pictures
from pomost.sandbox.optima import tables_extras as extras
from pomost.sandbox.optima import tables_goods as goods
from pomost.sandbox.optima import tables_parties as parties
from pomost.sandbox.optima import tables_shop as shop
from pomost.sandbox.optima.bundles import Bundle, Part
from pomost.sandbox.optima.cards import GOODS
from pomost.sandbox.optima.cases import cases
from pomost.sandbox.optima.company import RETAIL, SHOP, WHOLESALE, WHOLESALE_2
from pomost.sandbox.optima.desks.customers import CustomersDesk
from pomost.sandbox.optima.desks.files import FilesDesk
from pomost.sandbox.optima.desks.goods import GoodsDesk
from pomost.sandbox.optima.desks.groups import GroupsDesk
from pomost.sandbox.optima.desks.stock import StockDesk
from pomost.sandbox.optima.desks.trade import TradeDesk
from pomost.sandbox.optima.discounts import Rule

_CENT = Decimal("0.01")
_PRICES, _STOCKS = 4, 5
_SINGLE = 9
"""Products for everything else; each product is worked on once at most."""
_MAIN, _OTHER = "MAGAZYN", "KRAKOW"
_SCENES = "PRZ-"
_NAMES = ("Sery i jogurty", "Wędliny i mięsa", "Słodkie przekąski", "Dla smakoszy")


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that was done.

    `what`: price, stock, reservation, text, picture, new picture, withdrawn, published, flag, discount, set, group,
    customer. `code`: of the product, set, group or customer, or the id of the discount. `where`: the level, warehouse,
    language, place, kind of discount; the values before and after as text, empty where there was none.
    """

    what: str
    code: str
    where: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Desks:
    """Where the work is done."""

    goods: GoodsDesk
    groups: GroupsDesk
    files: FilesDesk
    stock: StockDesk
    trade: TradeDesk
    customers: CustomersDesk
    engine: Engine


def work(desks: Desks, seed: int) -> list[Drift]:
    """Do a day's work; the same seed on the same company does the same. Raises ValueError on a company too small."""
    random = Random(seed)  # noqa: S311 (repeatable by seed, no secret)
    published, idle = _on_sale(desks.engine, published=1), _on_sale(desks.engine, published=0)
    needed = _PRICES + _STOCKS + _SINGLE
    if len(published) < needed:
        raise ValueError(f"a day of work needs {needed} everyday products in the shop, and there are {len(published)}")
    sample = random.sample(published, needed)
    chosen, rest = iter(sample), set(published) - set(sample)
    return [
        *(_reprice(desks, random, next(chosen)) for _ in range(_PRICES)),
        *(_move(desks, random, next(chosen)) for _ in range(_STOCKS)),
        _reserve(desks, random, next(chosen)),
        _rewrite(desks, next(chosen)),
        *_depict(desks, random, next(chosen), rest),
        _withdraw(desks, next(chosen)),
        *_publish(desks, random, idle),
        _flag(desks, next(chosen)),
        _grant(desks, random, next(chosen)),
        _put_together(desks, random, [next(chosen) for _ in range(3)]),
        _rename_group(desks, random),
        *_look_after_customer(desks, random),
    ]


def _on_sale(engine: Engine, *, published: int) -> list[str]:
    """Everyday goods that are, or could be, in the shop."""
    apart = {key for case in cases().values() if case.about in ("product", "file") for key in case.keys}
    card, row = goods.towary.c, shop.twr_esklep.c
    parents = select(card.Twr_ESklepFantomID).where(card.Twr_ESklepFantomID.is_not(None))
    query = (
        select(card.Twr_Kod)
        .join_from(goods.towary, shop.twr_esklep, row.Twes_TwrID == card.Twr_TwrId)
        .where(row.Twes_ESklepId == SHOP, row.Twes_Udostepnij == published)
        .where(card.Twr_NieAktywny == 0, card.Twr_Typ == GOODS, card.Twr_TwrId.not_in(parents))
        .order_by(card.Twr_TwrId)
    )
    with engine.connect() as connection:
        codes = connection.execute(query).scalars()
        return [code for code in codes if code not in apart and not code.startswith(_SCENES)]


def _reprice(desks: Desks, random: Random, code: str) -> Drift:
    """A price of a level goes up or down by some per cent, never by nothing."""
    level = random.choice((RETAIL, RETAIL, WHOLESALE, WHOLESALE_2))
    before = desks.goods.prices(code)[level.key][0]
    after = (before * Decimal(100 + random.choice((-10, -5, 3, 7, 12))) / 100).quantize(_CENT, ROUND_HALF_UP)
    if after == before:
        after += _CENT
    desks.goods.set_price(code, level, after)
    return Drift("price", code, level.name, str(before), str(after))


def _move(desks: Desks, random: Random, code: str) -> Drift:
    """Goods are sold, or delivered when little is left."""
    warehouse = random.choice((_MAIN, _MAIN, _OTHER))
    held = desks.stock.now(code).get(warehouse)
    before = held.on_hand if held else Decimal(0)
    sold = random.randint(1, 24)
    after = before - sold if before > sold else before + random.randint(48, 240)
    desks.stock.set(code, warehouse, after)
    return Drift("stock", code, warehouse, str(before), str(after))


def _reserve(desks: Desks, random: Random, code: str) -> Drift:
    held = desks.stock.now(code).get(_MAIN)
    before = held.reserved if held else Decimal(0)
    more = random.randint(1, 6)
    desks.stock.reserve(code, _MAIN, more)
    return Drift("reservation", code, _MAIN, str(before), str(before + more))


def _rewrite(desks: Desks, code: str) -> Drift:
    before = str(desks.goods.row(code)["Twr_Nazwa"])
    after = f"{before[:200]} (nowa receptura)"
    desks.goods.rename(code, after)
    desks.goods.set_text(code, "pl", name=after)
    return Drift("text", code, "pl", before, after)


def _depict(desks: Desks, random: Random, code: str, rest: set[str]) -> Iterator[Drift]:
    """A new picture on one product, and other bytes in place of a picture of one of the rest, where one has any."""
    place = desks.files.draw(code, "Nowe zdjęcie")
    yield Drift("new picture", code, str(place), "", f"{code.lower()}-nowe.png")
    link, card = extras.dane_binarne_linki.c, goods.towary.c
    query = (
        select(card.Twr_Kod, link.DBL_Lp)
        .join_from(goods.towary, extras.dane_binarne_linki, link.DBL_TwrID == card.Twr_TwrId)
        .where(link.DBL_Lp == 1, link.DBL_DabId.is_not(None))
        .order_by(card.Twr_TwrId)
    )
    with desks.engine.connect() as connection:
        pictured = [(other, place) for other, place in connection.execute(query) if other in rest]
    if pictured:
        other, place = random.choice(pictured)
        before = desks.files.data(other, place)
        after = pictures.jpeg(f"Inne {other}", random.randrange(1 << 24))
        desks.files.replace(other, after, place)
        yield Drift("picture", other, str(place), f"{len(before)} B", f"{len(after)} B")


def _withdraw(desks: Desks, code: str) -> Drift:
    desks.goods.withdraw(code)
    return Drift("withdrawn", code, str(SHOP), "1", "0")


def _publish(desks: Desks, random: Random, idle: Sequence[str]) -> Iterator[Drift]:
    """One product more in the shop, where there is one that is not."""
    if idle:
        code = random.choice(idle)
        desks.goods.publish(code)
        yield Drift("published", code, str(SHOP), "0", "1")


def _flag(desks: Desks, code: str) -> Drift:
    row = desks.goods.shop_row(code)
    before = int(row["Twes_ESklepFlaga_ProduktPolecany"]) if row else 0
    desks.goods.set_in_shop(code, Twes_ESklepFlaga_ProduktPolecany=1 - before)
    return Drift("flag", code, "ProduktPolecany", str(before), str(1 - before))


def _grant(desks: Desks, random: Random, code: str) -> Drift:
    percent = str(random.choice((5, 8, 12)))
    key = desks.trade.grant(Rule(8, percent, note="Rabat dnia"), product=code)
    return Drift("discount", str(key), code, "", percent)


def _put_together(desks: Desks, random: Random, codes: Sequence[str]) -> Drift:
    main, *others = codes
    code = f"DNIA-{random.randrange(10_000):04}-{main}"[:20]
    parts = tuple(Part(one, "1", "15") for one in others)
    desks.trade.add_set(Bundle(code, main, parts, "10", "Zestaw dnia"))
    return Drift("set", code, main, "", ",".join(others))


def _rename_group(desks: Desks, random: Random) -> Drift:
    code = random.choice(("NAB", "MIĘ", "SŁO", "PRZ"))
    before = str(desks.groups.row(code)["TwG_Nazwa"])
    after = random.choice([name for name in _NAMES if name != before])
    desks.groups.rename(code, after)
    return Drift("group", code, "", before, after)


def _look_after_customer(desks: Desks, random: Random) -> Iterator[Drift]:
    """Another discount on the card of a published everyday customer, where there is one."""
    card = parties.kontrahenci.c
    query = select(card.Knt_Kod).where(card.Knt_ESklep == 1, card.Knt_Kod.like("K_____")).order_by(card.Knt_KntId)
    with desks.engine.connect() as connection:
        found = list(connection.execute(query).scalars())
    if found:
        code = random.choice(found)
        before = Decimal(desks.customers.row(code)["Knt_Upust"])
        after = before + 1
        desks.customers.set_discount(code, after)
        yield Drift("customer", code, "Knt_Upust", str(before), str(after))
