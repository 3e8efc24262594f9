"""Customers and branches at the doors: one customer explained, how all of them stand, a branch filled from the ERP."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from pomost.app.reporting import error_item, shown
from pomost.app.results import Change, CustomerExplanation, CustomersReport, NearCustomer, Unrecognised
from pomost.model.branch import Branch, Warehouse
from pomost.model.change import Area, fields_of
from pomost.model.customer import Assignment, CustomerCard, HeldAssignment, SegmentSource, ShopCustomer
from pomost.model.reason import Reason
from pomost.model.text import Text, alike
from pomost.ports.fault import Refused
from pomost.rules.assigning import Fate, Fortune, assignment_change
from pomost.rules.recognise import place_of
from pomost.rules.segments import Names, segment_tree
from pomost.rules.suggest import Suggestion
from pomost.runs.channel import Channel
from pomost.runs.customers import names_of, subject_of
from pomost.runs.recognising import Meeting, Neighbourhood
from pomost.store.customers import Mirrored


def explain_customer(channel: Channel, text: str) -> list[CustomerExplanation]:
    """Every customer of the shop with this id or tax number, decided about anew. Raises Refused when there is none."""
    asked = _asked(channel, text)
    # Whoever shares the tax number takes part in the decision, so all of them are invited.
    company = {one.customer.id: one for each in asked for one in (each, *channel.customers.with_nip(each.customer.nip))}
    meeting = Meeting(channel.policy.customers, channel.policy.branches)
    meeting.invite(company.values())
    neighbours = Neighbourhood(one.customer for one in company.values())
    cards: dict[int, CustomerCard] = {}
    for card in channel.erp.customers():
        neighbours.see(card)
        if meeting.admit(card):
            cards[card.key] = card
    fortunes = {one.customer.id: fortune for one, fortune in meeting.fortunes()}
    known = channel.assignments.of(fortunes)
    return [
        _explained(channel, one, fortunes[one.customer.id], cards, known.get(one.customer.id), neighbours)
        for one in asked
    ]


def overview(channel: Channel, *, suggest: bool, limit: int) -> CustomersReport:
    """How the shop's customers stand; with `suggest` also what is near those nobody was found for."""
    reasons: dict[str, int] = {}
    missing: list[str] = []
    for item in channel.inbox.items(limit=1_000_000):
        if item.area is Area.CUSTOMER:
            reason = item.findings[0].reason
            reasons[reason.value] = reasons.get(reason.value, 0) + 1
            missing += [item.subject] if reason is Reason.CUSTOMER_NOT_FOUND else []
    return CustomersReport(
        listed=channel.customers.count(),
        recognised=channel.customers.recognised(),
        assigned=channel.assignments.by_branch(),
        in_doubt=len(channel.assignments.in_doubt()),
        reasons=reasons,
        unrecognised=_suggested(channel, missing[:limit]) if suggest else (),
    )


def fill_branch(document: dict[str, Any], branch: str, warehouse: str, found: Sequence[Warehouse]) -> Branch:
    """Put a warehouse's address and contact into a branch of a settings document ("Pobierz dane magazynu").

    Blank `warehouse`: the branch's main one. What the warehouse does not say stays; the region is chosen by hand.
    Raises Refused for an unknown branch or warehouse.
    """
    entry = next((one for one in document.get("branches", []) if alike(str(one.get("id", ""))) == alike(branch)), None)
    if entry is None:
        listed = ", ".join(str(one.get("id", "")) for one in document.get("branches", [])) or "-"
        raise Refused(
            Text("W ustawieniach nie ma oddziału „{branch}”.", "The settings have no branch “{branch}”.").fill(
                branch=branch
            ),
            Text("Oddziały: {listed}.", "Branches: {listed}.").fill(listed=listed),
        )
    wanted = warehouse or str(entry.get("main_warehouse", ""))
    source = next((one for one in found if alike(wanted) in {alike(one.id), alike(one.symbol)}), None)
    if source is None:
        raise Refused(
            Text("W ERP nie ma magazynu „{wanted}”.", "The ERP has no warehouse “{wanted}”.").fill(wanted=wanted),
            Text("Zobacz listę: pomost warehouses KANAŁ.", "See the list: pomost warehouses CHANNEL."),
        )
    for part in ("address", "contact"):
        told = {name: value for name, value in asdict(getattr(source, part)).items() if value}
        entry[part] = {**entry.get(part, {}), **told}
    return Branch(str(entry["id"]), str(entry["name"]), str(entry["main_warehouse"]), address=source.address)


