"""The orders of the demo: customers recognised, and an order's way into the ERP and its status's way back."""

import sqlite3
from contextlib import closing
from decimal import Decimal
from typing import Any

from pomost.app import RunReport
from pomost.cli.demo_stage import Stage, head, run
from pomost.cli.orders import show_order
from pomost.cli.output import run_summary, show, skipped_summary, table, waiting_summary
from pomost.cli.sandbox import CHANNEL
from pomost.cli.words import say

_BUYER, _STRANGER = "Bar Luna", "Kawiarnia Nowa"
_PIECES, _PACKS = 6, 2
_ENOUGH = 20


def show_orders(stage: Stage, step: int) -> bool:
    """Steps from this number on; gives whether all went as it should."""
    head(step, say("Kontrahenci sklepu", "Customers of the shop"))
    met = run(stage.pomost, CHANNEL)
    run_summary(met)
    skipped_summary(met)
    _show_customers(stage)

    head(step + 1, say("Zamówienie ze sklepu staje się ZK", "An order of the shop becomes a ZK"))
    ordered, odd = _place(stage, _BUYER), _place(stage, _STRANGER)
    _show_basket(ordered)
    show(
        say(
            "Drugie zamówienie, {n}, złożył kontrahent, którego nie ma w ERP ({who}).",
            "A second order, {n}, came from a customer the ERP does not know ({who}).",
            n=odd["number"],
            who=_STRANGER,
        )
    )
    entered = run(stage.pomost, CHANNEL)
    run_summary(entered)
    waiting_summary(entered)
    document = _document(stage, ordered["number"])
    _show_document(stage, document, ordered)
    _show_status(stage, ordered)

    head(step + 2, say("Magazyn realizuje ZK, status wraca do sklepu", "The ZK is realised, the status returns"))
    _invoice(stage, document)
    returned = run(stage.pomost, CHANNEL)
    run_summary(returned)
    _show_status(stage, ordered)

    head(step + 3, say("Ostatnia synchronizacja", "A last synchronisation"))
    last = run(stage.pomost, CHANNEL)
    run_summary(last)
    waiting_summary(last)

    command = f"pomost explain order {CHANNEL} {ordered['number']}"
    head(step + 4, say("Życie zamówienia: {command}", "The life of an order: {command}", command=command))
    for one in stage.pomost.explain_order(CHANNEL, ordered["number"]):
        show_order(one)
    ended = stage.state()["orders"][ordered["id"]]["status"] == "completed"
    return ended and last.planned == 0 and all(map(_is_sound, (met, entered, returned, last)))


def _is_sound(report: RunReport) -> bool:
    return report.failed == 0 and report.fault is None


def _place(stage: Stage, buyer: str) -> dict[str, Any]:
    """The customer of this name orders pieces of one product and packs of another; the order as the shop has it."""
    state = stage.state()
    branch = next(ident for ident, one in state["branches"].items() if one["external_id"] == "MAG")
    customer = next(ident for ident, one in state["customers"].items() if one["name"] == buyer)
    shelf = state["stocks"][branch]
    ready = [
        one
        for one in sorted(state["offers"].values(), key=lambda one: str(one["distributor_sku"]))
        if one["status"] == "active" and shelf.get(one["product_id"], {}).get("quantity", 0) > _ENOUGH
    ]
    single = next(one for one in ready if one["sales_unit"]["multiplier"] == 1)
    pack = next(one for one in ready if one["sales_unit"]["multiplier"] > 1)
    lines = [
        {"product_id": one["product_id"], "quantity": quantity} for one, quantity in ((single, _PIECES), (pack, _PACKS))
    ]
    remarks = say("Proszę zadzwonić przed dostawą.", "Please call before delivery.")
    return stage.owner("place_order", branch_id=branch, customer_id=customer, lines=lines, remarks=remarks)


def _show_customers(stage: Stage) -> None:
    state = stage.state()
    segments = {one["id"]: one["name"] for one in state["segments"].values()}
    rows = []
    for ident, customer in state["customers"].items():
        assigned = state["assignments"].get(ident)
        street = f"{customer['street']} {customer['house_number']}, {customer['city']}"
        told = ("-", "", "")
        if assigned is not None:
            branch = state["branches"][assigned["branch_id"]]["external_id"]
            told = (assigned["erp_customer_ref"], branch, segments.get(assigned["segment_id"], ""))
        rows.append((customer["name"], street, *told))
    columns = say("nazwa|adres|kontrahent ERP|oddział|segment", "name|address|ERP customer|branch|segment")
    table(say("Kontrahenci (odczytane ze sklepu)", "Customers (as read from the shop)"), columns.split("|"), rows)


