"""Reading both sides: mirroring the shop's catalogue and sighting the ERP's cards against what was last settled."""

from collections.abc import Iterator

from pomost.model.code import match_key
from pomost.model.product import CatalogueProduct
from pomost.model.text import Text
from pomost.ports.erp import Aspect
from pomost.runs.channel import Channel
from pomost.runs.session import Session

NOTHING = bytes(16)
_CATALOGUE = Text("Katalog sklepu", "The shop's catalogue")
_LOST = Text("Towary, których katalog nie pokazał", "Products the catalogue did not show")
_CARDS = Text("Kartoteki ERP", "ERP cards")
_PIECE = 5000
_OFTEN = 0x3FFF
_END: tuple[float, bytes] = (float("inf"), b"")


def mirror_catalogue(channel: Channel, session: Session, *, full: bool) -> int:
    """Bring the mirror up to date: what changed since the last reading, or everything. Returns products read."""
    catalogue, literal = channel.catalogue, channel.policy.goods.ean_literal
    since = "" if full or not channel.shop.can.catalogue_changes else catalogue.cursor()
    if not since:
        catalogue.start_over()
    read = 0
    for page in channel.shop.catalogue(since):
        session.tell(_CATALOGUE, read)
        latest: dict[str, CatalogueProduct] = {product.id: product for product in page.products}
        keyed = [(product, match_key(product.ean, literal=literal)) for product in latest.values()]
        if page.complete and not since:
            _look_up_unmet(channel, session)
            catalogue.finish()
        catalogue.store(keyed, page.unreadable, page.cursor if page.complete else None)
        read += len(latest)
    return read


def _look_up_unmet(channel: Channel, session: Session) -> None:
    """A full reading may lose a page: only a product that is not found by its code either is gone."""
    literal = channel.policy.goods.ean_literal
    looked = 0
    for codes in channel.catalogue.unmet():
        session.tell(_LOST, looked)
        found = {product.id: product for product in channel.shop.find(codes)}
        channel.catalogue.store([(one, match_key(one.ean, literal=literal)) for one in found.values()])
        looked += len(codes)


def prints_of(card: bytes, stock: bytes, aspects: frozenset[Aspect]) -> bytes:
    """The fingerprints a card is settled by: 16 bytes of card and 16 of stock, nought where not looked at."""
    return (card if Aspect.CARD in aspects else NOTHING) + (stock if Aspect.STOCK in aspects else NOTHING)


def moved_cards(channel: Channel, session: Session, aspects: frozenset[Aspect]) -> Iterator[tuple[int, str | None]]:
    """Merge the ERP's sightings with the settled ones in key order: (key, raw EAN) of a card that is new or moved.

    A settled card the scan did not meet comes with None instead of an EAN. What did not move costs one comparison.
    """
    window = slice(0 if Aspect.CARD in aspects else 16, 32 if Aspect.STOCK in aspects else 16)
    settled = channel.sightings.settled()
    old_key, old = next(settled, _END)
    for sighted, (key, ean, card, stock) in enumerate(channel.erp.scan(aspects)):
        while old_key < key:
            yield int(old_key), None
            old_key, old = next(settled, _END)
        if old_key == key:
            same = old[window] == card + stock
            old_key, old = next(settled, _END)
            if same:
                if not sighted & _OFTEN:
                    session.tell(_CARDS, sighted)
                continue
        yield key, ean
    while old_key != _END[0]:
        yield int(old_key), None
        old_key, old = next(settled, _END)


def sight_cards(channel: Channel, session: Session, aspects: frozenset[Aspect]) -> None:
    """Note every card that moved since it was settled, and every card that is gone: they become due."""
    literal = channel.policy.goods.ean_literal
    gone: list[int] = []
    moved: list[tuple[int, str]] = []
    for key, ean in moved_cards(channel, session, aspects):
        if ean is None:
            gone.append(key)
        else:
            moved.append((key, match_key(ean, literal=literal)))
        if len(moved) >= _PIECE:
            channel.sightings.note(moved)
            moved = []
            session.tell(_CARDS, key)
    channel.sightings.note(moved)
    for start in range(0, len(gone), channel.erp.can.batch):
        _note_gone(channel, gone[start : start + channel.erp.can.batch])


def _note_gone(channel: Channel, keys: list[int]) -> None:
    """A scan may miss rows that move while it reads: only a card that cannot be found by its key either is gone."""
    found = {card.key for card in channel.erp.products(keys)}
    channel.sightings.make_due(found)
    channel.sightings.note_gone([key for key in keys if key not in found])
