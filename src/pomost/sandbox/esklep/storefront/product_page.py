"""One product: pictures, price and where it comes from, stock, texts, variants, sets (sections 5-9 and 11)."""

from decimal import Decimal

from fastapi.responses import HTMLResponse

from pomost.sandbox.esklep.basket import in_stock
from pomost.sandbox.esklep.fields import HUNDRED
from pomost.sandbox.esklep.groups import line_of
from pomost.sandbox.esklep.pricing import Quoted, both_sides
from pomost.sandbox.esklep.records import Kept, Product, Unit
from pomost.sandbox.esklep.sets import is_on
from pomost.sandbox.esklep.storefront.frame import (
    FLAGS,
    Visit,
    card,
    money,
    number,
    page,
    price_tag,
    priced,
    stock_mark,
)
from pomost.sandbox.esklep.storefront.markup import Html, tag, text
from pomost.sandbox.esklep.storefront.set_pages import set_box
from pomost.sandbox.esklep.storefront.shelves import group_name, links_of, name_of

# Whom a rule is for, by its type (section 7.1).
FOR_WHOM = {
    13: "Cena indywidualna", 12: "Cena dla grupy kontrahentów", 11: "Cena specjalna",
    6: "Rabat dla Ciebie na ten towar",
    5: "Rabat dla Ciebie na grupę towarów", 2: "Rabat dla Ciebie", 4: "Rabat dla Twojej grupy na ten towar",
    3: "Rabat dla Twojej grupy na grupę towarów", 1: "Rabat dla Twojej grupy", 8: "Rabat na ten towar",
    7: "Rabat na grupę towarów",
}  # fmt: skip


def product_page(visit: Visit, product: Kept[Product]) -> HTMLResponse:
    item, language = product.item, visit.language
    name = name_of(item, language)
    words = next((one for one in item.texts if one.lang == language), item.texts[0])
    return page(
        visit,
        name,
        _crumbs(visit, item),
        tag("h1", name),
        tag(
            "div",
            _gallery(visit, product, name),
            tag("div", _buying(visit, product), _facts(item), class_="box"),
            class_="goods",
        ),
        tag("p", words.short_description) if words.short_description else None,
        _variants(visit, product),
        _sets(visit, product),
        tag("h2", "Opis") if words.description_html else None,
        # Cleaned when it was taken in; see `products`.
        tag("div", Html(words.description_html), class_="box prose") if words.description_html else None,
        _attributes(visit, item),
        _files(visit, product),
        _others(visit, item),
        group=item.default_group_erp_id,
    )


def _crumbs(visit: Visit, item: Product) -> Html:
    root = visit.shop.settings.root_group_erp_id
    line = [key for key in reversed(line_of(visit.shop, item.default_group_erp_id or root)) if key != root]
    groups = [visit.shop.groups.records[key] for key in line if key in visit.shop.groups]
    links = [tag("a", group_name(one, visit.language), href=visit.to(f"/grupa/{one.key}")) for one in groups]
    return tag("ol", [tag("li", link) for link in links], class_="crumbs", aria_label="Położenie")


def _gallery(visit: Visit, product: Kept[Product], name: str) -> Html:
    pictures = links_of(visit.shop, "product", product.key, "image")
    if not pictures:
        return tag("div", "Ten towar nie ma jeszcze zdjęcia.", class_="empty")
    first, *more = pictures
    return tag(
        "div",
        tag("img", class_="first", src=f"/pliki/{first.sha256}", alt=first.alt or name, title=first.title),
        tag(
            "div",
            [
                tag(
                    "a",
                    tag("img", src=f"/pliki/{one.sha256}", alt=one.alt or name, loading="lazy"),
                    href=f"/pliki/{one.sha256}",
                )
                for one in more
            ],
            class_="more",
        ),
        class_="gallery",
    )


def _buying(visit: Visit, product: Kept[Product]) -> Html:
    quoted = priced(visit, product)
    chips = [tag("span", FLAGS[flag], class_="chip") for flag in product.item.flags]
    lines: list[object] = [tag("div", chips) if chips else None, tag("div", price_tag(visit, product, big=True))]
    if quoted is not None:
        lines += _price_story(visit, product.item, quoted)
    return text([*lines, _units(visit, product), tag("h2", "Dostępność"), _stock(visit, product)])


def _price_story(visit: Visit, item: Product, quoted: Quoted) -> list[object]:
    price, currency = quoted.start.price, quoted.start.price.currency
    rate = {"taxed": f"{number(Decimal(item.vat.rate))}%", "exempt": "zw.", "not_subject": "np."}[item.vat.kind]
    story: list[object] = [
        tag("p", f"{money(quoted.final.net, currency)} netto · VAT {rate} · za {item.base_unit.symbol}", class_="soft")
    ]
    if quoted.winner is not None:
        percent = "" if quoted.winner.percent is None else f": {number(quoted.winner.percent)}%"
        story.append(tag("p", tag("span", f"{FOR_WHOM[quoted.winner.erp_type]}{percent}", class_="chip")))
    if price.lowest_30_days is not None:
        lowest = both_sides(Decimal(price.lowest_30_days.value), price.lowest_30_days.basis, item.vat)
        told = f"Najniższa cena z 30 dni przed obniżką: {money(lowest.gross, currency)}"
        story.append(tag("p", told, class_="soft"))
    if price.loyalty_points and visit.shop.has("points"):
        story.append(
            tag("p", f"Punkty lojalnościowe: {price.loyalty_points} za {item.base_unit.symbol}", class_="soft")
        )
    if item.reward and item.points_cost:
        story.append(tag("p", f"Do odebrania za {item.points_cost} pkt", class_="soft"))
    return story


