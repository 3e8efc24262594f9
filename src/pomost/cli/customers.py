"""Commands about customers: how they stand, and what is near those nobody was found for."""

from collections.abc import Sequence

import click

from pomost.app import CustomerExplanation, NearCustomer
from pomost.cli.common import AS_JSON, opened, speaking
from pomost.cli.output import advice, finding, reason_text, show, show_json, show_trail, table
from pomost.cli.words import number, say, value, word
from pomost.model.text import Text
from pomost.model.words import FIELDS

_FATES = {
    "assigned": Text("rozpoznany i przypisany", "recognised and assigned"),
    "left": Text("rozpoznany, bez zmian przypisania", "recognised, assignment left as it is"),
    "out": Text("nierozpoznany", "not recognised"),
}
_APART = {
    "prefix": Text("ul./al./os./pl. przed ulicą", "ul./al./os./pl. before the street"),
    "number in street": Text("numer domu w polu ulicy", "house number in the street field"),
    "swapped": Text("zamienione miasto i ulica", "city and street swapped"),
    "letters": Text("brak polskich liter", "Polish letters missing"),
    "one letter": Text("różnica jednej litery", "one letter differs"),
    "house number": Text("inny numer domu", "another house number"),
    "city": Text("inne miasto", "another city"),
    "nip": Text("podobny NIP pod tym adresem", "a similar tax number at this address"),
    "address": Text("ten NIP pod innym adresem", "this tax number at another address"),
}


@click.command(
    help=say(
        "Kontrahenci sklepu: rozpoznani, przypisani, podobni.", "The shop's customers: recognised, assigned, near."
    )
)
@click.argument("channel")
@click.option(
    "--suggestions",
    is_flag=True,
    help=say("Pokaż podobne wpisy w ERP dla nierozpoznanych.", "Show what is near the unrecognised ones in the ERP."),
)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@AS_JSON
@click.pass_context
@speaking
def customers(context: click.Context, channel: str, suggestions: bool, limit: int, as_json: bool) -> None:
    report = opened(context).customers(channel, suggest=suggestions, limit=limit)
    if as_json:
        show_json(report)
        return
    facts = {"all": number(report.listed), "known": number(report.recognised), "doubt": number(report.in_doubt)}
    show(
        say(
            "Kontrahentów w sklepie: {all}, rozpoznanych: {known}, niepewnych: {doubt}.",
            "Customers in the shop: {all}, recognised: {known}, in doubt: {doubt}.",
            **facts,
        )
    )
    rows = [(branch, number(count)) for branch, count in report.assigned.items()]
    if rows:
        table(say("Przypisani", "Assigned"), say("oddział|kontrahentów", "branch|customers").split("|"), rows)
    ordered = sorted(report.reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    if ordered:
        columns = say("kontrahentów|kod|powód", "customers|code|reason").split("|")
        table("", columns, [(number(count), code, reason_text(code)) for code, count in ordered])
    if suggestions:
        _show_near([(one.id, one.nip, one.place, one.near) for one in report.unrecognised])


def _show_near(found: Sequence[tuple[str, str, str, Sequence[NearCustomer]]]) -> None:
    rows = []
    for ident, nip, place, near in found:
        head = (ident, nip, place)
        for card in near or (None,):
            told = ("-", "", "", "") if card is None else (card.symbol, card.nip, card.place, _apart(card))
            rows.append((*head, *told))
            head = ("", "", "")
    if rows:
        title = say("Podobne wpisy (nigdy nie dobierane same)", "Near entries (never matched by themselves)")
        columns = say(
            "id w sklepie|NIP|adres w sklepie|symbol|NIP w ERP|adres w ERP|co różni",
            "shop's id|tax number|place in the shop|symbol|tax number in the ERP|place in the ERP|what differs",
        ).split("|")
        table(title, columns, rows)


def _apart(card: NearCustomer) -> str:
    return ", ".join(word(_APART, one) for one in card.apart)


def show_customer(one: CustomerExplanation) -> None:
    """One customer's trail."""
    show(f"{one.id}  NIP {one.nip or '-'}  {one.place}")
    show(say("Decyzja: {fate}", "Decision: {fate}", fate=word(_FATES, one.fate)))
    for reason in one.findings:
        show(f"  {reason.reason}: {finding(reason)} {advice(reason)}")
    names = [*dict.fromkeys([*one.wanted, *one.known])]
    rows = [[word(FIELDS, name), *(value(side.get(name, "")) for side in (one.wanted, one.known))] for name in names]
    if rows:
        table("", ("", *say("ma być|potwierdzone", "wanted|confirmed").split("|")), rows)
    if one.card:
        card = [(word(FIELDS, name), value) for name, value in one.card.items() if value]
        table(say("W ERP", "In the ERP"), ("", ""), card)
    if one.near:
        _show_near([(one.id, one.nip, one.place, one.near)])
    elif one.fate == "out":
        show(say("W ERP nie ma też podobnych wpisów.", "The ERP has no near entries either."))
    show_trail(one.trail)


COMMANDS = (customers,)
