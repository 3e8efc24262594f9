"""What the shop answers, as far as it is read (contract, sections 1, 2 and 15)."""

from datetime import datetime

import pydantic


class Row(pydantic.BaseModel):
    """Fields nobody here reads may be there too."""

    model_config = pydantic.ConfigDict(extra="ignore", frozen=True)


class Limits(Row):
    max_batch: int = 500
    max_products: int = 200
    max_stocks: int = 1000
    max_hashes: int = 1000
    max_file_bytes: int = 20 * 1024 * 1024
    file_types: tuple[str, ...] = ()
    files_per_owner: int = 50
    attributes_per_product: int = 200


class Shop(Row):
    name: str
    protocol_version: str
    default_language: str
    languages: tuple[str, ...]
    currencies: tuple[str, ...]
    root_group_erp_id: str
    default_price_type_erp_id: str
    stock_mode: str
    capabilities: tuple[str, ...] = ()
    limits: Limits = Limits()
    server_time: pydantic.AwareDatetime | None = None


class Entry(Row):
    """One code of a dictionary."""

    code: str
    name: str
    active: bool = True


class Area(Row):
    area: str
    confirmed_cursor: str | None = None


class Session(Row):
    id: str
    fence: int
    heartbeat_s: int = 15
    areas: tuple[Area, ...] = ()


class Holder(Row):
    """Who holds the shop."""

    operator: str = ""
    host: str = ""
    started_by: str = "manual"
    started_at: datetime | None = None
    heartbeat_at: datetime | None = None
    alive: bool = True


class Closed(Row):
    """One area of a closed session; `withdrawn`: items it was swept of."""

    area: str = ""
    withdrawn: int = 0


class Committed(Row):
    areas: tuple[Closed, ...]


class StockHeld(Row):
    """As of when the shop holds a stock."""

    product_erp_id: str | None = None
    warehouse_erp_id: str | None = None
    as_of: pydantic.AwareDatetime | None = None


class Missing(Row):
    missing: tuple[str, ...]