def _units(visit: Visit, product: Kept[Product]) -> Html | None:
    rows = [
        row
        for unit in sorted(product.item.units, key=lambda one: one.position or 0)
        if (row := _unit(visit, product, unit))
    ]
    if not rows:
        return None
    head = tag("tr", tag("th", "Jednostka", scope="col"), tag("th", "Cena brutto", scope="col", class_="n"))
    return tag("div", tag("table", tag("thead", head), tag("tbody", rows)), class_="wide")


def _unit(visit: Visit, product: Kept[Product], unit: Unit) -> Html | None:
    quoted = priced(visit, product, unit.symbol)
    if quoted is None:
        return None
    base = product.item.base_unit.symbol
    ratio = number((Decimal(unit.numerator) / Decimal(unit.denominator)).quantize(Decimal("0.0001")))
    each = ""
    if unit.show_unit_price:
        per = quoted.final.gross * Decimal(unit.denominator) / Decimal(unit.numerator)
        each = f" ({money((per * HUNDRED).quantize(Decimal(1)) / HUNDRED, quoted.start.price.currency)} za {base})"
    return tag(
        "tr",
        tag("td", f"{unit.symbol} = {ratio} {base}"),
        tag("td", f"{money(quoted.final.gross, quoted.start.price.currency)}{each}", class_="n"),
    )


def _stock(visit: Visit, product: Kept[Product]) -> Html:
    shop, item = visit.shop, product.item
    entry = shop.entry("availability-statuses", item.availability_status)
    there = entry is not None and in_stock(shop, product)
    lines: list[object] = [tag("p", stock_mark(visit, product), f" · {entry.name}" if entry and there else None)]
    if item.available_from is not None:
        lines.append(tag("p", f"Od {item.available_from:%d.%m.%Y}", class_="soft"))
    rows = []
    for kept in shop.stocks_of.get(product.key, {}).values():
        if kept.live:
            warehouse = shop.warehouses.get(kept.item.warehouse_erp_id)
            where = "Razem" if warehouse is None else warehouse.item.name or warehouse.item.symbol
            amount = f"{number(Decimal(kept.item.quantity))} {item.base_unit.symbol}"
            rows.append(tag("tr", tag("td", where), tag("td", amount, class_="n")))
    if rows:
        lines.append(tag("table", tag("tbody", rows)))
    return text(lines)


def _facts(item: Product) -> Html:
    facts = [
        ("Kod", item.code), ("EAN", ", ".join(ean.ean for ean in item.eans)),
        ("Producent", item.producer and item.producer.name),
        ("Marka", item.brand and item.brand.name), ("Numer katalogowy", item.catalogue_number),
        ("Waga", item.weight_kg and f"{number(Decimal(item.weight_kg))} kg"),
        ("Najmniejsza ilość", item.min_quantity and f"{number(Decimal(item.min_quantity))} {item.base_unit.symbol}"),
    ]  # fmt: skip
    rows = [tag("tr", tag("th", name, scope="row"), tag("td", value)) for name, value in facts if value]
    return text([tag("h2", "Informacje"), tag("table", tag("tbody", rows))])


def _attributes(visit: Visit, item: Product) -> Html | None:
    names = {kept.item.code: kept.item.name for kept in visit.shop.attributes if kept.item.subject == "product"}
    given = [one for one in item.attributes if one.lang in {None, visit.language} and one.value]
    if not given:
        return None
    rows = [
        tag("tr", tag("th", names.get(one.code, one.code), scope="row"), tag("td", one.value))
        for one in sorted(given, key=lambda one: one.position or 0)
    ]
    return text([tag("h2", "Cechy"), tag("div", tag("table", tag("tbody", rows)), class_="box wide")])


def _files(visit: Visit, product: Kept[Product]) -> Html | None:
    files = links_of(visit.shop, "product", product.key, "attachment")
    if not files:
        return None
    items = [tag("li", tag("a", one.title or one.file_name or "Plik", href=f"/pliki/{one.sha256}")) for one in files]
    return text([tag("h2", "Do pobrania"), tag("ul", items)])


def _variants(visit: Visit, product: Kept[Product]) -> Html | None:
    """The parent and its variants, met from any of them."""
    shop = visit.shop
    parent = product.item.variant_of_erp_id or product.key
    keys = sorted(shop.variants.get(parent, ()))
    found = [shop.products.records[key] for key in keys if shop.products.records[key].live]
    if not found:
        return None
    items = [
        tag(
            "li",
            tag("a", name_of(one.item, visit.language), href=visit.to(f"/towar/{one.key}"),
                aria_current="page" if one.key == product.key else None),
            " – ",
            ", ".join(value.value for value in one.item.attributes
                      if value.code in one.item.variant_attributes and value.value) or one.item.code,
        )
        for one in found
    ]  # fmt: skip
    return text([tag("h2", "Warianty"), tag("ul", items)])


def _sets(visit: Visit, product: Kept[Product]) -> Html | None:
    shop = visit.shop
    keys = sorted(shop.bundles_with.get(product.key, ()))
    bundles = [shop.bundles.records[key] for key in keys]
    boxes = [box for kept in bundles if is_on(shop, kept.item, shop.now()) and (box := set_box(visit, kept))]
    return text([tag("h2", "Kup w zestawie"), tag("ul", boxes, class_="sets")]) if boxes else None


def _others(visit: Visit, item: Product) -> Html | None:
    wanted = sorted(item.substitutes, key=lambda one: one.position or 0)
    found = [kept for one in wanted if (kept := visit.shop.products.get(one.erp_id)) is not None and kept.live]
    if not found:
        return None
    cards = [tag("li", card(visit, kept)) for kept in found]
    return text([tag("h2", "Zamienniki"), tag("ul", cards, class_="grid")])
