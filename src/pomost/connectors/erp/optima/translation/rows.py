"""Names of the columns of leading rows, in the order the statements give them."""

from typing import Any, NamedTuple


class CardRow(NamedTuple):
    """`sql.goods.cards`; flags of the shop follow as `flags`."""

    key: Any
    code: Any
    kind: Any
    published: Any
    inactive: Any
    ean: Any
    name: Any
    description: Any
    complex: Any
    catalogue_number: Any
    producer_code: Any
    pkwiu: Any
    producer: Any
    producer_name: Any
    brand: Any
    brand_name: Any
    rate: Any
    tax: Any
    unit: Any
    whole_only: Any
    minimum: Any
    weight: Any
    four_places: Any
    group_in_shop: Any
    group: Any
    availability: Any
    status: Any
    later: Any
    later_day: Any
    no_discount: Any
    no_discount_in_shop: Any
    ask: Any
    unchecked: Any
    delivery: Any
    delivery_cost: Any
    split_payment: Any
    parent: Any
    reward: Any


class DiscountRow(NamedTuple):
    """`sql.trade.discounts`; the last four are of what the rule names, None where that is not there."""

    key: Any
    note: Any
    kind: Any
    what: Any
    who: Any
    percent: Any
    shop_percent: Any
    price: Any
    side: Any
    currency: Any
    since: Any
    until: Any
    product: Any
    customer: Any
    customer_published: Any
    customer_group: Any


class SetRow(NamedTuple):
    """`sql.trade.sets`; `main` is None where the main product was deleted."""

    key: Any
    code: Any
    published: Any
    name: Any
    main: Any
    kind: Any
    value: Any
    currency: Any
    by_days: Any
    since: Any
    until: Any
    by_hours: Any
    opens: Any
    closes: Any


class PartRow(NamedTuple):
    """`sql.trade.parts`; `product` is None where it was deleted."""

    key: Any
    product: Any
    quantity: Any
    unit: Any
    kind: Any
    value: Any
    currency: Any


class CustomerRow(NamedTuple):
    """`sql.parties.customers`."""

    key: Any
    code: Any
    published: Any
    name1: Any
    name2: Any
    name3: Any
    nip_country: Any
    nip: Any
    street: Any
    house: Any
    flat: Any
    postal_code: Any
    city: Any
    country: Any
    phone: Any
    email: Any
    group_name: Any
    group: Any
    level: Any
    discount: Any
    payment_form: Any
    payment_days: Any
    limited: Any
    limit: Any
    blocked: Any
    consumer: Any
    inactive: Any
    merged_into: Any


class LinkRow(NamedTuple):
    """`sql.files.links`; `address` is there in versions that have it. `stored` is None where the bytes are gone."""

    key: Any
    link: Any
    name: Any
    language: Any
    alt: Any
    title: Any
    in_database: Any
    path: Any
    wanted: Any
    stored: Any
    size: Any
    stamp: Any
    stored_name: Any
    ending: Any
    address: Any = ""
