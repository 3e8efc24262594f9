"""A branch (oddział): a warehouse of the ERP, with others added to it, as buyers of the shop see it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    street: str = ""
    house_number: str = ""
    flat_number: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    person: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch of the settings. `id` is ours and unique; warehouses are ids of the ERP's warehouses."""

    id: str
    name: str
    main_warehouse: str
    extra_warehouses: tuple[str, ...] = ()
    customer_trait: str = ""
    region: str = ""
    address: Address = Address()
    contact: Contact = Contact()

    @property
    def warehouses(self) -> tuple[str, ...]:
        """The main one first, each once."""
        return tuple(dict.fromkeys((self.main_warehouse, *self.extra_warehouses)))


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A warehouse as the ERP describes it: what a branch form can be filled from."""

    id: str
    symbol: str
    name: str
    main: bool
    address: Address
    contact: Contact
