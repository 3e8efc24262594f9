"""Explain where the shop has no catalogue of its own: one product's card, prices, stock and files, decided anew."""

from collections.abc import Mapping

from pomost.app.reporting import error_item, shown
from pomost.app.results import Change, Explanation
from pomost.model.assortment import ProductEntry
from pomost.model.entry import CONTENTS, Content, Reading, values_of
from pomost.model.reason import Finding, Reason
from pomost.model.subject import Area
from pomost.rules.entries import Ruling, Surroundings, group_named, products_named, rule, with_prices
from pomost.runs.channel import Channel
from pomost.runs.entry_desk import erp_of, shop_of, surroundings, with_names

_AREAS = (Area.PRODUCT, Area.PRICES, Area.FILES, Area.STOCKS)


def explain_entries(channel: Channel, text: str) -> list[Explanation]:
    """Every product with this symbol or EAN, published to the shop or not."""
    keys = list(erp_of(channel).find_entries(Area.PRODUCT, text))
    if not keys:
        return []
    around = surroundings(channel, shop_of(channel).terrain(), CONTENTS)
    cards = list(erp_of(channel).entries(Area.PRODUCT, keys))
    groups = {key for one in cards if (key := group_named(one.content)) is not None}
    around = with_names(channel, around, groups)
    return [_explained(channel, around, one) for one in cards]


def _explained(channel: Channel, around: Surroundings, card: Reading) -> Explanation:
    readings = {Area.PRODUCT: card}
    for area in _AREAS[1:]:
        for one in erp_of(channel).entries(area, [card.key]):
            readings[area] = one
    rulings = {area: _ruled(channel, around, one) for area, one in readings.items()}
    if card.meant and Area.PRICES in rulings:
        rulings[Area.PRODUCT] = with_prices(rulings[Area.PRODUCT], rulings[Area.PRICES])
    ruling = rulings[Area.PRODUCT]
    known = {area: channel.entries.known(area, [card.key]).get(card.key) for area in _AREAS}
    content = card.content if isinstance(card.content, ProductEntry) else None
    held = known[Area.PRODUCT]
    return Explanation(
        key=card.key,
        symbol=card.label,
        name=content.texts[0].name if content is not None and content.texts else "",
        ean=next((one.ean for one in content.eans if one.default), "") if content is not None else "",
        verdict=_verdict(card, ruling),
        unit_rule="",
        matches=(),
        findings=tuple(
            # A card without files, say, is nothing to wonder at; what prices say of a product is said once.
            dict.fromkeys(
                found
                for area, one in rulings.items()
                if area is Area.PRODUCT or readings[area].meant
                for found in one.findings
            )
        ),
        erp=_told({area: one.content for area, one in readings.items()}),
        wanted=_told({area: one.content for area, one in rulings.items()}),
        known={}
        if held is None
        else {
            "published": "yes" if held.published else "no",
            "in doubt": ", ".join(area for area, one in known.items() if one is not None and one.doubtful),
            **_told({area: one.content for area, one in known.items() if one is not None and one.published}),
        },
        shelf={},
        trail=_trail(channel, card.key),
        unresolved=tuple(error_item(item) for area in _AREAS for item in channel.inbox.of_subject(area, str(card.key))),
    )


def _ruled(channel: Channel, around: Surroundings, one: Reading) -> Ruling:
    if not one.meant:
        return Ruling(None, (Finding.of(Reason.ENTRY_GONE),))
    held = channel.entries.known(Area.PRODUCT, products_named(one.content)).values()
    return rule(one, around, {each.key: _apart(each.content) for each in held if each.published})


def _apart(product: Content | None) -> frozenset[str]:
    return frozenset(product.variant_attributes) if isinstance(product, ProductEntry) else frozenset()


def _verdict(card: Reading, ruling: Ruling) -> str:
    if not card.meant:
        return "out"
    return "skipped" if ruling.content is None else "offered"


def _told(contents: Mapping[Area, Content | None]) -> dict[str, str]:
    """Every leaf of the contents by its path, those of other areas than the card's under the area's name."""
    found: dict[str, str] = {}
    for area, content in contents.items():
        prefix = "" if area is Area.PRODUCT else f"{area} "
        found |= {f"{prefix}{name}": value for name, value in values_of(content)}
    return found


def _trail(channel: Channel, key: int) -> tuple[Change, ...]:
    """The newest first, whatever of the product it was about."""
    rows = [row for area in _AREAS for row in channel.journal.trail_of(area, str(key))]
    ordered = sorted(rows, key=lambda row: row[0].pk, reverse=True)
    return tuple(shown(run, change, outcome) for run, change, outcome in ordered[:40])
