"""The clerk who keeps pictures and attachments of the products."""

from sqlalchemy import Connection, delete, func, select, update

from pomost.sandbox.optima import pictures
from pomost.sandbox.optima import tables_extras as tables
from pomost.sandbox.optima.books import Row
from pomost.sandbox.optima.cards import File, attach
from pomost.sandbox.optima.office import Office, product_id

_LINK, _BYTES = tables.dane_binarne_linki, tables.dane_binarne


class FilesDesk:
    """Work on binary data; a file is named by its product and its place (`DBL_Lp`) on it."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def of(self, product: str) -> list[Row]:
        """Links of a product's files in the order of their places, without the bytes."""
        with self._office.engine.connect() as connection:
            query = select(_LINK).where(_LINK.c.DBL_TwrID == product_id(connection, product))
            found = connection.execute(query.order_by(_LINK.c.DBL_Lp, _LINK.c.DBL_DBLID)).mappings()
            return [dict(row) for row in found]

    def data(self, product: str, place: int = 1) -> bytes:
        with self._office.engine.connect() as connection:
            link = _link(connection, product, place)
            query = select(_BYTES.c.DAB_Wartosc).where(link["DBL_DabId"] == _BYTES.c.DAB_DABID)
            return bytes(connection.execute(query).scalar_one())

    def add(self, product: str, file: File) -> int:
        """Put one more file on a product, after the others; returns its place."""
        with self._office.engine.begin() as connection:
            key = product_id(connection, product)
            last = connection.execute(select(func.max(_LINK.c.DBL_Lp)).where(_LINK.c.DBL_TwrID == key)).scalar() or 0
            books = self._office.books(connection)
            stamped = File(file.name, file.data, file.alt, {"DAB_TS_Mod": books.now, **file.row}, file.link)
            attach(books, key, stamped, last + 1)
            books.write(connection)
            return int(last) + 1

    def draw(self, product: str, text: str) -> int:
        """Draw a new picture with this text on it and put it on the product; returns its place."""
        return self.add(product, File(f"{product.lower()}-nowe.png", pictures.png(text, len(text) * 65_537), alt=text))

    def replace(self, product: str, data: bytes, place: int = 1) -> None:
        """Put other bytes in place of a file's: their own stamp moves, the product's does not."""
        with self._office.engine.begin() as connection:
            link = _link(connection, product, place)
            values = {"DAB_Wartosc": data, "DAB_Rozmiar": len(data), **self._office.stamped("DAB_TS_Mod")}
            connection.execute(update(_BYTES).where(link["DBL_DabId"] == _BYTES.c.DAB_DABID).values(values))

    def relabel(self, product: str, alt: str, place: int = 1) -> None:
        """Change the text of a picture."""
        with self._office.engine.begin() as connection:
            link = _link(connection, product, place)
            connection.execute(update(_LINK).where(link["DBL_DBLID"] == _LINK.c.DBL_DBLID).values(DBL_TagAlt=alt))

    def swap(self, product: str, one: int = 1, other: int = 2) -> None:
        """Let two files of a product change places."""
        with self._office.engine.begin() as connection:
            links = [_link(connection, product, place) for place in (one, other)]
            for link, place in zip(links, (other, one), strict=True):
                connection.execute(update(_LINK).where(link["DBL_DBLID"] == _LINK.c.DBL_DBLID).values(DBL_Lp=place))

    def remove(self, product: str, place: int = 1) -> None:
        """Take a file off the product and save its card; bytes nobody links to any more go too."""
        with self._office.engine.begin() as connection:
            link = _link(connection, product, place)
            connection.execute(delete(_LINK).where(link["DBL_DBLID"] == _LINK.c.DBL_DBLID))
            used = select(_LINK.c.DBL_DabId).where(_LINK.c.DBL_DabId.is_not(None))
            stored = (link["DBL_DabId"] == _BYTES.c.DAB_DABID, _BYTES.c.DAB_DABID.not_in(used))
            connection.execute(delete(_BYTES).where(*stored))
            self._office.save_card(connection, product_id(connection, product))


def _link(connection: Connection, product: str, place: int) -> Row:
    here = (_LINK.c.DBL_TwrID == product_id(connection, product), _LINK.c.DBL_Lp == place)
    found = connection.execute(select(_LINK).where(*here).order_by(_LINK.c.DBL_DBLID)).mappings().first()
    if found is None:
        raise KeyError(f"the product {product!r} has no file on place {place}")
    return dict(found)
