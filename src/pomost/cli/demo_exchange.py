"""The second system of the demo: an Optima company and an e-Sklep, every table read from the shop itself over HTTP."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from pomost.app import Pomost, Refused
from pomost.cli.common import DONE, SOME_FAILED
from pomost.cli.demo_stage import run
from pomost.cli.output import reason_text, run_summary, show, table
from pomost.cli.words import number, say
from pomost.model.text import Text

CHANNEL = "demo-optima"
KEY = "sandbox-key-of-the-demo-e-sklep"
_ARRIVING = 5
_AREAS = ("groups", "products", "prices", "discounts", "bundles", "stocks", "file_links", "customers")


def document(company: Path, url: str, station: int) -> dict[str, Any]:
    """Settings as a user of the company would make them: what goes where is Optima's own configuration."""
    return {
        "channel": {"name": CHANNEL, "company": "Hurtownia Pod Mostem", "erp": "optima", "shop": "esklep"},
        "erp": {
            "driver": "sqlite",
            "database": str(company),
            "station": str(station),
            "file_folders": [str(company.absolute().parent / "pliki")],  # where this company keeps pictures on a disk
        },
        "shop": {"address": url, "key": KEY},
        "goods": {"enabled": True},
        "prices": {"enabled": True},
        "stock": {"enabled": True},
        "customers": {"enabled": True},
    }


@contextmanager
def running_esklep() -> Iterator[str]:
    """The sandbox e-Sklep, empty, set up for the company; gives its address."""
    try:
        from pomost.sandbox.esklep.server import serve  # noqa: PLC0415  (the sandbox is an extra)
        from pomost.sandbox.esklep.settings import Settings  # noqa: PLC0415
        from pomost.sandbox.esklep.shop import Shop  # noqa: PLC0415
        from pomost.sandbox.optima.company import RETAIL, SHOP  # noqa: PLC0415
        from pomost.sandbox.optima.groups import ROOTS  # noqa: PLC0415
    except ImportError as error:
        raise Refused(
            Text("Brak dodatku sandbox: {error}.", "The sandbox extra is missing: {error}.").fill(error=error),
            Text("Zainstaluj: pip install pomost[sandbox].", "Install it: pip install pomost[sandbox]."),
        ) from error
    settings = Settings(root_group_erp_id=str(ROOTS[SHOP]), default_price_type_erp_id=str(RETAIL.key))
    with serve(Shop(key=KEY, settings=settings)) as running:
        yield running.url


def show_exchange(pomost: Pomost, folder: Path) -> int:
    """Build the company, exchange it, work in it, and show what arrived."""
    from pomost.sandbox.optima.company import SHOP  # noqa: PLC0415  (the sandbox is an extra)
    from pomost.sandbox.optima.filling import build  # noqa: PLC0415

    with running_esklep() as url:
        company = build(folder / "optima", products=200, customers=80)
        pomost.save_channel(document(company.company_file, url, SHOP), "demo")
        show(say("Optima: baza firmowa (plik) {db}", "Optima: company database (a file) {db}", db=company.company_file))
        show(say("e-Sklep: {url} (strona sklepu dla kupujących)", "e-Sklep: {url} (the storefront)", url=url))
        first = run(pomost, CHANNEL)
        run_summary(first)
        _show_troubles(pomost)
        before = _state(url)
        _show_areas(before)
        _work(company)
        second = run(pomost, CHANNEL)
        run_summary(second)
        rows = _differences(before, _state(url))
        table(
            say("Zmieniło się w e-Sklepie (odczytane ze sklepu)", "Changed in e-Sklep (as read from the shop)"),
            say("obszar|pozycja|było|jest", "area|item|was|is").split("|"),
            rows,
        )
        third = run(pomost, CHANNEL)
        run_summary(third)
        company.close()
    return DONE if len(rows) >= _ARRIVING and third.state == "done" and not third.done else SOME_FAILED


def _show_troubles(pomost: Pomost) -> None:
    """The company is no fairy tale: some of it cannot go to the shop, and every item says why."""
    rows = [(number(one.count), one.reason, reason_text(one.reason)) for one in pomost.errors(CHANNEL)]
    title = say("Nie poszło albo warto obejrzeć:", "What did not go, or wants a look:")
    table(title, say("pozycji|kod|powód", "items|code|reason").split("|"), rows)


def _work(company: Any) -> None:
    """A price, a picture, a product taken off, a discount and a set: each is to be seen in the shop afterwards."""
    from pomost.sandbox.optima.bundles import Bundle, Part  # noqa: PLC0415  (the sandbox is an extra)
    from pomost.sandbox.optima.company import RETAIL  # noqa: PLC0415
    from pomost.sandbox.optima.discounts import Rule  # noqa: PLC0415

    company.goods.set_price("PRZ-01-T", RETAIL, Decimal("111.00"))
    company.files.draw("PRZ-02-T", "nowe zdjęcie")
    company.goods.withdraw("PRZ-13-T")
    company.trade.grant(Rule(8, "15"), product="PRZ-15-B")
    company.trade.add_set(Bundle("POKAZ", "PRZ-15-T", (Part("PRZ-15-C", "1", "20"),), percent="5"))
    show(
        say(
            "Ktoś pracuje w Optimie: zmienia cenę, dodaje zdjęcie, rabat i zestaw, wycofuje towar.",
            "Somebody works in Optima: a price, a picture, a discount and a set; a product is taken off.",
        )
    )


def _state(url: str) -> dict[str, dict[str, str]]:
    """What shoppers see, one line an item, by area and key."""
    asked = "&".join(f"only={area}" for area in _AREAS)
    with urllib.request.urlopen(f"{url}/v1/sandbox/state?{asked}", timeout=60) as answer:  # noqa: S310  (our own sandbox)
        state = json.load(answer)
    return {area: {key: _line(area, one) for key, one in state[area].items()} for area in _AREAS}


def _line(area: str, one: dict[str, Any]) -> str:  # noqa: PLR0911  (one return per area)
    if one["state"] != "published":
        return say("wycofane", "withdrawn")
    match area:
        case "prices":
            return f"{one['value']} {one['currency']} {one['basis']}"
        case "stocks":
            return str(one["quantity"])
        case "discounts":
            return f"{one['percent']} %" if one.get("percent") else f"{one.get('price')} {one.get('currency')}"
        case "file_links":
            return ", ".join(str(link.get("file_name") or link["sha256"][:8]) for link in one["files"])
        case "customers":
            return str(one["code"])
        case _:
            return str(one.get("name") or one["texts"][0]["name"])


def _show_areas(state: dict[str, dict[str, str]]) -> None:
    rows = [(area, number(len(held)), "; ".join(list(held.values())[:2])) for area, held in state.items()]
    title = say("e-Sklep trzyma teraz:", "e-Sklep holds now:")
    table(title, say("obszar|pozycji|np.", "area|items|e.g.").split("|"), rows)


def _differences(before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]) -> list[tuple[str, ...]]:
    return [
        (area, key, before[area].get(key, "-"), now)
        for area in _AREAS
        for key, now in after[area].items()
        if before[area].get(key) != now
    ]
