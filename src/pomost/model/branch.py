"""A branch (oddział): a warehouse of the ERP, with others added to it, as buyers of the shop see it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from pomost.model.setting import ChoiceKind, setting
from pomost.model.text import Text

_SENT = Text("Wysyłane do sklepu; puste: zostaje, co ma sklep.", "Written to the shop; blank: the shop keeps its own.")


@dataclass(frozen=True, slots=True)
class Address:
    street: str = setting(Text("Ulica", "Street"), _SENT, default="")
    house_number: str = setting(Text("Numer domu", "House number"), _SENT, default="")
    flat_number: str = setting(Text("Numer lokalu", "Flat number"), _SENT, default="")
    postal_code: str = setting(Text("Kod pocztowy", "Postal code"), _SENT, default="")
    city: str = setting(Text("Miasto", "City"), _SENT, default="")
    country: str = setting(Text("Kraj", "Country"), _SENT, default="")


@dataclass(frozen=True, slots=True)
class Contact:
    person: str = setting(Text("Osoba", "Person"), _SENT, default="")
    email: str = setting(Text("E-mail", "E-mail"), _SENT, default="")
    phone: str = setting(Text("Telefon", "Phone"), _SENT, default="")


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch of the settings. `id` is ours and unique; warehouses are ids of the ERP's warehouses."""

    id: str = setting(
        Text("ID oddziału", "Branch ID"),
        Text(
            "Identyfikator oddziału w sklepie, np. MAG; niepowtarzalny i niezmienny.",
            "The branch's ID in the shop, e.g. MAG; unique, never changed.",
        ),
    )
    name: str = setting(
        Text("Nazwa oddziału", "Branch name"),
        Text("Nazwa widoczna w sklepie; niepowtarzalna.", "The name the shop shows; unique."),
    )
    main_warehouse: str = setting(
        Text("Magazyn dla ZK", "Main warehouse"),
        Text("Każdy oddział ma własny.", "Each branch has its own."),
        choice=ChoiceKind.WAREHOUSES,
    )
    extra_warehouses: tuple[str, ...] = setting(
        Text("Lista dodatkowych magazynów składających się na stan", "Extra warehouses added to the stock"),
        Text("Ich stany dodaje się do magazynu dla ZK.", "Their stock is added to the main one's."),
        default=(),
        choice=ChoiceKind.WAREHOUSES,
    )
    customer_trait: str = setting(
        Text("Cecha kontrahenta przypisanego do oddziału", "Trait of the branch's customers"),
        Text(
            "Kontrahent z tą cechą należy do oddziału; przy jednym oddziale zbędna.",
            "A customer with this trait belongs to the branch; not needed where there is one branch.",
        ),
        default="",
        choice=ChoiceKind.CUSTOMER_TRAITS,
    )
    region: str = setting(
        Text("Region", "Region"),
        Text("Wybierany ręcznie z listy sklepu.", "Chosen by hand from the shop's list."),
        default="",
        choice=ChoiceKind.REGIONS,
    )
    address: Address = setting(
        Text("Dane adresowe", "Address"),
        Text(
            "Można pobrać z magazynu (pomost warehouses KANAŁ --fill ODDZIAŁ).",
            "Can be taken from a warehouse (pomost warehouses CHANNEL --fill BRANCH).",
        ),
        default=Address(),
    )
    contact: Contact = setting(
        Text("Dane kontaktowe", "Contact"),
        Text("Osoba, e-mail i telefon.", "Person, e-mail and phone."),
        default=Contact(),
    )

    @property
    def warehouses(self) -> tuple[str, ...]:
        """The main one first, each once."""
        return tuple(dict.fromkeys((self.main_warehouse, *self.extra_warehouses)))


@dataclass(frozen=True, slots=True)
class ShopBranch:
    """A branch as the shop holds it. `id` is the one settings give it (the shop's external id); blank means not set."""

    id: str
    name: str
    region: str = ""
    address: Address = Address()
    contact: Contact = Contact()
    active: bool = True

    @property
    def fields(self) -> dict[str, str]:
        """Everything that can be changed, flat: name, region, street... phone. `with_fields` is the way back."""
        parts = {one.name: getattr(part, one.name) for part in (self.address, self.contact) for one in fields(part)}
        return {"name": self.name, "region": self.region, **parts}

    def with_fields(self, values: Mapping[str, str]) -> "ShopBranch":
        """The branch with these fields in place of its own."""
        told = {**self.fields, **values}
        address = Address(**{one.name: told[one.name] for one in fields(Address)})
        contact = Contact(**{one.name: told[one.name] for one in fields(Contact)})
        return ShopBranch(self.id, told["name"], told["region"], address, contact, self.active)


@dataclass(frozen=True, slots=True)
class OurBranch:
    """A branch we once wrote or found as wanted: what it said then, and the warehouse it stood for."""

    held: ShopBranch
    warehouse: str


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A warehouse as the ERP describes it: what a branch form can be filled from."""

    id: str
    symbol: str
    name: str
    main: bool
    address: Address
    contact: Contact