def _asked(channel: Channel, text: str) -> list[Mirrored]:
    found = [*channel.customers.of([text.strip()]).values(), *channel.customers.with_nip(text)]
    if not found:
        raise Refused(
            Text(
                "Sklep nie ma kontrahenta o id ani numerze NIP „{text}”.",
                "The shop has no customer with id or tax number “{text}”.",
            ).fill(text=text),
            Text(
                "Podaj id ze sklepu albo cały NIP; listę pobiera pomost run KANAŁ --only customers.",
                "Give the shop's id or the whole tax number; pomost run CHANNEL --only customers reads the list.",
            ),
        )
    return list({one.customer.id: one for one in found}.values())


def _explained(
    channel: Channel,
    one: Mirrored,
    fortune: Fortune,
    cards: dict[int, CustomerCard],
    held: HeldAssignment | None,
    neighbours: Neighbourhood,
) -> CustomerExplanation:
    customer = one.customer
    change = assignment_change(subject_of(customer), fortune, held, again=False)
    card = None if fortune.key is None else cards.get(fortune.key)
    trail = channel.journal.trail_of(Area.CUSTOMER, customer.id)
    names = names_of(channel, SegmentSource)
    return CustomerExplanation(
        id=customer.id,
        nip=customer.nip,
        place=place_of(customer.address),
        fate=fortune.fate,
        card={} if card is None else _card(card, names),
        findings=fortune.findings,
        wanted=_told(fortune.wanted, names),
        known={} if held is None else _told(held.confirmed, names) | ({"in doubt": "yes"} if held.doubtful else {}),
        change=() if change is None else tuple(fields_of(change)),
        near=_near(neighbours.near(customer)) if fortune.fate is Fate.OUT else (),
        trail=tuple(_named(shown(run, sent, outcome), names) for run, sent, outcome in trail),
        unresolved=tuple(error_item(item) for item in channel.inbox.of_subject(Area.CUSTOMER, customer.id)),
    )


def _named(change: Change, names: Names) -> Change:
    """The change with segments called what people call them."""
    fields = (
        replace(one, before=_segment(one.before, names), after=_segment(one.after, names))
        if one.field == "segment"
        else one
        for one in change.fields
    )
    return replace(change, fields=tuple(fields))


def _segment(key: str, names: Names) -> str:
    """A segment by the names on its way down; `key` as `Assignment.segment`, blank for none."""
    return " / ".join(one.name for one in segment_tree([key], names).values())


def _card(card: CustomerCard, names: Names) -> dict[str, str]:
    def called(source: SegmentSource, ident: str | None) -> str:
        return names.get((source, ident or ""), ident or "")

    return {
        "symbol": card.symbol,
        "name": card.name,
        "key": str(card.key),
        "nip": card.nip,
        "address": place_of(card.address),
        "group": called(SegmentSource.GROUP, card.group),
        "traits": ", ".join(called(SegmentSource.TRAIT, trait) for trait in sorted(card.traits)),
        "industry": called(SegmentSource.INDUSTRY, card.industry),
    }


def _told(one: Assignment | None, names: Names) -> dict[str, str]:
    if one is None:
        return {}
    return {"customer": str(one.key), "branch": one.branch, "segment": _segment(one.segment or "", names)}


def _suggested(channel: Channel, ids: Sequence[str]) -> tuple[Unrecognised, ...]:
    customers: list[ShopCustomer] = [one.customer for one in channel.customers.of(ids).values()]
    neighbours = Neighbourhood(customers)
    for card in channel.erp.customers() if customers else ():
        neighbours.see(card)
    rows = [(one, _near(neighbours.near(one))) for one in customers]
    return tuple(Unrecognised(one.id, one.nip, place_of(one.address), near) for one, near in rows)


def _near(found: Sequence[Suggestion]) -> tuple[NearCustomer, ...]:
    return tuple(
        NearCustomer(one.card.key, one.card.symbol, one.card.name, one.card.nip, place_of(one.card.address), one.apart)
        for one in found
    )
