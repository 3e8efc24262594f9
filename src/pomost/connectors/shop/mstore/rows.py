"""What M/store writes: its resources row by row, checked as far as we read them (contract, sections 1-12)."""

import pydantic


class _Open(pydantic.BaseModel):
    """Fields we do not know are left alone: the contract adds fields inside a version."""

    model_config = pydantic.ConfigDict(extra="ignore")


class Limits(_Open):
    max_page: int = pydantic.Field(default=100, ge=1)
    max_batch: int = pydantic.Field(default=100, ge=1)


class Account(_Open):
    distributor_id: str
    name: str
    multi_branch: bool = False
    scopes: list[str] = []
    capabilities: list[str] = []
    limits: Limits = Limits()
    server_time: pydantic.AwareDatetime


class Named(_Open):
    """A region, an order status: id or code, and a name."""

    id: str = ""
    code: str = ""
    name: str


class UnitTypeRow(_Open):
    symbol: str
    name: str
    default: bool = False


class AddressRow(_Open):
    street: str | None = None
    house_number: str | None = None
    flat_number: str | None = None
    postal_code: str | None = None
    city: str | None = None
    country: str | None = None


class ContactRow(_Open):
    person: str | None = None
    email: str | None = None
    phone: str | None = None


class BranchRow(_Open):
    id: str
    external_id: str
    name: str
    region_id: str | None = None
    address: AddressRow | None = None
    contact: ContactRow | None = None
    active: bool = True
    version: str = ""


class CustomerRow(_Open):
    id: str
    nip: str | None = None
    name: str | None = None
    street: str | None = None
    house_number: str | None = None
    flat_number: str | None = None
    postal_code: str | None = None
    city: str | None = None
    deleted_at: str | None = None


class AssignmentRow(_Open):
    erp_customer_ref: str
    version: str = ""


class SegmentRow(_Open):
    id: str
    external_key: str
    name: str
    parent_key: str | None = None
    level: int = 1
    source: str = ""
    version: str = ""


class SalesUnitRow(_Open):
    id: str = ""
    type: str
    multiplier: int = pydantic.Field(ge=1)


class ProductRow(_Open):
    id: str
    ean: str = ""
    name: str = ""
    sales_units: list[SalesUnitRow] = []
    deleted_at: str | None = None


class OfferRow(_Open):
    product_id: str
    distributor_sku: str = ""
    sales_unit: SalesUnitRow | None = None
    sales_unit_id: str | None = None
    price: str | None = None
    price_kind: str | None = None
    currency: str | None = None
    vat_rate: str = ""
    min_quantity: int | None = None
    status: str = "active"
    version: str = ""
    updated_by: str = ""
    updated_at: pydantic.AwareDatetime | None = None

    @property
    def active(self) -> bool | None:
        """None for a status we do not know (contract, section 0: unknown values are tolerated)."""
        return {"active": True, "withdrawn": False}.get(self.status)


class StockRow(_Open):
    branch_id: str
    product_id: str
    quantity: int
    visible: bool | None = None
    basis: str | None = None
    as_of: pydantic.AwareDatetime | None = None
    version: str = ""
