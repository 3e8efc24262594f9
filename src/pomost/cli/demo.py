"""The demo: a whole synchronisation on the sandbox, every table read from the shop itself over HTTP."""

import random
import shutil
import sys
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import click

from pomost.app import open_pomost
from pomost.cli.common import DONE, SOME_FAILED, speaking
from pomost.cli.demo_exchange import show_exchange
from pomost.cli.demo_orders import show_orders
from pomost.cli.demo_stage import Stage, head, run
from pomost.cli.output import progress, run_summary, show, skipped_summary, table
from pomost.cli.runs import show_changes
from pomost.cli.sandbox import CHANNEL, built_company, running_shop, trading_document
from pomost.cli.serve import serve_panel
from pomost.cli.words import language, number, say
from pomost.model.change import OFFER_PARTS
from pomost.model.request import RunRequest

_SHOWN = 8
Shelf = Mapping[str, Mapping[str, str]]
"""What a shopper sees, by the distributor's symbol: fields such as price, unit, stock MAG."""


@click.command(help=say("Pokaz na danych piaskownicy, krok po kroku.", "A show on sandbox data, step by step."))
@click.option("--seed", type=int, help=say("Ziarno zmian w ERP.", "Seed of the ERP's changes."))
@click.option(
    "--panel/--no-panel",
    default=None,
    help=say(
        "Po pokazie otwórz jego dane w panelu (domyślnie: w terminalu tak).",
        "Afterwards serve the show's data in the panel (by default: at a terminal).",
    ),
)
@click.option("--keep", is_flag=True, help=say("Zostaw folder z danymi pokazu.", "Keep the show's data folder."))
@speaking
def demo(seed: int | None, panel: bool | None, keep: bool) -> None:
    chosen = random.SystemRandom().randrange(1, 10_000) if seed is None else seed
    folder = Path(tempfile.mkdtemp(prefix="pomost-demo-"))
    home = folder / "pomost"  # the companies stand beside it: nothing in Pomost's own folder is read for a shop
    try:
        with running_shop() as url:
            database = folder / "subiekt-gt.db"
            stage = Stage(open_pomost(home), built_company(database, seed=1), database, url)
            code = _show(stage, chosen)
            head(12, say("Drugi system: Optima i e-Sklep", "The second system: Optima and e-Sklep"))
            code = max(code, show_exchange(stage.pomost, folder))
            if panel if panel is not None else sys.stdin.isatty() and sys.stdout.isatty():
                head(13, say("Panel", "The panel"))
                serve_panel(stage.pomost, home)
            sys.exit(code)
    finally:
        if keep:
            show(say("Dane pokazu: {home}", "The show's data: {home}", home=folder))
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _show(stage: Stage, seed: int) -> int:
    head(1, say("Piaskownica i kanał", "A sandbox and a channel"))
    stage.pomost.save_channel(trading_document(stage.database, stage.url), "demo")
    show(
        say(
            "Subiekt GT: {n} kartotek; sklep: {url}",
            "Subiekt GT: {n} cards; shop: {url}",
            n=number(len(stage.company.symbols())),
            url=stage.url,
        )
    )
    head(2, say("Sprawdzenie połączeń", "Checking the connections"))
    checked = stage.pomost.check(CHANNEL)
    for step in (*checked.erp, *checked.shop):
        show(f"{'ok' if step.passed else '!!'}  {step.name.into(language())} {step.found.into(language())}".rstrip())
    if not checked.passed:
        return SOME_FAILED
    head(3, say("Podgląd oferty: co by się zmieniło", "Preview of the offer: what would change"))
    with progress() as tell:
        planned = stage.pomost.preview(CHANNEL, RunRequest(parts=OFFER_PARTS), tell)
    show_changes(list(islice(stage.pomost.changes(CHANNEL, planned.number), _SHOWN)), planned.planned, filtered=False)
    run_summary(planned)
    head(4, say("Zatwierdzenie i wysyłka", "Approval and sending"))
    with progress() as tell:
        first = stage.pomost.approve(CHANNEL, planned.number, planned.checksum, "demo", tell)
    run_summary(first)
    before = read_shelf(stage)
    _show_shelf(before)
    skipped_summary(planned)
    head(5, say("Ktoś pracuje w ERP (ziarno {seed})", "Somebody works in the ERP (seed {seed})", seed=seed))
    drifted = stage.company.drift(seed, prices=6, stocks=8, traits=2)
    rows = [(one.symbol, _what(one.what), one.where, _plain(one.before), _plain(one.after)) for one in drifted]
    table(
        say("Zmieniono w ERP", "Changed in the ERP"),
        say("symbol|co|gdzie|było|jest|", "symbol|what|where|was|is|").strip("|").split("|"),
        rows,
    )
    second = run(stage.pomost, CHANNEL, OFFER_PARTS)
    run_summary(second)
    arrived = differences(before, read_shelf(stage))
    table(
        say("Zmieniło się w sklepie (odczytane ze sklepu)", "Changed in the shop (as read from the shop)"),
        say("symbol|pole|było|jest", "symbol|field|was|is").split("|"),
        arrived,
    )
    strangers = sorted({row[0] for row in arrived} - {one.symbol for one in drifted} - _sets_of(stage, drifted))
    if strangers:
        show(say("BŁĄD: zmieniły się też: {s}", "ERROR: these changed too: {s}", s=", ".join(strangers)))
    head(6, say("Trzecia synchronizacja", "A third synchronisation"))
    third = run(stage.pomost, CHANNEL, OFFER_PARTS)
    run_summary(third)
    traded = show_orders(stage, 7)
    show("")
    show(
        say(
            "Zobacz też: pomost sandbox, potem pomost preview sandbox.",
            "See also: pomost sandbox, then pomost preview sandbox.",
        )
    )
    return SOME_FAILED if strangers or third.planned or second.failed or not traded else DONE


