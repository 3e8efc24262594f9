"""Recognising: the shop's customers and the ERP's cards brought together by what two entries must have equal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pomost.model.branch import Address, Branch
from pomost.model.customer import CustomerCard, ShopCustomer
from pomost.model.nip import nip_digits
from pomost.model.policy import CustomerPolicy
from pomost.model.reason import Finding, Reason
from pomost.model.text import alike
from pomost.rules.assigning import Fortune, decide_customer
from pomost.rules.placing import Placement, place
from pomost.rules.recognise import MatchKey, comparable, match_key, recognise, told
from pomost.rules.suggest import Suggestion, suggestions
from pomost.store.customers import Mirrored


@dataclass(frozen=True, slots=True)
class Candidate:
    """As much of a card as is needed once it was placed: its key, its house number, where it belongs."""

    key: int
    house: str
    placement: Placement


@dataclass(slots=True)
class Meeting:
    """Customers of the shop by match key, and the cards that carry one of these keys; other cards leave no trace."""

    policy: CustomerPolicy
    branches: tuple[Branch, ...]
    customers: dict[MatchKey, list[Mirrored]] = field(default_factory=dict)
    nameless: list[Mirrored] = field(default_factory=list)
    cards: dict[MatchKey, list[Candidate]] = field(default_factory=dict)
    _numbers: set[str] = field(default_factory=set)

    def invite(self, customers: Iterable[Mirrored]) -> None:
        """Customers of the shop, each once."""
        for one in customers:
            key = match_key(one.customer.nip, one.customer.address, self.policy.match)
            if key is None:
                self.nameless.append(one)
            else:
                self.customers.setdefault(key, []).append(one)
                self._numbers.add(key[0])

    def admit(self, card: CustomerCard) -> bool:
        """A card of the ERP: kept if somebody in the shop has its match key. Whether it was."""
        if nip_digits(card.nip) not in self._numbers:
            return False
        key = match_key(card.nip, card.address, self.policy.match)
        if key is None or key not in self.customers:
            return False
        candidate = Candidate(card.key, card.address.house_number, place(card, self.policy, self.branches))
        self.cards.setdefault(key, []).append(candidate)
        return True

    def fortunes(self) -> Iterator[tuple[Mirrored, Fortune]]:
        """What becomes of everybody invited."""
        for one in self.nameless:
            yield one, decide_customer(None, None, told(one.customer, Reason.CUSTOMER_NO_NIP, (1, 0), ""))
        for key, members in self.customers.items():
            yield from self._fortunes_of(members, self.cards.get(key, []))

    def _fortunes_of(self, members: list[Mirrored], cards: list[Candidate]) -> Iterator[tuple[Mirrored, Fortune]]:
        able = [card for card in cards if not card.placement.unqualified]
        match, counts = self.policy.match, (len(members), len(able))
        ours = [comparable(one.customer.address.house_number, match) for one in members]
        theirs = [comparable(card.house, match) for card in able]
        for one, verdict in zip(members, recognise(ours, theirs), strict=True):
            if isinstance(verdict, Reason):
                why = (*told(one.customer, verdict, counts, ""), *_unqualified(cards))
                yield one, decide_customer(None, None, why)
            else:
                card = able[verdict]
                yield one, decide_customer(card.key, card.placement, told(one.customer, verdict, counts, card.house))


def _unqualified(cards: Iterable[Candidate]) -> tuple[Finding, ...]:
    """A card that is there and does not qualify explains why nobody was found."""
    return tuple(finding for card in cards for finding in card.placement.unqualified)


class Neighbourhood:
    """Cards near some customers of the shop: those with the same tax number, and those at the very same place."""

    def __init__(self, customers: Iterable[ShopCustomer]) -> None:
        invited = list(customers)
        self._numbers: dict[str, list[CustomerCard]] = {nip_digits(one.nip): [] for one in invited}
        self._places: dict[tuple[str, str, str], list[CustomerCard]] = {_place(one.address): [] for one in invited}

    def see(self, card: CustomerCard) -> None:
        """A card of the ERP, qualified or not: kept only if it may be near somebody."""
        number, place_ = nip_digits(card.nip), _place(card.address)
        if number and number in self._numbers:
            self._numbers[number].append(card)
        elif place_ in self._places:
            self._places[place_].append(card)

    def near(self, customer: ShopCustomer) -> tuple[Suggestion, ...]:
        number, place_ = nip_digits(customer.nip), _place(customer.address)
        return suggestions(customer, [*(self._numbers.get(number, []) if number else []), *self._places[place_]])


def _place(address: Address) -> tuple[str, str, str]:
    return alike(address.city), alike(address.street), alike(address.house_number)
