"""Commands about orders: the list of them on both sides, and the life of one."""

import click

from pomost.app import OrderCandidate, OrderExplanation, OrderRow
from pomost.cli.common import AS_JSON, opened, speaking
from pomost.cli.looking import explain
from pomost.cli.output import advice, finding, show, show_json, show_trail, table
from pomost.cli.words import moment, say, word
from pomost.model.words import FIELDS, ORDER_STATES, STAGES


@click.command(help=say("Zamówienia i ich stan po obu stronach.", "Orders and how far they are on both sides."))
@click.argument("channel")
@click.option(
    "--state",
    type=click.Choice(list(ORDER_STATES)),
    multiple=True,
    help=say("Tylko w tym stanie (można powtórzyć).", "Only in this state (may be repeated)."),
)
@click.option("--search", default="", help=say("Numery zaczynające się tak.", "Numbers that begin so."))
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@AS_JSON
@click.pass_context
@speaking
def orders(
    context: click.Context, channel: str, state: tuple[str, ...], search: str, limit: int, as_json: bool
) -> None:
    pomost = opened(context)
    if search:
        found = list(pomost.orders_page(channel, state, search, limit=limit).orders)
    else:
        found = pomost.orders(channel, state, limit)
    if as_json:
        show_json(found)
    elif not found:
        show(say("Nie ma takich zamówień.", "There are no such orders."))
    else:
        columns = say(
            "numer|złożone|oddział|brutto|w sklepie|stan|dokument|etap|uwagi",
            "number|placed|branch|gross|in the shop|state|document|stage|remarks",
        )
        table("", columns.split("|"), [_cells(one) for one in found])
        if any(one.document is not None and not one.seen for one in found):
            show(say("ERP nie odpowiada: etapy sprzed przerwy.", "The ERP does not answer: stages as last told."))


def _cells(one: OrderRow) -> tuple[str, ...]:
    return (
        one.number,
        moment(one.placed_at),
        one.branch,
        f"{one.gross} {one.currency}",
        one.status,
        word(ORDER_STATES, one.state),
        ", ".join(map(str, (one.document, *one.documents))) if one.document is not None else "",
        word(STAGES, one.stage),
        "; ".join(str(why.reason) for why in one.why),
    )


@explain.command("order", help=say("Zamówienie po numerze.", "An order by its number."))
@click.argument("channel")
@click.argument("text")
@AS_JSON
@click.pass_context
@speaking
def explain_order(context: click.Context, channel: str, text: str, as_json: bool) -> None:
    found = opened(context).explain_order(channel, text)
    if as_json:
        show_json(found)
        return
    for one in found:
        show_order(one)


@click.command(
    "settle-order",
    help=say(
        "Powiedz, który dokument ERP jest dokumentem zamówienia; bez --document powstanie nowy.",
        "Say which document of the ERP is an order's; without --document a new one is made.",
    ),
)
@click.argument("channel")
@click.argument("order")
@click.option("--document", default="", help=say("Numer albo id dokumentu.", "The document's number or id."))
@AS_JSON
@click.pass_context
@speaking
def settle_order(context: click.Context, channel: str, order: str, document: str, as_json: bool) -> None:
    found = opened(context).settle_order(channel, order, document)
    if as_json:
        show_json(found)
        return
    what = say("dokument {d}", "document {d}", d=document) if document else say("nowy dokument", "a new document")
    told = ("Zamówienie {n}: {what} w następnej synchronizacji.", "Order {n}: {what} with the next run.")
    show(say(*told, n=found.number, what=what))


def show_order(one: OrderExplanation) -> None:
    """One order: where it stands on both sides, its lines and its trail."""
    row = one.row
    show(f"{row.number}  ({row.order_id})  {moment(row.placed_at)}")
    show(say("Stan: {state}", "State: {state}", state=word(ORDER_STATES, row.state)))
    if row.document is not None:
        named = ", ".join(map(str, (row.document, *row.documents)))
        show(say("W ERP: {documents}: {stage}", "In the ERP: {documents}: {stage}", documents=named, stage=_stage(one)))
    if one.next_statuses:
        show(say("Następny status: {s}", "Next status: {s}", s=" → ".join(one.next_statuses)))
    for why in dict.fromkeys((*one.findings, *row.why)):
        show(f"  {why.reason}: {finding(why)} {advice(why)}")
    names = [*dict.fromkeys([*one.shop, *one.document])]
    rows = [(word(FIELDS, name), one.shop.get(name, ""), one.document.get(name, "")) for name in names]
    if rows:
        table("", ("", *say("w sklepie|dokument", "in the shop|document").split("|")), rows)
    candidates = [(str(each.document), each.payer, _amounts(each), ", ".join(each.goods)) for each in one.candidates]
    if candidates:
        columns = say("dokument|płatnik|netto / brutto|towary", "document|payer|net / gross|goods")
        table(say("Dokumenty do wyboru", "Documents to choose from"), columns.split("|"), candidates)
    lines = [(line.sku, line.ean, line.name, line.ordered, "\n".join(line.becomes) or "-") for line in one.lines]
    if lines:
        columns = say("symbol|EAN|towar|zamówiono|w dokumencie", "symbol|EAN|product|ordered|in the document")
        table(say("Pozycje", "Lines"), columns.split("|"), lines)
    show_trail(one.trail)


def _amounts(one: OrderCandidate) -> str:
    return " / ".join("-" if side is None else f"{side:.2f}" for side in (one.net, one.gross))


def _stage(one: OrderExplanation) -> str:
    return word(STAGES, one.row.stage) or "-"


COMMANDS = (orders, settle_order)