def _sets_of(stage: Stage, drifted: Any) -> set[str]:
    """Sets whose stock follows a part's stock, so that they may change without being touched themselves."""
    changed = {one.symbol for one in drifted}
    return {whole for whole, parts in stage.company.compositions().items() if changed & set(parts)}


def read_shelf(stage: Stage) -> Shelf:
    """The shop's offers and stock, by the distributor's symbol."""
    state = stage.state()
    branches = {ident: branch["external_id"] for ident, branch in state["branches"].items()}
    shelf: dict[str, dict[str, str]] = {}
    for product_id, offer in state["offers"].items():
        unit = offer["sales_unit"]
        fields = {
            "name": offer["name"],
            "status": offer["status"],
            "unit": f"{unit['type']} x {unit['multiplier']}",
            "price": f"{offer['price']} {offer['currency']} {offer['price_kind']}",
            "vat": offer["vat_rate"],
        }
        for ident, branch in branches.items():
            stock = state["stocks"].get(ident, {}).get(product_id)
            if stock is not None:
                fields[f"stock {branch}"] = str(stock["quantity"])
                fields[f"visible {branch}"] = str(stock["visible"])
        shelf[offer["distributor_sku"]] = fields
    return shelf


def differences(before: Shelf, after: Shelf) -> list[tuple[str, str, str, str]]:
    """Symbol, field, was, is; for a product new on the shelf only its status."""
    found = []
    for symbol in sorted({*before, *after}):
        was, now = before.get(symbol, {}), after.get(symbol, {})
        if not was:
            found.append((symbol, "status", "-", now.get("status", "")))
            continue
        found += [
            (symbol, name, was.get(name, "-"), now.get(name, "-"))
            for name in sorted({*was, *now})
            if was.get(name) != now.get(name)
        ]
    return found


def _show_shelf(shelf: Shelf) -> None:
    active = {symbol: offer for symbol, offer in shelf.items() if offer["status"] == "active"}
    title = say(
        "W sklepie jest {n} ofert; kilka z nich:", "The shop holds {n} offers; some of them:", n=number(len(active))
    )
    rows = [
        (symbol, *(offer.get(name, "") for name in ("name", "unit", "price", "vat", "stock MAG", "stock KRA")))
        for symbol, offer in islice(sorted(active.items()), _SHOWN)
    ]
    table(
        title,
        say(
            "symbol|nazwa|jednostka|cena|VAT|stan MAG|stan KRA", "symbol|name|unit|price|VAT|stock MAG|stock KRA"
        ).split("|"),
        rows,
    )


def _what(what: str) -> str:
    names = {"price": say("cena", "price"), "stock": say("stan", "stock"), "trait": say("cecha", "trait")}
    return names.get(what, what)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return say("tak", "yes") if value else say("nie", "no")
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


COMMANDS = (demo,)