def _show_basket(order: dict[str, Any]) -> None:
    kinds = {"net": say("netto", "net"), "gross": say("brutto", "gross")}
    rows = [
        (
            line["distributor_sku"],
            line["name"],
            f"{line['quantity']} × {line['sales_unit']['type']} x {line['sales_unit']['multiplier']}",
            f"{line['unit_price']} {kinds[line['price_kind']]}",
            line["line_gross"],
        )
        for line in order["lines"]
    ]
    title = say(
        "{who} zamawia: {n}, razem brutto {gross} {currency}",
        "{who} orders: {n}, {gross} {currency} gross",
        who=order["buyer"]["name"],
        n=order["number"],
        gross=order["total_gross"],
        currency=order["currency"],
    )
    table(title, say("symbol|towar|ilość|cena|brutto", "symbol|product|quantity|price|gross").split("|"), rows)


def _document(stage: Stage, number: str) -> dict[str, Any]:
    """The order's ZK as it stands in the company's database."""
    with closing(sqlite3.connect(stage.database)) as connection:
        connection.row_factory = sqlite3.Row
        query = (
            "SELECT dok_Id, dok_NrPelny, dok_NrPelnyOryg, dok_Uwagi, dok_WartBrutto, mag_Symbol, adr_Nazwa"
            " FROM dok__Dokument JOIN sl_Magazyn ON mag_Id = dok_MagId"
            " JOIN adr__Ewid ON adr_IdObiektu = dok_PlatnikId AND adr_TypAdresu = 1"
            " WHERE dok_Typ = 16 AND dok_NrPelnyOryg = ?"
        )
        return dict(connection.execute(query, (number,)).fetchone())


def _show_document(stage: Stage, document: dict[str, Any], order: dict[str, Any]) -> None:
    with closing(sqlite3.connect(stage.database)) as connection:
        query = (
            "SELECT tw_Symbol, ob_Ilosc, ob_Jm, ob_CenaNetto, ob_WartNetto, ob_WartBrutto FROM dok_Pozycja"
            " JOIN tw__Towar ON tw_Id = ob_TowId WHERE ob_DokHanId = ? ORDER BY ob_DokHanLp"
        )
        rows = connection.execute(query, (document["dok_Id"],)).fetchall()
    gross = Decimal(str(document["dok_WartBrutto"]))
    show(
        say(
            "W ERP: {zk}, numer oryginału {original}, magazyn {house}, kontrahent {who}, razem brutto {gross}.",
            "In the ERP: {zk}, original number {original}, warehouse {house}, customer {who}, {gross} gross.",
            zk=document["dok_NrPelny"],
            original=document["dok_NrPelnyOryg"],
            house=document["mag_Symbol"],
            who=document["adr_Nazwa"],
            gross=gross,
        )
    )
    show(say("Uwagi dokumentu: {remarks}", "The document's remarks: {remarks}", remarks=document["dok_Uwagi"]))
    columns = say("symbol|ilość|jm|cena netto|netto|brutto", "symbol|quantity|unit|net price|net|gross")
    table("", columns.split("|"), [tuple(map(str, row)) for row in rows])
    apart = abs(gross - Decimal(order["total_gross"]))
    if apart:
        show(
            say(
                "Różnica {apart}: ERP liczy VAT od sumy stawki, sklep od każdej pozycji. Większą niż dopuszczalna "
                "Pomost zgłasza, niczego nie poprawia.",
                "{apart} apart: the ERP counts VAT on a rate's sum, the shop on each line. More than the tolerance is "
                "reported, and nothing is ever corrected.",
                apart=apart,
            )
        )


def _invoice(stage: Stage, document: dict[str, Any]) -> None:
    """A person at Subiekt makes an invoice of the whole order."""
    from pomost.sandbox.sfera.clerk import Clerk  # noqa: PLC0415  (the sandbox is an extra)

    with Clerk(stage.database) as clerk:
        key = clerk.invoice(document["dok_Id"])
    with closing(sqlite3.connect(stage.database)) as connection:
        (number,) = connection.execute("SELECT dok_NrPelny FROM dok__Dokument WHERE dok_Id = ?", (key,)).fetchone()
    show(
        say(
            "W Subiekcie wystawiono {fs} do {zk}.",
            "In Subiekt {fs} was made of {zk}.",
            fs=number,
            zk=document["dok_NrPelny"],
        )
    )


def _show_status(stage: Stage, order: dict[str, Any]) -> None:
    held = stage.state()["orders"][order["id"]]
    known = held["acknowledgement"]
    document = known["erp_document_number"] if known else "-"
    show(
        say(
            "W sklepie: {n} ma status „{status}”, dokument {document}.",
            "In the shop: {n} has status “{status}”, document {document}.",
            n=order["number"],
            status=held["status"],
            document=document,
        )
    )
