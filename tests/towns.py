"""Small made-up towns: customers in an ERP and in a shop, two branches, segments, and what people do to them."""

from copy import deepcopy
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from pomost.model.branch import Address, Branch
from pomost.model.conditions import Qualification
from pomost.model.customer import CustomerCard, ShopCustomer
from pomost.model.policy import CustomerPolicy, Policy, SegmentLevel
from pomost.model.setting import Choice, ChoiceKind
from tests.worlds import LISTS, OPEN_GUARD, World

NIPS = ("5223145123", "1234563218", "")
PEOPLE = {
    ChoiceKind.CUSTOMER_GROUPS: [Choice("g1", "Bary"), Choice("g2", "Sklepy")],
    ChoiceKind.CUSTOMER_TRAITS: [Choice("t1", "MAG"), Choice("t2", "FIL"), Choice("vip", "VIP"), Choice("eko", "Eko")],
    ChoiceKind.INDUSTRIES: [Choice("i1", "Hotele")],
}
BRANCHES = (
    Branch("MAG", "Magazyn", "1", customer_trait="t1"),
    Branch("FIL", "Filia", "2", customer_trait="t2"),
)
CUSTOMERS = CustomerPolicy(
    enabled=True,
    qualification=Qualification.ALL,
    level1=SegmentLevel.GROUP,
    level2=SegmentLevel.TRAIT,
    segment_traits=("vip", "eko"),
)
POLICY = Policy(branches=BRANCHES, customers=CUSTOMERS, guard=OPEN_GUARD)


def partner(key: int, nip: str = NIPS[0], house: str = "1", city: str = "Warszawa", **facts: object) -> CustomerCard:
    """A card; `traits` as words."""
    traits = frozenset(str(facts.pop("traits", "t1")).split())
    place = Address(street="Długa", house_number=house, city=city)
    return replace(CustomerCard(key, f"K{key}", f"Firma {key}", nip, place, traits=traits), **facts)


def buyer(number: int, nip: str = NIPS[0], house: str = "1", city: str = "Warszawa") -> ShopCustomer:
    return ShopCustomer(f"c{number}", nip, Address(street="Długa", house_number=house, city=city))


def town(policy: Policy = POLICY, **facts: object) -> World:
    """A world whose lists know customers; nobody lives in it yet."""
    world = World(policy=policy, **facts)
    world.erp.lists = {**LISTS, **PEOPLE}
    return world


def state(world: World) -> tuple[object, ...]:
    """Everything of the shop that this part of a run may touch."""
    parties = world.shop.parties
    return parties.assignments, parties.segments, parties.branches


@dataclass(frozen=True)
class Errand:
    """One thing somebody did."""

    what: str
    number: int
    value: object = None

    def do(self, world: World) -> None:
        parties = world.shop.parties
        match self.what:
            case "card":
                world.erp.meet(replace(self.value, key=self.number))
            case "delete":
                world.erp.partners.pop(self.number, None)
            case "customer":
                parties.list_customers(replace(self.value, id=_ident(world, self.number)))
            case "forget" if _ident(world, self.number) in parties.customers:
                parties.forget_customer(_ident(world, self.number))
            case "levels":
                world.policy = replace(world.policy, customers=replace(CUSTOMERS, **self.value))
            case "branch":
                chosen = [replace(one, name=self.value) if one.id == "FIL" else one for one in BRANCHES]
                world.policy = replace(world.policy, branches=tuple(chosen))


def _ident(world: World, number: int) -> str:
    """The customer's id in the shop. A shop gives no id twice: who left and comes back is somebody new."""
    parties, ident = world.shop.parties, f"c{number}"
    while ident in parties.moved and ident not in parties.customers:
        ident += "+"
    return ident


_NUMBERS = st.integers(1, 5)


@st.composite
def _cards(draw: st.DrawFn) -> CustomerCard:
    """Mostly the card of the shop's customer of the same number, so that people meet; sometimes an odd one."""
    number = draw(_NUMBERS)
    traits = draw(st.sampled_from(["t1", "t1", "t2", "t1 vip", "t2 eko", "t1 t2", "", "t1 vip eko"]))
    facts = {"traits": traits, "group": draw(st.sampled_from([None, "g1", "g2"]))}
    if draw(st.integers(0, 3)):
        return partner(number, house=str(number), **facts)
    odd = {"nip": draw(st.sampled_from(NIPS)), "house": draw(_HOUSES), "blocked": draw(st.booleans())}
    return partner(number, city=draw(_CITIES), **odd, **facts)


@st.composite
def _buyers(draw: st.DrawFn) -> ShopCustomer:
    number = draw(_NUMBERS)
    if draw(st.integers(0, 3)):
        return buyer(number, house=str(number))
    return buyer(number, draw(st.sampled_from(NIPS)), draw(_HOUSES), draw(_CITIES))


_HOUSES = st.sampled_from(["", "1", "2", "3"])
_CITIES = st.sampled_from(["Warszawa", "WARSZAWA", "Gdynia"])
CARDS, BUYERS = _cards(), _buyers()
LEVELS = [
    {},
    {"level1": SegmentLevel.NONE, "level2": SegmentLevel.NONE},
    {"level1": SegmentLevel.TRAIT, "level2": SegmentLevel.GROUP},
    {"level2": SegmentLevel.NONE},
]
ERRANDS = st.one_of(
    CARDS.map(lambda card: Errand("card", card.key, card)),
    BUYERS.map(lambda one: Errand("customer", int(one.id[1:]), one)),
    st.builds(Errand, st.just("delete"), _NUMBERS),
    st.builds(Errand, st.just("forget"), _NUMBERS),
    st.builds(Errand, st.just("levels"), st.just(0), st.sampled_from(LEVELS)),
    st.builds(Errand, st.just("branch"), st.just(0), st.sampled_from(["Filia", "Oddział drugi"])),
)
LIVES = st.lists(ERRANDS, min_size=1, max_size=6)
BEGINNINGS = st.tuples(st.lists(CARDS, min_size=2, max_size=8), st.lists(BUYERS, min_size=2, max_size=8))


def born(beginning: tuple[list[CustomerCard], list[ShopCustomer]]) -> World:
    world = town()
    world.erp.meet(*beginning[0])
    world.shop.parties.list_customers(*{one.id: one for one in beginning[1]}.values())
    return world


def remember(world: World) -> dict[int, CustomerCard]:
    return deepcopy(world.erp.partners)
