"""What both ports add where the shop has no catalogue of its own and everything in it is an entry of ours."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pomost.model.entry import Reading
from pomost.model.reason import Finding
from pomost.model.subject import Area
from pomost.model.text import Text
from pomost.ports.erp import ErpConnector
from pomost.ports.fault import Fault
from pomost.ports.shop import ShopConnector


class EntryErp(ErpConnector, Protocol):
    """An ERP that keeps an offer for such a shop, if `can.entries`. Which shop of the ERP: a setting of its own.

    What each area's keys and contents are: `model/entry.py: CONTENTS`. An entry is *meant* for the shop when the ERP
    publishes it there: a product that is flagged, active and not deleted; a group of the tree below the shop's root,
    the root too, and one that hangs nowhere because it is inside itself; prices, stock and files of meant products
    (stock of goods alone, files of those that have any); a customer published to this shop, never the card of buyers
    nobody knows; price levels on sale, warehouses, attributes and sets chosen for this shop; every rule of discount,
    those of a customer who is not published left out. Rules and sets that have ended are meant no more.
    """

    def scan_entries(self, area: Area) -> Iterator[tuple[int, bytes]]:
        """Key and fingerprint (16 bytes, of the driver's raw values) of every meant entry, in ascending key order.

        Equal fingerprints mean that `entries` would tell the same. A meant product without prices has an entry of
        prices all the same, an empty one; so have goods without stock. No content is built here. Raises Unavailable
        when the reading breaks off; it never ends early without saying so.
        """
        ...

    def entries(self, area: Area, keys: Sequence[int]) -> Iterator[Reading]:
        """Entries in full, in ascending key order, with the fingerprints of exactly this reading.

        Keys the ERP does not know are left out; one it knows and does not mean for the shop comes with `meant` False.
        At most `can.batch` keys.
        """
        ...

    def find_entries(self, area: Area, text: str) -> Sequence[int]:
        """Keys of entries, meant or not, whose label (of products the primary EAN too) equals `text`, at most 50.

        For explain.
        """
        ...

    def file(self, file: int) -> bytes | Finding:
        """The bytes of one file, or why they cannot be had (not there, not readable)."""
        ...


class Mode(StrEnum):
    """How an area is exchanged: what differs, or everything, after which the shop drops what it did not see."""

    DIFFERENTIAL = "differential"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One run as such a shop is told of it: who runs it, and what of the shop it is about.

    `operator` names the run for people and tells our own runs from others. `takeover`: end another one's exchange.
    """

    run: str
    manual: bool
    operator: str
    host: str
    areas: Mapping[Area, Mode]
    takeover: bool = False


@dataclass(frozen=True, slots=True)
class ShopHolder:
    """Who exchanges with the shop now. `alive`: heard of lately; otherwise it was broken off."""

    operator: str
    host: str
    manual: bool
    started: datetime | None
    heartbeat: datetime | None
    alive: bool


class ShopBusy(Fault):
    """Another exchange is open at the shop."""

    def __init__(self, text: Text, advice: Text, holder: ShopHolder) -> None:
        super().__init__(text, advice)
        self.holder = holder


@dataclass(frozen=True, slots=True)
class EntryTerrain:
    """What decisions need to know of the shop.

    `availability`: codes of active statuses. `root`: key of the group the shop's tree hangs on. `price_type`: key of
    the default one. `total_stock`: one quantity for all warehouses. `payment_forms`: codes. `file_types`: media types.
    """

    languages: tuple[str, ...]
    default_language: str
    currencies: frozenset[str]
    root: int
    price_type: int
    total_stock: bool
    availability: frozenset[str]
    payment_forms: frozenset[str] = frozenset()
    file_types: frozenset[str] = frozenset()
    file_bytes: int = 0
    files_per_owner: int = 50
    attributes_per_product: int = 200
    able: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Swept:
    """What closing an exchange did: entries of each full area that were dropped because the exchange did not see them.

    `wants`: nothing was closed, because so many would be dropped that a person must agree to exactly that number.
    """

    dropped: Mapping[Area, int] = field(default_factory=dict)
    wants: int | None = None


class EntryShop(ShopConnector, Protocol):
    """Such a shop. `send` takes `Put`, `Drop` and `Keep` of areas of the open exchange, one area at once.

    An entry may pass through another content, or be taken back, on its way: what is sent later stands.
    """

    def terrain(self) -> EntryTerrain:
        """Asked once in every run, before anything is decided. Raises Refused for a version nobody here speaks."""
        ...

    def cursors(self, areas: Iterable[Area]) -> Mapping[Area, str]:
        """What `open` would answer of these areas, asked without beginning anything: "" for one nobody has closed."""
        ...

    def open(self, exchange: Exchange) -> Mapping[Area, str]:
        """Begin an exchange, and keep it alive until it is closed. Answers the cursor each area was last closed with.

        An area that is closed together with one of those asked for is among them, and is closed with them.
        Raises ShopBusy where another one is open and `takeover` was not asked for.
        """
        ...

    def missing_files(self, digests: Sequence[str], *, verify: bool) -> Collection[str]:
        """Which of these SHA-256 (hex) the shop has no bytes of; with `verify` it looks at its own copies first."""
        ...

    def put_file(self, digest: str, data: bytes, media_type: str) -> Finding | None:
        """Hand over bytes; repeating does no harm. A finding tells why the shop does not take them."""
        ...

    def commit(self, cursors: Mapping[Area, str], confirmed: int | None = None) -> Swept:
        """Close the exchange: these areas are complete, and begin with these cursors next time.

        In full areas the shop drops what it did not see; `confirmed` is the number a person agreed to. Repeating it
        does no harm.
        """
        ...

    def abort(self) -> None:
        """Give the exchange up: nothing is swept, cursors stay. Never raises a fault; without an exchange, nothing."""
        ...
